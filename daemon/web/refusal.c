/* SPDX-License-Identifier: Apache-2.0 */
#include "web/refusal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "message/templates.h"

static const struct {
	unsigned status;
	const char *phrase, *flag;
	bool passes;
	const char *clause;
} refusals[REFUSALS] = {
#define REFUSAL_ROW(name, ...) [REFUSAL_##name] = { __VA_ARGS__ },
	REFUSAL_LIST(REFUSAL_ROW)
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

/* Where there are no pages, nothing is listened to but by those who have come before a reload: they get the
 * status alone. */
static int write_page(struct refusal_page *ret, const struct templates *templates,
		      enum language language, json_t *view)
{
	int r = view ? templates_page(templates, language, PAGE_ERROR, view, &ret->html) : -ENOMEM;

	json_decref(view);
	if (r == -ENOENT)
		r = (ret->html = strdup("")) ? 0 : -ENOMEM;
	if (r == 0)
		ret->length = strlen(ret->html);
	return r;
}

int refusal_pages_new(struct refusal_pages **ret, const struct templates *templates,
		      const char *root, const char *write_to)
{
	struct refusal_pages *p = calloc(1, sizeof(*p));
	int r = p ? 0 : -ENOMEM;

	for (enum refusal why = REFUSAL_NONE + 1; why < REFUSALS; why++)
		for (enum language l = 0; l < LANGUAGES && r == 0; l++)
			r = write_page(&p->pages[why][l], templates, l,
				       json_pack("{sb ss ss*}", refusals[why].flag, 1, "root", root,
						 "write_to", write_to));
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
