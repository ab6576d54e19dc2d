/* SPDX-License-Identifier: Apache-2.0 */
/* The row of an assignment without measures. */
#include "engine/inquiry/paper.h"
#include "engine/obligation/assignment_state.h"
#include "ledger/assignments.h"

/* What there is to say of an assignment without measures: that it is closed, by an instant; INSTANT_NONE: by the day
 * of the paper. */
static enum word bare_word(const struct assignment_row *stands, struct instant by)
{
	if (!assignment_is_closed_by_body(stands) ||
	    (!instant_is_none(by) && instant_compare(stands->closed_at, by) >= 0))
		return WORD_NO_DATA;
	return stands->closed_as == CLOSURE_STRUCK ? WORD_STRUCK : WORD_DONE;
}

static json_t *bare_cell(const struct paper *p, const struct assignment_row *stands, size_t i)
{
	json_t *cell = json_pack("{ss sn sn sn sn}", "name", p->periods[i]->name, "status",
				 "progress", "note", "at");

	paper_put_this_word(p, cell, bare_word(stands, p->past.windows[i].until));
	return cell;
}

static json_t *bare_closed(const struct assignment_row *stands)
{
	return json_pack("{ss so so}", "as", event_closure_name(stands->closed_as), "at",
			 json_instant(stands->closed_at), "reference",
			 json_text(stands->closed_reference));
}

json_t *paper_bare_row(const struct inquiry *q, const struct assignment *a,
		       const struct assignment_row *stands)
{
	const struct paper *p = q->paper;
	const enum word word = bare_word(stands, p->end);
	json_t *cells = json_array(), *row;

	for (size_t i = 0; i < p->period_count; i++)
		json_array_append_new(cells, bare_cell(p, stands, i));
	row = json_pack("{sn ss so so sn sb ss ss}", "measure", "title", a->title, "owner",
			a->given_to ? json_string(a->given_to->id.text) : json_null(), "owner_name",
			a->given_to ? json_string(a->given_to->name) : json_null(), "status",
			"answered", false, "assignment", a->id.text, "assignment_title", a->title);
	if (row)
		paper_put_this_word(p, row, word);
	if (row && word != WORD_NO_DATA)
		json_object_set_new(row, "closed", bare_closed(stands));
	if (row && p->period_count)
		json_object_set(row, "periods", cells);
	json_decref(cells);
	return row;
}
