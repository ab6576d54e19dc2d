/* SPDX-License-Identifier: Apache-2.0 */
#include "message/paper_file.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "message/paper_view_internal.h"

static const struct {
	const char *name;
	bool binary;
} forms[PAPER_FORMS] = {
	[PAPER_MARKDOWN] = { "md", false },
	[PAPER_HTML] = { "html", false },
	[PAPER_WORD] = { "docx", true },
};

enum paper_form paper_form_find(const char *name)
{
	enum paper_form form = 0;

	while (form < PAPER_FORMS && strcmp(forms[form].name, name) != 0)
		form++;
	return form;
}

const char *paper_form_name(enum paper_form form)
{
	assert(form < PAPER_FORMS);
	return forms[form].name;
}

bool paper_form_is_binary(enum paper_form form)
{
	assert(form < PAPER_FORMS);
	return forms[form].binary;
}

int paper_file_new(const json_t *report, enum paper_form form, const struct composing *with,
		   struct civil_date today, struct paper_file *ret)
{
	const enum language language = with->settings->language;
	const struct paper_key key = {
		.language = language,
		.form = form,
		.body = paper_text_of(json_object_get(report, "body"), "id"),
	};
	const size_t failures = memory_failures();
	struct paper_outline outline = { paper_outline(report, language, today), language };
	const struct template_lists lists = { paper_list_object, &outline };
	int r = outline.view ? templates_paper(with->templates, &key, outline.view, &lists, ret)
			     : -ENOMEM;

	json_decref(outline.view);
	if (r == 0 && memory_failures() != failures) { /* a part of it may be missing */
		paper_file_done(ret);
		r = -ENOMEM;
	}
	return r;
}

void paper_file_done(struct paper_file *f)
{
	free(f->bytes);
	*f = (struct paper_file){ NULL };
}
