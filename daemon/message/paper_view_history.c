/* SPDX-License-Identifier: Apache-2.0 */
/* The course of a matter: to whom it was handed over, who decided what. */
#include <string.h>

#include "message/paper_view_internal.h"

#define DAY 10 /* characters of "2026-09-17", with which an instant begins */

static json_t *history_view(const struct template_view *outer, const json_t *row)
{
	struct template_view v = paper_inner(outer);

	paper_put_date(&v, "at", row, "at");
	paper_put_until(&v, "to", row, "due");
	paper_put_reference(&v, "reference", paper_text_of(row, "reference"));
	paper_put_optional(&v, "by_body", paper_text_of(row, "body_name"));
	paper_put_within(&v, "by_body_within", paper_text_of(row, "body_name"));
	template_view_put_flag(&v, paper_text_of(row, "what"), true);
	return v.object;
}

/* Of a chain that body which meets first after the day, else the paper's own. NULL: that is not known. */
static const char *next_body(const json_t *report, const char *day)
{
	const json_t *link;
	size_t i;

	json_array_foreach (json_object_get(report, "via"), i, link) {
		const char *meeting = paper_text_of(link, "meeting");

		if (!meeting || strlen(meeting) != DAY)
			return NULL;
		if (strncmp(meeting, day, DAY) > 0)
			return paper_text_of(link, "body_name");
	}
	return paper_text_of(json_object_get(report, "body"), "name");
}

/* Of "RS 2026-05-26 § 71" the day, on which it was decided whenever that was written down, and "§ 71", which is what is
 * left to say. Else the day stands as it is. */
static const char *split_reference(const char *reference, char day[static DAY + 1])
{
	const char *section = reference ? strstr(reference, " §") : NULL;
	char before[DAY + 1] = "";
	struct civil_date date;

	if (!section || section - reference <= DAY)
		return reference;
	memcpy(before, section - DAY, DAY);
	if (civil_parse(before, &date) != 0 || strcmp(before, day) > 0)
		return reference;
	memcpy(day, before, sizeof(before));
	return section + 1;
}

struct civil_date paper_decided_on(const json_t *decision)
{
	const char *at = paper_text_of(decision, "at");
	char day[DAY + 1] = "";
	struct civil_date on;

	if (!at)
		return CIVIL_NONE;
	memcpy(day, at, strnlen(at, DAY));
	split_reference(paper_text_of(decision, "reference"), day);
	return civil_parse(day, &on) == 0 ? on : CIVIL_NONE;
}

static void put_decided(struct template_view *step, const char *body, const json_t *row)
{
	char day[DAY + 1] = "";
	const char *left;
	json_t *decided;

	memcpy(day, paper_text_of(row, "at"), DAY);
	left = split_reference(paper_text_of(row, "reference"), day);
	decided = json_pack("{ss}", "at", day);
	paper_put_date(step, "at", decided, "at");
	paper_put_reference(step, "reference", left);
	paper_put_optional(step, "decided_by", body);
	json_decref(decided);
}

static void put_step(const struct template_view *v, const json_t *report, const json_t *row,
		     json_t *list)
{
	const char *at = paper_text_of(row, "at"), *own = paper_text_of(row, "body_name");
	struct template_view step = { history_view(v, row), v->language, NULL, false };

	if (strcmp(paper_text_of(row, "what"), "submitted") == 0) {
		const char *next = next_body(report, at);

		paper_put_optional(&step, "to_body", next);
		paper_put_within(&step, "to_body_within", next);
	} else {
		put_decided(&step,
			    own ? own : paper_text_of(json_object_get(report, "body"), "name"),
			    row);
	}
	json_array_append_new(list, step.object);
}

void paper_put_history(struct template_view *v, const json_t *report)
{
	const json_t *history = json_object_get(report, "history"), *row;
	json_t *list = json_array();
	size_t i;

	json_array_foreach (history, i, row)
		put_step(v, report, row, list);
	template_view_put_flag(v, "history_any", json_array_size(list) > 0);
	json_object_set_new(v->object, "history", list);
}
