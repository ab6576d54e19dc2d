/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "engine/inquiry/inquirer.h"

/* What stewards have proposed, in the store and in its log. 0 or a negative errno. */
int verify_proposals(struct inquiry *q, struct ledger *log);
