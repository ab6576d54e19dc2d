/* SPDX-License-Identifier: Apache-2.0 */
/* Reading what protocol/parser.c has made. Numbers stand there as they were written, and count here. */
#include "protocol/parsed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct parsed *parsed_get(const struct parsed *object, const char *name)
{
	if (!object || object->kind != PARSED_OBJECT)
		return NULL;
	parsed_foreach(object, member) if (text_equal(member->name, name)) return member;
	return NULL;
}

const char *parsed_string(const struct parsed *value)
{
	return value ? value->text : NULL;
}

bool parsed_is_null(const struct parsed *value)
{
	return value && value->kind == PARSED_NULL;
}

/* The digits of a number without its point, as one whole number; zeros after the point's last other
 * digit, and how far it is to be moved, apart. */
struct digits {
	uint64_t value;
	int64_t exponent; /* of ten */
	bool large;	  /* more than fits */
};

static struct digits digits_of(const char *at, const char *end)
{
	struct digits d = { 0 };
	int64_t zeros = 0; /* seen and not counted yet */
	bool point = false;

	for (; at < end && (*at | 0x20) != 'e'; at++) {
		if (*at == '.') {
			point = true;
			continue;
		}
		d.exponent -= point;
		if (*at == '0') {
			zeros++;
			continue;
		}
		for (; d.value && zeros > 0; zeros--)
			d.large |= __builtin_mul_overflow(d.value, 10, &d.value);
		zeros = 0;
		d.large |= __builtin_mul_overflow(d.value, 10, &d.value) ||
			   __builtin_add_overflow(d.value, (uint64_t)(*at - '0'), &d.value);
	}
	d.exponent += d.value ? zeros : 0;
	if (at < end) {
		long written = strtol(at + 1, NULL, 10); /* a comma or bracket follows the number */

		d.exponent += written > 1000000 ? 1000000 : written < -1000000 ? -1000000 : written;
	}
	return d;
}

bool parsed_integer(const struct parsed *value, int64_t *ret)
{
	struct digits d;
	bool negative;

	if (!value || value->kind != PARSED_NUMBER)
		return false;
	negative = *value->begin == '-';
	d = digits_of(value->begin + negative, value->begin + value->size);
	if (d.value == 0 && !d.large) {
		*ret = 0;
		return true;
	}
	/* The last digit of value is not 0: what has to be moved to the right is a fraction. */
	if (d.large || d.exponent < 0)
		return false;
	for (; d.exponent > 0; d.exponent--)
		if (__builtin_mul_overflow(d.value, 10, &d.value))
			return false;
	if (d.value > (uint64_t)INT64_MAX + negative)
		return false;
	*ret = (int64_t)(negative ? -d.value : d.value);
	return true;
}

struct excerpt parsed_excerpt(const struct parsed *value)
{
	struct excerpt out;

	switch (value->kind) {
	case PARSED_OBJECT:
		return text_excerpt("an object");
	case PARSED_ARRAY:
		return text_excerpt("an array");
	case PARSED_STRING:
		snprintf(out.text, sizeof(out.text), "\"%.*s\"", EXCERPT_MAX + 3,
			 text_excerpt(value->text).text);
		return out;
	default:
		if (value->size <= EXCERPT_MAX)
			snprintf(out.text, sizeof(out.text), "%.*s", (int)value->size,
				 value->begin);
		else
			snprintf(out.text, sizeof(out.text), "%.*s…", EXCERPT_MAX, value->begin);
		return out;
	}
}
