/* SPDX-License-Identifier: Apache-2.0 */
#include "web/form.h"

#include <string.h>

#include "unit.h"
#include "web/desk/desk.h"
#include "web/say.h"

#define TODAY civil_from_ymd(2026, 5, 13)

/* The form that a body of fields of number 3 is. */
static struct form form_of(struct fields *fields, const char *body)
{
	struct form form;

	ck_assert_int_eq(fields_read(fields, body, strlen(body), desk_act_fields), FIELDS_READ);
	form_read(&form, fields, 3);
	return form;
}

static const struct {
	int line;
	enum form_action action;
	unsigned require;
	const char *body;
	const char *data; /* with ' for "; NULL: there are faults */
	enum form_entry entry;
	enum page_fault fault;
} rows[] = {
	{ __LINE__, FORM_REPORT, 0, "status.3=on-track", "{'status':'on-track'}" },
	{ __LINE__, FORM_REPORT, 0,
	  "status.3=at-risk&progress.3=40+%25&achieved.3=-1%2C5+mnkr&forecast.3=1+250+000&note.3=A%"
	  "0D%0AB&"
	  "support.3=Folk",
	  "{'effect_achieved':-1500000,'effect_forecast':1250000,'needs_support':'Folk','note':'"
	  "A\\nB',"
	  "'progress':40,'status':'at-risk'}" },
	{ __LINE__, FORM_REPORT, 0, "status.3=done&progress.3=++&note.3=%0D%0A",
	  "{'status':'done'}" },
	{ __LINE__, FORM_REPORT, 0, "progress.3=40", NULL, ENTRY_STATUS, FAULT_STATUS_MISSING },
	{ __LINE__, FORM_REPORT, 0, "status.3=fine", NULL, ENTRY_STATUS, FAULT_STATUS_UNKNOWN },
	{ __LINE__, FORM_REPORT, 0, "status.4=done", NULL, ENTRY_STATUS, FAULT_STATUS_MISSING },
	{ __LINE__, FORM_REPORT, 1U << FIELD_PROGRESS, "status.3=done", NULL, ENTRY_PROGRESS,
	  FAULT_PROGRESS_MISSING },
	{ __LINE__, FORM_REPORT, 1U << FIELD_EFFECT_FORECAST, "status.3=done", NULL, ENTRY_FORECAST,
	  FAULT_AMOUNT_MISSING },
	{ __LINE__, FORM_REPORT, 1U << FIELD_EFFECT_ACHIEVED, "status.3=done", NULL, ENTRY_ACHIEVED,
	  FAULT_AMOUNT_MISSING },
	{ __LINE__, FORM_REPORT, 1U << FIELD_NOTE, "status.3=done&note.3=+", NULL, ENTRY_NOTE,
	  FAULT_TEXT_MISSING },
	{ __LINE__, FORM_REPORT, 1U << FIELD_NEEDS_SUPPORT, "status.3=done", NULL, ENTRY_SUPPORT,
	  FAULT_TEXT_MISSING },
	/* What a report must have is not asked of a hand-over. */
	{ __LINE__, FORM_HAND_IN, 1U << FIELD_PROGRESS, "reference.3=HSN+%C2%A7+41&status.3=done",
	  "{'reference':'HSN § 41'}" },
	{ __LINE__, FORM_HAND_IN, 0, "note.3=Klart", NULL, ENTRY_REFERENCE,
	  FAULT_REFERENCE_MISSING },
	{ __LINE__, FORM_HAND_IN, 0, "reference.3=%E2%80%AA%E2%80%AC", NULL, ENTRY_REFERENCE,
	  FAULT_REFERENCE_MISSING },
	{ __LINE__, FORM_SEEN, 0, "answer_by.3=2026-05-20", "{'answer_by':'2026-05-20'}" },
	{ __LINE__, FORM_SEEN, 0, "answer_by.3=13+maj", "{'answer_by':'2026-05-13'}" },
	{ __LINE__, FORM_SEEN, 0, "answer_by.3=2026-05-21", NULL, ENTRY_ANSWER_BY,
	  FAULT_DATE_AFTER },
	{ __LINE__, FORM_SEEN, 0, "answer_by.3=12+maj", NULL, ENTRY_ANSWER_BY, FAULT_DATE_PAST },
	{ __LINE__, FORM_SEEN, 0, "answer_by.3=snart", NULL, ENTRY_ANSWER_BY,
	  FAULT_DATE_UNREADABLE },
	{ __LINE__, FORM_SEEN, 0, "", NULL, ENTRY_ANSWER_BY, FAULT_DATE_MISSING },
	{ __LINE__, FORM_AWAY, 0, "until.3=2026-06-01",
	  "{'from':'2026-05-13','until':'2026-06-01'}" },
	{ __LINE__, FORM_AWAY, 0, "until.3=2027-06-01", NULL, ENTRY_UNTIL, FAULT_DATE_TOO_FAR },
	{ __LINE__, FORM_NOT_MINE, 0, "", "{'not_mine':true,'note':'Inte min.'}" },
	{ __LINE__, FORM_NOT_MINE, 0, "reason.3=Det+%C3%A4r+Bos.",
	  "{'not_mine':true,'note':'Det är Bos.'}" },
	{ __LINE__, FORM_REPORT, 0, "status.3=done&done_forecast.3=1+juni&evidence.3=HSN+2026%2F12",
	  "{'done_forecast':'2026-06-01','link':'HSN 2026/12','status':'done'}" },
	{ __LINE__, FORM_REPORT, 0, "status.3=done&evidence.3=javascript:alert(1)", NULL,
	  ENTRY_LINK, FAULT_LINK_UNREADABLE },
	{ __LINE__, FORM_REQUEST, 0, "due.3=1+juni&why.3=Sjuk&progress.3=40",
	  "{'due':'2026-06-01','progress':40,'reason':'Sjuk'}" },
	{ __LINE__, FORM_REQUEST, 0, "meeting.3=meeting+KS+2026-10&why.3=Sjuk",
	  "{'due':'meeting KS 2026-10','reason':'Sjuk'}" },
	{ __LINE__, FORM_REQUEST, 0, "due.3=1+juni", NULL, ENTRY_WHY, FAULT_TEXT_MISSING },
	{ __LINE__, FORM_REQUEST, 0, "why.3=Sjuk", NULL, ENTRY_DUE, FAULT_DATE_MISSING },
	{ __LINE__, FORM_EXTEND, 0, "deadline.3=KS-1&due.3=1+juni&decision.3=KS+1&why.3=Sjuk",
	  "{'deadline':'KS-1','due':'2026-06-01','reason':'Sjuk','reference':'KS 1'}" },
	{ __LINE__, FORM_EXTEND, 0, "due.3=1+juni", NULL, ENTRY_DECISION, FAULT_REFERENCE_MISSING },
	{ __LINE__, FORM_EXTEND, 0, "due.3=1+juni&meeting.3=meeting+KS+2026-10&decision.3=K", NULL,
	  ENTRY_MEETING, FAULT_TWO_DATES },
	{ __LINE__, FORM_EXTEND, 0, "meeting.3=2026-10&decision.3=K", NULL, ENTRY_MEETING,
	  FAULT_CHOICE_UNKNOWN },
	{ __LINE__, FORM_ASSIGN, 0, "owner.3=anna", "{'owner':'anna'}" },
	{ __LINE__, FORM_ASSIGN, 0, "owner.3=", NULL, ENTRY_OWNER, FAULT_CHOICE_MISSING },
	{ __LINE__, FORM_ASSIGN, 0, "owner.3=an+na", NULL, ENTRY_OWNER, FAULT_CHOICE_UNKNOWN },
	{ __LINE__, FORM_ABSENCE, 0, "from.3=1+maj&last.3=3+maj&deputy.3=bo",
	  "{'deputy':'bo','from':'2026-05-01','until':'2026-05-03'}" },
	{ __LINE__, FORM_ABSENCE, 0, "from.3=4+maj&last.3=3+maj", NULL, ENTRY_LAST,
	  FAULT_DATE_BEFORE },
	{ __LINE__, FORM_MEETING, 0, "from.3=2+juni&replaces.3=2026-05-26&place.3=Sal+A",
	  "{'from':'2026-06-02','place':'Sal A','replaces':'2026-05-26'}" },
	{ __LINE__, FORM_CALL_OFF, 0, "replaces.3=2026-05-26",
	  "{'cancelled':true,'from':'2026-05-26','replaces':'2026-05-26'}" },
	{ __LINE__, FORM_OUTCOME, 0, "outcome.3=returned&due.3=1+juni&decision.3=K&body.3=KS",
	  "{'body':'KS','due':'2026-06-01','outcome':'returned','reference':'K'}" },
	{ __LINE__, FORM_OUTCOME, 0, "outcome.3=returned&decision.3=K", NULL, ENTRY_DUE,
	  FAULT_DATE_MISSING },
	{ __LINE__, FORM_OUTCOME, 0, "outcome.3=noted&decision.3=K&due.3=1+juni", NULL, ENTRY_DUE,
	  FAULT_DUE_NOT_RETURNED },
	{ __LINE__, FORM_NOTE, 0, "note.3=Ring", "{'note':'Ring'}" },
	{ __LINE__, FORM_NOTE, 0, "note.3=", NULL, ENTRY_NOTE, FAULT_TEXT_MISSING },
	{ __LINE__, FORM_CLOSE, 0, "as.3=struck&decision.3=K", "{'as':'struck','reference':'K'}" },
	{ __LINE__, FORM_GRANT, 0, "pick.3=a&pick.5=b&pick.9=a&decision.3=K",
	  "{'grants':['a','b'],'reference':'K'}" },
	{ __LINE__, FORM_DENY, 0, "pick.1=a&why.3=Nej", "{'reason':'Nej','requests':['a']}" },
	{ __LINE__, FORM_DENY, 0, "why.3=Nej", NULL, ENTRY_REQUESTS, FAULT_CHOICE_MISSING },
	{ __LINE__, FORM_PROPOSAL, 0, "text.3=Rapporten+godk%C3%A4nns.",
	  "{'text':'Rapporten godkänns.'}" },
	{ __LINE__, FORM_PROPOSAL, 0, "text.3=N%C3%A4mnden+TODO", NULL, ENTRY_TEXT,
	  FAULT_TEXT_HOLE },
};

START_TEST(says_what_the_event_will_hold_or_what_is_wrong)
{
	const struct form_question q = { .action = rows[_i].action,
					 .require = rows[_i].require,
					 .today = TODAY,
					 .last = civil_from_ymd(2026, 5, 20),
					 .not_mine = "Inte min." };
	struct fields fields;
	struct form form = form_of(&fields, rows[_i].body);
	int faults = form_check(&form, &q);

	if (rows[_i].data) {
		char *data;

		ck_assert_msg(faults == 0, "line %d: %d faults", rows[_i].line, faults);
		data = json_dumps(form.data, JSON_SORT_KEYS | JSON_COMPACT);
		for (char *c = data; *c; c++)
			*c = *c == '"' ? '\'' : *c;
		ck_assert_msg(strcmp(data, rows[_i].data) == 0, "line %d: %s", rows[_i].line, data);
		free(data);
	} else {
		ck_assert_msg(faults == 1 && !form.data, "line %d: %d faults", rows[_i].line,
			      faults);
		ck_assert_msg(form.faults[rows[_i].entry].what == rows[_i].fault, "line %d: %d",
			      rows[_i].line, (int)form.faults[rows[_i].entry].what);
	}
	form_done(&form);
	fields_done(&fields);
}
END_TEST

START_TEST(counts_what_is_too_long)
{
	char body[NOTE_MAX + 64] = "status.3=done&note.3=";
	struct fields fields;
	struct form form;

	memset(body + strlen(body), 'x', NOTE_MAX + 1);
	form = form_of(&fields, body);
	ck_assert_int_eq(form_check(&form, &(struct form_question){ .action = FORM_REPORT }), 1);
	ck_assert_int_eq(form.faults[ENTRY_NOTE].what, FAULT_TEXT_TOO_LONG);
	ck_assert_uint_eq(form.faults[ENTRY_NOTE].count, NOTE_MAX + 1);
	ck_assert_uint_eq(form.faults[ENTRY_NOTE].max, NOTE_MAX);
	ck_assert_uint_eq(strlen(form.typed[ENTRY_NOTE]), NOTE_MAX + 1);
	fields_done(&fields);
}
END_TEST

START_TEST(knows_when_something_is_filled_in)
{
	struct fields fields;
	struct form form = form_of(&fields, "status.3=&note.3=+%0D%0A&until.3=2026-05-14");

	ck_assert(!form_is_filled(&form, FORM_REPORT));
	ck_assert(form_is_filled(&form, FORM_AWAY));
	fields_done(&fields);
}
END_TEST

START_TEST(each_cause_of_a_refusal_has_words_of_its_own)
{
	for (enum reject_cause cause = CAUSE_OTHER; cause < REJECT_CAUSES; cause++) {
		const struct said said = { .code = REJECT_BAD_DATA, .cause = cause };
		struct form form = { 0 };
		enum page_fault fault;

		say_refusal(&said, FORM_EXTEND, &form);
		fault = form.faults[ENTRY_DUE].what;
		ck_assert_msg(fault != FAULT_NONE, "cause %d", (int)cause);
		ck_assert_msg((fault == FAULT_REFUSED) == (cause == CAUSE_OTHER), "cause %d",
			      (int)cause);
	}
}
END_TEST

UNIT_TESTS("web/form", UNIT_ROWS(says_what_the_event_will_hold_or_what_is_wrong, UNIT_COUNT(rows)),
	   UNIT(counts_what_is_too_long), UNIT(knows_when_something_is_filled_in),
	   UNIT(each_cause_of_a_refusal_has_words_of_its_own))
