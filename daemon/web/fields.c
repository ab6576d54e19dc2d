/* SPDX-License-Identifier: Apache-2.0 */
/*
 * name=value&name=value, with "+" for a space and "%XX" for a byte. It is decoded in place, in one copy of the
 * body: what is decoded is never longer than what it was.
 */
#include "web/fields.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "protocol/text.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decode in place: false when it can't be, or has a NUL. */
static bool decode(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		int high, low;

		if (*from == '+') {
			*to++ = ' ';
		} else if (*from != '%') {
			*to++ = *from;
		} else {
			high = hex(from[1]);
			low = high < 0 ? -1 : hex(from[2]);
			if (low < 0 || high + low == 0)
				return false;
			*to++ = (char)(high * 16 + low);
			from += 2;
		}
	}
	*to = '\0';
	return true;
}

/*
 * Make it clean, in place: line ends, where there may be any, become "\n", and other control characters, which
 * come with what is pasted, a space. False when it is not UTF-8. Nothing becomes longer.
 */
static bool settle(char *text, bool lines)
{
	const char *from = text;
	char *to = text;

	while (*from) {
		uint32_t code;
		const size_t size = text_utf8(from, strlen(from), &code);

		if (size == 0)
			return false;
		if (lines && code == '\r') {
			*to++ = '\n';
			from += from[1] == '\n' ? 2 : 1;
		} else if (text_is_control(code) && !(lines && (code == '\n' || code == '\t'))) {
			*to++ = ' ';
			from += size;
		} else {
			memmove(to, from, size);
			to += size;
			from += size;
		}
	}
	*to = '\0';
	return true;
}

/* The number behind the dot, one to three digits and no more: is it one? */
static bool is_number(const char *text)
{
	const size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits <= 3 && text[digits] == '\0' && (digits == 1 || text[0] != '0');
}

static const struct field_rule *rule_of(const struct field_rule *rules, const char *name)
{
	for (const struct field_rule *r = rules; r && r->name; r++) {
		const size_t length = strlen(r->name);

		if (strncmp(name, r->name, length) != 0)
			continue;
		if (name[length] == '\0' ||
		    (r->numbered && name[length] == '.' && is_number(name + length + 1)))
			return r;
	}
	return NULL;
}

static enum fields_result check(const struct fields *so_far, const char *name, char *value,
				const struct field_rule *rules)
{
	const struct field_rule *rule = rule_of(rules, name);

	if (!rule)
		return FIELDS_UNKNOWN;
	if (!settle(value, rule->lines))
		return FIELDS_MALFORMED;
	if (strlen(value) > rule->max)
		return FIELDS_TOO_LONG;
	return fields_value(so_far, name) ? FIELDS_DOUBLED : FIELDS_READ;
}

/* One name=value, which ends with a NUL. */
static int add(struct fields *f, size_t *room, char *pair, const struct field_rule *rules)
{
	char *value = strchr(pair, '=');
	enum fields_result r;

	if (!value)
		return FIELDS_MALFORMED;
	*value++ = '\0';
	if (!decode(pair) || !decode(value))
		return FIELDS_MALFORMED;
	if (f->count == FIELDS_MAX)
		return FIELDS_TOO_LONG;
	r = check(f, pair, value, rules);
	if (r != FIELDS_READ)
		return (int)r;
	if (array_grow(&f->list, f->count, room) < 0)
		return -ENOMEM;
	f->list[f->count++] = (struct form_field){ pair, value };
	return 0;
}

int fields_read(struct fields *ret, const char *body, size_t length, const struct field_rule *rules)
{
	struct fields f = { .text = strndup(body ? body : "", length) };
	size_t room = 0;
	int r = 0;

	if (!f.text)
		return -ENOMEM;
	if (strlen(f.text) != length)
		r = FIELDS_MALFORMED;
	for (char *rest = f.text, *pair; r == 0 && *f.text && (pair = strsep(&rest, "&"));)
		r = add(&f, &room, pair, rules);
	if (r == 0)
		*ret = f;
	else
		fields_done(&f);
	return r;
}

void fields_done(struct fields *f)
{
	free(f->list);
	free(f->text);
	*f = (struct fields){ NULL };
}

const char *fields_value(const struct fields *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->list[i].name, name) == 0)
			return f->list[i].value;
	return NULL;
}

const char *fields_value_of(const struct fields *f, const char *name, unsigned number)
{
	char numbered[FIELD_NAME_MAX + 8];

	snprintf(numbered, sizeof(numbered), "%.*s.%u", FIELD_NAME_MAX, name, number);
	return fields_value(f, numbered);
}

/* What may stand in a query as it is: RFC 3986, 3.4, without what parts fields from each other. */
int fields_escape(struct buffer *out, const char *text)
{
	int r = 0;

	for (; r == 0 && *text; text++) {
		const unsigned char c = (unsigned char)*text;
		char one[4];

		snprintf(one, sizeof(one), isalnum(c) || strchr("-._~/@", c) ? "%c" : "%%%02X", c);
		r = buffer_add_text(out, one);
	}
	return r;
}
