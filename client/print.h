/* SPDX-License-Identifier: Apache-2.0 */
/* What comes from the daemon, made fit to be read by a person: nothing in it reaches a terminal as
 * a control character. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define PRINT_NONE "–"	/* stands for null */
#define PRINT_DATE 48	/* bytes of a date or instant in words */
#define PRINT_NUMBER 48 /* bytes of a number with its separators */

/*
 * A copy (the caller frees it) with control characters, marks that turn the direction of writing and
 * bytes that are not UTF-8 written out as \x1b or \u{202e}. Tabs become spaces; line ends too, unless
 * lines is true.
 */
char *print_clean(const char *text, bool lines);
/* Columns that text takes on a terminal: 0 for a combining mark, 2 for a wide character. */
int print_width(const char *text);

/* The year it is at an RFC 3339 instant, the daemon's clock, which in a rehearsal is another than this machine's:
 * print_value leaves out that year from now on. Until then, and for what is no instant, it is this machine's. */
void print_as_of(const char *instant);
/* Does the value hold a date that print_value would tell? */
bool print_has_date(const json_t *value);
/*
 * A date or an RFC 3339 instant, as its own offset says, in short: "Fri 15 May", "Fri 15 May 08:00";
 * with the year if it is not this_year. NULL if text is neither, else out.
 */
char *print_when(const char *text, int this_year, char out[static PRINT_DATE]);
/* Thousands apart by no-break spaces, a minus sign for negative ones: "−1 250 000". Returns out. */
char *print_number(int64_t number, char out[static PRINT_NUMBER]);
/* A JSON value for a person (the caller frees it): text cleaned, dates in short, yes and no, lists
 * joined by commas. */
char *print_value(const json_t *value);

/* One JSON document and a line end; print_json_line: all of it on one line. */
void print_json(FILE *out, const json_t *json);
void print_json_line(FILE *out, const json_t *json);
