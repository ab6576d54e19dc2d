/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table, in form_kinds.c, says of each entry what kind of value it has, what it is called in the event, and to
 * which actions it belongs; one function a kind, in form_read.c, reads it. An entry that is blank was left out.
 */
#include "web/form_inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/text.h"

const char *form_entry_name(enum form_entry entry)
{
	return form_kinds[entry].name;
}

bool form_requires(const struct form_question *q, enum form_entry entry)
{
	const struct entry_kind *kind = &form_kinds[entry];

	return (kind->always & 1U << q->action) || (q->action == FORM_REPORT && kind->required_by &&
						    q->require & 1U << (kind->required_by - 1));
}

void form_read(struct form *ret, const struct fields *fields, unsigned number)
{
	*ret = (struct form){ .nonce = fields_value_of(fields, "event", number), .fields = fields };
	for (enum form_entry i = 0; i < FORM_ENTRIES; i++)
		ret->typed[i] = form_kinds[i].many
					? form_picked(ret, &(size_t){ 0 })
					: fields_value_of(fields, form_kinds[i].name, number);
}

const char *form_picked(const struct form *f, size_t *at)
{
	static const char name[] = FORM_PICK ".";

	while (f->fields && *at < f->fields->count) {
		const struct form_field *field = &f->fields->list[(*at)++];

		if (strncmp(field->name, name, strlen(name)) == 0)
			return field->value;
	}
	return NULL;
}

bool form_has(enum form_action action, enum form_entry entry)
{
	return form_kinds[entry].actions & 1U << action;
}

const char *form_entry_data(enum form_entry entry)
{
	return form_kinds[entry].data;
}

static bool is_blank(const char *typed)
{
	return !typed || text_is_blank(typed);
}

bool form_is_given(const struct form *f, enum form_action action, enum form_entry entry)
{
	return (form_kinds[entry].actions & 1U << action) && !is_blank(f->typed[entry]);
}

bool form_is_filled(const struct form *f, enum form_action action)
{
	for (enum form_entry i = 0; i < FORM_ENTRIES; i++)
		if (form_is_given(f, action, i))
			return true;
	return false;
}

/* What an action says besides what is typed. */
static int put_rest(const struct form_question *q, json_t *data)
{
	char today[CIVIL_TEXT];
	int r = 0;

	if (q->action == FORM_CALL_OFF) {
		r = json_object_set_new(data, "cancelled", json_true());
		if (r == 0)
			r = json_object_set(data, "from", json_object_get(data, "replaces"));
	}

	if (q->action == FORM_AWAY)
		r = json_object_set_new(data, "from", json_string(civil_format(q->today, today)));
	if (q->action == FORM_NOT_MINE)
		r = json_object_set_new(data, "not_mine", json_true());
	if (r == 0 && q->action == FORM_NOT_MINE && !json_object_get(data, "note"))
		r = json_object_set_new(data, "note", json_string(q->not_mine));
	return r < 0 ? -ENOMEM : 0;
}

/* A date of one kind or the other is wanted, or none. */
static void check_due(struct form *f, const struct form_question *q, const json_t *data)
{
	const char *outcome = json_string_value(json_object_get(data, "outcome"));
	const bool returned = outcome && event_outcome_parse(outcome) == OUTCOME_RETURNED;
	const char *due = json_string_value(json_object_get(data, "due"));
	struct civil_date day;
	enum page_fault *fault = &f->faults[ENTRY_DUE].what;

	if (*fault != FAULT_NONE || f->faults[ENTRY_MEETING].what != FAULT_NONE)
		return;
	if ((q->action == FORM_EXTEND || q->action == FORM_REQUEST || returned) && !due)
		*fault = FAULT_DATE_MISSING;
	else if (outcome && !returned && due)
		*fault = FAULT_DUE_NOT_RETURNED;
	else if (q->action == FORM_REQUEST && !civil_is_none(q->last) && due &&
		 civil_parse(due, &day) == 0 && civil_compare(day, q->last) <= 0)
		f->faults[ENTRY_DUE] =
			(struct form_fault){ .what = FAULT_DATE_NOT_LATER, .day = q->last };
}

static int count_faults(const struct form *f)
{
	int faults = 0;

	for (enum form_entry i = 0; i < FORM_ENTRIES; i++)
		faults += f->faults[i].what != FAULT_NONE;
	return faults;
}

int form_check(struct form *f, const struct form_question *q)
{
	json_t *data = json_object();
	int faults = 0, r = data ? 0 : -ENOMEM;

	for (enum form_entry i = 0; r == 0 && i < FORM_ENTRIES; i++) {
		struct reading reading = { .q = q,
					   .form = f,
					   .kind = &form_kinds[i],
					   .text = f->typed[i],
					   .data = data,
					   .fault = &f->faults[i] };

		f->faults[i] = (struct form_fault){ .what = FAULT_NONE, .day = CIVIL_NONE };
		if (!(form_kinds[i].actions & 1U << q->action))
			continue;
		if (!is_blank(f->typed[i]))
			r = form_kinds[i].read(&reading);
		else if (form_requires(q, i))
			f->faults[i].what = form_kinds[i].missing;
	}
	check_due(f, q, data);
	faults = count_faults(f);
	if (r == 0 && faults == 0)
		r = put_rest(q, data);
	if (r < 0 || faults > 0) {
		json_decref(data);
		return r < 0 ? r : faults;
	}
	json_decref(f->data);
	f->data = data;
	return 0;
}

int form_join(struct form *first, struct form *second)
{
	int faults = 0;

	for (enum form_entry i = 0; i < FORM_ENTRIES; i++) {
		const json_t *one = json_object_get(first->data, form_kinds[i].data);
		const json_t *two = json_object_get(second->data, form_kinds[i].data);

		if (is_blank(second->typed[i]) || !one || !two || json_equal(one, two))
			continue;
		second->faults[i].what = FAULT_TWO_ANSWERS;
		faults++;
	}
	if (faults == 0 && json_object_update_missing(first->data, second->data) < 0)
		return -ENOMEM;
	return faults;
}

bool form_is_recorded(const struct form *f, const json_t *recorded)
{
	const char *name;
	json_t *value;

	json_object_foreach (f->data, name, value)
		if (!json_equal(value, json_object_get(recorded, name)))
			return false;
	return f->data != NULL;
}

void form_done(struct form *f)
{
	json_decref(f->data);
	f->data = NULL;
}

enum event_type form_event_type(enum form_action action)
{
	static const enum event_type types[] = {
		[FORM_REPORT] = EVENT_STATUS,	[FORM_HAND_IN] = EVENT_SUBMIT,
		[FORM_SEEN] = EVENT_SEEN,	[FORM_AWAY] = EVENT_ABSENCE,
		[FORM_NOT_MINE] = EVENT_NOTE,	[FORM_REQUEST] = EVENT_REQUEST,
		[FORM_EXTEND] = EVENT_EXTEND,	[FORM_ASSIGN] = EVENT_ASSIGN,
		[FORM_ABSENCE] = EVENT_ABSENCE, [FORM_BACK] = EVENT_ABSENCE,
		[FORM_MEETING] = EVENT_MEETING, [FORM_CALL_OFF] = EVENT_MEETING,
		[FORM_OUTCOME] = EVENT_OUTCOME, [FORM_NOTE] = EVENT_NOTE,
		[FORM_CLOSE] = EVENT_CLOSE,	[FORM_GRANT] = EVENT_EXTEND,
		[FORM_DENY] = EVENT_DENY,	[FORM_PROPOSAL] = EVENT_PROPOSAL,
		[FORM_UNDO] = EVENT_UNDO,
	};

	return types[action];
}
