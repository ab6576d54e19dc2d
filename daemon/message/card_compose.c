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
#include "message/template_view.h"
#include "message/templates.h"

#define CARD_MAX (24 * 1024) /* bytes; Teams takes 28 KB */
#define META_INDENT 2	     /* "  Label: value" */
#define COMMAND_INDENT 4

/* One line of the text, which is a whole paragraph. */
static json_t *paragraph(const char *line, size_t length)
{
	const size_t indent = strspn(line, " ");
	const char *colon = memmem(line, length, ": ", 2);

	line += indent;
	length -= indent;
	if (indent >= COMMAND_INDENT)
		return json_pack("{s:s%}", "command", line, length);
	if (indent < META_INDENT || !colon)
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
static int card_view(const struct composing *with, const struct message_content *n, json_t **ret)
{
	const struct template_view_options options = { .now = composed_at(with, n),
						       .web = with->settings->web.listen != NULL };
	struct template_key key = { n->language, n->message.kind, PART_SUBJECT };
	char *headline = NULL, *raw = NULL, *text = NULL;
	json_t *view = NULL;
	int r = template_view_new(&view, n, &options);

	if (r == 0)
		r = templates_render(with->templates, key, view, &headline);
	key.part = PART_TEXT;
	if (r == 0)
		r = templates_render(with->templates, key, view, &raw);
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

/* A card that Teams would not take loses its end, and says so. */
static int shorten(json_t *list)
{
	for (size_t keep = json_array_size(list) / 2; json_array_size(list) > keep;)
		json_array_remove(list, json_array_size(list) - 1);
	return json_array_append_new(list, json_pack("{s:s}", "text", "…")) < 0 ? -ENOMEM : 0;
}

int card_compose(const struct composing *with, const struct message_content *n,
		 struct composed *ret)
{
	const struct template *layout = templates_card(with->templates, n->language);
	struct composed c = { .type = "application/json" };
	json_t *view, *list;
	json_error_t error;
	int r;

	assert(n->count > 0);
	snprintf(c.id, sizeof(c.id), "msg_%s_%lld", with->installation, (long long)n->message.id.n);
	r = card_view(with, n, &view);
	if (r < 0)
		return r;
	list = json_object_get(view, "paragraphs");
	r = card_render(layout, view, &c.bytes, &error);
	while (r == 0 && strlen(c.bytes) > CARD_MAX && json_array_size(list) > 2) {
		free(c.bytes);
		c.bytes = NULL;
		r = shorten(list);
		if (r == 0)
			r = card_render(layout, view, &c.bytes, &error);
	}
	json_decref(view);
	if (r < 0)
		return r;
	c.length = strlen(c.bytes);
	*ret = c;
	return 0;
}
