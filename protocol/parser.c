/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A recursive descent, of at most DEPTH_MAX levels. The characters of strings and names go to one piece
 * of memory, which is as large as the text: each needs no more room than it has there with its quotes.
 * Numbers are only checked, and stay as they are written: what they come to is for whoever asks.
 *
 * jansson read events before. It builds each value in memory of its own, 3.3 µs for an event of 300 bytes
 * where this takes 0.35, and was a third of what intake costs; Debian 12 has no faster library in C. So that
 * this accepts what jansson does and nothing else, tests/fuzz/event.c compares the two on every input.
 */
#include "protocol/parsed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/text.h"

#define DEPTH_MAX 16
#define FEW_NAMES 12 /* compared one by one */
#define ROOM_KEPT (1u << 18)

struct parser {
	struct parsed *nodes;
	size_t count, room;
	char *texts;
	size_t texts_room;
	/* of the present text */
	const char *begin, *at, *end;
	char *out; /* in texts */
	const char *wrong;
};

int parser_new(struct parser **ret)
{
	struct parser *p = calloc(1, sizeof(*p));

	if (!p)
		return -ENOMEM;
	*ret = p;
	return 0;
}

struct parser *parser_free(struct parser *p)
{
	if (!p)
		return NULL;
	free(p->nodes);
	free(p->texts);
	free(p);
	return NULL;
}

/* ---- what is wrong --------------------------------------------------------------------------- */

static const char no_json[] = "what stands there is no JSON", too_soon[] = "it ends too soon",
		  no_utf8[] = "it is not UTF-8", no_memory[] = "there is no memory for it",
		  has_nul[] = "a NUL character (\\u0000) stands in a text",
		  too_much[] = "more stands after its end",
		  twice[] = "an object has the same name twice";

/* Only the first fault counts. */
static bool fail(struct parser *p, const char *wrong)
{
	if (!p->wrong)
		p->wrong = p->at == p->end && wrong == no_json ? too_soon : wrong;
	return false;
}

static void say_where(const struct parser *p, struct rejection *ret_why)
{
	size_t line = 1, column = 1;

	if (p->wrong == NULL) /* the depth was said */
		return;
	for (const char *c = p->begin; c < p->at; c++) {
		if (*c == '\n') {
			line++;
			column = 1;
		} else if ((*c & 0xc0) != 0x80) {
			column++;
		}
	}
	reject(ret_why, REJECT_BAD_JSON,
	       "not valid JSON at line %zu, column %zu: %s; send one UTF-8 JSON text (RFC 8259) "
	       "without anything after it",
	       line, column, p->wrong);
}

/* ---- texts ------------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/* Four digits after \u, or -1. */
static int32_t take_hex(struct parser *p)
{
	int32_t code = 0;

	for (int i = 0; i < 4; i++, p->at++) {
		int digit = p->at < p->end ? hex_digit(*p->at) : -1;

		if (digit < 0)
			return -1;
		code = code * 16 + digit;
	}
	return code;
}

static void put_utf8(struct parser *p, uint32_t code)
{
	if (code < 0x80) {
		*p->out++ = (char)code;
		return;
	}
	if (code < 0x800) {
		*p->out++ = (char)(0xc0 | code >> 6);
	} else {
		if (code < 0x10000) {
			*p->out++ = (char)(0xe0 | code >> 12);
		} else {
			*p->out++ = (char)(0xf0 | code >> 18);
			*p->out++ = (char)(0x80 | (code >> 12 & 0x3f));
		}
		*p->out++ = (char)(0x80 | (code >> 6 & 0x3f));
	}
	*p->out++ = (char)(0x80 | (code & 0x3f));
}

/* After \u: one character, of one or, as a surrogate pair, two escapes. */
static bool take_unicode(struct parser *p)
{
	int32_t code = take_hex(p), low;

	if (code == 0)
		return fail(p, has_nul);
	if (code >= 0xd800 && code < 0xdc00) {
		if (p->end - p->at < 2 || p->at[0] != '\\' || p->at[1] != 'u')
			return fail(p, no_json);
		p->at += 2;
		low = take_hex(p);
		if (low < 0xdc00 || low >= 0xe000)
			return fail(p, no_json);
		code = 0x10000 + (code - 0xd800) * 0x400 + (low - 0xdc00);
	} else if (code < 0 || (code >= 0xdc00 && code < 0xe000)) {
		return fail(p, no_json);
	}
	put_utf8(p, (uint32_t)code);
	return true;
}

static bool take_escape(struct parser *p)
{
	static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char c = ++p->at < p->end ? *p->at : '\0';
	const char *known = c ? strchr(escapes, c) : NULL;

	if (c == 'u') {
		p->at++;
		return take_unicode(p);
	}
	if (!known)
		return fail(p, no_json);
	p->at++;
	*p->out++ = meant[known - escapes];
	return true;
}

/* Characters up to one that needs a look. */
static void take_plain(struct parser *p)
{
	const char *from = p->at;

	while (p->at < p->end && (unsigned char)*p->at >= 0x20 && (unsigned char)*p->at < 0x80 &&
	       *p->at != '"' && *p->at != '\\')
		p->at++;
	memcpy(p->out, from, (size_t)(p->at - from));
	p->out += p->at - from;
}

/* The string that begins here; NULL when there is none. */
static const char *take_string(struct parser *p, size_t *ret_length)
{
	char *text = p->out;
	uint32_t code;
	size_t n;

	if (p->at == p->end || *p->at != '"')
		return fail(p, no_json), NULL;
	p->at++;
	for (;;) {
		take_plain(p);
		if (p->at == p->end)
			return fail(p, too_soon), NULL;
		if (*p->at == '"')
			break;
		if (*p->at == '\\') {
			if (!take_escape(p))
				return NULL;
			continue;
		}
		n = text_utf8(p->at, (size_t)(p->end - p->at), &code);
		if (n < 2)
			return fail(p, !n ? no_utf8 : code ? no_json : has_nul), NULL;
		memcpy(p->out, p->at, n);
		p->out += n;
		p->at += n;
	}
	p->at++;
	*ret_length = (size_t)(p->out - text);
	*p->out++ = '\0';
	return text;
}

/* ---- numbers and words --------------------------------------------------------------------------- */

static bool is_digit(const struct parser *p)
{
	return p->at < p->end && *p->at >= '0' && *p->at <= '9';
}

static bool take_digits(struct parser *p)
{
	if (!is_digit(p))
		return fail(p, no_json);
	while (is_digit(p))
		p->at++;
	return true;
}

static bool take_number(struct parser *p)
{
	if (*p->at == '-')
		p->at++;
	if (p->at < p->end && *p->at == '0')
		p->at++;
	else if (!take_digits(p))
		return false;
	if (p->at < p->end && *p->at == '.') {
		p->at++;
		if (!take_digits(p))
			return false;
	}
	if (p->at < p->end && (*p->at | 0x20) == 'e') {
		p->at++;
		if (p->at < p->end && (*p->at == '+' || *p->at == '-'))
			p->at++;
		return take_digits(p);
	}
	return true;
}

static bool take_word(struct parser *p, const char *word)
{
	const size_t n = strlen(word);

	if ((size_t)(p->end - p->at) < n || memcmp(p->at, word, n) != 0)
		return fail(p, no_json);
	p->at += n;
	return true;
}

/* ---- values -------------------------------------------------------------------------------------- */

static void skip_space(struct parser *p)
{
	while (p->at < p->end &&
	       (*p->at == ' ' || *p->at == '\n' || *p->at == '\t' || *p->at == '\r'))
		p->at++;
}

/* Where the new node is in the list; SIZE_MAX: no memory. */
static size_t add_node(struct parser *p)
{
	if (p->count == p->room) {
		size_t room = p->room ? 2 * p->room : 64;
		struct parsed *grown = reallocarray(p->nodes, room, sizeof(*grown));

		if (!grown)
			return fail(p, no_memory), SIZE_MAX;
		p->nodes = grown;
		p->room = room;
	}
	p->nodes[p->count] = (struct parsed){ .begin = p->at };
	return p->count++;
}

static bool take_value(struct parser *p, const char *name, int depth);

static bool take_member(struct parser *p, int depth)
{
	size_t length;
	const char *name = take_string(p, &length);

	if (!name)
		return false;
	skip_space(p);
	if (p->at == p->end || *p->at != ':')
		return fail(p, no_json);
	p->at++;
	skip_space(p);
	return take_value(p, name, depth);
}

/* What is between the brackets, and the closing one. */
static bool take_inside(struct parser *p, size_t node, char close, int depth)
{
	p->at++;
	skip_space(p);
	if (p->at < p->end && *p->at == close) {
		p->at++;
		return true;
	}
	for (;;) {
		if (!(close == '}' ? take_member(p, depth) : take_value(p, NULL, depth)))
			return false;
		p->nodes[node].count++;
		skip_space(p);
		if (p->at == p->end)
			return fail(p, too_soon);
		if (*p->at == close)
			break;
		if (*p->at != ',')
			return fail(p, no_json);
		p->at++;
		skip_space(p);
	}
	p->at++;
	return true;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool has_twice_sorted(const struct parsed *object, const char **names)
{
	size_t n = 0;

	parsed_foreach(object, member) names[n++] = member->name;
	qsort(names, n, sizeof(*names), compare_names);
	for (size_t i = 1; i < n; i++)
		if (strcmp(names[i - 1], names[i]) == 0)
			return true;
	return false;
}

static bool check_names(struct parser *p, const struct parsed *object)
{
	const char **names;
	bool found = false;

	if (object->count > FEW_NAMES) {
		names = reallocarray(NULL, object->count, sizeof(*names));
		if (!names)
			return fail(p, no_memory);
		found = has_twice_sorted(object, names);
		free(names);
		return found ? fail(p, twice) : true;
	}
	parsed_foreach(object, member) for (const struct parsed *later = member + member->nodes;
					    later < object + object->nodes; later += later->nodes)
		found |= strcmp(member->name, later->name) == 0;
	return found ? fail(p, twice) : true;
}

static bool take_compound(struct parser *p, size_t node, int depth)
{
	const bool object = *p->at == '{';

	p->nodes[node].kind = object ? PARSED_OBJECT : PARSED_ARRAY;
	if (!take_inside(p, node, object ? '}' : ']', depth))
		return false;
	p->nodes[node].nodes = (uint32_t)(p->count - node);
	return !object || check_names(p, &p->nodes[node]);
}

static bool take_simple(struct parser *p, struct parsed *node)
{
	node->nodes = 1;
	switch (*p->at) {
	case '"':
		node->kind = PARSED_STRING;
		node->text = take_string(p, &node->length);
		return node->text;
	case 't':
		node->kind = PARSED_TRUE;
		return take_word(p, "true");
	case 'f':
		node->kind = PARSED_FALSE;
		return take_word(p, "false");
	case 'n':
		node->kind = PARSED_NULL;
		return take_word(p, "null");
	default:
		node->kind = PARSED_NUMBER;
		return take_number(p);
	}
}

static bool take_value(struct parser *p, const char *name, int depth)
{
	const size_t node = add_node(p);
	bool taken;

	if (node == SIZE_MAX)
		return false;
	if (p->at == p->end)
		return fail(p, too_soon);
	p->nodes[node].name = name;
	if (*p->at != '{' && *p->at != '[') {
		taken = take_simple(p, &p->nodes[node]);
	} else if (depth == DEPTH_MAX) {
		return false; /* which is no fault of the JSON: wrong stays NULL */
	} else {
		taken = take_compound(p, node, depth + 1);
	}
	p->nodes[node].size = (size_t)(p->at - p->nodes[node].begin);
	return taken;
}

/* What one large text has needed is not kept for ever. */
static int make_room(struct parser *p, size_t length)
{
	if (p->texts_room > length && p->texts_room <= ROOM_KEPT && p->room <= ROOM_KEPT / 64)
		return 0;
	free(p->nodes);
	free(p->texts);
	p->nodes = NULL;
	p->room = 0;
	p->texts_room = length + 1 > 4096 ? length + 1 : 4096;
	p->texts = malloc(p->texts_room);
	if (!p->texts)
		p->texts_room = 0;
	return p->texts ? 0 : -ENOMEM;
}

static bool parse(struct parser *p)
{
	skip_space(p);
	if (p->at == p->end)
		return fail(p, too_soon);
	if (*p->at != '{' && *p->at != '[')
		return fail(p, no_json);
	if (!take_value(p, NULL, 0))
		return false;
	skip_space(p);
	return p->at == p->end || fail(p, too_much);
}

const struct parsed *parser_parse(struct parser *p, const char *bytes, size_t length,
				  struct rejection *ret_why)
{
	p->begin = p->at = bytes;
	p->end = bytes + length;
	p->count = 0;
	p->wrong = NULL;
	if (make_room(p, length) < 0)
		fail(p, no_memory);
	p->out = p->texts;
	if (!p->wrong && parse(p))
		return p->nodes;
	if (p->wrong)
		say_where(p, ret_why);
	else
		reject(ret_why, REJECT_BAD_JSON,
		       "the JSON is nested more than %d levels deep; make it flatter", DEPTH_MAX);
	return NULL;
}
