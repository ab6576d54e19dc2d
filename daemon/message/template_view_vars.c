/* SPDX-License-Identifier: Apache-2.0 */
/* The names that templates may use, and which of them may be missing: templates are compiled against
 * these tables. */
#include "message/template_view_internal.h"

/* A body that the matter passes. */
static const struct template_var chain_vars[] = {
	FILLED("via_body"),	     OPTIONAL("via_meeting"),
	OPTIONAL("via_provisional"), FLAG("via_unknown"),
	OPTIONAL("via_papers"),	     FLAG("via_noted"),
	FLAG("via_approved"),	     FLAG("via_returned"),
	OPTIONAL("via_reference"),   END,
};

/* What is said of one thing, or once of all when it is the same in all: template_view_common.c decides. */
#define SHARED_VARS                                                                              \
	OPTIONAL("answer_by"), OPTIONAL("formal"), FLAG("squeeze_day"), OPTIONAL("stated"),      \
		OPTIONAL("formal_before"), OPTIONAL("expected_before"), OPTIONAL("body"),        \
		OPTIONAL("meeting"), OPTIONAL("meeting_before"), OPTIONAL("provisional"),        \
		LIST("chain", chain_vars), FLAG("month_over"), FLAG("late"), FLAG("passed"),     \
		FLAG("last_today"), FLAG("one_day_left"), OPTIONAL("days_left"),                 \
		OPTIONAL("part_of"), OPTIONAL("decision"), FLAG("day_said"), OPTIONAL("owner"),  \
		OPTIONAL("opens"), OPTIONAL("asked_for"), OPTIONAL("promised_by"),               \
		OPTIONAL("stands_in_for"), OPTIONAL("away_until"), OPTIONAL("required"),         \
		OPTIONAL("why"), FLAG("sent_late"), FLAG("asked_once"), OPTIONAL("asked_times"), \
		OPTIONAL("last_asked"), OPTIONAL("next"), OPTIONAL("next_to"),                   \
		OPTIONAL("next_to_others"), FLAG("next_to_you"), FLAG("last"),                   \
		OPTIONAL("done_by"), FLAG("done_by_expected"), OPTIONAL("done_by_before"),       \
		FLAG("done_by_past"), FLAG("paper_frozen"), FLAG("reports_frozen"), FLAG("whole")

/* Further deadlines of the same measure. */
static const struct template_var also_vars[] = {
	FILLED("deadline"),
	FILLED("deadline_shown"),
	FILLED("deadline_title"),
	OPTIONAL("day"),
	END,
};

/* The options of a command, each with what it wants: a line may end between two, not within one. */
static const struct template_var option_vars[] = { FILLED("option"), END };

/* What the recipient owes of what has other dates. */
static const struct template_var own_vars[] = {
	FILLED("id"),	    FILLED("id_shown"),		  FILLED("title"),  OPTIONAL("measure"),
	FLAG("answerable"), LIST("options", option_vars), OPTIONAL("link"), END,
};

const struct template_var template_item_vars[] = {
	/* What the item says: exactly one of these, but that a status may say several things. */
	FLAG("owed"),
	FLAG("escalated"),
	FLAG("off_track"),
	FLAG("needs_support"),
	FLAG("effect_below"),
	FLAG("light"),
	FLAG("done_by_moved"),
	FLAG("reasons"),
	FLAG("unreached"),
	FLAG("unbound"),
	FLAG("moved"),
	FLAG("submitted"),
	FLAG("goes_on"), /* another body follows in the chain */
	FLAG("test"),
	FLAG("gone"),
	FLAG("assigned"),
	FLAG("unassigned"),
	FLAG("absent"),
	FLAG("outcome"),
	FLAG("returned"),
	FLAG("not_mine"),
	FLAG("passed_on"),
	FLAG("undecided"),
	FLAG("disorder"),
	FLAG("frozen"),
	OPTIONAL("sha"), /* of it */
	FLAG("unproposed"),
	FLAG("requested"),
	FLAG("granted"),
	FLAG("denied"),
	FLAG("sign_in"),
	FLAG("replied"),
	FLAG("unforwarded"),
	FLAG("hold"),
	FLAG("absence"),
	FLAG("begun"), /* of either: its beginning; else its end */
	/* Its place among several. */
	OPTIONAL("number"),
	/* What it is about. */
	FILLED("id"),
	FILLED("id_shown"),
	FILLED("title"),
	FILLED("title_short"),
	OPTIONAL("measure"),
	OPTIONAL("deadline"),
	OPTIONAL("deadline_shown"),
	OPTIONAL("deadline_title"),
	/* Its dates, and what else several may share. */
	SHARED_VARS,
	OPTIONAL("day"),
	OPTIONAL("date"),
	FLAG("fixed"),
	FLAG("day_stays"),
	LIST("also", also_vars),
	FLAG("yours"),
	FLAG("yours_reports"),
	OPTIONAL("own_for"),
	LIST("own", own_vars),
	/* Why now, how often before, and what comes next. */
	OPTIONAL("answered"), /* of a deliverable: so many of … */
	OPTIONAL("answerers"),
	FLAG("collecting"),
	LIST("options", option_vars),
	OPTIONAL("link"),
	OPTIONAL("desk"),
	FLAG("item_page"), /* that leads to its own page there */
	OPTIONAL("sign_in_until"),
	/* The measure's state. */
	OPTIONAL("status"),
	OPTIONAL("reported"),
	OPTIONAL("progress"),
	OPTIONAL("effect_planned"),
	OPTIONAL("effect_achieved"),
	OPTIONAL("effect_forecast"),
	OPTIONAL("deviation"),
	OPTIONAL("share"),
	/* The measure's own date, and its light. */
	OPTIONAL("done_by_date"),
	OPTIONAL("done_by_day"),
	OPTIONAL("done_forecast"),
	OPTIONAL("done_forecast_date"),
	FLAG("own_measure"),
	FLAG("yellow"),
	FLAG("red"),
	FLAG("why_off_track"),
	FLAG("why_past"),
	FLAG("why_at_risk"),
	FLAG("why_forecast"),
	FLAG("why_near"),
	FLAG("several_whys"),
	/* What was said, and by whom. */
	OPTIONAL("by"),
	OPTIONAL("note"),
	OPTIONAL("support"),
	OPTIONAL("person"),
	OPTIONAL("person_id"),
	OPTIONAL("answer"),
	FLAG("given_up"),
	FLAG("wrong_address"),
	FLAG("refuses_us"),
	FLAG("mailbox_full"),
	FLAG("refuses_this"),
	FLAG("channel_refuses"),
	FLAG("others_wait"),
	OPTIONAL("reason"),
	OPTIONAL("share_done"),
	OPTIONAL("request"),
	OPTIONAL("reference"),
	FLAG("supplement"),
	FLAG("extension"),
	OPTIONAL("extension_reference"),
	OPTIONAL("extension_reason"),
	FLAG("reports"),
	FLAG("material"),
	FLAG("noted"),
	FLAG("approved"),
	/* A body of the chain, and the next one. */
	OPTIONAL("link_body"),
	OPTIONAL("link_id"), /* of that body, as commands know it */
	OPTIONAL("link_meeting"),
	OPTIONAL("next_body"),
	OPTIONAL("next_meeting"),
	OPTIONAL("from"),
	OPTIONAL("until"),
	OPTIONAL("away"),
	OPTIONAL("from_day"),
	OPTIONAL("until_day"),
	OPTIONAL("held_until"),
	/* What the recipient's reply was understood as; what else the answer must give. */
	FLAG("understood"),
	OPTIONAL("reply_status"),
	OPTIONAL("reply_progress"),
	OPTIONAL("reply_achieved"),
	OPTIONAL("reply_forecast"),
	OPTIONAL("reply_done_by"),
	OPTIONAL("missing"),
	OPTIONAL("deputy"),
	/* How much waits or waited, and went to the deputy. */
	FLAG("waiting_one"),
	OPTIONAL("waiting"),
	FLAG("passed_one"),
	OPTIONAL("passed_many"),
	/* Hold. */
	OPTIONAL("hold_since"),
	OPTIONAL("hold_until"),
	END,
};

/* Told once, before what is told of each thing, when there are several. */
const struct template_var template_common_vars[] = {
	SHARED_VARS, FLAG("both"), FLAG("facts_shared"), FLAG("mostly"), END,
};

/* What a command's placeholders stand for. */
static const struct template_var argument_vars[] = { FILLED("option"), FILLED("meaning"), END };

#define MESSAGE_VARS                                                                               \
	OPTIONAL("recipient"), LIST("items", template_item_vars),                                  \
		LIST("first", template_item_vars), LIST("common", template_common_vars),           \
		FILLED("count"), OPTIONAL("more"), OPTIONAL("reply_to"), FLAG("replies_heard"),    \
		OPTIONAL("mine"), FLAG("asks"), FLAG("asks_status"), FLAG("asks_deliverable"),     \
		FLAG("commands"), OPTIONAL("owed_several"), OPTIONAL("owed_by"),                   \
		OPTIONAL("owed_first"), FLAG("late_all"), OPTIONAL("late_some"), FLAG("others"),   \
		OPTIONAL("escalated_several"), OPTIONAL("escalated_due"),                          \
		OPTIONAL("escalated_by"), FLAG("pages"), FLAG("may_promise"), FLAG("new_date"),    \
		FLAG("new_dates"), OPTIONAL("desk_today"), LIST("arguments", argument_vars),       \
		FLAG("mail"), LIST("others_common", template_common_vars), OPTIONAL("owed_count"), \
		OPTIONAL("owed_day"), OPTIONAL("owed_first_day"), OPTIONAL("late_count"),          \
		OPTIONAL("others_count"), OPTIONAL("others_day"), FLAG("others_late"),             \
		OPTIONAL("same_deadline")

const struct template_var template_view_vars[] = { MESSAGE_VARS, END };

static const struct template_var paragraph_vars[] = {
	OPTIONAL("text"), OPTIONAL("label"), OPTIONAL("value"), OPTIONAL("command"), END,
};

const struct template_var template_card_vars[] = {
	MESSAGE_VARS,
	FILLED("headline"),
	LIST("paragraphs", paragraph_vars),
	END,
};
