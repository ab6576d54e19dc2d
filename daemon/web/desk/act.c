/* SPDX-License-Identifier: Apache-2.0 */
#include "web/desk/act.h"

#include <string.h>

const struct act acts[] = {
	{ "extend", FORM_EXTEND, SUBJECT_MEASURE | SUBJECT_DEADLINE },
	{ "status", FORM_REPORT, SUBJECT_MEASURE },
	{ "submit", FORM_HAND_IN, SUBJECT_DEADLINE },
	{ "outcome", FORM_OUTCOME, SUBJECT_DEADLINE },
	{ "assign", FORM_ASSIGN, SUBJECT_MEASURE },
	{ "close", FORM_CLOSE, SUBJECT_MEASURE | SUBJECT_ASSIGNMENT },
	{ "proposal", FORM_PROPOSAL, SUBJECT_DEADLINE | SUBJECT_ASSIGNMENT },
	{ "request", FORM_REQUEST, SUBJECT_MEASURE | SUBJECT_DEADLINE },
	{ "note", FORM_NOTE, SUBJECT_MEASURE | SUBJECT_DEADLINE },
	{ "absence", FORM_ABSENCE, SUBJECT_PERSON },
	{ "back", FORM_BACK, SUBJECT_PERSON },
	{ "meeting", FORM_MEETING, SUBJECT_BODY },
	{ "call-off", FORM_CALL_OFF, SUBJECT_BODY },
	{ "grant", FORM_GRANT, 0 },
	{ "deny", FORM_DENY, 0 },
	{ "undo", FORM_UNDO, SUBJECT_ITEM | SUBJECT_PERSON | SUBJECT_BODY },
};
const size_t act_count = sizeof(acts) / sizeof(acts[0]);

const struct act *act_called(const char *name)
{
	for (size_t i = 0; name && i < act_count; i++)
		if (strcmp(acts[i].name, name) == 0)
			return &acts[i];
	return NULL;
}

bool subject_find(const struct plan *plan, unsigned kinds, const char *id, struct subject *ret)
{
	struct subject s = { .id = NULL };

	if ((kinds & SUBJECT_MEASURE) && (s.measure = plan_measure(plan, measure_id(id)))) {
		s.kind = SUBJECT_MEASURE;
		s.id = s.measure->id.text;
		s.title = s.measure->title;
	} else if ((kinds & SUBJECT_DEADLINE) &&
		   (s.deadline = plan_deadline(plan, deadline_id(id)))) {
		s.kind = SUBJECT_DEADLINE;
		s.id = s.deadline->id.text;
		s.title = s.deadline->title;
	} else if ((kinds & SUBJECT_ASSIGNMENT) &&
		   (s.assignment = plan_assignment(plan, assignment_id(id)))) {
		s.kind = SUBJECT_ASSIGNMENT;
		s.id = s.assignment->id.text;
		s.title = s.assignment->title;
	} else if ((kinds & SUBJECT_PERSON) && (s.person = plan_person(plan, person_id(id)))) {
		s.kind = SUBJECT_PERSON;
		s.id = s.person->id.text;
		s.title = s.person->name;
	} else if ((kinds & SUBJECT_BODY) && (s.body = plan_body(plan, body_id(id)))) {
		s.kind = SUBJECT_BODY;
		s.id = s.body->id.text;
		s.title = s.body->name;
	}
	if (s.id)
		*ret = s;
	return s.id != NULL;
}

bool act_is_for(const struct act *act, const struct subject *about)
{
	if (!(act->subjects & about->kind))
		return false;
	if (act->action == FORM_UNDO)
		return true;
	if (act->action == FORM_CLOSE)
		return (about->measure ? about->measure->closing : about->assignment->closing) ==
		       CLOSED_BY_BODY;
	if (about->deadline && about->deadline->every.kind && !about->deadline->series)
		return act->action == FORM_NOTE; /* what is owed are its occurrences */
	if (act->action == FORM_HAND_IN)
		return about->deadline->responsible != NULL;
	return true;
}
