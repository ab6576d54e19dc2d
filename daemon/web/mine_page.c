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
#include "web/mine_inside.h"
#include "web/say.h"

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
						 .action = mine_action(p->asked),
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
	mine_put_unsaved(m, view);
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
	const struct link *link = exchange_link(x);
	int r;

	*ret = (struct mine){ .x = x };
	person = plan_person(w->engine->plan, person_id(link->who));
	ret->to = page_reader(w, x, person, now);
	if (!person || civil_compare(zone_date(now), link->until) > 0) {
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
	mine_read(ret);
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
		say_refusal(said, mine_action(p->asked), &p->form);
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
	if (more || mine_has_unsaved(&m))
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
					  .action = mine_action(p->asked),
					  .form = &p->form },
			m->to.now, &o->said);
		ret->count++;
	}
	return r;
}

static void post(struct web *w, struct mine *m)
{
	const size_t chosen = mine_chosen(m);
	struct outcomes *outcomes;
	int r = mine_check(m);

	if (r > 0 || (r == 0 && chosen == 0)) {
		show(m, r == 0 && mine_has_unsaved(m) ? 409 : 422);
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
