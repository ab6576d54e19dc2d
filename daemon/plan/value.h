/* SPDX-License-Identifier: Apache-2.0 */
/* The converters of value.c, by what they convert: within plan/ alone. */
#pragma once
#include "plan/reader.h"

/* What a converter is given besides the text. */
struct value {
	struct reader *r;
	const struct field *field;
	struct where where;
	char sentence[400]; /* where a converter writes a sentence of its own */
};
/* What is wrong with the text: NULL for nothing, "" for a fault that is not noted. */
typedef const char *converter(struct value *v, const char *text, void *to);

/* The text as it stands. */
converter value_keep;

/* A path to a file that can be read. */
converter read_present;
/* The reason why mail or calls to this host go nowhere; NULL: there is none. */
const char *value_unreal(struct value *v, const char *address);

/* What the pages need: settings_web.c. */
converter read_listen, read_public, read_proxy, read_seal;
/* What the inbox needs: settings_inbox.c. */
converter read_inbox;
/* Dates and times, and what is due at them: value_time.c. */
converter read_date, read_range, read_time, read_offset, read_every, read_due, read_opens, read_via;
/* Names of other things in the plan: value_reference.c. */
converter read_pattern, read_stewarded, read_channel, read_ladder, read_body, read_person,
	read_publisher, read_assignment, read_target;
/* The body of this id; or what is wrong. */
const char *value_name_body(struct value *v, const char *id, const struct body **ret);
