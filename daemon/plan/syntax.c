/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is a file what libconfig can read, and will it read what is written? libconfig 1.5 says no more
 * than "syntax error", often some lines late, and leaks the text it was reading then; a number that
 * does not fit it cuts off in silence; and by @include it would read files that the log of plans
 * knows nothing of. So its grammar is walked here first, by recursive descent:
 *
 *   settings = { NAME ("=" | ":") value [ ";" | "," ] }
 *   value    = NUMBER | BOOL | STRING { STRING } | "[" list "]" | "(" list ")" | "{" settings "}"
 *   list     = [ value { "," value } ]
 *
 * One departure: a text ends on the line where it begins, so that a quotation mark left out is found
 * there. What an array may hold, and doubled keys, are left to libconfig.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plan/reader.h"

#define DEPTH_MAX 16

struct syntax {
	struct reader *r;
	struct where where; /* of p */
	const char *p;
	int depth;
};

static bool is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The word at p, for a sentence. */
static struct excerpt word(const struct syntax *s)
{
	char text[2 * EXCERPT_MAX];
	size_t length = strcspn(s->p, " \t\r\n;,=:\"()[]{}");

	snprintf(text, sizeof(text), "%.*s", length ? (int)length : 1, s->p);
	return text_excerpt(*s->p ? text : "the end of the file");
}

/* Spaces and comments. */
static void skip_space(struct syntax *s)
{
	const char *end = s->p;

	do {
		for (; s->p < end; s->p++)
			s->where.line += *s->p == '\n';
		end += strspn(end, " \t\r\n");
		if (*end == '#' || strncmp(end, "//", 2) == 0)
			end += strcspn(end, "\n");
		else if (strncmp(end, "/*", 2) == 0)
			end = strstr(end + 2, "*/") ? strstr(end + 2, "*/") + 2 : end + strlen(end);
	} while (end > s->p);
}

static bool walk_string(struct syntax *s)
{
	char text[2 * EXCERPT_MAX];
	const char *p = s->p + 1;

	for (; *p && *p != '"' && *p != '\n'; p++)
		if (*p == '\\' && p[1] && p[1] != '\n')
			p++;
	if (*p != '"') {
		snprintf(text, sizeof(text), "%.*s", (int)(p - s->p), s->p);
		fault(s->r, s->where, "the text %s has no \" at the end of the line",
		      text_excerpt(text).text);
		return false;
	}
	s->p = p + 1;
	return true;
}

/* libconfig takes 32 bits without an L, 64 with it; of a hexadecimal number unsigned. */
static bool walk_number(struct syntax *s)
{
	const char *begin = s->p, *end = begin + strspn(begin, "+-");
	const bool hex = end[0] == '0' && (end[1] == 'x' || end[1] == 'X');
	unsigned long long magnitude;
	bool negative = *begin == '-', fits;

	if (hex && end > begin) {
		fault(s->r, s->where, "a hexadecimal number has no sign: write it in decimals");
		return false;
	}
	end += hex ? 2 : 0;
	errno = 0;
	magnitude = strtoull(end, NULL, hex ? 16 : 10);
	end += strspn(end, hex ? "0123456789abcdefABCDEF" : "0123456789");
	s->p = end;
	if (!hex && *end && strchr(".eE", *end)) {
		s->p += strspn(end, "0123456789.eE+-");
		return true;
	}
	s->p += strspn(end, "L");
	fits = errno != ERANGE && (hex || magnitude <= (unsigned long long)INT64_MAX + negative);
	if (!fits)
		fault(s->r, s->where, "the number %.*s is too large", (int)(end - begin), begin);
	else if (*end != 'L' && magnitude > (hex ? UINT32_MAX : (unsigned)INT32_MAX + negative))
		fault(s->r, s->where, "the number %.*s is too large without an L behind it: %.*sL",
		      (int)(end - begin), begin, (int)(end - begin), begin);
	return true;
}

static bool walk_bool(struct syntax *s)
{
	size_t length = strncasecmp(s->p, "true", 4) == 0    ? 4
			: strncasecmp(s->p, "false", 5) == 0 ? 5
							     : 0;

	s->p += length;
	return length;
}

static bool walk_settings(struct syntax *s, char close);
static bool walk_value(struct syntax *s);

static bool walk_list(struct syntax *s, char close)
{
	skip_space(s);
	while (*s->p != close) {
		if (!walk_value(s))
			return false;
		skip_space(s);
		if (*s->p == close)
			break;
		if (*s->p != ',') {
			fault(s->r, s->where, "a , or %c is missing before %s", close,
			      word(s).text);
			return false;
		}
		s->p++;
		skip_space(s);
		if (*s->p == close) {
			fault(s->r, s->where, "a , before %c: take it away", close);
			return false;
		}
	}
	s->p++;
	return true;
}

static bool walk_nested(struct syntax *s)
{
	const char open = *s->p++;
	bool ok;

	if (++s->depth > DEPTH_MAX) {
		fault(s->r, s->where, "more than %d brackets within each other", DEPTH_MAX);
		return false;
	}
	ok = open == '{'   ? walk_settings(s, '}')
	     : open == '[' ? walk_list(s, ']')
			   : walk_list(s, ')');
	s->depth--;
	return ok;
}

static bool walk_value(struct syntax *s)
{
	const char *sign = s->p + (*s->p == '+' || *s->p == '-');

	if (*s->p && strchr("{[(", *s->p))
		return walk_nested(s);
	if (is_digit(*sign) || (*sign == '.' && is_digit(sign[1])))
		return walk_number(s);
	if (*s->p != '"') {
		if (walk_bool(s))
			return true;
		fault(s->r, s->where,
		      "%s is where a value should be: text in quotes, a number, true, "
		      "false, [ ], ( ) or { }",
		      word(s).text);
		return false;
	}
	while (*s->p == '"') {
		if (!walk_string(s))
			return false;
		skip_space(s);
	}
	return true;
}

static bool walk_settings(struct syntax *s, char close)
{
	struct excerpt name;

	for (skip_space(s); *s->p != close; skip_space(s)) {
		name = word(s);
		if (strncmp(s->p, "@include", 8) == 0) {
			fault(s->r, s->where, "@include is not known here: name the files in plan");
			return false;
		}
		if (!is_name_start(*s->p)) {
			fault(s->r, s->where, "%s is where a key or %s should be", name.text,
			      close ? "}" : "the end of the file");
			return false;
		}
		while (is_name_start(*s->p) || is_digit(*s->p) || *s->p == '_' || *s->p == '-')
			s->p++;
		skip_space(s);
		if (*s->p != '=' && *s->p != ':') {
			fault(s->r, s->where, "a = is missing after %s", name.text);
			return false;
		}
		s->p++;
		skip_space(s);
		if (!walk_value(s))
			return false;
		skip_space(s);
		s->p += *s->p == ';' || *s->p == ',';
	}
	s->p += close != '\0';
	return true;
}

bool syntax_check(struct reader *r, const struct source *source)
{
	struct syntax s = { .r = r, .where = { source->name, 1 }, .p = source->text };

	return walk_settings(&s, '\0');
}
