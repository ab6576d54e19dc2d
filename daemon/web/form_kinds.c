/* SPDX-License-Identifier: Apache-2.0 */
/* The entries of all forms. What an action must have that one entry of two gives, form_check sees to. */
#include "web/form_inside.h"

#define REPORT (1U << FORM_REPORT)
#define HAND_IN (1U << FORM_HAND_IN)
#define REQUEST (1U << FORM_REQUEST)
#define EXTEND (1U << FORM_EXTEND)
#define ABSENCE (1U << FORM_ABSENCE)
#define MEETING (1U << FORM_MEETING)
#define CALL_OFF (1U << FORM_CALL_OFF)
#define OUTCOME (1U << FORM_OUTCOME)
#define NOTE (1U << FORM_NOTE)
#define CLOSE (1U << FORM_CLOSE)
#define GRANT (1U << FORM_GRANT)
#define DENY (1U << FORM_DENY)

/* What a deadline may require of a report. */
#define BY(field) .required_by = 1 + (field)

/* clang-format off */
const struct entry_kind form_kinds[FORM_ENTRIES] = {
	[ENTRY_STATUS] = { "status", "status", form_read_status, FAULT_STATUS_MISSING, REPORT, REPORT },
	[ENTRY_PROGRESS] = { "progress", "progress", form_read_percent, FAULT_PROGRESS_MISSING,
			     REPORT | REQUEST, BY(FIELD_PROGRESS) },
	[ENTRY_ACHIEVED] = { "achieved", "effect_achieved", form_read_amount, FAULT_AMOUNT_MISSING, REPORT,
			     BY(FIELD_EFFECT_ACHIEVED) },
	[ENTRY_FORECAST] = { "forecast", "effect_forecast", form_read_amount, FAULT_AMOUNT_MISSING, REPORT,
			     BY(FIELD_EFFECT_FORECAST) },
	[ENTRY_NOTE] = { "note", "note", form_read_note, FAULT_TEXT_MISSING, REPORT | HAND_IN | NOTE, NOTE,
			 BY(FIELD_NOTE) },
	[ENTRY_SUPPORT] = { "support", "needs_support", form_read_support, FAULT_TEXT_MISSING, REPORT,
			    BY(FIELD_NEEDS_SUPPORT) },
	[ENTRY_REFERENCE] = { "reference", "reference", form_read_reference, FAULT_REFERENCE_MISSING,
			      HAND_IN, HAND_IN },
	[ENTRY_ANSWER_BY] = { "answer_by", "answer_by", form_read_promise, FAULT_DATE_MISSING,
			      1U << FORM_SEEN, 1U << FORM_SEEN },
	[ENTRY_UNTIL] = { "until", "until", form_read_until, FAULT_DATE_MISSING, 1U << FORM_AWAY,
			  1U << FORM_AWAY },
	[ENTRY_REASON] = { "reason", "note", form_read_note, FAULT_TEXT_MISSING, 1U << FORM_NOT_MINE },
	[ENTRY_DONE_FORECAST] = { "done_forecast", "done_forecast", form_read_day, FAULT_DATE_MISSING,
				  REPORT },
	[ENTRY_DEADLINE] = { "deadline", "deadline", form_read_item, FAULT_CHOICE_MISSING, EXTEND | REQUEST },
	[ENTRY_OUTCOME] = { "outcome", "outcome", form_read_outcome, FAULT_CHOICE_MISSING, OUTCOME, OUTCOME },
	[ENTRY_AS] = { "as", "as", form_read_closure, FAULT_CHOICE_MISSING, CLOSE, CLOSE },
	[ENTRY_BODY] = { "body", "body", form_read_id, FAULT_CHOICE_MISSING, OUTCOME },
	[ENTRY_OWNER] = { "owner", "owner", form_read_id, FAULT_CHOICE_MISSING, 1U << FORM_ASSIGN,
			  1U << FORM_ASSIGN },
	[ENTRY_REPLACES] = { "replaces", "replaces", form_read_day, FAULT_CHOICE_MISSING, MEETING | CALL_OFF,
			     CALL_OFF },
	[ENTRY_AWAY] = { "absence", "from", form_read_absence, FAULT_CHOICE_MISSING, 1U << FORM_BACK,
			 1U << FORM_BACK },
	[ENTRY_FROM] = { "from", "from", form_read_day, FAULT_DATE_MISSING, ABSENCE | MEETING,
			 ABSENCE | MEETING },
	[ENTRY_LAST] = { "last", "until", form_read_last, FAULT_DATE_MISSING, ABSENCE | MEETING, ABSENCE },
	[ENTRY_DEPUTY] = { "deputy", "deputy", form_read_id, FAULT_CHOICE_MISSING, ABSENCE },
	[ENTRY_PLACE] = { "place", "place", form_read_line, FAULT_TEXT_MISSING, MEETING },
	[ENTRY_GRANTS] = { FORM_PICK, "grants", form_read_ids, FAULT_CHOICE_MISSING, GRANT, GRANT,
			   .many = true },
	[ENTRY_REQUESTS] = { FORM_PICK, "requests", form_read_ids, FAULT_CHOICE_MISSING, DENY, DENY,
			     .many = true },
	[ENTRY_DUE] = { "due", "due", form_read_day, FAULT_DATE_MISSING, EXTEND | OUTCOME | REQUEST | GRANT },
	[ENTRY_MEETING] = { "meeting", "due", form_read_meeting, FAULT_DATE_MISSING,
			    EXTEND | OUTCOME | REQUEST | GRANT },
	[ENTRY_DECISION] = { "decision", "reference", form_read_reference, FAULT_REFERENCE_MISSING,
			     EXTEND | OUTCOME | CLOSE | GRANT, EXTEND | OUTCOME | CLOSE | GRANT },
	[ENTRY_WHY] = { "why", "reason", form_read_line, FAULT_TEXT_MISSING, EXTEND | REQUEST | DENY | GRANT,
			REQUEST | DENY },
	[ENTRY_TEXT] = { "text", "text", form_read_proposal, FAULT_TEXT_MISSING, 1U << FORM_PROPOSAL,
			 1U << FORM_PROPOSAL },
	[ENTRY_LINK] = { "evidence", "link", form_read_link, FAULT_TEXT_MISSING,
			 REPORT | HAND_IN | OUTCOME | CLOSE },
	[ENTRY_SEQ] = { "seq", "seq", form_read_number, FAULT_CHOICE_MISSING,
			1U << FORM_UNDO, 1U << FORM_UNDO },
};
/* clang-format on */

const struct field_rule form_rules[] = { FORM_RULES, { .name = NULL } };
