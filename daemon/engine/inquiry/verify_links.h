/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "engine/inquiry/inquirer.h"

/* Tell the differences between the store's links and those of the replayed log. 0 or a negative errno. */
int verify_links(struct inquiry *q, struct ledger *log);
