/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Word keeps text in runs of one look each, and begins a new one wherever it has checked the spelling or somebody has
 * typed later. So a tag that was typed may stand in pieces. It looks as where it begins.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buffer.h"
#include "message/word_part.h"

#define TAG_MAX 200 /* bytes between {{ and }} */

/* The texts of one paragraph, put together: whose each byte is. */
struct paragraph {
	size_t *texts; /* tokens */
	size_t count, room;
	struct buffer all;
	size_t *owners; /* of each byte of `all`: an index of texts */
};

static void paragraph_done(struct paragraph *g)
{
	free(g->texts);
	free(g->owners);
	buffer_done(&g->all);
}

/* Its own texts, not those of a paragraph within it, as in a text box. */
static int gather(const struct word_part *p, size_t at, struct paragraph *ret)
{
	const size_t end = p->tokens.list[at].partner;
	int r = 0;

	for (size_t i = at + 1; r == 0 && i < end; i++) {
		const struct word_token *token = &p->tokens.list[i];

		if (token->kind == WORD_OPEN && word_token_is(token, "w:p")) {
			i = token->partner;
			continue;
		}
		if (!word_part_is_text(p, i))
			continue;
		r = array_grow(&ret->texts, ret->count, &ret->room);
		if (r == 0) {
			ret->texts[ret->count++] = i;
			r = buffer_add(&ret->all, token->text, token->length);
		}
	}
	return r == 0 ? buffer_add(&ret->all, "", 1) : r;
}

static int find_owners(const struct word_part *p, struct paragraph *g)
{
	size_t at = 0;

	g->owners = calloc(g->all.length, sizeof(*g->owners));
	if (!g->owners)
		return -ENOMEM;
	for (size_t i = 0; i < g->count; i++)
		for (size_t n = p->tokens.list[g->texts[i]].length; n > 0; n--)
			g->owners[at++] = i;
	return 0;
}

/* May it stand in the middle of a tag, as what Word has put there by itself? */
static bool is_harmless(const struct word_token *t)
{
	static const char *const harmless[] = { "w:r",		 "w:t",
						"w:proofErr",	 "w:bookmarkStart",
						"w:bookmarkEnd", "w:lastRenderedPageBreak" };

	for (size_t i = 0; i < sizeof(harmless) / sizeof(*harmless); i++)
		if (word_token_is(t, harmless[i]))
			return true;
	return t->kind == WORD_TEXT;
}

/* Between the two texts: nothing but runs and how they look. */
static bool are_next_to_each_other(const struct word_part *p, size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++) {
		const struct word_token *token = &p->tokens.list[i];

		if (token->kind == WORD_OPEN && word_token_is(token, "w:rPr"))
			i = token->partner;
		else if (!word_token_is(token, "w:rPr") && !is_harmless(token))
			return false;
	}
	return true;
}

/* Each tag belongs to the text that it begins in. */
static int join_tags(struct word_part *p, struct paragraph *g)
{
	const char *all = g->all.bytes, *at = all, *end;

	for (; (at = strstr(at, "{{")); at = end + 2) {
		const size_t first = g->owners[at - all];
		size_t last;

		end = strstr(at, "}}");
		if (!end || end - at > TAG_MAX)
			return word_part_fault(p, "\"%.40s\" is not closed by }} in its paragraph",
					       at);
		last = g->owners[end + 1 - all];
		if (!are_next_to_each_other(p, g->texts[first], g->texts[last]))
			return word_part_fault(
				p,
				"%.*s is split by something that is no text, as a line break, a "
				"picture or a change that is tracked: delete it and type it anew",
				(int)(end + 2 - at), at);
		for (const char *c = at; c < end + 2; c++)
			g->owners[c - all] = first;
	}
	return 0;
}

static int hand_out(struct word_part *p, const struct paragraph *g)
{
	const size_t length = g->all.length - 1;
	size_t at = 0;

	for (size_t i = 0; i < g->count; i++) {
		const size_t from = at;

		while (at < length && g->owners[at] == i)
			at++;
		p->pieces[g->texts[i]].text = strndup(g->all.bytes + from, at - from);
		if (!p->pieces[g->texts[i]].text)
			return -ENOMEM;
	}
	return 0;
}

static int join_paragraph(struct word_part *p, size_t at)
{
	struct paragraph g __attribute__((cleanup(paragraph_done))) = { NULL };
	int r = gather(p, at, &g);

	if (r == 0)
		r = find_owners(p, &g);
	if (r == 0)
		r = join_tags(p, &g);
	return r == 0 ? hand_out(p, &g) : r;
}

int word_join_runs(struct word_part *p)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < p->tokens.count; i++)
		if (p->tokens.list[i].kind == WORD_OPEN && word_token_is(&p->tokens.list[i], "w:p"))
			r = join_paragraph(p, i);
	return r;
}

/* ---- sections between runs ------------------------------------------------------------------------- */

/* How the run begins: its tag, and its looks. */
static int add_beginning(const struct word_part *p, size_t run, struct buffer *out)
{
	const struct word_token *list = p->tokens.list;
	int r = buffer_add(out, list[run].text, list[run].length);
	size_t end = run;

	if (word_token_is(&list[run + 1], "w:rPr"))
		end = list[run + 1].kind == WORD_OPEN ? list[run + 1].partner : run + 1;
	for (size_t i = run + 1; r == 0 && i <= end; i++)
		r = buffer_add(out, list[i].text, list[i].length);
	return r == 0 ? buffer_add_text(out, "<w:t xml:space=\"preserve\">") : r;
}

/* A text with sections' tags: the run ends before each, and begins anew behind it. */
static int part_text(struct word_part *p, size_t at)
{
	struct buffer out __attribute__((cleanup(buffer_done))) = { NULL };
	const size_t run = p->parents[p->parents[at]];
	const char *text = p->pieces[at].text, *tag;
	size_t length;
	int r = 0;

	if (run == WORD_NONE || !word_token_is(&p->tokens.list[run], "w:r"))
		return word_part_fault(p, "%.40s stands where no text may be filled in", text);
	for (; r == 0 && (tag = word_section_tag(text, &length)); text = tag + length) {
		r = buffer_add(&out, text, (size_t)(tag - text));
		if (r == 0)
			r = buffer_add_text(&out, "</w:t></w:r>");
		if (r == 0)
			r = buffer_add(&out, tag, length);
		if (r == 0)
			r = add_beginning(p, run, &out);
	}
	if (r == 0)
		r = buffer_add(&out, text, strlen(text) + 1);
	if (r == 0) {
		free(p->pieces[at].text);
		p->pieces[at].text = out.bytes;
		out = (struct buffer){ NULL };
	}
	return r;
}

int word_part_runs(struct word_part *p)
{
	size_t length;
	int r = 0;

	for (size_t i = 0; r == 0 && i < p->tokens.count; i++)
		if (!p->pieces[i].gone && word_part_is_text(p, i) && p->pieces[i].text &&
		    word_section_tag(p->pieces[i].text, &length))
			r = part_text(p, i);
	return r;
}
