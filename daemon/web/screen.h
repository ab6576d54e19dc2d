/* SPDX-License-Identifier: Apache-2.0 */
/* May this request come in? Told by its head alone, before its body is read. Pure. */
#pragma once
#include "web/head.h"
#include "web/paths.h"

/* REFUSAL_NONE, also when there is no such path (row NULL), which is answered like any page that is not there. */
enum refusal screen(const struct web_settings *settings, const struct head *head,
		    const struct path *row);
