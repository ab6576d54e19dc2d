/* SPDX-License-Identifier: Apache-2.0 */
/* The names that the templates of the desk's lists may use: messages, people, meetings. */
#include "message/page_desk_vars.h"

/* ---- messages ---------------------------------------------------------------------------------------- */

#define MESSAGE_VARS                                                                \
	FILLED("number"), WHO("who"), OPTIONAL("channel"), KIND_VARS, SENDING_VARS, \
		FILLED("planned"), OPTIONAL("attempts"), OPTIONAL("next_attempt"),  \
		OPTIONAL("last_answer"), FLAG("may_retry"), FLAG("may_drop")
static const struct template_var outbox_row_vars[] = { MESSAGE_VARS, END };
static const struct template_var filter_vars[] = { FILLED("state"), SENDING_VARS, FLAG("chosen"),
						   END };
const struct template_var page_desk_outbox_vars[] = {
	SIGNED_IN_VARS,
	LIST("filters", filter_vars),
	FLAG("filtered"),
	OPTIONAL("count"),
	FLAG("several"),
	LIST("rows", outbox_row_vars),
	FLAG("any_buttons"),
	PAGES_VARS,
	END,
};
static const struct template_var message_item_vars[] = { THING("thing"), THING("of"), FLAG("moot"),
							 END };
static const struct template_var tried_vars[] = { FILLED("number"), OPTIONAL("at"), SENDING_VARS,
						  OPTIONAL("answer"), END };
static const struct template_var incoming_vars[] = {
	OPTIONAL("at"),		FLAG("came_failure"), FLAG("came_delay"),
	FLAG("came_automatic"), FLAG("came_reply"),   OPTIONAL("answer"),
	OPTIONAL("subject"),	OPTIONAL("text"),     END,
};
const struct template_var page_desk_message_vars[] = {
	SIGNED_IN_VARS,
	MESSAGE_VARS,
	OPTIONAL("finished"),
	FLAG("left"), /* what follows is how it left */
	OPTIONAL("subject"),
	OPTIONAL("from"),
	OPTIONAL("letter_language"), /* of what it says: its reader's */
	OPTIONAL("text"),
	OPTIONAL("unsaid"), /* why there is none */
	LIST("items", message_item_vars),
	FLAG("any_items"),
	LIST("tried", tried_vars),
	FLAG("any_tried"),
	LIST("incoming", incoming_vars),
	FLAG("any_incoming"),
	OPTIONAL("refused"), /* why what was just asked for was not done */
	END,
};

/* ---- people ------------------------------------------------------------------------------------------ */

static const struct template_var person_row_vars[] = {
	WHO("who"),    OPTIONAL("owes"),       OPTIONAL("late"), WHO("manager"),
	WHO("deputy"), OPTIONAL("away_until"), WHO("stands_in"), END,
};
static const struct template_var absence_row_vars[] = {
	WHO("who"),	     FILLED("from"),	     FILLED("until"),	     WHO("deputy"),
	FLAG("absence_now"), FLAG("absence_coming"), OPTIONAL("held_until"), END,
};
const struct template_var page_desk_people_vars[] = {
	SIGNED_IN_VARS,
	LIST("rows", person_row_vars),
	LIST("absences", absence_row_vars),
	FLAG("any_absences"),
	OPTIONAL("count"),
	PAGES_VARS,
	END,
};

/* ---- meetings ---------------------------------------------------------------------------------------- */

static const struct template_var body_row_vars[] = {
	THING("thing"),	      OPTIONAL("next_meeting"), OPTIONAL("next_papers"),
	OPTIONAL("meetings"), OPTIONAL("deadlines"),	END,
};
static const struct template_var due_vars[] = { THING("thing"), END };
static const struct template_var meeting_row_vars[] = {
	THING("thing"),	       FILLED("from"),	   OPTIONAL("until"),
	OPTIONAL("place"),     OPTIONAL("papers"), OPTIONAL("papers_late"),
	LIST("due", due_vars), FLAG("any_due"),	   END,
};
const struct template_var page_desk_meetings_vars[] = {
	SIGNED_IN_VARS,
	LIST("bodies", body_row_vars),
	LIST("meetings", meeting_row_vars),
	FLAG("any_meetings"),
	END,
};

/* ---- forecast ---------------------------------------------------------------------------------------- */

static const struct template_var forecast_item_vars[] = { THING("thing"), THING("of"),
							  OPTIONAL("step"), END };
static const struct template_var forecast_row_vars[] = {
	OPTIONAL("at"),	  WHO("who"), KIND_VARS, LIST("items", forecast_item_vars),
	OPTIONAL("more"), END,
};
static const struct template_var forecast_day_vars[] = {
	FILLED("day"),
	FILLED("date"),
	LIST("rows", forecast_row_vars),
	END,
};
static const struct template_var kind_count_vars[] = { KIND_VARS, FILLED("count"), END };
static const struct template_var cell_vars[] = {
	OPTIONAL("number"),
	OPTIONAL("date"),
	OPTIONAL("day"),
	FLAG("outside"),
	FLAG("closed"),
	FLAG("today"),
	FLAG("any"),
	LIST("counts", kind_count_vars),
	END,
};
static const struct template_var week_vars[] = { LIST("cells", cell_vars), END };
const struct template_var page_desk_forecast_vars[] = {
	SIGNED_IN_VARS,
	FILLED("month_name"),
	FILLED("month"),
	FILLED("month_before"),
	FILLED("month_after"),
	FLAG("as_calendar"),
	OPTIONAL("count"),
	FLAG("several"),
	FLAG("cut"),
	LIST("days", forecast_day_vars),
	LIST("weeks", week_vars),
	PAGES_VARS,
	END,
};

/* ---- the year ---------------------------------------------------------------------------------------- */

static const struct template_var calendar_row_vars[] = {
	FILLED("date"),
	FLAG("what_papers"),
	FLAG("what_meeting"),
	THING("thing"),
	OPTIONAL("coming"), /* the title of an occurrence that is not there yet */
	FLAG("state_late"),
	FLAG("state_submitted"),
	FLAG("state_superseded"),
	FLAG("provisional"),
	OPTIONAL("due"),
	OPTIONAL("place"),
	END,
};
static const struct template_var month_vars[] = {
	FILLED("name"),
	FILLED("month"),
	FLAG("any"),
	OPTIONAL("messages"),
	LIST("rows", calendar_row_vars),
	END,
};
const struct template_var page_desk_calendar_vars[] = {
	SIGNED_IN_VARS,
	FILLED("year"),
	FILLED("year_before"),
	FILLED("year_after"),
	FLAG("cut"),
	LIST("months", month_vars),
	END,
};
