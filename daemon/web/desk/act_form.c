/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An act's form as its template sees it: a list of fields, each with the shape that it has on the page. One list is
 * the form, the hidden fields of the page that asks to confirm it, and what is said there of what was filled in.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "web/desk/acting.h"

enum shape {
	SHAPE_LINE,
	SHAPE_LONG,
	SHAPE_SHORT,
	SHAPE_DATE,
	SHAPE_SELECT,
	SHAPE_RADIOS,
	SHAPE_BOXES
};

static const char *const shape_names[] = {
	[SHAPE_LINE] = "line",	 [SHAPE_LONG] = "long",	    [SHAPE_SHORT] = "short",
	[SHAPE_DATE] = "date",	 [SHAPE_SELECT] = "select", [SHAPE_RADIOS] = "radios",
	[SHAPE_BOXES] = "boxes",
};
/* In the order of enum form_entry, which is not that of the page. */
static const enum shape shapes[FORM_ENTRIES] = {
	[ENTRY_STATUS] = SHAPE_RADIOS,	    [ENTRY_PROGRESS] = SHAPE_SHORT,
	[ENTRY_ACHIEVED] = SHAPE_SHORT,	    [ENTRY_FORECAST] = SHAPE_SHORT,
	[ENTRY_NOTE] = SHAPE_LONG,	    [ENTRY_SUPPORT] = SHAPE_LONG,
	[ENTRY_DONE_FORECAST] = SHAPE_DATE, [ENTRY_DEADLINE] = SHAPE_SELECT,
	[ENTRY_OUTCOME] = SHAPE_RADIOS,	    [ENTRY_AS] = SHAPE_RADIOS,
	[ENTRY_BODY] = SHAPE_SELECT,	    [ENTRY_OWNER] = SHAPE_SELECT,
	[ENTRY_REPLACES] = SHAPE_SELECT,    [ENTRY_AWAY] = SHAPE_SELECT,
	[ENTRY_FROM] = SHAPE_DATE,	    [ENTRY_LAST] = SHAPE_DATE,
	[ENTRY_DEPUTY] = SHAPE_SELECT,	    [ENTRY_GRANTS] = SHAPE_BOXES,
	[ENTRY_REQUESTS] = SHAPE_BOXES,	    [ENTRY_DUE] = SHAPE_DATE,
	[ENTRY_MEETING] = SHAPE_SELECT,	    [ENTRY_TEXT] = SHAPE_LONG,
	[ENTRY_SEQ] = SHAPE_SHORT,
};
/* The order in which they are asked for. */
static const enum form_entry order[] = {
	ENTRY_DEADLINE,	     ENTRY_OUTCOME,  ENTRY_AS,	     ENTRY_BODY,      ENTRY_OWNER,
	ENTRY_REPLACES,	     ENTRY_AWAY,     ENTRY_FROM,     ENTRY_LAST,      ENTRY_DEPUTY,
	ENTRY_PLACE,	     ENTRY_GRANTS,   ENTRY_REQUESTS, ENTRY_DUE,	      ENTRY_MEETING,
	ENTRY_DECISION,	     ENTRY_WHY,	     ENTRY_TEXT,     ENTRY_STATUS,    ENTRY_PROGRESS,
	ENTRY_DONE_FORECAST, ENTRY_ACHIEVED, ENTRY_FORECAST, ENTRY_REFERENCE, ENTRY_NOTE,
	ENTRY_SUPPORT,	     ENTRY_LINK,     ENTRY_SEQ,
};

/* Has this act of this thing the entry? */
static bool is_asked(const struct acting *a, enum form_entry entry)
{
	if (!form_has(a->act->action, entry))
		return false;
	if (entry == ENTRY_DEADLINE)
		return a->about.measure != NULL;
	if (entry == ENTRY_BODY)
		return a->about.deadline && a->about.deadline->via_count > 0;
	return true;
}

static void put_name(json_t *field, enum form_entry entry)
{
	char text[40];

	snprintf(text, sizeof(text), "%s.%d", form_entry_name(entry), ACT_NUMBER);
	page_put(field, "name", text);
	snprintf(text, sizeof(text), "%s-%d", form_entry_name(entry), ACT_NUMBER);
	for (char *c = text; *c; c++)
		*c = *c == '_' ? '-' : *c;
	page_put(field, "at", text);
	snprintf(text, sizeof(text), "is_%s", form_entry_name(entry));
	page_put_flag(field, text, true);
}

static void put_absence(const struct acting *a, json_t *field)
{
	const char *from = json_string_value(json_object_get(a->form.data, "from"));
	const char *until = json_string_value(json_object_get(a->form.data, "until"));
	char text[CATALOGUE_PERIOD];
	struct civil_date first, last;

	if (from && until && civil_parse(from, &first) == 0 && civil_parse(until, &last) == 0)
		page_put(field, "shown", catalogue_period(a->to.language, first, last, text));
}

/* What was understood, in words; a list shows what is chosen of it itself. */
static void put_shown(const struct acting *a, enum form_entry entry, json_t *field)
{
	const json_t *value = json_object_get(a->form.data, form_entry_data(entry));
	char percent[12];

	if (!value ||
	    (shapes[entry] >= SHAPE_SELECT && entry != ENTRY_REPLACES && entry != ENTRY_AWAY))
		return;
	if (!a->done && !form_is_given(&a->form, a->act->action, entry))
		return; /* another entry has given it */
	if (entry == ENTRY_AWAY)
		put_absence(a, field);
	else if (shapes[entry] == SHAPE_DATE || entry == ENTRY_REPLACES)
		page_put_due(&a->to, field, "shown", json_string_value(value));
	else if (entry == ENTRY_PROGRESS) {
		snprintf(percent, sizeof(percent), "%d %%", (int)json_integer_value(value));
		page_put(field, "shown", percent);
	} else if (entry == ENTRY_SEQ)
		page_put_count(field, "shown", (size_t)json_integer_value(value));
	else if (json_is_integer(value))
		page_put_amount(&a->to, field, "shown", value);
	else
		page_put(field, "shown", json_string_value(value));
}

static int put_field(const struct acting *a, enum form_entry entry, json_t *view)
{
	const struct form_question q = { .action = a->act->action };
	const char *typed = a->form.typed[entry];
	json_t *field = json_object();
	struct civil_date day;
	int r = field ? 0 : -ENOMEM;

	put_name(field, entry);
	page_put_flag(field, shape_names[shapes[entry]], true);
	page_put(field, "typed", typed);
	page_put_flag(field, "words", typed && typed[0] && civil_parse(typed, &day) < 0);
	page_put_flag(field, "required", form_requires(&q, entry));
	page_put_flag(field, "either",
		      entry == ENTRY_DEADLINE ||
			      ((entry == ENTRY_DUE || entry == ENTRY_MEETING) &&
			       (q.action == FORM_EXTEND || q.action == FORM_REQUEST)));
	put_shown(a, entry, field);
	if (r == 0 && a->form.faults[entry].what != FAULT_NONE)
		r = page_add_fault(
			&a->to, view, field,
			&(struct page_fault_at){ &a->form.faults[entry], entry, ACT_NUMBER });
	if (r == 0)
		r = act_list_put(a, entry, field);
	json_array_append_new(json_object_get(view, "fields"), field);
	return r;
}

int act_form_put(const struct acting *a, json_t *view)
{
	char nonce[SAY_NONCE_MAX];
	int r = json_object_set_new(view, "fields", json_array()) < 0 ? -ENOMEM : 0;

	page_put(view, "event",
		 a->form.nonce && text_is_id(a->form.nonce) ? a->form.nonce : say_nonce(nonce));
	for (size_t i = 0; r == 0 && i < sizeof(order) / sizeof(order[0]); i++)
		if (is_asked(a, order[i]))
			r = put_field(a, order[i], view);
	return r;
}

/* ---- before it has been sent ------------------------------------------------------------------------ */

struct only {
	const struct plan *plan;
	const struct deadline *deadline;
	size_t count;
};

static int note_only(void *userdata, const struct obligation *o)
{
	struct only *only = userdata;

	if (o->phase != PHASE_LIVE)
		return 0;
	only->deadline = plan_deadline(only->plan, deadline_id(o->deadline));
	only->count++;
	return 0;
}

/* The one that asks for the measure, when it is the only one; NULL. */
static const char *only_deadline(const struct acting *a)
{
	struct only only = { .plan = a->to.web->engine->plan };

	if (!a->about.measure || a->about.measure->done_by.text ||
	    ledger_obligations_of_measure(a->to.web->engine->ledger, a->about.measure->id,
					  note_only, &only) < 0)
		return NULL;
	return only.count == 1 && only.deadline ? only.deadline->id.text : NULL;
}

void act_form_begin(struct acting *a)
{
	const struct fields *asked = &exchange_request(a->x)->asked;

	a->form = (struct form){ .nonce = NULL };
	for (enum form_entry i = 0; i < FORM_ENTRIES; i++)
		if (is_asked(a, i))
			a->form.typed[i] = fields_value(asked, form_entry_name(i));
	if (!a->form.typed[ENTRY_DEADLINE] && form_has(a->act->action, ENTRY_DEADLINE))
		a->form.typed[ENTRY_DEADLINE] = only_deadline(a);
}
