/* SPDX-License-Identifier: Apache-2.0 */
/* Exchanges that wait for time to pass, so that how long an answer takes tells nothing. */
#pragma once
#include "web/site.h"

/* Before the first: 0 or a negative errno. */
int pauses_begin(struct web *w);
/* No time will pass any more: all go on at once. */
void pauses_end(struct web *w);
