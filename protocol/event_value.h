/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Within protocol/: the fields that the data of an event has, and what reads each kind of value. A decoder
 * checks the value and puts it where ret points to; REJECT_BAD_DATA with a sentence that names the field.
 */
#pragma once
#include "protocol/event.h"

struct field;
typedef enum reject_code field_decoder(const struct field *field, const struct parsed *value,
				       void *ret, struct rejection *ret_why);
struct field {
	const char *name;
	field_decoder *decode;
	size_t offset; /* in struct event */
	bool required;
	int64_t min, max; /* of a number; max: bytes of a line, characters of a note */
};

field_decoder decode_status;  /* enum measure_status */
field_decoder decode_outcome; /* enum outcome */
field_decoder decode_closure; /* enum closure */
field_decoder decode_integer; /* struct optional: min to max */
field_decoder decode_date;    /* struct civil_date */
field_decoder decode_due;     /* struct event_due */
field_decoder decode_bool;    /* bool */
field_decoder decode_item;    /* const char *: an id, or that of an occurrence */
field_decoder decode_id;      /* const char *: an id */
field_decoder decode_line;    /* const char *: one line, at most max bytes */
field_decoder decode_note;    /* const char *: lines, at most max characters */
field_decoder decode_link;    /* const char *: an https address or a diary number */
field_decoder decode_ids;     /* struct event_ids */
