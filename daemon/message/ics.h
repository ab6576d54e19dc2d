/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lines of an iCalendar object (RFC 5545 § 3.1, § 3.3.11): folded at 75 bytes, never within a character,
 * and ended by CRLF. A text is escaped, so that whatever stands in it is one value.
 */
#pragma once
#include <stddef.h>
#include <stdio.h>

#include "base/instant.h"
#include "protocol/civil.h"
#include "protocol/text_stream.h"

struct ics {
	FILE *out;
	struct text_stream stream;
};
/* 0 or -ENOMEM. ics_end gives the bytes, to be freed; NULL when there was no memory for all of them. */
int ics_begin(struct ics *ics);
char *ics_end(struct ics *ics, size_t *ret_length);

/* A line as it is: name is a property with its parameters, value one that needs no escape. */
void ics_line(struct ics *ics, const char *name, const char *value);
/* The same with a text; NULL: no line. */
void ics_text(struct ics *ics, const char *name, const char *text);
/* "20260515"; "20260515T100000Z". */
void ics_date(struct ics *ics, const char *name, struct civil_date d);
void ics_instant(struct ics *ics, const char *name, struct instant t);
void ics_number(struct ics *ics, const char *name, int n);
