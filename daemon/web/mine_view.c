/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of all that one is to answer. Answered things never take the places of open ones, and what does not
 * fit is counted. A field that somebody has filled in is there again, else its text is shown, so that it can be
 * copied.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message/catalogue.h"
#include "web/mine_inside.h"

#define MOST 100 /* forms on a page, and receipts */

/* ---- what has no field any more ------------------------------------------------------------------------ */

/* Nobody learns the names of others' things by their numbers. */
static bool is_of_reader(const struct mine *m, const struct obligation *o)
{
	for (size_t i = 0; i < m->list.count; i++)
		if (m->list.list[i].o.id.n == o->id.n)
			return true;
	return m->to.person && strcmp(o->owner, m->to.person->id.text) == 0;
}

static int add_unsaved(const struct mine *m, json_t *view, const struct form *form,
		       struct obligation_id id)
{
	const struct plan *plan = m->to.web->engine->plan;
	struct page_unsaved about = { NULL, NULL };
	const struct measure *measure;
	const struct deadline *deadline;
	struct obligation o;
	bool found = false;
	int r = ledger_find_obligation(m->to.web->engine->ledger, id, &o, &found);

	if (r < 0)
		return r;
	if (found && is_of_reader(m, &o)) {
		measure = plan_measure(plan, measure_id(o.measure));
		deadline = plan_deadline(plan, deadline_id(o.deadline));
		about.id = o.measure[0] ? o.measure : o.deadline;
		about.title = measure ? measure->title : NULL;
		if (!o.measure[0])
			about.title = deadline ? deadline->title : NULL;
	}
	return page_add_unsaved(&m->to, view, form, &about);
}

static const struct mine_part *part_of(const struct mine *m, unsigned number)
{
	for (size_t i = 0; i < m->list.count; i++)
		if (m->parts[i].number == number)
			return &m->parts[i];
	return NULL;
}

/* Does the answer that was recorded say all that was typed? 1, 0, or a negative errno. */
static int is_recorded(const struct mine *m, const struct mine_part *p, const struct fields *fields)
{
	struct receipt receipt = { .data = NULL };
	struct form form;
	bool found = false;
	int r;

	form_read(&form, fields, p->number);
	r = mine_check_part(m, p->asked, &form);
	if (r == 0)
		r = receipt_of_answer(m->to.web->engine, p->asked, &receipt, &found);
	if (r >= 0)
		r = found && form_is_recorded(&form, receipt.data);
	receipt_done(&receipt);
	form_done(&form);
	return r;
}

/* Is what was typed under a number to be shown? 1, 0, or a negative errno. */
static int is_unsaved(const struct mine *m, unsigned number, const struct form *form,
		      struct obligation_id id)
{
	const struct fields *fields = &exchange_request(m->x)->fields;
	const struct mine_part *p = part_of(m, number);
	int recorded;

	if (!form_is_filled(form, FORM_REPORT) && !form_is_filled(form, FORM_HAND_IN))
		return 0;
	if (p && p->asked->state == ASKED_OPEN)
		return 0; /* its fields are there */
	if (mine_is_stored(mine_outcome(m->outcomes, id)))
		return 0;
	recorded = p ? is_recorded(m, p, fields) : 0;
	return recorded < 0 ? recorded : !recorded;
}

int mine_unsaved(const struct mine *m, json_t *view)
{
	static const char item[] = "item.";
	const struct fields *fields = &exchange_request(m->x)->fields;
	int count = 0, r = 0;

	for (size_t i = 0; r >= 0 && i < fields->count; i++) {
		const struct form_field *f = &fields->list[i];
		struct obligation_id id = { 0 };
		unsigned number;
		struct form form;

		if (strncmp(f->name, item, strlen(item)) != 0)
			continue;
		number = (unsigned)atoi(f->name + strlen(item));
		id.n = atoll(f->value);
		form_read(&form, fields, number);
		r = is_unsaved(m, number, &form, id);
		count += r > 0;
		if (r > 0 && view)
			r = add_unsaved(m, view, &form, id);
	}
	return r < 0 ? r : count;
}

/* ---- the page ------------------------------------------------------------------------------------------ */

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

/* The first ones, and those whose fields have something in them. */
static int add_forms(struct mine *m, json_t *view)
{
	unsigned number = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < m->list.open; i++) {
		const struct mine_part *p = &m->parts[i];

		if (i >= MOST && !p->sent && !p->chosen)
			continue;
		r = page_add_form(
			&m->to, view,
			&(struct page_form){ .asked = p->asked,
					     .number = ++number,
					     .action = mine_action(p->asked),
					     .form = p->number ? &p->form : NULL,
					     .several = true,
					     .open = p->sent || p->chosen || m->list.open == 1 });
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

static int fill(struct mine *m, json_t *view)
{
	const size_t open = m->list.open, answered = m->list.count - open;
	size_t shown;
	int r = mine_unsaved(m, view);

	if (r >= 0)
		r = add_forms(m, view);
	for (size_t i = 0; r == 0 && i < answered && i < MOST; i++)
		r = add_receipt(m, view, &m->list.list[open + i]);
	shown = json_array_size(json_object_get(view, "forms"));
	page_put_count(view, "count", open);
	page_put_count(view, "shown", shown < open ? shown : 0);
	page_put_count(view, "hidden", open - shown);
	page_put_count(view, "receipts_hidden", answered > MOST ? answered - MOST : 0);
	page_put(view, "all_by", open > 1 && shown == open ? all_by(view) : NULL);
	page_put_flag(view, "several", open > 1);
	page_put_flag(view, "nothing", open == 0);
	return r;
}

void mine_show(struct mine *m, unsigned status, enum mine_reason reason)
{
	json_t *view = page_new(&m->to);
	int r = view ? fill(m, view) : -ENOMEM;

	page_put_flag(view, "not_stored", status == 503);
	if (reason == MINE_NOTHING_CHOSEN) {
		page_put_flag(view, "faulty", true);
		json_array_append_new(json_object_get(view, "faults"),
				      json_pack("{ss sb}", "at", "answers",
						page_fault_names[FAULT_NOTHING_GIVEN], 1));
	}
	if (r < 0)
		json_decref(view);
	page_send(m->x, &m->to, status, PAGE_MINE, r < 0 ? NULL : view);
}

void mine_show_ended(struct mine *m)
{
	json_t *view = page_new(&m->to);
	int r = view ? mine_unsaved(m, view) : -ENOMEM;

	page_put_flag(view, m->to.person ? "expired" : "left", true);
	if (r < 0)
		json_decref(view);
	page_send(m->x, &m->to, 410, PAGE_ENDED, r < 0 ? NULL : view);
}
