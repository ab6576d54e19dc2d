/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "engine/inquiry/inquirer.h"

/* Who is away when, in the store and in its log. 0 or a negative errno. */
int verify_absences(struct inquiry *q, struct ledger *log);
