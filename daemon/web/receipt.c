/* SPDX-License-Identifier: Apache-2.0 */
#include "web/receipt.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gate/access.h"
#include "message/catalogue.h"

/* ---- events -------------------------------------------------------------------------------------------- */

static bool type_of(const char *name, enum event_type *ret)
{
	for (enum event_type type = 0; type < EVENT_TYPES; type++)
		if (strcmp(event_type_name(type), name) == 0) {
			*ret = type;
			return true;
		}
	return false; /* the plan's own events */
}

static int take(struct receipt *r, const struct logged_event *event)
{
	json_t *json = json_loads(event->body, 0, NULL);
	json_t *data = json_incref(json_object_get(json, "data"));

	json_decref(json);
	if (!data || !type_of(event->type, &r->type)) {
		json_decref(data);
		return 0;
	}
	json_decref(r->data);
	r->data = data;
	r->received = event->received;
	r->seq = event->seq;
	snprintf(r->source, sizeof(r->source), "%s", event->source);
	return 0;
}

/* A status whose time is before the newest's is history: what stands is another. */
static int find_newer(struct engine *e, const struct asked *a, struct receipt *r)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	int error = 0;

	if (!r->data || r->type != EVENT_STATUS || !a->measure)
		return 0;
	error = ledger_measure(e->ledger, a->measure->id, &row);
	r->history = error >= 0 && row.seq != 0 && row.seq != r->seq;
	if (r->history) {
		r->newer = row.status;
		r->newer_at = row.time;
	}
	return error < 0 ? error : 0;
}

/* ---- an answer and its corrections ------------------------------------------------------------------------ */

struct correction {
	struct receipt *newest;
	char subject[ITEM_ID];
	int64_t first;
};

static int take_first(void *userdata, const struct logged_event *event)
{
	struct correction *c = userdata;

	snprintf(c->subject, sizeof(c->subject), "%s", event->subject);
	c->newest->first = event->received;
	return take(c->newest, event);
}

static int take_correction(void *userdata, const struct logged_event *event)
{
	struct correction *c = userdata;
	struct receipt *r = c->newest;

	if (event->undone != 0 || event->seq <= c->first ||
	    strcmp(event->type, event_type_name(r->type)) != 0 ||
	    instant_compare(instant_add(r->first, RECEIPT_CORRECTED_FOR), event->received) < 0)
		return 0;
	r->corrected = true;
	return take(r, event);
}

int receipt_of_answer(struct engine *e, const struct asked *a, struct receipt *ret, bool *ret_found)
{
	struct correction c = { .newest = ret, .first = a->o.answered_seq };
	int r;

	*ret = (struct receipt){ .answer = true };
	*ret_found = false;
	if (a->state != ASKED_ANSWERED || a->o.answered_seq == 0)
		return 0;
	r = ledger_log(e->ledger, c.first - 1, 1, take_first, &c);
	if (r >= 0 && ret->data && (ret->type == EVENT_STATUS || ret->type == EVENT_SUBMIT))
		r = ledger_events_of(e->ledger, c.subject, take_correction, &c);
	if (r >= 0)
		r = find_newer(e, a, ret);
	*ret_found = r >= 0 && ret->data;
	return r < 0 ? r : 0;
}

/* ---- any event of theirs ------------------------------------------------------------------------------------ */

struct own_event {
	struct receipt *into;
	const struct asked *asked;
	const char *source;
};

static int take_own(void *userdata, const struct logged_event *event)
{
	const struct own_event *own = userdata;
	const struct asked *a = own->asked;

	if (strcmp(event->source, own->source) != 0 ||
	    (strcmp(event->subject, a->o.measure) != 0 &&
	     strcmp(event->subject, a->o.deadline) != 0 &&
	     strcmp(event->subject, a->person->id.text) != 0))
		return 0;
	own->into->first = event->received;
	return take(own->into, event);
}

int receipt_of_event(struct engine *e, const struct asked *a, const char *id, struct receipt *ret,
		     bool *ret_found)
{
	const struct peer peer = { .kind = PEER_PERSON, .person = a->person };
	char source[SOURCE_MAX + 1];
	struct own_event own = { ret, a, source };
	int64_t seq;
	int r;

	*ret = (struct receipt){ .data = NULL };
	*ret_found = false;
	access_identity(&peer, source);
	r = ledger_find_event(e->ledger, source, id, &seq, ret_found);
	if (r >= 0 && *ret_found)
		r = ledger_log(e->ledger, seq - 1, 1, take_own, &own);
	if (r >= 0)
		r = find_newer(e, a, ret);
	*ret_found = r >= 0 && ret->data;
	return r < 0 ? r : 0;
}

void receipt_done(struct receipt *r)
{
	json_decref(r->data);
	r->data = NULL;
}

struct instant receipt_correctable(const struct receipt *r, const struct asked *a,
				   struct instant now)
{
	const struct instant until = instant_add(r->first, RECEIPT_CORRECTED_FOR);

	if (!r->answer || !a->theirs || instant_compare(now, until) >= 0 ||
	    (r->type != EVENT_STATUS && r->type != EVENT_SUBMIT))
		return INSTANT_NONE;
	return until;
}

/* ---- its form -------------------------------------------------------------------------------------------- */

static const char *text_of(const struct receipt *r, const char *name)
{
	return json_string_value(json_object_get(r->data, name));
}

static void fill_amount(const struct receipt *r, const char *name, enum language language,
			const char **typed, char text[static 48])
{
	const json_t *value = json_object_get(r->data, name);

	_Static_assert(CATALOGUE_AMOUNT <= 48, "it fits");
	if (json_is_number(value))
		*typed = catalogue_amount(language, (int64_t)json_number_value(value), text);
}

void receipt_fill(const struct receipt *r, enum language language, struct receipt_form *ret)
{
	const json_t *progress = json_object_get(r->data, "progress");
	const char **typed = ret->form.typed;

	*ret = (struct receipt_form){ .form = { .data = NULL } };
	typed[ENTRY_STATUS] = text_of(r, "status");
	typed[ENTRY_NOTE] = text_of(r, "note");
	typed[ENTRY_SUPPORT] = text_of(r, "needs_support");
	typed[ENTRY_REFERENCE] = text_of(r, "reference");
	typed[ENTRY_DONE_FORECAST] = text_of(r, "done_forecast");
	typed[ENTRY_LINK] = text_of(r, "link");
	if (json_is_number(progress)) {
		snprintf(ret->texts[ENTRY_PROGRESS], sizeof(ret->texts[0]), "%d",
			 (int)json_number_value(progress));
		typed[ENTRY_PROGRESS] = ret->texts[ENTRY_PROGRESS];
	}
	fill_amount(r, "effect_achieved", language, &typed[ENTRY_ACHIEVED],
		    ret->texts[ENTRY_ACHIEVED]);
	fill_amount(r, "effect_forecast", language, &typed[ENTRY_FORECAST],
		    ret->texts[ENTRY_FORECAST]);
}
