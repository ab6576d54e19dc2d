/* SPDX-License-Identifier: Apache-2.0 */
/* The view: what templates see of a message, in words of its language. */
#pragma once
#include "engine/content.h"
#include "message/link.h"
#include "message/template.h"

/* All names that templates may use. */
extern const struct template_var template_view_vars[];
/* Those, and what card.c adds: the message as it is told elsewhere. */
extern const struct template_var template_card_vars[];

struct template_view_options {
	struct instant now;   /* a practical date that has passed is not named any more */
	const char *reply_to; /* whom a reply to a mail reaches; NULL: it is no mail */
	bool replies_heard;   /* a reply reaches the daemon, which passes it on to reply_to */
	bool notes;	      /* with what owners wrote: notes, what they need support with */
	bool web;	      /* are there pages to answer on? Then few have use for commands */
	/*
	 * With links for the one person who reads it: a mail. NULL: there are none. What is posted to a
	 * channel has none either, since whoever reads along there could answer for the person.
	 */
	const struct links *links;
};
/* New reference in *ret. 0 or a negative errno. */
int template_view_new(json_t **ret, const struct message_content *n,
		      const struct template_view_options *options);
