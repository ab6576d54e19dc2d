/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table says of each entry what kind of value it has, what it is called in the event, and to which actions
 * it belongs; one function a kind reads it. An entry that is blank was left out.
 */
#include "web/form.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/text.h"
#include "web/form_value.h"

#define YEAR_DAYS 366
#define ROOM 32768 /* bytes of a text that is too long, so that it comes back with the fault */

/* One entry being read: its value is put into data, or the fault is noted. */
struct reading {
	const struct form_question *q;
	const struct entry_kind *kind;
	const char *text; /* as typed, not blank */
	json_t *data;
	struct form_fault *fault;
};

struct entry_kind {
	const char *name; /* of the field */
	const char *data; /* the member of the event's data */
	int (*read)(struct reading *r);
	enum page_fault missing;
	unsigned actions; /* bits 1 << enum form_action */
	int required_by;  /* enum status_field; -1: none */
	bool always;	  /* required whatever the deadline asks */
};

static const struct entry_kind kinds[FORM_ENTRIES];

/* ---- one kind of value each: 0 or -ENOMEM -------------------------------------------------------------- */

static int put(struct reading *r, json_t *value)
{
	return json_object_set_new(r->data, r->kind->data, value) < 0 ? -ENOMEM : 0;
}

static int read_status(struct reading *r)
{
	if (event_status_parse(r->text) == STATUS_NONE) {
		r->fault->what = FAULT_STATUS_UNKNOWN;
		return 0;
	}
	return put(r, json_string(r->text));
}

static int read_percent(struct reading *r)
{
	int64_t value = 0;

	r->fault->what = form_percent(r->text, &value);
	return r->fault->what == FAULT_NONE ? put(r, json_integer(value)) : 0;
}

static int read_amount(struct reading *r)
{
	int64_t value = 0;

	r->fault->what = form_amount(r->text, r->q->language, &value);
	return r->fault->what == FAULT_NONE ? put(r, json_integer(value)) : 0;
}

static int read_text(struct reading *r, bool lines, size_t max, enum page_fault too_long)
{
	size_t length;
	char *text;
	int error = form_text(r->text, lines, &text, &length);

	if (error == 0 && !text) /* all of it was invisible */
		r->fault->what = form_requires(r->q, (enum form_entry)(r->kind - kinds))
					 ? r->kind->missing
					 : FAULT_NONE;
	else if (error == 0 && length > max)
		*r->fault = (struct form_fault){ too_long, CIVIL_NONE, length, max };
	else if (error == 0)
		error = put(r, json_string(text));
	free(text);
	return error;
}

static int read_note(struct reading *r)
{
	return read_text(r, true, NOTE_MAX, FAULT_TEXT_TOO_LONG);
}

static int read_support(struct reading *r)
{
	return read_text(r, true, SUPPORT_MAX, FAULT_TEXT_TOO_LONG);
}

static int read_reference(struct reading *r)
{
	return read_text(r, false, LINE_MAX_BYTES, FAULT_REFERENCE_TOO_LONG);
}

static int put_date(struct reading *r, struct civil_date day)
{
	char text[CIVIL_TEXT];

	return put(r, json_string(civil_format(day, text)));
}

/* Of a day from today on. */
static bool read_date(struct reading *r, struct civil_date *ret)
{
	r->fault->what = form_date(r->text, r->q->language, r->q->today, ret);
	if (r->fault->what == FAULT_NONE && civil_compare(*ret, r->q->today) < 0)
		r->fault->what = FAULT_DATE_PAST;
	return r->fault->what == FAULT_NONE;
}

static int read_promise(struct reading *r)
{
	struct civil_date day;

	if (!read_date(r, &day))
		return 0;
	if (civil_compare(day, r->q->last) > 0) {
		*r->fault = (struct form_fault){ .what = FAULT_DATE_AFTER, .day = r->q->last };
		return 0;
	}
	return put_date(r, day);
}

static int read_until(struct reading *r)
{
	struct civil_date day;

	if (!read_date(r, &day))
		return 0;
	if (civil_compare(day, civil_add(r->q->today, YEAR_DAYS)) > 0) {
		r->fault->what = FAULT_DATE_TOO_FAR;
		return 0;
	}
	return put_date(r, day);
}

/* ---- the entries ----------------------------------------------------------------------------------- */

#define REPORT (1U << FORM_REPORT)
#define HAND_IN (1U << FORM_HAND_IN)

static const struct entry_kind kinds[FORM_ENTRIES] = {
	[ENTRY_STATUS] = { "status", "status", read_status, FAULT_STATUS_MISSING, REPORT, -1,
			   true },
	[ENTRY_PROGRESS] = { "progress", "progress", read_percent, FAULT_PROGRESS_MISSING, REPORT,
			     FIELD_PROGRESS },
	[ENTRY_ACHIEVED] = { "achieved", "effect_achieved", read_amount, FAULT_AMOUNT_MISSING,
			     REPORT, FIELD_EFFECT_ACHIEVED },
	[ENTRY_FORECAST] = { "forecast", "effect_forecast", read_amount, FAULT_AMOUNT_MISSING,
			     REPORT, FIELD_EFFECT_FORECAST },
	[ENTRY_NOTE] = { "note", "note", read_note, FAULT_TEXT_MISSING, REPORT | HAND_IN,
			 FIELD_NOTE },
	[ENTRY_SUPPORT] = { "support", "needs_support", read_support, FAULT_TEXT_MISSING, REPORT,
			    FIELD_NEEDS_SUPPORT },
	[ENTRY_REFERENCE] = { "reference", "reference", read_reference, FAULT_REFERENCE_MISSING,
			      HAND_IN, -1, true },
	[ENTRY_ANSWER_BY] = { "answer_by", "answer_by", read_promise, FAULT_DATE_MISSING,
			      1U << FORM_SEEN, -1, true },
	[ENTRY_UNTIL] = { "until", "until", read_until, FAULT_DATE_MISSING, 1U << FORM_AWAY, -1,
			  true },
	[ENTRY_REASON] = { "reason", "note", read_note, FAULT_TEXT_MISSING, 1U << FORM_NOT_MINE,
			   -1 },
};

const struct field_rule form_rules[] = {
	{ "action", 16, false, false },
	{ "send", 16, false, false },
	{ "item", 40, false, true },
	{ "event", 64, false, true },
	{ "status", 40, false, true },
	{ "progress", 400, false, true },
	{ "achieved", 400, false, true },
	{ "forecast", 400, false, true },
	{ "note", ROOM, true, true },
	{ "support", ROOM, true, true },
	{ "reference", ROOM, false, true },
	{ "answer_by", 400, false, true },
	{ "until", 400, false, true },
	{ "reason", ROOM, true, true },
	{ .name = NULL },
};

const char *form_entry_name(enum form_entry entry)
{
	return kinds[entry].name;
}

bool form_requires(const struct form_question *q, enum form_entry entry)
{
	const struct entry_kind *kind = &kinds[entry];

	return (kind->actions & 1U << q->action) &&
	       (kind->always || (q->action == FORM_REPORT && kind->required_by >= 0 &&
				 q->require & 1U << kind->required_by));
}

void form_read(struct form *ret, const struct fields *fields, unsigned number)
{
	*ret = (struct form){ .nonce = fields_value_of(fields, "event", number) };
	for (enum form_entry i = 0; i < FORM_ENTRIES; i++)
		ret->typed[i] = fields_value_of(fields, kinds[i].name, number);
}

static bool is_blank(const char *typed)
{
	return !typed || text_is_blank(typed);
}

bool form_is_given(const struct form *f, enum form_action action, enum form_entry entry)
{
	return (kinds[entry].actions & 1U << action) && !is_blank(f->typed[entry]);
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

	if (q->action == FORM_AWAY)
		r = json_object_set_new(data, "from", json_string(civil_format(q->today, today)));
	if (q->action == FORM_NOT_MINE)
		r = json_object_set_new(data, "not_mine", json_true());
	if (r == 0 && q->action == FORM_NOT_MINE && !json_object_get(data, "note"))
		r = json_object_set_new(data, "note", json_string(q->not_mine));
	return r < 0 ? -ENOMEM : 0;
}

int form_check(struct form *f, const struct form_question *q)
{
	json_t *data = json_object();
	int faults = 0, r = data ? 0 : -ENOMEM;

	for (enum form_entry i = 0; r == 0 && i < FORM_ENTRIES; i++) {
		struct reading reading = { q, &kinds[i], f->typed[i], data, &f->faults[i] };

		f->faults[i] = (struct form_fault){ .what = FAULT_NONE, .day = CIVIL_NONE };
		if (!(kinds[i].actions & 1U << q->action))
			continue;
		if (!is_blank(f->typed[i]))
			r = kinds[i].read(&reading);
		else if (form_requires(q, i))
			f->faults[i].what = kinds[i].missing;
		faults += f->faults[i].what != FAULT_NONE;
	}
	if (r == 0)
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
		const json_t *one = json_object_get(first->data, kinds[i].data);
		const json_t *two = json_object_get(second->data, kinds[i].data);

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
		[FORM_REPORT] = EVENT_STATUS, [FORM_HAND_IN] = EVENT_SUBMIT,
		[FORM_SEEN] = EVENT_SEEN,     [FORM_AWAY] = EVENT_ABSENCE,
		[FORM_NOT_MINE] = EVENT_NOTE,
	};

	return types[action];
}
