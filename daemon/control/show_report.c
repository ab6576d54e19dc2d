/* SPDX-License-Identifier: Apache-2.0 */
#include "control/show_report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "message/paper_view.h"

enum reject_code report_asks_for_text(const json_t *params, bool *ret, struct rejection *ret_why)
{
	const char *format = json_string_value(json_object_get(params, "format"));

	*ret = format != NULL;
	if (!format || strcmp(format, "md") == 0)
		return REJECT_NONE;
	return reject(ret_why, REJECT_BAD_DATA, "format %s is not md", text_excerpt(format).text);
}

static int render(const json_t *report, const struct composing *with, struct civil_date today,
		  char **ret)
{
	const enum language language = with->settings->language;
	json_t *view = paper_view(report, language, today);
	int r = view ? template_render(templates_paper(with->templates, language), view, ret)
		     : -ENOMEM;

	json_decref(view);
	return r;
}

static json_t *answer(const json_t *report, const struct composing *with, struct civil_date today)
{
	struct rejection why;
	char *text = NULL;
	json_t *rows;
	int r = render(report, with, today, &text);

	if (r < 0) {
		reject(&why, RETRY_BUSY, "the report could not be written (%s): see report.md",
		       strerror(-r));
		return answer_refused(NULL, &why);
	}
	rows = json_pack("[{ss ss}]", "format", "md", "text", text);
	free(text);
	return answer_rows(rows, NULL);
}

json_t *show_report(const struct inquiry *inquiry, const struct composing *with,
		    struct civil_date today)
{
	size_t next;
	json_t *rows = inquiry_rows(inquiry, 0, &next), *row = json_array_get(rows, 0);
	json_t *answered = json_object_get(row, "of") ? answer(row, with, today) : NULL;

	json_decref(rows);
	return answered;
}
