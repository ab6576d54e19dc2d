/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "client/command.h"
#include "protocol/query.h"

/* Print rows of why, outbox or verify as a table for people. */
void show_rows(enum request request, const json_t *rows, FILE *out);
/* Print rows of list in groups: "deadline", "owner" or "state". */
void show_list(const char *order, const json_t *rows, FILE *out);
/* The one row of an answer: as JSON where that is wanted, else as `tell` prints it. The exit code. */
int show_one(const struct call *call, const json_t *rows, void (*tell)(json_t *row));
/* Print a row, whatever its members are, for people. */
void show(json_t *row, FILE *out);
/* "RS-58 HSN-03 (-5wd), …": the items of a message; the caller frees it. */
char *show_items(const json_t *items);
