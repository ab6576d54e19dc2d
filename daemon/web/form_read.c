/* SPDX-License-Identifier: Apache-2.0 */
/* One kind of value each, from what was typed to what an event has: 0 or -ENOMEM. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "message/typed_value.h"
#include "protocol/text.h"
#include "web/form_inside.h"

#define YEAR_DAYS 366

static int put(struct reading *r, json_t *value)
{
	return json_object_set_new(r->data, r->kind->data, value) < 0 ? -ENOMEM : 0;
}

/* One of those that the page offers, else the fault. */
static int put_choice(struct reading *r, bool known, enum page_fault unknown)
{
	if (known)
		return put(r, json_string(r->text));
	r->fault->what = unknown;
	return 0;
}

int form_read_status(struct reading *r)
{
	return put_choice(r, event_status_parse(r->text) != STATUS_NONE, FAULT_STATUS_UNKNOWN);
}

int form_read_outcome(struct reading *r)
{
	return put_choice(r, event_outcome_parse(r->text) != OUTCOME_NONE, FAULT_CHOICE_UNKNOWN);
}

int form_read_closure(struct reading *r)
{
	return put_choice(r, event_closure_parse(r->text) != CLOSURE_NONE, FAULT_CHOICE_UNKNOWN);
}

int form_read_item(struct reading *r)
{
	return put_choice(r, text_is_item(r->text), FAULT_CHOICE_UNKNOWN);
}

int form_read_id(struct reading *r)
{
	return put_choice(r, text_is_id(r->text), FAULT_CHOICE_UNKNOWN);
}

int form_read_percent(struct reading *r)
{
	int64_t value = 0;

	r->fault->what = typed_percent(r->text, &value);
	return r->fault->what == FAULT_NONE ? put(r, json_integer(value)) : 0;
}

int form_read_amount(struct reading *r)
{
	int64_t value = 0;

	r->fault->what = typed_amount(r->text, r->q->language, &value);
	return r->fault->what == FAULT_NONE ? put(r, json_integer(value)) : 0;
}

/* The place of an event in the log. */
int form_read_number(struct reading *r)
{
	char *end;
	const long long value = strtoll(r->text, &end, 10);

	if (*end || value <= 0 || r->text[0] < '0' || r->text[0] > '9') {
		r->fault->what = FAULT_CHOICE_UNKNOWN;
		return 0;
	}
	return put(r, json_integer(value));
}

static bool is_id(const char *text)
{
	const size_t length = strlen(text);

	return length > 0 && text_is_clean(text, length, false) &&
	       text_length(text) <= EVENT_ID_MAX;
}

/* Every box that is ticked, each once. */
int form_read_ids(struct reading *r)
{
	json_t *ids = json_object();
	json_t *list = json_array();
	const char *id;
	json_t *value;
	int error = ids && list ? 0 : -ENOMEM;

	for (size_t at = 0; error == 0 && (id = form_picked(r->form, &at)) != NULL;) {
		if (!is_id(id))
			r->fault->what = FAULT_CHOICE_UNKNOWN;
		else if (json_object_set_new(ids, id, json_true()) < 0)
			error = -ENOMEM;
	}
	json_object_foreach (ids, id, value)
		if (json_array_append_new(list, json_string(id)) < 0)
			error = -ENOMEM;
	if (json_array_size(list) > EVENT_IDS_MAX)
		*r->fault = (struct form_fault){ FAULT_TOO_MANY, CIVIL_NONE, json_array_size(list),
						 EVENT_IDS_MAX };
	if (error == 0 && r->fault->what == FAULT_NONE)
		error = put(r, json_incref(list));
	json_decref(list);
	json_decref(ids);
	return error;
}

/* ---- texts ---------------------------------------------------------------------------------------- */

static int read_text(struct reading *r, bool lines, size_t max, enum page_fault too_long)
{
	size_t length;
	char *text;
	int error = typed_text(r->text, lines, &text, &length);

	if (error == 0 && !text) /* all of it was invisible */
		r->fault->what = form_requires(r->q, (enum form_entry)(r->kind - form_kinds))
					 ? r->kind->missing
					 : FAULT_NONE;
	else if (error == 0 && length > max)
		*r->fault = (struct form_fault){ too_long, CIVIL_NONE, length, max };
	else if (error == 0)
		error = put(r, json_string(text));
	free(text);
	return error;
}

int form_read_note(struct reading *r)
{
	return read_text(r, true, NOTE_MAX, FAULT_TEXT_TOO_LONG);
}

int form_read_support(struct reading *r)
{
	return read_text(r, true, SUPPORT_MAX, FAULT_TEXT_TOO_LONG);
}

int form_read_reference(struct reading *r)
{
	return read_text(r, false, LINE_MAX_BYTES, FAULT_REFERENCE_TOO_LONG);
}

int form_read_line(struct reading *r)
{
	return read_text(r, false, LINE_MAX_BYTES, FAULT_TEXT_TOO_LONG);
}

/* As it is put into the event, so that what is in order here is so there. */
static const char *text_of(const struct reading *r)
{
	return json_string_value(json_object_get(r->data, r->kind->data));
}

int form_read_link(struct reading *r)
{
	int error = read_text(r, false, (size_t)LINK_MAX * 4, FAULT_TEXT_TOO_LONG);

	if (error == 0 && text_of(r) && !event_is_link(text_of(r)))
		r->fault->what = FAULT_LINK_UNREADABLE;
	return error;
}

int form_read_proposal(struct reading *r)
{
	int error = read_text(r, true, NOTE_MAX, FAULT_TEXT_TOO_LONG);
	size_t length;

	if (error == 0 && text_of(r) && text_placeholder(text_of(r), &length))
		r->fault->what = FAULT_TEXT_HOLE;
	return error;
}

/* ---- dates ---------------------------------------------------------------------------------------- */

static int put_date(struct reading *r, struct civil_date day)
{
	char text[CIVIL_TEXT];

	return put(r, json_string(civil_format(day, text)));
}

/* Of a day from today on. */
static bool read_date(struct reading *r, struct civil_date *ret)
{
	r->fault->what = typed_date(r->text, r->q->language, r->q->today, ret);
	if (r->fault->what == FAULT_NONE && civil_compare(*ret, r->q->today) < 0)
		r->fault->what = FAULT_DATE_PAST;
	return r->fault->what == FAULT_NONE;
}

int form_read_promise(struct reading *r)
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

int form_read_until(struct reading *r)
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

/* Any day: whether it may have passed is for the rules to say. */
int form_read_day(struct reading *r)
{
	struct civil_date day;

	r->fault->what = typed_date(r->text, r->q->language, r->q->today, &day);
	return r->fault->what == FAULT_NONE ? put_date(r, day) : 0;
}

/* The last day of what begins on another. */
int form_read_last(struct reading *r)
{
	const json_t *first = json_object_get(r->data, "from");
	struct civil_date from, until;
	int error = form_read_day(r);

	if (error == 0 && r->fault->what == FAULT_NONE && json_is_string(first) &&
	    civil_parse(json_string_value(first), &from) == 0 &&
	    civil_parse(text_of(r), &until) == 0 && civil_compare(until, from) < 0)
		r->fault->what = FAULT_DATE_BEFORE;
	return error;
}

/* When it is to be there, unless a day was given: at a meeting, "meeting RF 2026-10". */
int form_read_meeting(struct reading *r)
{
	struct event_due due;

	if (text_of(r)) {
		r->fault->what = FAULT_TWO_DATES;
		return 0;
	}
	return put_choice(r, event_due_parse(r->text, &due) && event_due_is_meeting(&due),
			  FAULT_CHOICE_UNKNOWN);
}

/* Which of somebody's absences, by its days: "2026-05-14/2026-05-22". */
int form_read_absence(struct reading *r)
{
	char from[CIVIL_TEXT] = "";
	struct civil_date day;
	const char *until = strchr(r->text, '/');

	if (until && until - r->text < CIVIL_TEXT)
		memcpy(from, r->text, (size_t)(until - r->text));
	if (!until || civil_parse(from, &day) < 0 || civil_parse(until + 1, &day) < 0 ||
	    strcmp(from, until + 1) > 0) {
		r->fault->what = FAULT_CHOICE_UNKNOWN;
		return 0;
	}
	if (json_object_set_new(r->data, "until", json_string(until + 1)) < 0 ||
	    json_object_set_new(r->data, "cancelled", json_true()) < 0)
		return -ENOMEM;
	return put(r, json_string(from));
}
