/* SPDX-License-Identifier: Apache-2.0 */
#include "message/word_part.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "protocol/text.h"

#define SECTIONS_MAX 64 /* within each other; the template allows fewer */

int word_part_fault(struct word_part *p, const char *format, ...)
{
	char why[600];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	if (asprintf(p->ret_error, "%s: %s: %s", p->path, p->name, why) < 0) {
		*p->ret_error = NULL;
		return -ENOMEM;
	}
	return -EINVAL;
}

bool word_part_is_text(const struct word_part *p, size_t at)
{
	return p->tokens.list[at].kind == WORD_TEXT && p->parents[at] != WORD_NONE &&
	       word_token_is(&p->tokens.list[p->parents[at]], "w:t");
}

const char *word_part_piece(const struct word_part *p, size_t at, size_t *ret_length)
{
	const struct word_piece *piece = &p->pieces[at];

	*ret_length = piece->gone   ? 0
		      : piece->text ? strlen(piece->text)
				    : p->tokens.list[at].length;
	return piece->gone || piece->text ? piece->text : p->tokens.list[at].text;
}

char *word_part_text(const struct word_part *p, size_t from, size_t to)
{
	struct buffer out __attribute__((cleanup(buffer_done))) = { NULL };
	int r = 0;

	for (size_t i = from; r == 0 && i <= to; i++) {
		size_t length;
		const char *text = word_part_piece(p, i, &length);

		if (word_part_is_text(p, i) && length > 0)
			r = buffer_add(&out, text, length);
	}
	return r == 0 ? buffer_take(&out) : NULL;
}

const char *word_section_tag(const char *text, size_t *ret_length)
{
	for (const char *end; (text = strstr(text, "{{")); text = end + 2) {
		end = strstr(text, "}}");
		if (!end)
			return NULL;
		*ret_length = (size_t)(end + 2 - text);
		if (strchr("#^/!", text[2]))
			return text;
	}
	return NULL;
}

/* ---- what is refused --------------------------------------------------------------------------------- */

/* Tags belong into text alone. */
static int check_places(struct word_part *p)
{
	for (size_t i = 0; i < p->tokens.count; i++) {
		const struct word_token *token = &p->tokens.list[i];
		const char *tag = word_part_is_text(p, i)
					  ? NULL
					  : memmem(token->text, token->length, "{{", 2);

		if (tag)
			return word_part_fault(p, "%.*s stands where no text may be filled in",
					       (int)strcspn(tag, "}"), tag);
	}
	return 0;
}

/* "&lt;namn&gt;" as it is read; in place. */
static void decode_entities(char *text)
{
	static const struct {
		const char *name, ch;
	} entities[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' }, { "&quot;", '"' } };
	char *to = text;

	for (const char *from = text; *from;) {
		size_t length = 1;

		*to = *from;
		for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
			if (strncmp(from, entities[i].name, strlen(entities[i].name)) == 0) {
				*to = entities[i].ch;
				length = strlen(entities[i].name);
			}
		from += length;
		to++;
	}
	*to = '\0';
}

static int check_hole(struct word_part *p, size_t from, size_t to)
{
	char *text = word_part_text(p, from, to);
	const char *hole;
	size_t length;
	int r = 0;

	if (!text)
		return -ENOMEM;
	decode_entities(text);
	hole = text_placeholder(text, &length);
	if (hole)
		r = word_part_fault(p, "the document has the hole \"%s\" in it: fill it in",
				    text_excerpt_of(hole, length).text);
	free(text);
	return r;
}

/* What is yet to be filled in would stand in every paper: also a control that still shows what to fill in. */
static int check_holes(struct word_part *p)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < p->tokens.count; i++) {
		const struct word_token *token = &p->tokens.list[i];

		if (word_token_is(token, "w:showingPlcHdr"))
			r = word_part_fault(p, "a content control is not filled in: fill it in, or "
					       "remove it");
		else if (token->kind == WORD_OPEN && word_token_is(token, "w:p"))
			r = check_hole(p, i, token->partner);
	}
	return r;
}

static int find_parents(struct word_part *p)
{
	size_t open = WORD_NONE;

	p->parents = calloc(p->tokens.count, sizeof(*p->parents));
	p->pieces = calloc(p->tokens.count, sizeof(*p->pieces));
	if (!p->parents || !p->pieces)
		return -ENOMEM;
	for (size_t i = 0; i < p->tokens.count; i++) {
		const struct word_token *token = &p->tokens.list[i];

		if (token->kind == WORD_CLOSE)
			open = p->parents[token->partner];
		p->parents[i] = open;
		if (token->kind == WORD_OPEN)
			open = i;
	}
	return 0;
}

struct section {
	const char *name;
	size_t length, parent;
};

/* A section's tag where it stands among the elements: 0, or the fault. Whether names fit is for the template. */
static int follow(struct word_part *p, struct section *open, size_t *depth,
		  const struct section *tag)
{
	const char sigil = tag->name[-1];

	if (sigil == '!')
		return 0;
	if (sigil != '/') {
		if (*depth == SECTIONS_MAX)
			return word_part_fault(p, "more than %d sections are open", SECTIONS_MAX);
		open[(*depth)++] = *tag;
		return 0;
	}
	if (*depth == 0)
		return 0;
	const struct section *opened = &open[--*depth];

	if (opened->parent == tag->parent || opened->length != tag->length ||
	    memcmp(opened->name, tag->name, tag->length) != 0)
		return 0;
	return word_part_fault(
		p,
		"{{%c%.*s}} and {{/%.*s}} do not stand in the same paragraph, row or "
		"table: give each a paragraph, row or cell of its own",
		opened->name[-1], (int)opened->length, opened->name, (int)opened->length,
		opened->name);
}

/* The source once more as tokens: does each section end in the element in which it begins? */
static int check_sections(const struct word_part *from, const char *source)
{
	struct word_part p = { .path = from->path,
			       .name = from->name,
			       .ret_error = from->ret_error };
	struct section open[SECTIONS_MAX];
	size_t depth = 0, length;
	int r = word_tokens_new(&p.tokens, source, strlen(source));

	if (r == 0)
		r = find_parents(&p);
	for (size_t i = 0; r == 0 && i < p.tokens.count; i++) {
		const struct word_token *token = &p.tokens.list[i];
		const char *at = token->text, *end = at + token->length, *tag;

		if (token->kind != WORD_TEXT || !memmem(at, token->length, "{{", 2))
			continue;
		for (; r == 0 && (tag = word_section_tag(at, &length)) && tag < end;
		     at = tag + length)
			r = follow(&p, open, &depth,
				   &(struct section){ tag + 3, length - 5, p.parents[i] });
	}
	word_tokens_done(&p.tokens);
	free(p.parents);
	free(p.pieces);
	return r;
}

/* ---- the whole --------------------------------------------------------------------------------------- */

/* Blanks at the ends of a text count only where it says so, and a value may have some. */
static int write_source(const struct word_part *p, char **ret)
{
	struct buffer out __attribute__((cleanup(buffer_done))) = { NULL };
	int r = 0;

	for (size_t i = 0; r == 0 && i < p->tokens.count; i++) {
		size_t length;
		const char *text = word_part_piece(p, i, &length);

		if (p->tokens.list[i].kind == WORD_OPEN && length > 0 && text[0] == '<' &&
		    word_token_is(&p->tokens.list[i], "w:t"))
			r = buffer_add_text(&out, "<w:t xml:space=\"preserve\">");
		else if (length > 0)
			r = buffer_add(&out, text, length);
	}
	if (r == 0)
		*ret = buffer_take(&out);
	return r == 0 && !*ret ? -ENOMEM : r;
}

static void part_done(struct word_part *p)
{
	for (size_t i = 0; p->pieces && i < p->tokens.count; i++)
		free(p->pieces[i].text);
	free(p->pieces);
	free(p->parents);
	word_tokens_done(&p->tokens);
}

static int prepare(struct word_part *p)
{
	int r = find_parents(p);

	if (r == 0)
		r = check_places(p);
	if (r == 0)
		r = check_holes(p);
	if (r == 0)
		r = word_join_runs(p);
	if (r == 0)
		r = word_lift_lone(p);
	return r == 0 ? word_part_runs(p) : r;
}

int word_part_source(const struct word_source *from, char **ret, char **ret_error)
{
	struct word_part p __attribute__((cleanup(part_done))) = { .path = from->path,
								   .name = from->name,
								   .ret_error = ret_error };
	char *source = NULL;
	int r = word_tokens_new(&p.tokens, from->xml, from->length);

	*ret_error = NULL;
	if (r == -EBADMSG)
		return word_part_fault(&p, "it is no XML as word processors write it");
	if (r == 0)
		r = prepare(&p);
	if (r == 0)
		r = write_source(&p, &source);
	if (r == 0)
		r = check_sections(&p, source);
	if (r == 0)
		*ret = source;
	else
		free(source);
	return r;
}
