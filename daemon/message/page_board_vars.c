/* SPDX-License-Identifier: Apache-2.0 */
/* The names that the templates of the board may use. */
#include "message/page_vars.h"
#include "message/paper_view.h"

/* A status that a measure had, from a day on. */
static const struct template_var course_vars[] = { OPTIONAL("day"), FILLED("words"), END };

/* A measure, or an assignment without any: its row of the paper, and what is drawn of it. */
static const struct template_var measure_vars[] = {
	LIST("row", paper_row_vars), /* one */
	FILLED("id"),
	FILLED("title"),
	FILLED("shown"), /* its id, as people read it */
	/* As the query has them, for whoever compares: its word, its light, whole kronor. */
	FILLED("word"),
	OPTIONAL("light"),
	OPTIONAL("effect_planned"),
	OPTIONAL("effect_achieved"),
	OPTIONAL("effect_forecast"),
	OPTIONAL("deviation_value"),
	DRAWING("bars"),
	DRAWING("strip"),
	FLAG("any_course"),
	LIST("course", course_vars),
	OPTIONAL("earlier"), /* so many changes before those */
	END,
};

/* Those of a status. */
static const struct template_var group_vars[] = {
	FILLED("words"),
	FILLED("word"),
	FILLED("count"), /* also of those on other pages */
	LIST("measures", measure_vars),
	END,
};
static const struct template_var count_vars[] = {
	FILLED("words"), FILLED("word"), FILLED("count"), DRAWING("key"), END,
};
static const struct template_var month_vars[] = {
	FILLED("month"), /* 1 to 12 */
	FILLED("name"),
	FLAG("full_year"),     /* it has the plan of the whole year alone */
	OPTIONAL("forecasts"), /* of so many rows that is the forecast */
	FILLED("planned"),
	FILLED("achieved"),
	FILLED("forecast"),
	OPTIONAL("effect_planned"),
	OPTIONAL("effect_achieved"),
	OPTIONAL("effect_forecast"),
	END,
};
static const struct template_var coming_vars[] = {
	FILLED("day"),	  OPTIONAL("until"), /* of a meeting of several days */
	FLAG("papers"),	  FLAG("due"),	       FLAG("meeting"),
	OPTIONAL("item"), /* "Title (id)" */
	OPTIONAL("body"), FLAG("provisional"), END,
};

/* By a session, whose frame is page_desk_top.html; else by a link, and then only the board is there. */
#define BOARD_VARS SIGNED_IN_VARS, FLAG("by_session")

const struct template_var page_board_vars[] = {
	BOARD_VARS,
	LIST("paper", paper_vars), /* one: what the paper says */
	FILLED("of"),		   /* its id, as a link has it */
	/* How its deadline stands: one of these, and perhaps late. */
	FLAG("is_open"),
	FLAG("is_returned"),
	FLAG("is_submitted"),
	FLAG("is_noted"),
	FLAG("is_approved"),
	FLAG("is_over"), /* its place was taken, or it left the plan */
	FLAG("is_late"),
	OPTIONAL("submitted"),
	OPTIONAL("submitted_reference"),
	OPTIONAL("decided"),
	OPTIONAL("decided_reference"),
	/* Of a body: what its tracker counts. */
	OPTIONAL("count_live"),
	FILLED("count_completed"),
	FILLED("count_outstanding"),
	FILLED("row_count"),
	FILLED("measure_count"), /* of these rows; the others are assignments without measures */
	LIST("counts", count_vars),
	LIST("groups", group_vars),
	LIST("measures", measure_vars), /* the same, without groups */
	LIST("effects", measure_vars),	/* those of which there is an effect to tell */
	FLAG("any_effects"),
	DRAWING("patterns"),
	DRAWING("key_planned"),
	DRAWING("key_achieved"),
	DRAWING("key_forecast"),
	DRAWING("line_planned"),
	DRAWING("line_achieved"),
	DRAWING("line_forecast"),
	DRAWING("bars_axis"),
	DRAWING("strip_axis"),
	DRAWING("year_plot"),
	LIST("months", month_vars),
	FLAG("planned_by_month"),
	OPTIONAL("total_of"), /* of so many rows the sums are, all of them or not */
	FLAG("total_all"),
	OPTIONAL("total_planned"), /* whole kronor */
	OPTIONAL("total_achieved"),
	OPTIONAL("total_forecast"),
	OPTIONAL("total_deviation"),
	LIST("coming", coming_vars),
	FLAG("any_coming"),
	/* A hundred rows a page: which they are, and where the others are. */
	FLAG("first_page"),
	OPTIONAL("shown_from"),
	OPTIONAL("shown_until"),
	OPTIONAL("previous"),
	OPTIONAL("next"),
	FLAG("any_unanswered"),
	FLAG("any_support"),
	FLAG("any_requests"),
	FLAG("any_officials"),
	FLAG("any_extract_to"),
	/* What lists leave out. */
	OPTIONAL("unanswered_more"),
	OPTIONAL("support_more"),
	OPTIONAL("requests_more"),
	OPTIONAL("changes_more"),
	OPTIONAL("since_frozen_more"),
	END,
};

static const struct template_var subject_vars[] = {
	FILLED("id"),	 /* as a link has it */
	FILLED("item"),	 /* "Title (id)" */
	OPTIONAL("day"), /* when it is due */
	FLAG("provisional"),
	OPTIONAL("body"),
	OPTIONAL("decision"),
	OPTIONAL("measures"), /* so many */
	END,
};
const struct template_var page_boards_vars[] = {
	BOARD_VARS,
	LIST("open", subject_vars),
	LIST("assignments", subject_vars),
	LIST("bodies", subject_vars),
	LIST("over", subject_vars),
	FLAG("any_open"),
	FLAG("any_assignments"),
	FLAG("any_bodies"),
	FLAG("any_over"),
	FLAG("nothing"),
	END,
};
