/* SPDX-License-Identifier: Apache-2.0 */
/* What the lists of an act's form offer: of the plan, and of the ledger as it stands. */
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/obligation/done_by.h"
#include "engine/obligation/requests.h"
#include "message/catalogue.h"
#include "web/desk/acting.h"

struct listing {
	const struct acting *a;
	struct choices *c;
};
typedef int list_fn(const struct acting *a, struct choices *c);

/* ---- of the plan ------------------------------------------------------------------------------------ */

static int list_names(struct choices *c, const char *const *names)
{
	for (; *names; names++)
		choices_add(c, *names, NULL);
	return 0;
}

static int list_statuses(const struct acting *a, struct choices *c)
{
	static const enum measure_status order[] = { STATUS_ON_TRACK,	 STATUS_AT_RISK,
						     STATUS_OFF_TRACK,	 STATUS_DONE,
						     STATUS_NOT_STARTED, STATUS_CANCELLED };

	(void)a;
	for (size_t i = 0; i < STATUSES; i++)
		choices_add(c, event_status_name(order[i]), NULL);
	return 0;
}

static int list_outcomes(const struct acting *a, struct choices *c)
{
	(void)a;
	return list_names(c, (const char *const[]){ "noted", "approved", "returned", NULL });
}

static int list_closures(const struct acting *a, struct choices *c)
{
	(void)a;
	return list_names(c, (const char *const[]){ "done", "struck", NULL });
}

/* None: it is the deadline's own body that has decided. */
static int list_chain(const struct acting *a, struct choices *c)
{
	const struct deadline *d = a->about.deadline;

	choices_add(c, "", NULL);
	for (size_t i = 0; i < d->via_count; i++)
		choices_add_named(c, d->via[i].body->name, d->via[i].body->id.text);
	return 0;
}

static int list_people(const struct acting *a, struct choices *c)
{
	const struct plan *plan = a->to.web->engine->plan;

	choices_add(c, "", NULL);
	for (size_t i = 0; i < plan->person_count; i++)
		if (&plan->people[i] != a->about.person)
			choices_add_named(c, plan->people[i].name, plan->people[i].id.text);
	return 0;
}

/* ---- as it stands ----------------------------------------------------------------------------------- */

static int add_deadline(void *userdata, const struct obligation *o)
{
	const struct listing *l = userdata;
	const struct deadline *d =
		plan_deadline(l->a->to.web->engine->plan, deadline_id(o->deadline));
	char label[2 * LINE_MAX_BYTES + CATALOGUE_ID], id[CATALOGUE_ID];
	json_t *option;

	if (o->phase != PHASE_LIVE || !d)
		return 0;
	snprintf(label, sizeof(label), "%s (%s)", d->title,
		 catalogue_id(l->a->to.language, d->id.text, id));
	option = choices_add(l->c, d->id.text, label);
	page_put_day(&l->a->to, option, "now", o->papers);
	return 0;
}

/* Those that ask for the measure; none: its own date is meant. */
static int list_deadlines(const struct acting *a, struct choices *c)
{
	struct listing l = { a, c };
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	int r = ledger_measure(a->to.web->engine->ledger, a->about.measure->id, &row);
	json_t *option;

	if (r < 0)
		return r;
	option = choices_add(c, "", NULL);
	page_put_flag(option, "own_date", done_by_is_given(&row));
	r = ledger_obligations_of_measure(a->to.web->engine->ledger, a->about.measure->id,
					  add_deadline, &l);
	return r < 0 ? r : 0;
}

static int add_meeting_day(void *userdata, const struct meeting_row *row)
{
	const struct listing *l = userdata;
	char value[CIVIL_TEXT], label[CATALOGUE_PERIOD];

	if (row->state != MEETING_KNOWN || civil_compare(row->until, zone_date(l->a->to.now)) < 0)
		return 0;
	civil_format(row->from, value);
	choices_add(l->c, value, catalogue_period(l->a->to.language, row->from, row->until, label));
	return 0;
}

/* The body's that are to come; none: it is a new one. */
static int list_meeting_days(const struct acting *a, struct choices *c)
{
	struct listing l = { a, c };
	int r;

	choices_add(c, "", NULL);
	r = ledger_meetings(a->to.web->engine->ledger, a->about.body->id, add_meeting_day, &l);
	return r < 0 ? r : 0;
}

static int add_absence(void *userdata, const struct absence *absence)
{
	const struct listing *l = userdata;
	char value[2 * CIVIL_TEXT], from[CIVIL_TEXT], until[CIVIL_TEXT], label[CATALOGUE_PERIOD];

	snprintf(value, sizeof(value), "%s/%s", civil_format(absence->from, from),
		 civil_format(absence->until, until));
	choices_add(l->c, value,
		    catalogue_period(l->a->to.language, absence->from, absence->until, label));
	return 0;
}

/* Those that are not over. */
static int list_absences(const struct acting *a, struct choices *c)
{
	struct listing l = { a, c };
	int r;

	choices_add(c, "", NULL);
	r = ledger_absences(a->to.web->engine->ledger, a->about.person->id, zone_date(a->to.now),
			    add_absence, &l);
	return r < 0 ? r : 0;
}

static int list_meetings(const struct acting *a, struct choices *c)
{
	choices_add(c, "", NULL);
	return choices_add_meetings(c, &a->to, NULL, true);
}

/* ---- requests --------------------------------------------------------------------------------------- */

static int add_request(void *userdata, const struct request_row *row)
{
	const struct listing *l = userdata;
	const struct page_reader *to = &l->a->to;
	const struct plan *plan = to->web->engine->plan;
	const struct measure *m = plan_measure(plan, measure_id(row->measure));
	const struct deadline *d = plan_deadline(plan, deadline_id(row->deadline));
	const char *id = m ? row->measure : row->deadline;
	const char *title = m ? m->title : d ? d->title : id;
	char percent[8];
	json_t *option;

	if (!l->a->done && row->state != REQUEST_OPEN)
		return 0;
	option = choices_add_named(l->c, title, id);
	json_object_set_new(option, "value", json_string(row->event));
	page_put_flag(option, "chosen", true);
	page_put(option, "who", page_source_name(to, row->source));
	page_put_due(to, option, "asks", row->due);
	page_put(option, "reason", row->reason);
	snprintf(percent, sizeof(percent), "%d", (int)row->progress.value);
	page_put(option, "progress", row->progress.given ? percent : NULL);
	return 0;
}

static int add_called(struct listing *l, const char *id)
{
	int r = ledger_requests_called(l->a->to.web->engine->ledger, id, add_request, l);

	return r < 0 ? r : 0;
}

/* Those that came with the form, or that the event names: a list of all is /desk/requests. */
static int list_picked(const struct acting *a, struct choices *c)
{
	const enum form_entry entry = a->act->action == FORM_DENY ? ENTRY_REQUESTS : ENTRY_GRANTS;
	const json_t *ids = json_object_get(a->form.data, form_entry_data(entry)), *named;
	struct listing l = { a, c };
	const char *id;
	size_t i;
	int r = 0;

	for (size_t at = 0; r == 0 && (id = form_picked(&a->form, &at)) != NULL;)
		r = add_called(&l, id);
	if (a->done)
		json_array_foreach (ids, i, named)
			r = r < 0 ? r : add_called(&l, json_string_value(named));
	return r;
}

/* ---- all of them ------------------------------------------------------------------------------------ */

int act_list_put(const struct acting *a, enum form_entry entry, json_t *field)
{
	static list_fn *const lists[FORM_ENTRIES] = {
		[ENTRY_STATUS] = list_statuses,	   [ENTRY_OUTCOME] = list_outcomes,
		[ENTRY_AS] = list_closures,	   [ENTRY_BODY] = list_chain,
		[ENTRY_OWNER] = list_people,	   [ENTRY_DEPUTY] = list_people,
		[ENTRY_DEADLINE] = list_deadlines, [ENTRY_REPLACES] = list_meeting_days,
		[ENTRY_MEETING] = list_meetings,   [ENTRY_AWAY] = list_absences,
		[ENTRY_GRANTS] = list_picked,	   [ENTRY_REQUESTS] = list_picked,
	};
	struct choices c;
	int r;

	if (!lists[entry])
		return 0;
	c = choices_begin(field, a->form.typed[entry]);
	r = c.error ? c.error : lists[entry](a, &c);
	return r < 0 ? r : c.error;
}
