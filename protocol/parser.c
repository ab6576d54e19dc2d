/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A recursive descent, of at most DEPTH_MAX levels, over what scan.h reads. The values go to one list and the
 * characters of all strings and names to one piece of memory, which is as large as the text; both are kept
 * for the next text.
 *
 * jansson read events before. It builds each value in memory of its own, 3.3 µs for an event of 300 bytes
 * where this takes 0.35, and was a third of what intake costs; Debian 12 has no faster library in C. So that
 * this accepts what jansson does and nothing else, tests/fuzz/event.c compares the two on every input.
 */
#include "protocol/parsed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/scan.h"

#define DEPTH_MAX 16
#define FEW_NAMES 12 /* compared one by one */
/* How much memory is kept for the next text at most. */
#define TEXTS_KEPT (1u << 18) /* bytes */
#define NODES_KEPT (1u << 12) /* values */

struct parser {
	struct parsed *nodes;
	size_t count, room;
	char *texts;
	size_t texts_room;
	struct scan scan; /* of the present text */
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

/* Of those that are found at a place. */
static const char *const fault_texts[SCAN_FAULTS] = {
	[SCAN_NO_JSON] = "what stands there is no JSON",
	[SCAN_TOO_SOON] = "it ends too soon",
	[SCAN_NO_UTF8] = "it is not UTF-8",
	[SCAN_HAS_NUL] = "a NUL character (\\u0000) stands in a text",
	[SCAN_TOO_MUCH] = "more stands after its end",
	[SCAN_TWICE] = "an object has the same name twice",
};

enum reject_code parsed_no_memory(struct rejection *ret_why)
{
	return reject(ret_why, RETRY_BUSY, "there is no memory for it now; send it again later");
}

static void say_where(const struct scan *s, struct rejection *ret_why)
{
	size_t line = 1, column = 1;

	for (const char *c = s->begin; c < s->at; c++) {
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
	       line, column, fault_texts[s->fault]);
}

static void say_fault(const struct parser *p, struct rejection *ret_why)
{
	const struct scan *s = &p->scan;

	if (s->fault == SCAN_NO_MEMORY)
		parsed_no_memory(ret_why);
	else if (s->fault == SCAN_ALONE)
		reject(ret_why, REJECT_BAD_EVENT, "an event is a JSON object, not %s",
		       parsed_excerpt(p->nodes).text);
	else if (s->fault == SCAN_TOO_DEEP)
		reject(ret_why, REJECT_BAD_JSON,
		       "the JSON is nested more than %d levels deep; make it flatter", DEPTH_MAX);
	else
		say_where(s, ret_why);
}

/* ---- values -------------------------------------------------------------------------------------- */

/* Where the new node is in the list; SIZE_MAX: no memory. */
static size_t add_node(struct parser *p)
{
	if (p->count == p->room) {
		size_t room = p->room ? 2 * p->room : 64;
		struct parsed *grown = reallocarray(p->nodes, room, sizeof(*grown));

		if (!grown)
			return scan_fail(&p->scan, SCAN_NO_MEMORY), SIZE_MAX;
		p->nodes = grown;
		p->room = room;
	}
	p->nodes[p->count] = (struct parsed){ .begin = p->scan.at };
	return p->count++;
}

static bool take_value(struct parser *p, const char *name, int depth);

static bool take_member(struct parser *p, int depth)
{
	struct scan *s = &p->scan;
	size_t length;
	const char *name = scan_string(s, &length);

	if (!name)
		return false;
	scan_space(s);
	if (!scan_is(s, ':'))
		return scan_fail(s, SCAN_NO_JSON);
	s->at++;
	scan_space(s);
	return take_value(p, name, depth);
}

/* What is between the brackets, and the closing one. */
static bool take_inside(struct parser *p, size_t node, char close, int depth)
{
	struct scan *s = &p->scan;

	s->at++;
	scan_space(s);
	if (scan_is(s, close)) {
		s->at++;
		return true;
	}
	for (;;) {
		if (!(close == '}' ? take_member(p, depth) : take_value(p, NULL, depth)))
			return false;
		p->nodes[node].count++;
		scan_space(s);
		if (scan_is(s, close))
			break;
		if (!scan_is(s, ','))
			return scan_fail(s, SCAN_NO_JSON);
		s->at++;
		scan_space(s);
	}
	s->at++;
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

/* Each is compared with those after it. */
static bool has_twice(const struct parsed *object)
{
	bool found = false;

	parsed_foreach(object, member) for (const struct parsed *later = member + member->nodes;
					    later < object + object->nodes; later += later->nodes)
		found |= text_equal(member->name, later->name);
	return found;
}

static bool check_names(struct parser *p, const struct parsed *object)
{
	const char **names;
	bool found;

	if (object->count <= FEW_NAMES) {
		found = has_twice(object);
	} else {
		names = reallocarray(NULL, object->count, sizeof(*names));
		if (!names)
			return scan_fail(&p->scan, SCAN_NO_MEMORY);
		found = has_twice_sorted(object, names);
		free(names);
	}
	if (found)
		return scan_fail(&p->scan, SCAN_TWICE);
	return true;
}

static bool take_compound(struct parser *p, size_t node, int depth)
{
	const bool object = *p->scan.at == '{';

	p->nodes[node].kind = object ? PARSED_OBJECT : PARSED_ARRAY;
	if (!take_inside(p, node, object ? '}' : ']', depth))
		return false;
	p->nodes[node].nodes = (uint32_t)(p->count - node);
	return !object || check_names(p, &p->nodes[node]);
}

static bool take_simple(struct scan *s, struct parsed *node)
{
	node->nodes = 1;
	switch (*s->at) {
	case '"':
		node->kind = PARSED_STRING;
		node->text = scan_string(s, &node->length);
		return node->text;
	case 't':
		node->kind = PARSED_TRUE;
		return scan_word(s, "true");
	case 'f':
		node->kind = PARSED_FALSE;
		return scan_word(s, "false");
	case 'n':
		node->kind = PARSED_NULL;
		return scan_word(s, "null");
	default:
		node->kind = PARSED_NUMBER;
		return scan_number(s);
	}
}

static bool take_value(struct parser *p, const char *name, int depth)
{
	const size_t node = add_node(p);
	struct scan *s = &p->scan;
	bool taken;

	if (node == SIZE_MAX)
		return false;
	if (s->at == s->end)
		return scan_fail(s, SCAN_TOO_SOON);
	p->nodes[node].name = name;
	if (*s->at != '{' && *s->at != '[')
		taken = take_simple(s, &p->nodes[node]);
	else if (depth < DEPTH_MAX)
		taken = take_compound(p, node, depth + 1);
	else
		taken = scan_fail(s, SCAN_TOO_DEEP);
	p->nodes[node].size = (size_t)(s->at - p->nodes[node].begin);
	return taken;
}

/* Room for the texts of `length` bytes of JSON. What one large text has needed is not kept for ever. */
static int make_room(struct parser *p, size_t length)
{
	if (p->texts_room > length && p->texts_room <= TEXTS_KEPT && p->room <= NODES_KEPT)
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
	struct scan *s = &p->scan;

	scan_space(s);
	if (!take_value(p, NULL, 0))
		return false;
	scan_space(s);
	if (s->at != s->end)
		return scan_fail(s, SCAN_TOO_MUCH);
	if (p->nodes->kind != PARSED_OBJECT && p->nodes->kind != PARSED_ARRAY)
		return scan_fail(s, SCAN_ALONE);
	return true;
}

const struct parsed *parser_parse(struct parser *p, const char *bytes, size_t length,
				  struct rejection *ret_why)
{
	struct scan *s = &p->scan;
	bool roomy = make_room(p, length) == 0;

	p->count = 0;
	*s = (struct scan){ .begin = bytes, .at = bytes, .end = bytes + length, .out = p->texts };
	if (roomy ? parse(p) : scan_fail(s, SCAN_NO_MEMORY))
		return p->nodes;
	say_fault(p, ret_why);
	return NULL;
}
