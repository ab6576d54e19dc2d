/* SPDX-License-Identifier: Apache-2.0 */
/* The paper as a file that is handed on: a report's row in words, in the form that is asked for. */
#pragma once
#include "message/templates.h"
#include "plan/plan.h"

enum paper_form {
	PAPER_MARKDOWN, /* report.md */
	PAPER_HTML,	/* report.html: a whole document */
	PAPER_WORD,	/* report.docx */
	PAPER_FORMS,
};
/* "md", "html", "docx". PAPER_FORMS if it is none. */
enum paper_form paper_form_find(const char *name);
const char *paper_form_name(enum paper_form form);
/* Is it bytes, not text in UTF-8? */
bool paper_form_is_binary(enum paper_form form);

/* Which template: report.md, report.html, report.docx, or the body's own instead of that. */
struct paper_key {
	enum language language;
	enum paper_form form;
	const char *body; /* its id; NULL: it is of none */
};
struct paper_file {
	char *bytes; /* the caller's, with a NUL behind them */
	size_t length;
};
/*
 * A report, the one row that the query gives of it with `of`, in the plan's language. today: when it is read.
 * 0, -ENOMEM, or an errno of template_render.
 */
int paper_file_new(const json_t *report, enum paper_form form, const struct composing *with,
		   struct civil_date today, struct paper_file *ret);
void paper_file_done(struct paper_file *f);
