/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rendering walks the nodes once. Where a name's object is was settled when compiling, so a look-up
 * is one step into the view or into the object of a list that is being gone through. Every value
 * passes put_value, the one place that knows what the output's context takes.
 */
#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/markdown.h"
#include "message/template_nodes.h"
#include "protocol/text.h"
#include "protocol/text_stream.h"

struct writer {
	const struct template *t;
	const struct template_lists *lists; /* NULL: the elements of lists are what is written */
	FILE *out;
	/* The view, and the object of each list gone into. */
	const json_t *frames[TEMPLATE_DEPTH_MAX + 1];
	size_t depth; /* index of the innermost */
	/* Of TEMPLATE_TEXT: the spaces that the present line begins with; nothing but those yet. */
	size_t indent;
	bool at_start;
	struct markdown_line line; /* of TEMPLATE_MARKDOWN */
};

static void see_indent(struct writer *w, char ch)
{
	if (ch == '\n') {
		w->indent = 0;
		w->at_start = true;
	} else if (ch != ' ') {
		w->at_start = false;
	} else if (w->at_start) {
		w->indent++;
	}
}

/* What stands on the present line is asked in two of the contexts alone. */
static void put(struct writer *w, char ch)
{
	if (w->t->context == TEMPLATE_TEXT)
		see_indent(w, ch);
	else if (w->t->context == TEMPLATE_MARKDOWN)
		markdown_see(&w->line, ch);
	putc_unlocked(ch, w->out);
}

static void put_text(struct writer *w, const char *text)
{
	if (w->t->context != TEMPLATE_TEXT && w->t->context != TEMPLATE_MARKDOWN) {
		fputs(text, w->out);
		return;
	}
	while (*text)
		put(w, *text++);
}

/* One ASCII character of a value. */
static void put_value(struct writer *w, char ch)
{
	static const char *const escapes[][128] = {
		[TEMPLATE_HTML] = { ['&'] = "&amp;",
				    ['<'] = "&lt;",
				    ['>'] = "&gt;",
				    ['"'] = "&quot;",
				    ['\''] = "&#39;" },
		[TEMPLATE_XML] = { ['&'] = "&amp;",
				   ['<'] = "&lt;",
				   ['>'] = "&gt;",
				   ['"'] = "&quot;",
				   ['\n'] = " ",
				   ['\t'] = " " },
		[TEMPLATE_WORD] = { ['&'] = "&amp;",
				    ['<'] = "&lt;",
				    ['>'] = "&gt;",
				    ['"'] = "&quot;",
				    ['\n'] = "</w:t><w:br/><w:t xml:space=\"preserve\">",
				    ['\t'] = "</w:t><w:tab/><w:t xml:space=\"preserve\">" },
		[TEMPLATE_JSON] = { ['"'] = "\\\"",
				    ['\\'] = "\\\\",
				    ['\n'] = "\\n",
				    ['\t'] = "\\t" },
	};
	const char *escape = escapes[w->t->context][(unsigned char)ch & 0x7f];

	if (escape) {
		w->at_start = false;
		fputs(escape, w->out);
	} else if (ch == '\n' && w->t->context == TEMPLATE_TEXT) {
		const size_t indent = w->indent;

		put(w, '\n');
		for (size_t i = 0; i < indent; i++)
			put(w, ' ');
	} else if (ch == '\n' || ch == '\t' || !text_is_control((unsigned char)ch)) {
		put(w, ch);
	}
}

static void write_value(struct writer *w, const char *value)
{
	const char *begin = value;
	char escaped[MARKDOWN_ESCAPED];

	for (size_t left = strlen(value), n; left > 0; value += n, left -= n) {
		uint32_t code;

		n = text_utf8(value, left, &code);
		if (n == 1 && w->t->context == TEMPLATE_MARKDOWN) {
			put_text(w, markdown_escape(&w->line, begin, value, escaped));
			continue;
		}
		if (n == 1) {
			put_value(w, *value);
			continue;
		}
		if (n == 0)
			n = 1; /* not UTF-8: left out */
		else if (!text_is_control(code) &&
			 (code & 0xfffe) != 0xfffe) /* no characters: U+FFFE, U+FFFF */
			for (size_t i = 0; i < n; i++)
				put(w, value[i]);
	}
}

static bool is_something(const json_t *value)
{
	if (json_is_array(value))
		return json_array_size(value) > 0;
	return json_is_true(value) || json_string_length(value) > 0;
}

static int render(struct writer *w, size_t from, size_t to);

/* A new reference to what an element of a list is written from. */
static json_t *object_of(const struct writer *w, const struct node *node, const json_t *list,
			 size_t i)
{
	const bool is_of_view = node->up == w->depth;

	return w->lists && is_of_view ? w->lists->object(w->lists->userdata, node->text, list, i)
				      : json_incref(json_array_get(list, i));
}

static int render_section(struct writer *w, const struct node *node, const json_t *value,
			  size_t first)
{
	if (!node->list)
		return is_something(value) == (node->op == OP_SECTION) ? render(w, first, node->end)
								       : 0;
	for (size_t i = 0; i < json_array_size(value); i++) {
		json_t *object = object_of(w, node, value, i);
		int r;

		if (!object)
			return -ENOMEM;
		w->frames[++w->depth] = object;
		r = render(w, first, node->end);
		w->depth--;
		json_decref(object);
		if (r < 0)
			return r;
	}
	return 0;
}

static int render(struct writer *w, size_t from, size_t to)
{
	for (size_t i = from; i < to;) {
		const struct node *node = &w->t->nodes[i];

		if (node->op == OP_TEXT) {
			put_text(w, node->text);
			i++;
			continue;
		}
		assert(node->up <= w->depth);
		const json_t *value = json_object_get(w->frames[w->depth - node->up], node->text);

		if (node->op == OP_DRAWING) {
			put_text(w, json_string_value(value));
			i++;
			continue;
		}
		if (node->op == OP_VALUE) {
			if (!json_is_string(value) || text_is_blank(json_string_value(value)))
				return -ENODATA;
			write_value(w, json_string_value(value));
			i++;
			continue;
		}
		int r = render_section(w, node, value, i + 1);

		if (r < 0)
			return r;
		i = node->end;
	}
	return 0;
}

/* Make a header's text one line, in place: any run of spaces and controls becomes one space. */
static void make_line(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		const bool space = (unsigned char)*from <= ' ' || *from == 0x7f;

		if (!space)
			*to++ = *from;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > text && to[-1] == ' ')
		to--;
	*to = '\0';
}

int template_render(const struct template *t, const json_t *view, char **ret)
{
	return template_render_lists(t, view, NULL, ret);
}

int template_render_lists(const struct template *t, const json_t *view,
			  const struct template_lists *lists, char **ret)
{
	struct text_stream stream;
	char *text;
	struct writer w = { .t = t, .lists = lists, .frames = { view }, .at_start = true };
	int r;

	w.out = text_stream_open(&stream);
	if (!w.out)
		return -ENOMEM;
	r = render(&w, 0, t->count);
	text = text_stream_close(&stream, NULL);
	if (!text && r == 0)
		r = -ENOMEM;
	if (r == 0 && text_is_blank(text))
		r = -ENODATA;
	if (r < 0) {
		free(text);
		return r;
	}
	if (t->context == TEMPLATE_HEADER || t->context == TEMPLATE_JSON ||
	    t->context == TEMPLATE_MARKDOWN)
		text_break_spaces(text);
	if (t->context == TEMPLATE_HEADER)
		make_line(text);
	*ret = text;
	return 0;
}

bool template_uses(const struct template *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->nodes[i].op != OP_TEXT && !strcmp(t->nodes[i].text, name))
			return true;
	return false;
}
