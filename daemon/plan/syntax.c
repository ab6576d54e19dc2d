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
 * Three departures: a text ends on the line where it begins, so that a quotation mark left out is found
 * there; a comment that is never closed is a fault, since what it swallows would be withdrawn from the
 * plan; and a hexadecimal number has the bounds of a decimal one. What an array may hold, and doubled
 * keys, are left to libconfig.
 *
 * The first fault ends the walk: what follows it would be faults that are none. In a plan from the log,
 * which an earlier version let in, the last two are not faults.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plan/reader.h"
#include "protocol/ascii.h"

#define DEPTH_MAX 16

struct syntax {
	struct reader *r;
	struct where where; /* of p */
	const char *begin, *p;
	int depth;
	bool failed;
};

static bool is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
}

/* The word at p, for a sentence. */
static struct excerpt word(const struct syntax *s)
{
	char text[2 * EXCERPT_MAX];
	size_t length = strcspn(s->p, " \t\r\n;,=:\"()[]{}");

	snprintf(text, sizeof(text), "%.*s", length ? (int)length : 1, s->p);
	return text_excerpt(*s->p ? text : "the end of the file");
}

/* Has the line of p a text that begins and does not end, or the other way round? */
static bool lacks_quote(const struct syntax *s)
{
	const char *p = s->p;
	bool inside = false;

	while (p > s->begin && p[-1] != '\n')
		p--;
	for (; *p && *p != '\n'; p++) {
		if (!inside && (*p == '#' || strncmp(p, "//", 2) == 0))
			break;
		if (inside && *p == '\\' && p[1] && p[1] != '\n')
			p++;
		else if (*p == '"')
			inside = !inside;
	}
	return inside;
}

/* Note the first fault, or, when that is what makes it one, the quotation mark that is missing. */
static bool fail(struct syntax *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool fail(struct syntax *s, const char *format, ...)
{
	char sentence[400];
	va_list arguments;

	if (s->failed)
		return false;
	s->failed = true;
	va_start(arguments, format);
	vsnprintf(sentence, sizeof(sentence), format, arguments);
	va_end(arguments);
	fault(s->r, s->where, "%s",
	      lacks_quote(s) ? "a \" is missing on this line: every text begins and ends with one"
			     : sentence);
	return false;
}

/* The end of the comment that begins there; NULL when it is not closed. */
static const char *comment_end(const char *p)
{
	const char *end;

	if (*p != '/' || p[1] != '*')
		return p + strcspn(p, "\n");
	end = strstr(p + 2, "*/");
	return end ? end + 2 : NULL;
}

/* Spaces and comments. */
static void skip_space(struct syntax *s)
{
	for (;;) {
		const char *end = s->p + strspn(s->p, " \t\r\n");

		for (; s->p < end; s->p++)
			s->where.line += *s->p == '\n';
		if (*end != '#' && strncmp(end, "//", 2) != 0 && strncmp(end, "/*", 2) != 0)
			return;
		end = comment_end(s->p);
		if (!end) {
			if (s->r->present)
				fail(s, "a comment begins here with /* and is never closed: write "
					"*/ where "
					"it ends");
			end = s->p + strlen(s->p);
		}
		for (; s->p < end; s->p++)
			s->where.line += *s->p == '\n';
	}
}

static bool walk_string(struct syntax *s)
{
	const char *p = s->p + 1;

	for (; *p && *p != '"' && *p != '\n'; p++) {
		if (s->r->present && strncmp(p, "\\x00", 4) == 0)
			return fail(s, "\\x00 is not a character of a text: take it away");
		if (*p == '\\' && p[1] && p[1] != '\n')
			p++;
	}
	if (*p != '"')
		return fail(s, "the text has no \" at the end of the line");
	s->p = p + 1;
	return true;
}

/* ---- numbers ----------------------------------------------------------------------------------- */

/* The bytes of what some write between the digits of a number; 0 when there is none. */
static size_t separator(const char *p)
{
	static const char *const known[] = { " ", "\u00a0", "\u202f", ",", ".", "'", "’", "_" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strncmp(p, known[i], strlen(known[i])) == 0)
			return strlen(known[i]);
	return 0;
}

/*
 * A number as it is written elsewhere: "1 500 000", "1,5". In digits alone it is what its groups of
 * three say; where the last one is no such group it is a fraction, which nothing here can be.
 */
static bool fail_separated(struct syntax *s, const char *begin)
{
	char digits[80], written[2 * EXCERPT_MAX];
	const char *p = begin + strspn(begin, "+-");
	size_t length = strspn(p, "0123456789"), used = (size_t)(p - begin);
	bool groups = length <= 3;

	memcpy(digits, begin, used);
	for (;;) {
		if (used + length < sizeof(digits))
			memcpy(digits + used, p, length);
		used += length;
		p += length;
		if (!separator(p) || !ascii_is_digit(p[separator(p)]))
			break;
		p += separator(p);
		length = strspn(p, "0123456789");
		groups = groups && length == 3;
	}
	groups = groups && used < sizeof(digits);
	snprintf(written, sizeof(written), "%.*s", (int)(p - begin), begin);
	if (!groups)
		return fail(s, "%s is not a number in digits alone: write a whole number",
			    text_excerpt(written).text);
	return fail(s, "%s is not a number in digits alone: write %.*s", text_excerpt(written).text,
		    (int)used, digits);
}

/* ".5" and no more of that: a fraction as libconfig reads it, which the tables refuse. */
static bool is_one_point(const char *p)
{
	const char *end = p + 1 + strspn(p + 1, "0123456789");

	return !separator(end) || !ascii_is_digit(end[separator(end)]);
}

/* Does what was taken for a number go on: "0o17", "12M"? libconfig would begin a key there. */
static bool goes_on(const struct syntax *s)
{
	return s->r->present && (is_name_start(*s->p) || *s->p == '_' || ascii_is_digit(*s->p));
}

/* libconfig takes 32 bits without an L, 64 with it; of a hexadecimal number unsigned. */
static bool take_number(struct syntax *s)
{
	const char *begin = s->p, *end = begin + strspn(begin, "+-");
	const bool hex = end[0] == '0' && (end[1] == 'x' || end[1] == 'X');
	const unsigned negative = *begin == '-';
	const bool turns = hex && !s->r->present; /* negative, as libconfig has it */
	unsigned long long magnitude;
	size_t between;

	if (hex && end > begin)
		return fail(s, "a hexadecimal number has no sign: write it in decimals");
	end += hex ? 2 : 0;
	errno = 0;
	magnitude = strtoull(end, NULL, hex ? 16 : 10);
	end += strspn(end, hex ? "0123456789abcdefABCDEF" : "0123456789");
	between = hex ? 0 : separator(end);
	if (between && ascii_is_digit(end[between]) && !(*end == '.' && is_one_point(end)))
		return fail_separated(s, begin);
	s->p = end;
	if (!hex && *end && strchr(".eE", *end)) {
		s->p += strspn(end, "0123456789.eE+-");
		return true;
	}
	s->p += strspn(end, "L");
	if (errno == ERANGE || (!turns && magnitude > (unsigned long long)INT64_MAX + negative))
		fault(s->r, s->where, "the number %.*s is too large", (int)(end - begin), begin);
	else if (*end != 'L' && magnitude > (turns ? UINT32_MAX : (unsigned)INT32_MAX + negative))
		fault(s->r, s->where, "the number %.*s is too large without an L behind it: %.*sL",
		      (int)(end - begin), begin, (int)(end - begin), begin);
	return true;
}

/* "2026-05-26", without its quotation marks. */
static bool is_date(const char *p)
{
	static const char like[] = "0000-00-00";
	size_t n = 0;

	while (like[n] && (like[n] == '-' ? p[n] == '-' : ascii_is_digit(p[n])))
		n++;
	return !like[n];
}

static bool walk_number(struct syntax *s)
{
	const struct excerpt number = word(s);

	if (is_date(s->p))
		return fail(s, "put the date between quotation marks: \"%.10s\"", s->p);
	if (!take_number(s))
		return false;
	if (goes_on(s))
		return fail(s, "%s is not a number: write it in digits alone", number.text);
	return true;
}

/* ---- values ------------------------------------------------------------------------------------ */

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
		if (*s->p != ',')
			return fail(s, "a , or %c is missing before %s", close, word(s).text);
		s->p++;
		skip_space(s);
		if (*s->p == close)
			return fail(s, "a , before %c: take it away", close);
	}
	s->p++;
	return true;
}

static bool walk_nested(struct syntax *s)
{
	const char open = *s->p++;
	bool ok;

	if (++s->depth > DEPTH_MAX)
		return fail(s, "more than %d brackets within each other", DEPTH_MAX);
	ok = open == '{'   ? walk_settings(s, '}')
	     : open == '[' ? walk_list(s, ']')
			   : walk_list(s, ')');
	s->depth--;
	return ok;
}

/* Those that word processors make of ". */
static bool is_printed_quote(const char *p)
{
	static const char *const known[] = { "“", "”", "„", "»", "«", "’", "‘" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strncmp(p, known[i], strlen(known[i])) == 0)
			return true;
	return false;
}

static bool walk_value(struct syntax *s)
{
	const char *sign = s->p + (*s->p == '+' || *s->p == '-');

	if (*s->p && strchr("{[(", *s->p))
		return walk_nested(s);
	if (ascii_is_digit(*sign) || (*sign == '.' && ascii_is_digit(sign[1])))
		return walk_number(s);
	if (is_printed_quote(s->p))
		return fail(s, "%s has the quotation marks of a printed text: write \"…\"",
			    word(s).text);
	if (walk_bool(s))
		return true;
	if (*s->p != '"')
		return fail(s,
			    "%s is where a value should be: text in quotes, a number, true, "
			    "false, [ ], ( ) or { }",
			    word(s).text);
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
		if (strncmp(s->p, "@include", 8) == 0)
			return fail(s, "@include is not known here: name the files in plan");
		if (!is_name_start(*s->p))
			return fail(s, "%s is where a key or %s should be", name.text,
				    close ? "}" : "the end of the file");
		while (is_name_start(*s->p) || ascii_is_digit(*s->p) || *s->p == '_' ||
		       *s->p == '-')
			s->p++;
		skip_space(s);
		if (*s->p != '=' && *s->p != ':')
			return fail(s, "a = is missing after %s", name.text);
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
	struct syntax s = {
		.r = r, .where = { source->name, 1 }, .begin = source->text, .p = source->text
	};

	return walk_settings(&s, '\0') && !s.failed;
}
