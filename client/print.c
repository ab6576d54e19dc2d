/* SPDX-License-Identifier: Apache-2.0 */
#include "client/print.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include "client/need.h"
#include "protocol/civil.h"
#include "protocol/rfc3339.h"
#include "protocol/text.h"

static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* The marks of the bidirectional algorithm, with which a text can be made to read as another. */
static bool turns_direction(uint32_t code)
{
	return code == 0x061c || code == 0x200e || code == 0x200f || text_turns(code);
}

char *print_clean(const char *text, bool lines)
{
	char *out = need(malloc(strlen(text) * 4 + 1)),
	     *at = out; /* "\x1b" is the longest growth */
	size_t length, left = strlen(text);
	uint32_t code;

	for (; left > 0; text += length, left -= length) {
		length = text_utf8(text, left, &code);
		if (length == 0) {
			length = 1;
			at += sprintf(at, "\\x%02x", (unsigned char)*text);
		} else if (code == '\n' && lines) {
			*at++ = '\n';
		} else if (code == '\n' || code == '\t') {
			*at++ = ' ';
		} else if (text_is_control(code)) {
			at += sprintf(at, "\\x%02x", code);
		} else if (turns_direction(code)) {
			at += sprintf(at, "\\u{%x}", code);
		} else {
			memcpy(at, text, length);
			at += length;
		}
	}
	*at = '\0';
	return out;
}

int print_width(const char *text)
{
	size_t length, left = strlen(text);
	uint32_t code;
	int width = 0;

	for (; left > 0; text += length, left -= length) {
		int columns = 1;

		length = text_utf8(text, left, &code);
		if (length > 1)
			columns = wcwidth((wchar_t)code);
		width += columns < 0 ? 1 : columns;
		length = length ? length : 1;
	}
	return width;
}

static int year_told; /* by the daemon; 0: not yet */

void print_as_of(const char *instant)
{
	struct instant at;

	if (rfc3339_parse(instant, &at) == 0)
		year_told = atoi(instant);
}

static int this_year(void)
{
	time_t now = time(NULL);
	struct tm local;

	if (year_told)
		return year_told;
	return localtime_r(&now, &local) ? local.tm_year + 1900 : 0;
}

char *print_when(const char *text, int left_out, char out[static PRINT_DATE])
{
	char day[CIVIL_TEXT] = "", of_year[16] = "";
	struct civil_date date;
	struct instant instant;
	int year, month, number;
	bool timed = strlen(text) >= CIVIL_TEXT;

	strncpy(day, text, CIVIL_TEXT - 1);
	if (civil_parse(day, &date) < 0 || (timed && rfc3339_parse(text, &instant) < 0))
		return NULL;
	civil_to_ymd(date, &year, &month, &number);
	if (year != left_out)
		snprintf(of_year, sizeof(of_year), " %d", year);
	snprintf(out, PRINT_DATE, "%s %d %s%s%s%.5s", weekdays[civil_weekday(date)], number,
		 months[month - 1], of_year, timed ? " " : "", timed ? text + CIVIL_TEXT : "");
	return out;
}

char *print_number(int64_t number, char out[static PRINT_NUMBER])
{
	char digits[24], *at = out;
	int n = snprintf(digits, sizeof(digits), "%llu",
			 number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number);

	if (number < 0)
		at = stpcpy(at, "−");
	for (int i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			at = stpcpy(at, "\u00a0");
		*at++ = digits[i];
	}
	*at = '\0';
	return out;
}

static char *print_list(const json_t *list)
{
	char *joined = need(strdup(""));
	const json_t *value;
	size_t i;

	json_array_foreach (list, i, value) {
		auto_free char *before = joined, *one = print_value(value);

		joined = need_text("%s%s%s", before, i > 0 ? ", " : "", one);
	}
	return joined;
}

bool print_has_date(const json_t *value)
{
	char when[PRINT_DATE];
	const char *name;
	json_t *member;
	size_t i;

	if (json_is_string(value))
		return print_when(json_string_value(value), 0, when) != NULL;
	json_array_foreach (value, i, member)
		if (print_has_date(member))
			return true;
	/* Nothing of it is changed: the loop wants it so. */
	json_object_foreach ((json_t *)(uintptr_t)value, name, member)
		if (print_has_date(member))
			return true;
	return false;
}

char *print_value(const json_t *value)
{
	auto_free char *json = NULL;
	char when[PRINT_DATE];

	if (json_is_string(value)) {
		const char *text = json_string_value(value);

		return print_when(text, this_year(), when) ? need(strdup(when))
							   : print_clean(text, false);
	}
	if (json_array_size(value) > 0)
		return print_list(value);
	if (json_is_boolean(value))
		return need(strdup(json_is_true(value) ? "yes" : "no"));
	if (!value || json_is_null(value) || json_is_array(value))
		return need(strdup(PRINT_NONE));
	json = need(json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT));
	return print_clean(json, false);
}

/* What is to be escaped stands within strings only, so its escape may be put in its place. */
static void put_json(FILE *out, const json_t *json, size_t flags)
{
	auto_free char *text = need(json_dumps(json, flags | JSON_ENCODE_ANY));
	size_t length, left = strlen(text);
	uint32_t code;

	for (const char *at = text; left > 0; at += length, left -= length) {
		length = text_utf8(at, left, &code);
		if (length == 0)
			length = 1;
		else if ((text_is_control(code) && code != '\n') || turns_direction(code))
			fprintf(out, "\\u%04x", code);
		else
			fwrite(at, 1, length, out);
	}
	fputc('\n', out);
}

void print_json(FILE *out, const json_t *json)
{
	put_json(out, json, JSON_INDENT(2));
}

void print_json_line(FILE *out, const json_t *json)
{
	put_json(out, json, JSON_COMPACT);
}
