/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A card says what the text of the same message says, paragraph by paragraph, under its subject; how
 * that looks is card.json's business. So there is one set of words, and a new kind of message needs no
 * new card. Without addresses and without what owners wrote, as all that leaves for others' systems.
 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/card.h"
#include "message/layout.h"
#include "message/view.h"
#include "message/words.h"

#define CARD_MAX (24 * 1024) /* bytes; Teams takes 28 KB */
#define FACT_INDENT 2	     /* "  Label: value" */
#define COMMAND_INDENT 4

/* ---- the words ---------------------------------------------------------------------------------- */

/* One line of the text, which is a whole paragraph. */
static json_t *paragraph(const char *line, size_t length)
{
	const size_t indent = strspn(line, " ");
	const char *colon = memmem(line, length, ": ", 2);

	line += indent;
	length -= indent;
	if (indent >= COMMAND_INDENT)
		return json_pack("{s:s%}", "command", line, length);
	if (indent < FACT_INDENT || !colon)
		return json_pack("{s:s%}", "text", line, length);
	return json_pack("{s:s%, s:s%}", "label", line, (size_t)(colon - line), "value", colon + 2,
			 length - (size_t)(colon + 2 - line));
}

static json_t *paragraphs(const char *text)
{
	json_t *list = json_array();
	int r = 0;

	while (*text && r == 0) {
		const size_t length = strcspn(text, "\n");

		if (strspn(text, " ") < length)
			r = json_array_append_new(list, paragraph(text, length));
		text += length + (text[length] == '\n');
	}
	if (r == 0)
		return list;
	json_decref(list);
	return NULL;
}

/* What a card's template sees. */
static int card_view(const struct words *w, const struct notice *n, struct instant now,
		     json_t **ret)
{
	const struct view_options options = { .now = now };
	char *headline = NULL, *raw = NULL, *text = NULL;
	json_t *view = NULL;
	int r = view_new(&view, n, &options);

	if (r == 0)
		r = words_render(w, n->language, n->message.kind, PART_SUBJECT, view, &headline);
	if (r == 0)
		r = words_render(w, n->language, n->message.kind, PART_TEXT, view, &raw);
	if (r == 0)
		r = layout_text(raw, LAYOUT_WIDE, &text);
	if (r == 0 && (json_object_set_new(view, "headline", json_string(headline)) < 0 ||
		       json_object_set_new(view, "paragraphs", paragraphs(text)) < 0))
		r = -ENOMEM;
	free(headline);
	free(raw);
	free(text);
	if (r < 0)
		json_decref(view);
	else
		*ret = view;
	return r;
}

/* ---- the bytes ---------------------------------------------------------------------------------- */

static int render(const struct template *t, const json_t *view, char **ret, json_error_t *error)
{
	char *text = NULL;
	json_t *card;
	int r = template_render(t, view, &text);

	*error = (json_error_t){ .line = 1 };
	if (r < 0)
		return r;
	card = json_loads(text, JSON_REJECT_DUPLICATES, error);
	free(text);
	*ret = json_is_object(card) ? json_dumps(card, JSON_COMPACT) : NULL;
	r = json_is_object(card) ? *ret ? 0 : -ENOMEM : -EBADMSG;
	json_decref(card);
	return r;
}

/* A card that Teams would not take loses its end, and says so. */
static int shorten(json_t *list)
{
	for (size_t keep = json_array_size(list) / 2; json_array_size(list) > keep;)
		json_array_remove(list, json_array_size(list) - 1);
	return json_array_append_new(list, json_pack("{s:s}", "text", "…")) < 0 ? -ENOMEM : 0;
}

int card_compose(const struct words *w, const struct notice *n, const char *installation,
		 struct instant now, struct composed *ret)
{
	const struct template *layout = words_card(w, n->language);
	struct composed c = { .type = "application/json" };
	json_t *view, *list;
	json_error_t error;
	int r;

	assert(n->count > 0);
	if (!instant_is_none(n->message.first_attempt))
		now = n->message.first_attempt;
	snprintf(c.id, sizeof(c.id), "msg_%s_%lld", installation, (long long)n->message.id);
	r = card_view(w, n, now, &view);
	if (r < 0)
		return r;
	list = json_object_get(view, "paragraphs");
	r = render(layout, view, &c.bytes, &error);
	while (r == 0 && strlen(c.bytes) > CARD_MAX && json_array_size(list) > 2) {
		free(c.bytes);
		c.bytes = NULL;
		r = shorten(list);
		if (r == 0)
			r = render(layout, view, &c.bytes, &error);
	}
	json_decref(view);
	if (r < 0)
		return r;
	c.length = strlen(c.bytes);
	*ret = c;
	return 0;
}

/* ---- the check ---------------------------------------------------------------------------------- */

static bool has(const struct word *words, const struct word *word)
{
	for (; words->name; words++)
		if (words == word)
			return true;
	return false;
}

/* An object with what is always there, and `only` wherever it has a place; or with all there is. */
static json_t *sample(const struct word *words, const struct word *only, bool all)
{
	json_t *o = json_object();

	for (const struct word *w = words; w->name; w++) {
		const bool inside = w->kind == WORD_LIST && only && has(w->inner, only);
		json_t *value;

		if (!all && w != only && w->kind != WORD_FILLED && !inside)
			continue;
		if (w->kind == WORD_FLAG)
			value = json_true();
		else if (w->kind == WORD_LIST)
			value = json_pack("[o, o]", sample(w->inner, only, all),
					  sample(w->inner, inside ? only : NULL, false));
		else
			value = json_string("a \"quoted\" \\ text,\nof <two> lines");
		if (json_object_set_new(o, w->name, value) < 0) {
			json_decref(o);
			return NULL;
		}
	}
	return o;
}

static int check_one(const struct template *t, const char *path, const struct word *only, bool all,
		     char **ret_error)
{
	json_t *view = sample(card_words, only, all);
	json_error_t error = { .line = 1 };
	char *text = NULL;
	int r = view ? render(t, view, &text, &error) : -ENOMEM;

	json_decref(view);
	free(text);
	if (r == 0 || r == -ENOMEM)
		return r;
	if (asprintf(
		    ret_error,
		    "%s:1: with %s%s the card is not JSON: line %d of it: %s; each value stands in "
		    "quotes, and a comma belongs to what may be missing",
		    path,
		    all	   ? "everything there is"
		    : only ? only->name
			   : "nothing optional",
		    only ? " alone" : "", error.line, *error.text ? error.text : "it is blank") < 0)
		*ret_error = NULL;
	return -EINVAL;
}

static int check_each(const struct template *t, const char *path, const struct word *words,
		      char **ret_error)
{
	int r = 0;

	for (const struct word *w = words; r == 0 && w->name; w++) {
		r = check_one(t, path, w, false, ret_error);
		if (r == 0 && w->kind == WORD_LIST)
			r = check_each(t, path, w->inner, ret_error);
	}
	return r;
}

int card_check(const struct template *t, const char *path, char **ret_error)
{
	int r = check_one(t, path, NULL, true, ret_error);

	if (r == 0)
		r = check_one(t, path, NULL, false, ret_error);
	return r < 0 ? r : check_each(t, path, card_words, ret_error);
}
