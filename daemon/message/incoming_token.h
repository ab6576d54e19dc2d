/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "message/incoming.h"
#include "message/incoming_parts.h"

/* The first text in it that has a token's form, in lower case; false: there is none. */
bool token_find(struct slice in, char out[static INCOMING_TOKEN]);
/* Add to the mail's each one that is not among them yet, while there is room. */
void token_add(struct incoming *in, struct slice from);
/* Those in all fields of these names; names end with NULL. */
void token_add_fields(struct incoming *in, struct slice head, const char *const *names);
