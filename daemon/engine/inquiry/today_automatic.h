/* SPDX-License-Identifier: Apache-2.0 */
/* Of `today`: who answers by a program, and is perhaps away. */
#pragma once
#include "engine/inquiry/inquirer.h"

/*
 * A row for each person of the plan whose newest automatic reply is at most 14 days old, and says nothing of a last
 * day that is past; until an absence of theirs is registered that is not over before it came:
 * {person, message, at, subject, text, from, until}. from: the day on which it came; until: the last day, where the
 * text can't be mistaken; text: its first lines. add takes the row, or NULL: there was no memory. 0 or a negative errno.
 */
int today_automatic(struct inquiry *q, int (*add)(struct inquiry *q, json_t *row));
