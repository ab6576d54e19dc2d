/* SPDX-License-Identifier: Apache-2.0 */
/* The names that the templates of what a steward does may use. */
#include "message/page_desk_vars.h"
#include "message/page_vars.h"

/* An option of a list. */
static const struct template_var option_vars[] = {
	FILLED("n"), /* its number in the list */
	OPTIONAL("value"),
	OPTIONAL("label"),
	FLAG("chosen"),
	/* What it is, where it has no label. */
	FLAG("none"),
	FLAG("own_date"), /* none: and the measure has a date of its own */
	FLAG("on_track"),
	FLAG("at_risk"),
	FLAG("off_track"),
	FLAG("done"),
	FLAG("not_started"),
	FLAG("cancelled"),
	FLAG("noted"),
	FLAG("approved"),
	FLAG("returned"),
	FLAG("struck"),
	/* More of it. */
	OPTIONAL("now"),   /* when it is due as it stands */
	FLAG("not_known"), /* a meeting whose day is not known */
	OPTIONAL("who"),   /* of a request: who asks, for which day, why, and how much is done */
	OPTIONAL("asks"),
	OPTIONAL("reason"),
	OPTIONAL("progress"),
	END,
};
const struct template_var page_group_vars[] = {
	OPTIONAL("group"),
	LIST("options", option_vars),
	END,
};

/* A field of a form. */
static const struct template_var field_vars[] = {
	FILLED("name"),
	FILLED("at"), /* its id in the page */
	/* Which it is. */
	FLAG("is_status"),
	FLAG("is_progress"),
	FLAG("is_achieved"),
	FLAG("is_forecast"),
	FLAG("is_note"),
	FLAG("is_support"),
	FLAG("is_reference"),
	FLAG("is_done_forecast"),
	FLAG("is_deadline"),
	FLAG("is_outcome"),
	FLAG("is_as"),
	FLAG("is_body"),
	FLAG("is_owner"),
	FLAG("is_replaces"),
	FLAG("is_from"),
	FLAG("is_last"),
	FLAG("is_deputy"),
	FLAG("is_place"),
	FLAG("is_pick"),
	FLAG("is_due"),
	FLAG("is_meeting"),
	FLAG("is_decision"),
	FLAG("is_why"),
	FLAG("is_text"),
	FLAG("is_evidence"),
	FLAG("is_seq"),
	FLAG("is_absence"),
	/* Its shape. */
	FLAG("line"),
	FLAG("long"),
	FLAG("short"),
	FLAG("date"),
	FLAG("select"),
	FLAG("radios"),
	FLAG("boxes"),
	OPTIONAL("typed"),
	OPTIONAL("shown"), /* what was understood, in words */
	FLAG("words"),	   /* it is no date that an input of dates can show */
	FLAG("required"),
	FLAG("either"), /* it or another is: neither must nor may be said of it alone */
	LIST("fault", page_fault_vars),
	LIST("groups", page_group_vars),
	END,
};

/* ---- what would follow ------------------------------------------------------------------------------ */

static const struct template_var thing_vars[] = { FILLED("title"),  OPTIONAL("id"), OPTIONAL("of"),
						  OPTIONAL("step"), FLAG("first"),  END };
static const struct template_var closed_vars[] = {
	FILLED("title"),     OPTIONAL("id"),	   OPTIONAL("of"),    OPTIONAL("owner"),
	FLAG("as_answered"), FLAG("as_withdrawn"), FLAG("as_closed"), END,
};
static const struct template_var moved_vars[] = {
	FILLED("title"),   OPTIONAL("id"),	OPTIONAL("of"),		OPTIONAL("owner"),
	OPTIONAL("due"),   OPTIONAL("papers"),	OPTIONAL("due_before"), OPTIONAL("papers_before"),
	FLAG("due_moves"), FLAG("papers_move"), FLAG("meets"),		END,
};
static const struct template_var handed_on_vars[] = {
	FILLED("title"),   OPTIONAL("id"),	     OPTIONAL("of"),
	OPTIONAL("owner"), OPTIONAL("owner_before"), END,
};
static const struct template_var decided_vars[] = {
	FILLED("title"),   OPTIONAL("id"),  OPTIONAL("of"),	 FLAG("is_granted"),
	FLAG("is_denied"), FLAG("is_moot"), FLAG("is_replaced"), END,
};
static const struct template_var message_vars[] = {
	OPTIONAL("when"),
	FLAG("at_once"),
	FILLED("to"),
	FLAG("kind_reminder"),
	FLAG("kind_escalation"),
	FLAG("kind_alert"),
	FLAG("kind_moved"),
	FLAG("kind_confirmation"),
	FLAG("kind_assigned"),
	FLAG("kind_rereport"),
	FLAG("kind_absence"),
	FLAG("any_items"),
	LIST("items", thing_vars),
	END,
};
static const struct template_var warning_vars[] = { FILLED("text"), END };

/* A list, whether it has anything, and how many there are besides those that are shown. */
#define TOLD(text, vars) \
	LIST(text, vars), FLAG("any_" text), OPTIONAL("count_" text), OPTIONAL("more_" text)
#define FORESEEN_VARS                                                                          \
	TOLD("closes", closed_vars), TOLD("opens", handed_on_vars), TOLD("moves", moved_vars), \
		TOLD("owners", handed_on_vars), TOLD("decides", decided_vars),                 \
		TOLD("tells", message_vars), TOLD("reminds", message_vars),                    \
		TOLD("dropped", message_vars), LIST("warnings", warning_vars),                 \
		OPTIONAL("more_owed"), FLAG("nothing")

/* ---- the pages -------------------------------------------------------------------------------------- */

/* Which act it is. */
/* clang-format off */
#define ACT_FLAGS                                                                        \
	FLAG("act_extend"), FLAG("act_status"), FLAG("act_submit"), FLAG("act_outcome"), \
	FLAG("act_assign"), FLAG("act_close"), FLAG("act_proposal"), FLAG("act_request"), \
	FLAG("act_note"), FLAG("act_absence"), FLAG("act_meeting"), FLAG("act_call_off"), \
	FLAG("act_grant"), FLAG("act_deny"), FLAG("act_undo"), FLAG("act_back")
/* clang-format on */
/* And about what. */
#define ACT_VARS                                                                                \
	FILLED("act"), OPTIONAL("item"), OPTIONAL("title"), OPTIONAL("id"), FLAG("about_item"), \
		ACT_FLAGS

/* What can be done with a thing, on the page of that. */
const struct template_var page_act_link_vars[] = { FILLED("act"), FILLED("item"), ACT_FLAGS, END };

const struct template_var page_act_vars[] = {
	SIGNED_IN_VARS,
	ACT_VARS,
	OPTIONAL("event"), /* the form's, so that sent twice it counts once */
	LIST("fields", field_vars),
	LIST("faults", page_fault_vars),
	FLAG("faulty"),
	OPTIONAL("reason"), /* why it was refused, as the daemon says it */
	FLAG("not_stored"),
	/* Exactly one of these. */
	FLAG("choosing"), /* what it is about, from `groups` */
	FLAG("filling"),
	FLAG("confirming"),
	LIST("groups", page_group_vars),
	/* What would follow; changed: not what was shown before. */
	FLAG("changed"),
	OPTIONAL("seen"),
	FORESEEN_VARS,
	END,
};

const struct template_var page_done_vars[] = {
	SIGNED_IN_VARS,
	ACT_VARS,
	OPTIONAL("event"),
	OPTIONAL("seq"),
	FLAG("may_undo"), /* while it can be taken back; then what goes out because of it is told */
	FORESEEN_VARS,
	LIST("fields", field_vars),
	LIST("faults", page_fault_vars),
	FLAG("faulty"),
	END,
};

/* A later date that is asked for. */
static const struct template_var request_vars[] = {
	FILLED("n"),	    FILLED("value"), /* its event's id */
	THING("thing"),	    THING("of"),	  WHO("who"),
	OPTIONAL("asks"),   OPTIONAL("stands"),	  OPTIONAL("asked_at"),
	OPTIONAL("reason"), OPTIONAL("progress"), END,
};
const struct template_var page_desk_requests_vars[] = {
	SIGNED_IN_VARS,	      FILLED("event"),	LIST("requests", request_vars),
	FLAG("any_requests"), OPTIONAL("more"), END,
};
