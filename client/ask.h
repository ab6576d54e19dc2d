/* SPDX-License-Identifier: Apache-2.0 */
/* Queries and commands over the wire. */
#pragma once
#include <jansson.h>

#include "client/command.h"
#include "client/connection.h"

/* Ask the call's request with the call's members, every page of it: EX_OK and all rows, a new reference,
 * or the exit code of what went wrong, which has been told. */
int ask(const struct call *call, json_t **ret_rows);
/* The same for another request, with params (stolen). */
int ask_for(const struct call *call, enum request which, json_t *params, json_t **ret_rows);
/* One request on a connection, and its answer: 0, or as connection_receive. */
int ask_page(struct connection *c, const json_t *request, json_t **ret_answer);
