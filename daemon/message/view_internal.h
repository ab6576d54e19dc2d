/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the view: view_words.c has the names, view_item.c makes an item's object, view.c
 * the whole. */
#pragma once
#include "message/view.h"

/* What all things of a message may have in common; the names are those of an item. */
extern const struct word view_common_words[];

/* An object being filled. What is missing is left out, never put in blank. */
struct view {
	json_t *object;
	enum language language;
	const struct view_options *options;
	bool failed; /* out of memory */
};
void view_put(struct view *v, const char *name, const char *text);
void view_put_flag(struct view *v, const char *name, bool on);
void view_put_number(struct view *v, const char *name, size_t number);

/* One item of a message, as templates see it: a new object, or NULL when out of memory. */
json_t *view_item_new(const struct message_content *n, const struct content_item *item,
		      const struct view_options *options);
/* What a further deadline of the same measure adds to it. */
json_t *view_also_new(const struct message_content *n, const struct content_item *item,
		      const struct view_options *options);
