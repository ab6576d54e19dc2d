/* SPDX-License-Identifier: Apache-2.0 */
/* The bodies that a matter passes before the paper's own: whether each has met, and what it decided. */
#include <stdio.h>
#include <string.h>

#include "message/paper_view_internal.h"

/* Has the day passed? As of the frozen paper itself on the day of its freeze; with what has changed since, and of what
 * is not frozen, today. ISO dates compare as text. */
static bool is_over(const json_t *report, const json_t *date, struct civil_date today)
{
	const char *day = json_string_value(date);
	const char *frozen =
		json_object_get(report, "since_frozen") ? NULL : paper_text_of(report, "frozen_at");
	char now[CIVIL_TEXT];

	civil_format(today, now);
	return day && strncmp(day, frozen ? frozen : now, 10) < 0;
}

/* "HSN 2026-05-21 § 70" after the body and the day are named is "§ 70". Anything else stands as it is. */
static const char *paragraph_of(const json_t *link, const char *reference)
{
	const char *body = paper_text_of(link, "body"), *day = paper_text_of(link, "meeting");
	char begin[80];
	size_t length;

	snprintf(begin, sizeof(begin), "%s %s ", body ? body : "", day ? day : "");
	length = strlen(begin);
	return reference && strncmp(reference, begin, length) == 0 && reference[length]
		       ? reference + length
		       : NULL;
}

/* Its decision as it is recorded; or as the matter was handed in with it. */
static void put_decided(struct template_view *v, const json_t *link)
{
	const char *reference = paper_text_of(link, "reference");
	const char *shown = paragraph_of(link, reference);

	if (!reference)
		shown = paragraph_of(link, paper_text_of(link, "handed_in"));
	paper_put_reference(v, "reference", shown ? shown : reference);
	template_view_put_flag(v, "past",
			       shown || reference || paper_text_of(link, "outcome") ||
				       json_is_true(json_object_get(link, "is_over")));
}

static json_t *via_view(const struct template_view *outer, const json_t *row)
{
	struct template_view v = paper_inner(outer);

	paper_put_cell(&v, "body_name", paper_text_of(row, "body_name"));
	paper_put_date(&v, "meeting", row, "meeting");
	template_view_put_flag(&v, "provisional",
			       json_is_true(json_object_get(row, "provisional")));
	put_decided(&v, row);
	return v.object;
}

/* Of a chain: to which body its papers date is, the first that has yet to decide. */
static void put_papers_to(struct template_view *v, const json_t *report)
{
	const json_t *link, *papers = json_object_get(report, "papers");
	size_t i;

	json_array_foreach (json_object_get(report, "via"), i, link)
		if (json_is_null(json_object_get(link, "outcome")) &&
		    json_equal(json_object_get(link, "papers"), papers)) {
			paper_put_optional(v, "papers_to", paper_text_of(link, "body_name"));
			return;
		}
}

/* The bodies that it passes; of each whether it has met, as of the paper's own day. */
void paper_put_via(struct template_view *v, const json_t *report, struct civil_date today)
{
	json_t *links = json_deep_copy(json_object_get(report, "via")), *link;
	json_t *list = json_array();
	size_t i;

	json_array_foreach (links, i, link) {
		json_object_set_new(
			link, "is_over",
			json_boolean(is_over(report, json_object_get(link, "meeting"), today)));
		if (json_is_string(json_object_get(report, "reference")))
			json_object_set(link, "handed_in", json_object_get(report, "reference"));
	}
	json_array_foreach (links, i, link)
		json_array_append_new(list, via_view(v, link));
	json_object_set_new(v->object, "via", list);
	json_decref(links);
	put_papers_to(v, report);
}
