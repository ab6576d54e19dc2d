/* SPDX-License-Identifier: Apache-2.0 */
/* The names that the template of the paper may use, and which of them may be missing. */
#include "message/paper_view.h"
#include "message/template_view_internal.h"

static const struct template_var cell_vars[] = { FILLED("cell"), FILLED("name"), END };
static const struct template_var name_vars[] = { FILLED("name"), END };
static const struct template_var paragraph_vars[] = { FILLED("paragraph"), FLAG("last"), END };

static const struct template_var group_vars[] = {
	FILLED("item"), FILLED("item_held"), FILLED("item_title"), FILLED("item_id"), END,
};

/* A measure, or an assignment without any. What a table shows is always there: "–" for nothing. */
const struct template_var paper_row_vars[] = {
	FILLED("item"),	      /* "Title (id)" */
	FILLED("item_title"), /* the same in two, for who keeps an id in one piece */
	FILLED("item_id"),
	FILLED("item_held"), /* the same; Word ends no line within the id */
	LIST("group",
	     group_vars),    /* one: its assignment, where that is not the row's before it; … */
	FLAG("group_other"), /* … or none, where others have one */
	LIST("assigned", group_vars), /* one: the assignment that the row is all of */
	FILLED("owner"),
	FILLED("status"), /* in words, and its light */
	FILLED("progress"),
	FILLED("done_by"), /* and what it is now, or is expected to be */
	FILLED("planned"),
	FILLED("achieved"),
	FILLED("forecast"),
	FILLED("deviation"),
	OPTIONAL("late"), /* what of it comes in a later year */
	OPTIONAL("note"),
	OPTIONAL("link"), /* to what shows it */
	FLAG("no_comment"),
	LIST("periods", cell_vars),
	FILLED("period_comment"), /* of the newest of them */
	END,
};

/* Of a list: one thing, and what there is to say of it. */
static const struct template_var entry_vars[] = {
	FILLED("item"),
	FILLED("item_held"), /* the same; Word ends no line within the id */
	FILLED("item_title"),
	FILLED("item_id"),
	FILLED("owner"),
	FILLED("owner_within"),
	FILLED("status"),
	FILLED("status_within"),
	FILLED("status_cell"), /* the same for a table */
	OPTIONAL("was"),
	OPTIONAL("forecast_was"), /* for the full year; of what has changed since it was frozen */
	OPTIONAL("forecast_is"),
	OPTIONAL("planned_was"),
	OPTIONAL("planned_is"),
	FLAG("added"), /* to the plan since then, or taken from it */
	FLAG("gone"),
	OPTIONAL("is"),
	OPTIONAL("to"),
	FLAG("to_day"), /* a day, and no meeting's month */
	OPTIONAL("stands"),
	FLAG("stands_day"),
	OPTIONAL("from"), /* of what is moved: before that */
	FLAG("from_day"),
	FLAG("of_answer"), /* it is the day of an answer */
	FLAG("of_measure"),
	OPTIONAL("reference"),
	FILLED("reference_held"), /* a name "_held" is in one piece, as item_held */
	OPTIONAL("reason"),
	OPTIONAL("progress"),
	OPTIONAL("percent"), /* the same as a number */
	FLAG("asked_none"),
	FLAG("asked_once"),
	OPTIONAL("asked_times"),
	OPTIONAL("last_asked"),
	OPTIONAL("planned"), /* in millions; of what is unanswered */
	FLAG("reported"),    /* how it is was told, without all that is required */
	FLAG("lacks_forecast"),
	OPTIONAL("needs_support"),
	OPTIONAL("note"),
	OPTIONAL("done_by"),
	FILLED("done_by_cell"), /* the same for a table */
	END,
};

static const struct template_var requirement_vars[] = {
	FILLED("item"),
	FILLED("item_held"),
	FILLED("item_title"),
	FILLED("item_id"),
	FILLED("item_id_held"),
	FILLED("year"),
	FILLED("amount"),
	FILLED("planned"),
	OPTIONAL("struck"),
	OPTIONAL("uncovered"),
	END,
};

static const struct template_var history_vars[] = {
	FILLED("at"),
	OPTIONAL("to_body"), /* to which it was handed over, where that is known */
	FILLED("to_body_within"),
	OPTIONAL("decided_by"), /* which body; it may be the paper's own */
	OPTIONAL("reference"),	/* without the day that is told with it */
	FILLED("reference_held"),
	OPTIONAL("to"),
	FLAG("to_day"), /* a day, and no meeting's month */
	FLAG("submitted"),
	FLAG("noted"),
	FLAG("approved"),
	FLAG("returned"),
	OPTIONAL("by_body"), /* of a chain: which body decided */
	FILLED("by_body_within"),
	END,
};

/* A body that it passes before its own. */
static const struct template_var via_vars[] = {
	FILLED("body_name"),
	OPTIONAL("meeting"),
	FLAG("provisional"),
	OPTIONAL("reference"),
	FILLED("reference_held"),
	FLAG("past"), /* it has met, as of the paper's day */
	END,
};

const struct template_var paper_vars[] = {
	FILLED("title"),
	FILLED("title_held"),	/* its last number stays with the word before it */
	FILLED("title_within"), /* of a body, within a sentence */
	OPTIONAL("id"),
	FLAG("of_deadline"),
	FLAG("of_assignment"),
	FLAG("of_body"),
	FILLED("compiled"), /* today */
	FILLED("dated"),    /* when it was frozen; else today */
	FILLED("year"),
	OPTIONAL("period"),
	OPTIONAL("period_from"),
	OPTIONAL("period_until"),
	/* Ärendebeskrivning. */
	OPTIONAL("decision"),
	FILLED("decision_held"),
	OPTIONAL("measure_decisions"), /* where nothing above the measures was decided */
	FILLED("measure_decisions_held"),
	FLAG("measure_decision_one"),
	OPTIONAL("asked"),
	/* A name "_within" is as it stands within a sentence. */
	OPTIONAL("body"),
	FILLED("body_within"),
	OPTIONAL("due"),
	OPTIONAL("due_before"),
	FLAG("due_by"),	   /* at a meeting by that day, after the one that it was to be at */
	FLAG("due_anew"),  /* it was returned */
	FLAG("due_apart"), /* it isn't the day by which the assignment is to be answered */
	FLAG("provisional"),
	LIST("via", via_vars),
	OPTIONAL("papers"),
	OPTIONAL("papers_before"),
	OPTIONAL("papers_to"), /* of a chain: to which body */
	OPTIONAL("assignment"),
	FILLED("assignment_title"),
	OPTIONAL("assignment_id"), /* where it has no decision and no reference */
	FILLED("assignment_id_held"),
	OPTIONAL("assignment_decision"),
	FILLED("assignment_decision_held"),
	OPTIONAL("assignment_reference"),
	OPTIONAL("assignment_origin"),
	OPTIONAL("given"),
	OPTIONAL("given_by"),
	OPTIONAL("given_to"),
	FILLED("given_to_within"),
	FILLED("given_by_within"),
	OPTIONAL("answer_by"),
	OPTIONAL("answer_by_before"),
	FLAG("answer_by_provisional"),
	FLAG("assignment_open"),
	FLAG("assignment_answered"),
	FLAG("assignment_closed"),
	OPTIONAL("prepared_by"),
	OPTIONAL("prepared_by_first"), /* the same where nothing stands before it */
	OPTIONAL("diary"),	       /* the diary's number; … */
	FLAG("diary_any"),	       /* … there is a place for it */
	/* The number of each table that there is. */
	FILLED("number_counts"),
	FILLED("number_live"),
	FILLED("number_rows"),
	FILLED("number_sums"),
	FILLED("number_requirements"),
	FILLED("number_periods"),
	/* Läget. */
	LIST("rows", paper_row_vars),
	FLAG("any_rows"),
	FLAG("any_money"),
	FLAG("any_dates"),
	FLAG("any_late"), /* effect in a later year */
	FLAG("any_periods"),
	FLAG("by_assignment"), /* rows are assignments, each whole; … */
	FLAG("by_both"),       /* … or measures too */
	LIST("period_names", name_vars),
	FLAG("measures_any"),
	FLAG("measures_one"),
	OPTIONAL("measures_several"),
	FLAG("asked_any"),
	FLAG("asked_one"),
	OPTIONAL("answered"), /* x av …, as a number */
	FLAG("answered_none"),
	OPTIONAL("answered_several"), /* one or more, in words; a number where y is one … */
	FILLED("of_asked"),	      /* … y */
	FLAG("answered_whole"),	      /* all that were asked have, … */
	FLAG("asked_all"),	      /* … and all were asked; … */
	OPTIONAL("answered_part"),    /* … or some of them have */
	FILLED("of_asked_words"),
	FLAG("partial_any"), /* told without all that is required */
	FLAG("partial_one"),
	OPTIONAL("partial_several"),
	/* Of those that have yet to answer: at most, and last. */
	FLAG("unanswered_one"), /* it is one measure */
	FLAG("asked_none"),
	FLAG("asked_once"),
	OPTIONAL("asked_times"),
	OPTIONAL("last_asked"),
	OPTIONAL("asked_on"), /* once, all on this day */
	/* Sums over the same rows, in millions. */
	OPTIONAL("same_of"),
	FLAG("same_all"),
	FLAG("same_one"),
	OPTIONAL("same_several"),
	FLAG("earlier_all"), /* whose forecasts were given before what was asked last */
	FLAG("earlier_one"), /* not all of them */
	OPTIONAL("earlier_several"),
	FILLED("of_measures"),
	FILLED("sum_planned"),
	FILLED("sum_achieved"),
	FILLED("sum_forecast"),
	FILLED("sum_deviation"),
	FILLED("sum_more"), /* the parts of the deviation, which add up to it */
	FILLED("sum_late"),
	FILLED("sum_less"),
	FLAG("gap_none"), /* the deviation in words */
	OPTIONAL("gap_less"),
	OPTIONAL("gap_more"),
	/* Over all rows with a plan, and over those of them without a forecast. */
	OPTIONAL("all_planned"),
	FILLED("all_of"),
	FLAG("all_some"), /* there are measures without a plan */
	FLAG("without_any"),
	FLAG("without_one"),
	OPTIONAL("without_several"),
	FILLED("without_of"),
	FILLED("without_planned"),
	FILLED("without_achieved"),
	FILLED("all_achieved"),
	OPTIONAL("achieved_some"),    /* so many have told of it; not all */
	OPTIONAL("given_up_planned"), /* for what was struck or broken off */
	FLAG("without_most"),	      /* more than half of what is planned */
	/* Of several which is furthest below its plan, and by how much. */
	OPTIONAL("largest_less"),
	FLAG("largest_late"),	/* all of that comes in a later year */
	FLAG("largest_struck"), /* it is over without its effect */
	FLAG("largest_cancelled"),
	FILLED("largest_title"),
	FILLED("largest_id"),
	FILLED("largest_id_held"),
	FLAG("rounded"), /* a sum or difference of the amounts shown is another than the one shown */
	LIST("requirements", requirement_vars),
	FLAG("any_requirements"),
	OPTIONAL("required"),	      /* in the paper's year, of one requirement … */
	OPTIONAL("required_planned"), /* … where it is the plan of the same measures */
	OPTIONAL("required_struck"),
	OPTIONAL("required_uncovered"), /* by any measure */
	/* Förändringar. */
	OPTIONAL("since"),    /* a day: of the last meeting, or … */
	FLAG("since_report"), /* … of the last report, and its decision */
	OPTIONAL("since_reference"),
	FILLED("since_reference_held"),
	FLAG("any_changes"),
	FLAG("changed_since"), /* since it was frozen; of measures … */
	LIST("since_frozen", entry_vars),
	FLAG("since_frozen_any"),
	FLAG("proposal_changed"), /* … and of what is proposed, if it is not withdrawn */
	FLAG("proposal_withdrawn"),
	LIST("proposal_now", paragraph_vars),
	LIST("new", entry_vars),
	LIST("closed", entry_vars),
	LIST("moved", entry_vars),
	LIST("worse", entry_vars),
	LIST("better", entry_vars),
	/* Lists, and of a body how many each has. */
	LIST("unanswered", entry_vars),
	LIST("support", entry_vars),
	LIST("requests", entry_vars),
	LIST("live", entry_vars),
	LIST("completed", entry_vars),
	LIST("to_struck", entry_vars),
	LIST("outstanding", entry_vars),
	/* Is there anything in them? */
	FLAG("unanswered_any"),
	FLAG("support_any"),
	FLAG("requests_any"),
	FLAG("live_any"),
	FLAG("completed_any"),
	FLAG("to_struck_any"),
	FLAG("outstanding_any"),
	FLAG("officials_any"),
	FLAG("extract_to_any"),
	FLAG("live_measures"), /* among them */
	FLAG("live_assignments"),
	FILLED("live_count"),
	OPTIONAL("closed_before_count"), /* before the body last met: in none of its lists */
	FILLED("completed_count"),
	OPTIONAL("done_by_owner_count"), /* of these not closed by the body */
	FILLED("requests_count"),
	FILLED("to_struck_count"),
	FILLED("outstanding_count"),
	LIST("history", history_vars), /* each hand-over and decision */
	FLAG("history_any"),
	OPTIONAL("proposal"),
	LIST("paragraphs", paragraph_vars), /* of it */
	LIST("officials", name_vars),
	LIST("extract_to", name_vars),
	OPTIONAL("frozen"),
	FLAG("frozen_lost"), /* what was frozen is not what it was any more: it is told as it stands */
	OPTIONAL("sha"),
	END,
};
