/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "engine/inquiry/inquirer.h"

/* The meetings that single measures were given, in the store and as its log makes them. */
int verify_own_meetings(struct inquiry *q, struct ledger *log);
