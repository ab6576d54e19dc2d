/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "engine/inquiry/inquirer.h"

/* The papers that were frozen: is each still what its hash says? 0 or a negative errno. */
int verify_frozen(struct inquiry *q);
