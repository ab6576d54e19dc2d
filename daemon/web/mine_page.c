/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One form has the fields of all things, numbered; "item.3" says which obligation the third is, so that it is
 * known again when others have come or gone meanwhile. `send` is the number of the one to send, or "all" for
 * those that are filled in. With a fault in any of them none is sent; each becomes an event of its own, and
 * one commit has them all.
 *
 * After it the page is shown by GET (303), unless there is more in the form, which a redirect would lose: then
 * the page comes at once, with that still in it. Sent again it changes nothing, since an event counts once.
 */
#include "web/mine_page.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/zone.h"
#include "web/page.h"
#include "web/say.h"

#define GONE_MAX 100

/* One thing of the list, and what was sent of it. */
struct mine_part {
	const struct asked *asked;
	bool known; /* its fields are in the form … */
	bool sent;  /* … and something is in them */
	bool chosen;
	struct form form;
};
struct mine {
	struct exchange *x;
	struct page_reader to;
	struct asked_list list;
	struct mine_part *parts;    /* as many as list.count */
	struct form gone[GONE_MAX]; /* what was filled in of what isn't in the list any more */
	size_t gone_count;
};

static void mine_done(struct mine *m)
{
	for (size_t i = 0; m->parts && i < m->list.count; i++)
		form_done(&m->parts[i].form);
	free(m->parts);
	asked_list_done(&m->list);
}

/* ---- what was sent ----------------------------------------------------------------------------------- */

static enum form_action action_of(const struct asked *a)
{
	return a->measure ? FORM_REPORT : FORM_HAND_IN;
}

static const char item_field[] = "item.";

/* The number that an obligation has in the form; 0: it is not there. */
static unsigned number_in(const struct fields *fields, struct obligation_id id)
{
	char wanted[24];

	snprintf(wanted, sizeof(wanted), "%lld", (long long)id.n);
	for (size_t i = 0; i < fields->count; i++)
		if (strncmp(fields->list[i].name, item_field, strlen(item_field)) == 0 &&
		    strcmp(fields->list[i].value, wanted) == 0)
			return (unsigned)atoi(fields->list[i].name + strlen(item_field));
	return 0;
}

static bool is_listed(const struct mine *m, const char *id)
{
	char listed[24];

	for (size_t i = 0; i < m->list.count; i++) {
		snprintf(listed, sizeof(listed), "%lld", (long long)m->list.list[i].o.id.n);
		if (strcmp(listed, id) == 0)
			return true;
	}
	return false;
}

/* What came of things that have been withdrawn, or given to somebody else, since the form was shown. */
static void read_gone(struct mine *m)
{
	const struct fields *fields = &exchange_request(m->x)->fields;

	for (size_t i = 0; i < fields->count && m->gone_count < GONE_MAX; i++) {
		const struct form_field *f = &fields->list[i];
		struct form *gone = &m->gone[m->gone_count];

		if (strncmp(f->name, item_field, strlen(item_field)) != 0 || is_listed(m, f->value))
			continue;
		form_read(gone, fields, (unsigned)atoi(f->name + strlen(item_field)));
		m->gone_count +=
			form_is_filled(gone, FORM_REPORT) || form_is_filled(gone, FORM_HAND_IN);
	}
}

static void read_parts(struct mine *m)
{
	const struct web_request *request = exchange_request(m->x);
	const char *send = fields_value(&request->fields, "send");

	for (size_t i = 0; i < m->list.count; i++) {
		struct mine_part *p = &m->parts[i];
		unsigned number = number_in(&request->fields, m->list.list[i].o.id);

		p->asked = &m->list.list[i];
		if (number == 0)
			continue;
		p->known = true;
		form_read(&p->form, &request->fields, number);
		p->sent = form_is_filled(&p->form, action_of(p->asked));
		p->chosen = send &&
			    (strcmp(send, "all") == 0 ? p->sent : (unsigned)atoi(send) == number);
	}
}

/* How many faults there are in those that are to be sent; or a negative errno. */
static int check_parts(struct mine *m)
{
	int faults = 0;

	for (size_t i = 0; i < m->list.count; i++) {
		struct mine_part *p = &m->parts[i];
		int r = 0;

		if (p->chosen)
			r = form_check(&p->form, &(struct form_question){
							 .action = action_of(p->asked),
							 .require = p->asked->deadline->require,
							 .today = zone_date(m->to.now) });
		if (r < 0)
			return r;
		faults += r;
	}
	return faults;
}

static size_t chosen_count(const struct mine *m)
{
	size_t count = 0;

	for (size_t i = 0; i < m->list.count; i++)
		count += m->parts[i].chosen;
	return count;
}

/* ---- the page ---------------------------------------------------------------------------------------- */

static int add_receipt(struct mine *m, json_t *view, const struct asked *a)
{
	struct receipt receipt;
	bool found;
	int r = receipt_of_answer(m->to.web->engine, a, &receipt, &found);

	if (r == 0 && found)
		r = page_add_receipt(&m->to, view, a, &receipt);
	if (r == 0 && found)
		page_put_flag(view, "any_receipts", true);
	receipt_done(&receipt);
	return r;
}

static int add_parts(struct mine *m, json_t *view, size_t open)
{
	unsigned number = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < m->list.count; i++) {
		const struct mine_part *p = &m->parts[i];
		const struct page_form shown = { .asked = p->asked,
						 .number = ++number,
						 .action = action_of(p->asked),
						 .form = p->known ? &p->form : NULL,
						 .several = true,
						 .open = p->sent || p->chosen || open == 1 };

		if (p->asked->state == ASKED_ANSWERED) {
			number--;
			r = add_receipt(m, view, p->asked);
		} else {
			r = page_add_form(&m->to, view, &shown);
		}
	}
	return r;
}

/* Is there anything of which the page has no form, so that it is lost unless it is shown? */
static bool has_unsaved(const struct mine *m)
{
	size_t count = m->gone_count;

	for (size_t i = 0; i < m->list.count; i++)
		count += m->parts[i].sent && m->parts[i].asked->state == ASKED_ANSWERED;
	return count > 0;
}

static void put_unsaved(const struct mine *m, json_t *view)
{
	page_put_flag(view, "gone", has_unsaved(m));
	for (size_t i = 0; i < m->gone_count; i++)
		page_add_unsaved(view, &m->gone[i]);
	for (size_t i = 0; i < m->list.count; i++)
		if (m->parts[i].sent && m->parts[i].asked->state == ASKED_ANSWERED)
			page_add_unsaved(view, &m->parts[i].form);
}

/* When all are due on one day: that day in words, else NULL. */
static const char *all_by(const json_t *view)
{
	const json_t *forms = json_object_get(view, "forms");
	const json_t *first = NULL, *form;
	size_t i;

	json_array_foreach (forms, i, form) {
		const json_t *facts = json_array_get(json_object_get(form, "facts"), 0);
		const json_t *by = json_object_get(facts, "answer_by");

		if (!by || json_is_true(json_object_get(facts, "late")) ||
		    (first && !json_equal(first, by)))
			return NULL;
		first = by;
	}
	return json_string_value(first);
}

static void show(struct mine *m, unsigned status)
{
	json_t *view = page_new(&m->to);
	char count[24];
	size_t open = 0;
	int r;

	for (size_t i = 0; i < m->list.count; i++)
		open += m->list.list[i].state == ASKED_OPEN;
	r = view ? add_parts(m, view, open) : -ENOMEM;
	snprintf(count, sizeof(count), "%zu", open);
	page_put(view, "count", open ? count : NULL);
	page_put(view, "all_by", open > 1 ? all_by(view) : NULL);
	page_put_flag(view, "several", open > 1);
	page_put_flag(view, "nothing", open == 0);
	page_put_flag(view, "not_stored", status == 503);
	put_unsaved(m, view);
	if (status == 422 && json_array_size(json_object_get(view, "faults")) == 0) {
		page_put_flag(view, "faulty", true);
		json_array_append_new(json_object_get(view, "faults"),
				      json_pack("{ss sb}", "at", "answers",
						page_fault_names[FAULT_NOTHING_GIVEN], 1));
	}
	if (r < 0)
		json_decref(view);
	page_send(m->x, &m->to, status, PAGE_MINE, r < 0 ? NULL : view);
}

static void show_ended(struct exchange *x, const struct page_reader *to)
{
	json_t *view = page_new(to);

	page_put_flag(view, to->person ? "expired" : "left", true);
	page_send(x, to, 410, PAGE_ENDED, view);
}

/* ---- whose it is --------------------------------------------------------------------------------------- */

/* False: it has been answered. mine_done in any case. */
static bool find(struct web *w, struct exchange *x, struct mine *ret)
{
	const struct instant now = clock_now();
	const struct person *person;
	struct link link;
	int r;

	*ret = (struct mine){ .x = x };
	if (!w->links || !links_read(w->links, LINK_MINE, exchange_request(x)->token, &link)) {
		exchange_not_found(x);
		return false;
	}
	person = plan_person(w->engine->plan, person_id(link.who));
	ret->to = page_reader(w, x, person, now);
	if (!person || civil_compare(zone_date(now), link.until) > 0) {
		show_ended(x, &ret->to);
		return false;
	}
	r = asked_of_person(w->engine, person,
			    instant_add(now, (struct duration){ -RECEIPT_CORRECTED_FOR.us }), now,
			    &ret->list);
	ret->parts = r == 0 ? calloc(ret->list.count + 1, sizeof(*ret->parts)) : NULL;
	if (!ret->parts) {
		exchange_refuse(x, REFUSAL_BROKEN);
		return false;
	}
	read_parts(ret);
	read_gone(ret);
	return true;
}

/* ---- answers ------------------------------------------------------------------------------------------- */

/* What became of each, for the end of the turn. */
struct outcomes {
	size_t count;
	struct outcome_of {
		struct obligation_id id;
		struct said said;
	} list[];
};

static const struct said *outcome_of(const struct outcomes *o, struct obligation_id id)
{
	for (size_t i = 0; i < o->count; i++)
		if (o->list[i].id.n == id.n)
			return &o->list[i].said;
	return NULL;
}

/* What was recorded is in the form no more. True: something was not. */
static bool settle_part(struct mine_part *p, const struct said *said, unsigned *status)
{
	if (said->result == ANSWER_ACCEPTED || said->result == ANSWER_DUPLICATE) {
		p->sent = p->chosen = false;
		return false;
	}
	if (said->result == ANSWER_REJECTED)
		say_refusal(said, action_of(p->asked), &p->form);
	*status = said->result == ANSWER_REJECTED && *status != 503 ? 422 : 503;
	return true;
}

static void told(struct web *w, struct exchange *x, enum turn_end end)
{
	const struct outcomes *outcomes = exchange_kept(x);
	struct mine m __attribute__((cleanup(mine_done)));
	unsigned status = end == TURN_COMMITTED ? 200 : 503;
	bool more = end != TURN_COMMITTED;

	if (!find(w, x, &m))
		return;
	for (size_t i = 0; i < m.list.count; i++) {
		struct mine_part *p = &m.parts[i];
		const struct said *said = outcome_of(outcomes, p->asked->o.id);

		if (said && end == TURN_COMMITTED)
			more |= settle_part(p, said, &status);
		else
			more |= p->sent;
	}
	if (more || has_unsaved(&m))
		show(&m, status);
	else
		exchange_see_again(x);
}

static int say_parts(struct web *w, struct mine *m, struct outcomes *ret)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < m->list.count; i++) {
		const struct mine_part *p = &m->parts[i];
		struct outcome_of *o = &ret->list[ret->count];

		if (!p->chosen)
			continue;
		o->id = p->asked->o.id;
		r = say(w,
			&(struct saying){ .person = m->to.person,
					  .subject = p->asked->measure ? p->asked->o.measure
								       : p->asked->o.deadline,
					  .action = action_of(p->asked),
					  .form = &p->form },
			m->to.now, &o->said);
		ret->count++;
	}
	return r;
}

static void post(struct web *w, struct mine *m)
{
	const size_t chosen = chosen_count(m);
	struct outcomes *outcomes;
	int r = check_parts(m);

	if (r > 0 || (r == 0 && chosen == 0)) {
		show(m, r == 0 && has_unsaved(m) ? 409 : 422);
		return;
	}
	outcomes =
		r == 0 ? calloc(1, sizeof(*outcomes) + chosen * sizeof(outcomes->list[0])) : NULL;
	r = outcomes ? say_parts(w, m, outcomes) : -ENOMEM;
	if (r < 0) {
		free(outcomes);
		exchange_refuse(m->x, REFUSAL_BROKEN);
		return;
	}
	exchange_keep(m->x, outcomes, free);
	exchange_wait(m->x, told);
}

void mine_handle(struct web *w, struct exchange *x)
{
	struct mine m __attribute__((cleanup(mine_done)));

	if (!find(w, x, &m))
		return;
	if (exchange_request(x)->method == METHOD_POST)
		post(w, &m);
	else
		show(&m, 200);
}
