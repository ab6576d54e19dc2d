/* SPDX-License-Identifier: Apache-2.0 */
#include "web/refusal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "message/templates.h"

static const struct {
	unsigned status;
	const char *phrase;
	const char *clause;
	bool passes;
} refusals[REFUSALS] = {
	[REFUSAL_NOT_FOUND] = { 404, "Not Found", NULL },
	[REFUSAL_MALFORMED] = { 400, "Bad Request", "its request is not HTTP as it should be" },
	[REFUSAL_FORM] = { 400, "Bad Request", "its form has fields that the page has not" },
	[REFUSAL_FOREIGN] = { 403, "Forbidden", "its form is of another site" },
	[REFUSAL_METHOD] = { 405, "Method Not Allowed", "the page has not the method it asks for" },
	[REFUSAL_LATE] = { 408, "Request Timeout", "its request was not there in 10 seconds" },
	[REFUSAL_NO_LENGTH] = { 411, "Length Required", "its request does not say its length" },
	[REFUSAL_TOO_LARGE] = { 413, "Content Too Large", "its form has more than 64 KiB" },
	[REFUSAL_NOT_A_FORM] = { 415, "Unsupported Media Type", "what it sent is not a form" },
	[REFUSAL_MISDIRECTED] = { 421, "Misdirected Request",
				  "it asked for another host than web.public_url has; a reverse "
				  "proxy must pass the Host header on" },
	[REFUSAL_MANY] = { 429, "Too Many Requests",
			   "it has as many connections as one address may have", true },
	[REFUSAL_HEAD_TOO_LARGE] = { 431, "Request Header Fields Too Large",
				     "the head of its request has more than 8 KiB" },
	[REFUSAL_BROKEN] = { 500, "Internal Server Error", NULL },
	[REFUSAL_BUSY] = { 503, "Service Unavailable",
			   "there are as many connections as there may be", true },
	[REFUSAL_NOT_STORED] = { 503, "Service Unavailable", NULL, true },
	[REFUSAL_FORGED] = { 404, "Not Found",
			     "the token in its link is none of ours: cut off, or made up" },
};

unsigned refusal_status(enum refusal why)
{
	return refusals[why].status;
}

const char *refusal_phrase(enum refusal why)
{
	return refusals[why].phrase;
}

const char *refusal_clause(enum refusal why)
{
	return refusals[why].clause;
}

bool refusal_passes(enum refusal why)
{
	return refusals[why].passes;
}

/* ---- pages --------------------------------------------------------------------------------------- */

struct refusal_pages {
	struct refusal_page pages[REFUSALS][LANGUAGES];
};

/* What the template of errors calls each. */
static const char *const flags[REFUSALS] = {
	[REFUSAL_NOT_FOUND] = "not_found",
	[REFUSAL_MALFORMED] = "malformed",
	[REFUSAL_FORM] = "form",
	[REFUSAL_FOREIGN] = "foreign",
	[REFUSAL_METHOD] = "method",
	[REFUSAL_LATE] = "late",
	[REFUSAL_NO_LENGTH] = "malformed",
	[REFUSAL_TOO_LARGE] = "too_large",
	[REFUSAL_NOT_A_FORM] = "form",
	[REFUSAL_MISDIRECTED] = "misdirected",
	[REFUSAL_MANY] = "many",
	[REFUSAL_HEAD_TOO_LARGE] = "malformed",
	[REFUSAL_BROKEN] = "broken",
	[REFUSAL_BUSY] = "busy",
	[REFUSAL_NOT_STORED] = "not_stored",
	[REFUSAL_FORGED] = "not_found",
};

/* Where there are no pages, nothing is listened to but by those who have come before a reload: they get the
 * status alone. */
static int write_page(struct refusal_page *ret, const struct templates *templates, enum refusal why,
		      enum language language, const char *write_to)
{
	json_t *view = json_pack("{sb ss*}", flags[why], 1, "write_to", write_to);
	int r = view ? templates_page(templates, language, PAGE_ERROR, view, &ret->html) : -ENOMEM;

	json_decref(view);
	if (r == -ENOENT)
		r = (ret->html = strdup("")) ? 0 : -ENOMEM;
	if (r == 0)
		ret->length = strlen(ret->html);
	return r;
}

int refusal_pages_new(struct refusal_pages **ret, const struct templates *templates,
		      const char *write_to)
{
	struct refusal_pages *p = calloc(1, sizeof(*p));
	int r = p ? 0 : -ENOMEM;

	for (enum refusal why = REFUSAL_NONE + 1; why < REFUSALS; why++)
		for (enum language l = 0; l < LANGUAGES && r == 0; l++)
			r = write_page(&p->pages[why][l], templates, why, l, write_to);
	if (r < 0)
		refusal_pages_free(p);
	else
		*ret = p;
	return r;
}

struct refusal_pages *refusal_pages_free(struct refusal_pages *p)
{
	for (enum refusal why = 0; p && why < REFUSALS; why++)
		for (enum language l = 0; l < LANGUAGES; l++)
			free(p->pages[why][l].html);
	free(p);
	return NULL;
}

const struct refusal_page *refusal_page(const struct refusal_pages *p, enum refusal why,
					enum language language)
{
	return &p->pages[why][language];
}
