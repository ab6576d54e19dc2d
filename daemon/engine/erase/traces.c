/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/erase/traces.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "protocol/text_search.h"
#include "protocol/text_stream.h"

/* ---- the list ------------------------------------------------------------------------------------ */

static void trace_done(struct trace *t)
{
	free(t->what);
	free(t->exact);
	free(t->by);
	free(t->of);
}

static bool has(const struct traces *t, const struct trace *one)
{
	for (size_t i = 0; i < t->count; i++)
		if (one->kind != TRACE_WORDS && strcmp(t->list[i].what, one->what) == 0)
			return true;
	return false;
}

int traces_add(struct traces *t, const struct wanted *one)
{
	const bool exact = one->kind == TRACE_NAME && !strchr(one->what, ' ');
	struct trace copy = { strdup(one->what), exact ? strdup(one->what) : NULL, strdup(one->by),
			      one->kind, one->of ? strdup(one->of) : NULL };
	int r = copy.what && copy.by && (copy.exact || !exact) && (copy.of || !one->of)
			? array_grow(&t->list, t->count, &t->room)
			: -ENOMEM;

	if (copy.what)
		text_small(copy.what);
	if (r < 0 || !copy.what[0] || strcasecmp(copy.what, copy.by) == 0 || has(t, &copy))
		trace_done(&copy);
	else
		t->list[t->count++] = copy;
	return r;
}

void traces_done(struct traces *t)
{
	for (size_t i = 0; i < t->count; i++)
		trace_done(&t->list[i]);
	free(t->list);
	*t = (struct traces){ 0 };
}

/* ---- where one stands ---------------------------------------------------------------------------- */

/* How many bytes of blanks there are: a no-break space is one as well. */
static size_t blanks(const char *text)
{
	size_t n = 0;

	for (;;)
		if (text[n] && strchr(" \t\r\n", text[n]))
			n++;
		else if (text[n] == '\xc2' && text[n + 1] == '\xa0')
			n += 2;
		else
			return n;
}

/* How many bytes of the text are this, 0: none. */
static size_t match(const char *text, const char *what)
{
	size_t n = 0;

	while (*what) {
		const size_t want = blanks(what), there = want ? blanks(text + n) : 0;

		if (want ? there == 0 : text[n] != *what)
			return 0;
		n += want ? there : 1;
		what += want ? want : 1;
	}
	return n;
}

/* Is the byte at that place, or the character that ends there, part of a word? Beyond ASCII those of U+0080 and U+2000
 * on are signs: no-break spaces, quotation marks, dashes. */
static bool in_word(const char *text, size_t at)
{
	while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
		at--;
	const unsigned char c = (unsigned char)text[at];
	return c < 0x80 ? isalnum(c) != 0 : c != 0xc2 && c != 0xe2;
}

static bool begins(const char *text, size_t at, enum trace_kind kind)
{
	if (kind == TRACE_WORDS || at == 0)
		return true;
	return !in_word(text, at - 1) && !(kind == TRACE_ADDRESS && strchr(".+-_%", text[at - 1]));
}

static bool ends(const char *text, size_t at, const struct trace *t)
{
	const char next = text[at];

	if (t->kind == TRACE_WORDS || !next)
		return true;
	if (t->kind == TRACE_ADDRESS)
		return !in_word(text, at) && next != '-' &&
		       !(next == '.' && isalnum((unsigned char)text[at + 1]));
	return strchr(t->what, ' ') || !in_word(text, at) ||
	       (next == 's' && (!text[at + 1] || !in_word(text, at + 1)));
}

/* A text, and the same in small letters, which has as many bytes. */
struct looked_at {
	const char *text;
	char *small;
	size_t at, n; /* what was found: where, and how many bytes */
};

static const struct trace *trace_at(struct trace_list of, struct looked_at *x)
{
	for (size_t i = 0; i < of.count; i++) {
		const struct trace *t = &of.list[i];

		x->n = *t->what == x->small[x->at] ? match(x->small + x->at, t->what) : 0;
		if (x->n > 0 && begins(x->small, x->at, t->kind) &&
		    ends(x->small, x->at + x->n, t) &&
		    (!t->exact || strncmp(x->text + x->at, t->exact, x->n) == 0))
			return t;
	}
	return NULL;
}

/* The next one from x->at on, which moves to it. */
static const struct trace *next(struct trace_list of, struct looked_at *x)
{
	for (; x->small[x->at]; x->at++) {
		const struct trace *t = trace_at(of, x);

		if (t)
			return t;
	}
	return NULL;
}

static int look_at(struct trace_list of, const char *text, struct looked_at *ret)
{
	*ret = (struct looked_at){ .text = text, .small = of.count ? strdup(text) : NULL };
	if (ret->small)
		text_small(ret->small);
	return of.count && !ret->small ? -ENOMEM : 0;
}

const char *trace_find(struct trace_list of, const char *text, int *ret_error)
{
	struct looked_at x;
	bool found;

	*ret_error = look_at(of, text, &x);
	found = x.small && next(of, &x);
	free(x.small);
	return found ? text + x.at : NULL;
}

/* ---- replaced ------------------------------------------------------------------------------------ */

/* No character is cut in two. */
static void cut(char *text, size_t length)
{
	if (strlen(text) <= length)
		return;
	while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	text[length] = '\0';
}

/* The text up to its end, with what takes the place of each. */
static int write_replaced(struct trace_list of, struct looked_at *x, FILE *out)
{
	const struct trace *t;
	size_t from = 0;

	while ((t = next(of, x))) {
		if (fwrite(x->text + from, 1, x->at - from, out) != x->at - from ||
		    fputs(t->by, out) < 0)
			return -ENOMEM;
		from = x->at += x->n;
	}
	return fputs(x->text + from, out) < 0 ? -ENOMEM : 0;
}

int trace_replace(struct trace_list of, const char *text, char **ret)
{
	struct looked_at x;
	struct text_stream stream = { NULL };
	char *whole;
	int r = look_at(of, text, &x);
	FILE *out = x.small && next(of, &x) ? text_stream_open(&stream) : NULL;

	if (!x.small || (!out && !x.small[x.at])) {
		free(x.small);
		return r;
	}
	x.at = 0;
	r = out ? write_replaced(of, &x, out) : -ENOMEM;
	free(x.small);
	whole = text_stream_close(&stream, NULL);
	if (!whole || r < 0) {
		free(whole);
		return -ENOMEM;
	}
	if (!of.grows)
		cut(whole, strlen(text));
	*ret = whole;
	return 1;
}

/* A string's, in *ret: a new reference; NULL when it stays. */
static int replace_string(struct trace_list of, const json_t *string, json_t **ret)
{
	char *text = NULL;
	int r = trace_replace(of, json_string_value(string), &text);

	*ret = r > 0 ? json_string(text) : NULL;
	free(text);
	return r > 0 && !*ret ? -ENOMEM : r;
}

static int replace_member(struct trace_list of, json_t *in, const char *name)
{
	json_t *value = json_object_get(in, name), *by = NULL;
	int r;

	if (!json_is_string(value))
		return trace_replace_json(of, value);
	r = replace_string(of, value, &by);
	return by && json_object_set_new(in, name, by) < 0 ? -ENOMEM : r;
}

static int replace_element(struct trace_list of, json_t *in, size_t i)
{
	json_t *value = json_array_get(in, i), *by = NULL;
	int r;

	if (!json_is_string(value))
		return trace_replace_json(of, value);
	r = replace_string(of, value, &by);
	return by && json_array_set_new(in, i, by) < 0 ? -ENOMEM : r;
}

int trace_replace_json(struct trace_list of, json_t *json)
{
	int r = 0, changed = 0;
	const char *name;
	json_t *value;

	json_object_foreach (json, name, value) {
		r = replace_member(of, json, name);
		changed |= r > 0;
		if (r < 0)
			return r;
	}
	for (size_t i = 0; i < json_array_size(json); i++) {
		r = replace_element(of, json, i);
		changed |= r > 0;
		if (r < 0)
			return r;
	}
	return changed;
}
