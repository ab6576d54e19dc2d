/* SPDX-License-Identifier: Apache-2.0 */
/* The names that the templates of the desk's reading pages may use. */
#include "message/page_desk_vars.h"

const struct template_var page_thing_vars[] = { FILLED("item"), FILLED("id"), OPTIONAL("title"),
						END };
const struct template_var page_who_vars[] = { OPTIONAL("person"), FILLED("name"), END };

/* ---- today ------------------------------------------------------------------------------------------- */

static const struct template_var today_row_vars[] = {
	THING("thing"),
	THING("of"),
	WHO("who"),
	OPTIONAL("papers"),
	ASKED_VARS,
	OPTIONAL("message"), /* its number */
	KIND_VARS,
	OPTIONAL("last_answer"),
	OPTIONAL("practical"),
	THING("body"),
	OPTIONAL("needs_support"),
	OPTIONAL("due"),
	OPTIONAL("until"),
	WHO("gone"),
	OPTIONAL("reason"),
	OPTIONAL("at"),
	OPTIONAL("subject"),
	OPTIONAL("text"), /* the first lines of an automatic reply */
	END,
};
static const struct template_var section_vars[] = {
	FILLED("count"), FLAG("several"), LIST("rows", today_row_vars), OPTIONAL("more"), END,
};
const struct template_var page_desk_vars[] = {
	SIGNED_IN_VARS,
	FLAG("nothing"),
	LIST("late", section_vars),
	LIST("unreached", section_vars),
	LIST("held", section_vars),
	LIST("failed", section_vars),
	LIST("proposal", section_vars),
	LIST("meeting", section_vars),
	LIST("squeeze", section_vars),
	LIST("support", section_vars),
	LIST("request", section_vars),
	LIST("absence", section_vars),
	LIST("automatic", section_vars),
	END,
};

/* ---- items ------------------------------------------------------------------------------------------- */

static const struct template_var items_row_vars[] = {
	THING("thing"),
	FLAG("deliverable"),
	THING("of"),
	WHO("who"),
	STATE_VARS,
	OPTIONAL("papers"),
	FLAG("provisional"),
	STATUS_VARS,
	ASKED_VARS,
	OPTIONAL("answered"),
	FLAG("requested"), /* a later date */
	END,
};
static const struct template_var group_vars[] = {
	THING("thing"),
	WHO("who"),
	STATE_VARS,
	OPTIONAL("papers"),
	LIST("rows", items_row_vars),
	END,
};
const struct template_var page_desk_items_vars[] = {
	SIGNED_IN_VARS,
	OPTIONAL("search"),
	FLAG("by_deadline"),
	FLAG("by_owner"),
	FLAG("by_state"),
	FLAG("all"),
	OPTIONAL("count"),
	FLAG("several"),
	LIST("groups", group_vars),
	PAGES_VARS,
	END,
};

/* ---- one item ---------------------------------------------------------------------------------------- */

static const struct template_var informed_vars[] = { WHO("who"), END };
static const struct template_var facts_vars[] = {
	WHO("owner"),
	WHO("responsible"),
	WHO("manager"),
	WHO("deputy"),
	LIST("informed", informed_vars),
	FLAG("any_informed"),
	OPTIONAL("decision"),
	OPTIONAL("note"),
	OPTIONAL("needs_support"),
	OPTIONAL("reference"),
	OPTIONAL("origin"),
	OPTIONAL("link"),
	OPTIONAL("evidence"),
	OPTIONAL("papers"),
	OPTIONAL("papers_original"),
	OPTIONAL("practical"),
	OPTIONAL("due"),
	OPTIONAL("due_original"),
	FLAG("provisional"),
	OPTIONAL("done_by"),
	FLAG("done_by_past"),
	OPTIONAL("done_by_original"),
	OPTIONAL("done_forecast"),
	OPTIONAL("given"),
	OPTIONAL("reported_at"),
	OPTIONAL("answer_by"),
	OPTIONAL("estimate"),
	OPTIONAL("requested"),
	OPTIONAL("requested_reason"),
	STATUS_VARS,
	OPTIONAL("effect_planned"),
	OPTIONAL("effect_achieved"),
	OPTIONAL("effect_forecast"),
	OPTIONAL("progress"),
	THING("assignment"),
	OPTIONAL("submitted"),
	OPTIONAL("submitted_as"),
	FLAG("outcome_noted"),
	FLAG("outcome_approved"),
	FLAG("outcome_returned"),
	OPTIONAL("outcome_reference"),
	END,
};
static const struct template_var owed_vars[] = {
	THING("thing"),	     THING("of"), WHO("who"),		STATE_VARS, OPTIONAL("papers"),
	FLAG("provisional"), ASKED_VARS,  OPTIONAL("answered"), END,
};
static const struct template_var below_vars[] = { THING("thing"), END };
static const struct template_var item_meeting_vars[] = {
	FILLED("from"),
	OPTIONAL("place"),
	FLAG("meeting_known"),
	FLAG("meeting_replaced"),
	FLAG("meeting_cancelled"),
	OPTIONAL("replaced_by"),
	END,
};
static const struct template_var item_absence_vars[] = { FILLED("from"), FILLED("until"),
							 WHO("who"), END };
/* What was said: the flag names the event, page_said.html has its sentence. */
static const struct template_var history_vars[] = {
	FILLED("at"),
	WHO("who"),
	OPTIONAL("system"),
	FLAG("said_status"),
	FLAG("said_submit"),
	FLAG("said_outcome"),
	FLAG("said_seen"),
	FLAG("said_extend"),
	FLAG("said_assign"),
	FLAG("said_absence"),
	FLAG("said_meeting"),
	FLAG("said_note"),
	FLAG("said_close"),
	FLAG("said_request"),
	FLAG("said_deny"),
	FLAG("said_proposal"),
	FLAG("said_undo"),
	OPTIONAL("status"),
	FLAG("outcome_noted"),
	FLAG("outcome_approved"),
	FLAG("outcome_returned"),
	FLAG("as_done"),
	FLAG("as_struck"),
	FLAG("cancelled"),
	THING("deadline"),
	WHO("owner"),
	WHO("deputy"),
	OPTIONAL("due"),
	OPTIONAL("from"),
	OPTIONAL("until"),
	OPTIONAL("replaces"),
	OPTIONAL("answer_by"),
	OPTIONAL("done_forecast"),
	OPTIONAL("reference"),
	OPTIONAL("reason"),
	OPTIONAL("note"),
	OPTIONAL("needs_support"),
	OPTIONAL("place"),
	OPTIONAL("text"),
	OPTIONAL("body"),
	OPTIONAL("link"),
	OPTIONAL("evidence"),
	OPTIONAL("progress"),
	OPTIONAL("effect_achieved"),
	OPTIONAL("effect_forecast"),
	END,
};
static const struct template_var why_row_vars[] = {
	FILLED("at"),
	FLAG("decision_planned"),
	FLAG("decision_sent"),
	FLAG("decision_merged"),
	FLAG("decision_held"),
	FLAG("decision_suppressed"),
	FLAG("decision_failed"),
	THING("of"),
	OPTIONAL("step"),
	OPTIONAL("reason"),
	OPTIONAL("foreign"), /* what follows it, in English */
	END,
};
static const struct template_var why_vars[] = { WHO("who"), LIST("rows", why_row_vars), END };
const struct template_var page_desk_item_vars[] = {
	SIGNED_IN_VARS,
	ACT_LINKS,
	FLAG("is_measure"),
	FLAG("is_deadline"),
	FLAG("is_assignment"),
	FLAG("is_body"),
	FLAG("is_person"),
	THING("thing"),
	WHO("who"),
	LIST("facts", facts_vars),
	LIST("owed", owed_vars),
	FLAG("any_owed"),
	FLAG("more_owed"),
	LIST("below", below_vars),
	FLAG("any_below"),
	LIST("meetings", item_meeting_vars),
	FLAG("any_meetings"),
	LIST("absences", item_absence_vars),
	FLAG("any_absences"),
	LIST("history", history_vars),
	FLAG("any_history"),
	LIST("why", why_vars),
	FLAG("any_why"),
	FLAG("more_why"),
	FLAG("why_elsewhere"),
	END,
};
