/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All the words: the templates of every kind of message in both languages, compiled when loaded. An
 * unknown name, an unclosed section or a missing file is refused then, never found when sending.
 */
#pragma once
#include <stddef.h>

#include "engine/content.h"
#include "message/page.h"

struct templates;
struct template;
struct links;
struct return_key;

/* The files of a kind: KIND.subject, KIND.txt, KIND.html. */
enum part { PART_SUBJECT, PART_TEXT, PART_HTML, PARTS };

/* Load folder/{sv,en}/: the parts of each kind, and card.json; what they take in may also stand in
 * folder/shared/. On failure -EINVAL and *ret_error (caller frees; NULL when out of
 * memory): "file:line: …". */
int templates_new(struct templates **ret, const char *folder, char **ret_error);
struct templates *templates_free(struct templates *w);
/* Which template. */
struct template_key {
	enum language language;
	enum message_kind kind;
	enum part part;
};
/* Render it; caller frees *ret. Errors: template_render. */
int templates_render(const struct templates *w, struct template_key key, const json_t *view,
		     char **ret);

/*
 * Load the pages of both languages too, for who serves any: folder/{sv,en}/page_*.html. A file that both
 * languages share may lie in the folder itself, and is taken where a language has none of its own. Errors: as
 * templates_new, with the messages left as they are.
 */
int templates_add_pages(struct templates *w, const char *folder, char **ret_error);
/* Render one; caller frees *ret. Errors: template_render, or -ENOENT where no
 * pages were added, or w is NULL. */
int templates_page(const struct templates *w, enum language language, enum page page,
		   const json_t *view, char **ret);

/* Give a body a Word document of its own, at path, which its papers are filled into. Errors: as templates_new. */
int templates_add_letterhead(struct templates *w, const char *body, const char *path,
			     char **ret_error);
/* Render the paper from a paper_view, or a paper_outline with its lists. Errors: word_document_render. */
struct paper_key;
struct paper_file;
int templates_paper(const struct templates *w, const struct paper_key *key, const json_t *view,
		    const struct template_lists *lists, struct paper_file *ret);

/* The layout of a card. */
const struct template *templates_card(const struct templates *w, enum language language);

/* The words of a calendar, calendar.subject and calendar.txt, and of its entries, entry.subject and entry.txt. */
enum calendar_text {
	CALENDAR_NAME,
	CALENDAR_ABOUT,
	CALENDAR_SUMMARY,
	CALENDAR_DESCRIPTION,
	CALENDAR_TEXTS
};
const struct template *templates_calendar(const struct templates *w, enum language language,
					  enum calendar_text which);

/* What messages are composed with. All borrowed. */
struct composing {
	const struct templates *templates;
	const struct settings *settings;
	const char *installation;
	struct instant now;
	const struct links *links;	  /* NULL: there are no pages that links lead to */
	const struct return_key *returns; /* of a mail: what its return tokens are signed with */
};
/* When a message is composed, as its bytes say: now, unless there was an earlier attempt: then that, so
 * that each attempt says the same. */
struct instant composed_at(const struct composing *with, const struct message_content *content);

/* Frozen bytes to hand over. */
struct composed {
	char *bytes;
	size_t length;
	char *text; /* of a mail that we wrote: its plain text, as it stands among the bytes; else NULL */
	const char *type; /* their media type; NULL for a mail, which names its own */
	char id[400]; /* Message-ID without brackets, or the webhook-id: the same for every copy */
};
/*
 * A mail, complete with headers, CRLF line ends: for one recipient. Its Date is composed_at. 0; -ENODATA
 * when a template would leave a field blank; or another negative errno.
 */
int mail_compose(const struct composing *with, const struct message_content *n,
		 struct composed *ret);
/* The CloudEvent paminn.reminder of a message: body of a webhook and of the feed. The same errors. */
int hook_compose(const struct composing *with, const struct message_content *n,
		 struct composed *ret);
/* The same as a card for Microsoft Teams, of the layout that card.json gives. -EBADMSG when what
 * comes out is not JSON. */
int card_compose(const struct composing *with, const struct message_content *n,
		 struct composed *ret);
void composed_done(struct composed *c);
