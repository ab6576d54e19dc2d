/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One form has the fields of all things, numbered; "item.3" says which obligation the third is, so that it is
 * known again when others have come or gone meanwhile. `send` is the number of the one to send, or "all" for
 * those that are filled in. With a fault in any of them none is sent; each becomes an event of its own, and
 * one commit has them all.
 *
 * After it the page is shown by GET (303), unless there is more in the form, which a redirect would lose: then
 * the page comes at once, with that in it still, or beside it when its field is gone. Sent again it changes
 * nothing, since an event counts once.
 */
#include "web/mine_page.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/zone.h"
#include "web/mine_inside.h"

static void mine_done(struct mine *m)
{
	for (size_t i = 0; m->parts && i < m->list.count; i++)
		form_done(&m->parts[i].form);
	free(m->parts);
	asked_list_done(&m->list);
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
		mine_show_ended(ret);
		return false;
	}
	r = asked_of_person(w->engine, person,
			    instant_add(now, (struct duration){ -RECEIPT_CORRECTED_FOR.us }), now,
			    &ret->list);
	if (r == 0)
		r = mine_read(ret);
	if (r < 0)
		exchange_refuse(x, REFUSAL_BROKEN);
	return r == 0;
}

/* ---- answers ------------------------------------------------------------------------------------------- */

/* What was recorded is in the form no more. True: something was not. */
static bool settle_part(struct mine_part *p, const struct said *said, unsigned *status)
{
	if (mine_is_stored(said)) {
		p->sent = p->chosen = false;
		return false;
	}
	if (said->result == ANSWER_REJECTED && p->asked->state != ASKED_OPEN)
		return false; /* no fault to be put right: its text is shown beside the rest */
	if (said->result == ANSWER_REJECTED)
		say_refusal(said, mine_action(p->asked), &p->form);
	*status = said->result == ANSWER_REJECTED && *status != 503 ? 422 : 503;
	return true;
}

static void told(struct web *w, struct exchange *x, enum turn_end end)
{
	struct mine m __attribute__((cleanup(mine_done)));
	unsigned status = end == TURN_COMMITTED ? 200 : 503;
	bool more = end != TURN_COMMITTED;

	if (!find(w, x, &m))
		return;
	m.outcomes = end == TURN_COMMITTED ? exchange_kept(x) : NULL;
	for (size_t i = 0; i < m.list.count; i++) {
		struct mine_part *p = &m.parts[i];
		const struct said *said = mine_outcome(m.outcomes, p->asked->o.id);

		if (said)
			more |= settle_part(p, said, &status);
		else
			more |= p->sent && p->asked->state == ASKED_OPEN;
	}
	if (more || mine_unsaved(&m, NULL) != 0)
		mine_show(&m, status, MINE_AS_IT_IS);
	else
		exchange_see_again(x);
}

static int say_part(struct web *w, struct mine *m, const struct mine_part *p, struct said *ret)
{
	const struct asked *a = p->asked;

	return say(w,
		   &(struct saying){ .person = m->to.person,
				     .subject = a->measure ? a->o.measure : a->o.deadline,
				     .action = mine_action(a),
				     .form = &p->form },
		   m->to.now, ret);
}

static int say_parts(struct web *w, struct mine *m, enum form_action action, struct outcomes *ret)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < m->list.count; i++) {
		const struct mine_part *p = &m->parts[i];
		struct outcome_of *o = &ret->list[ret->count];

		if (!p->chosen || mine_action(p->asked) != action)
			continue;
		o->id = p->asked->o.id;
		if (p->with)
			o->said = *mine_outcome(ret, p->with->asked->o.id);
		else
			r = say_part(w, m, p, &o->said);
		ret->count++;
	}
	return r;
}

static void post(struct web *w, struct mine *m)
{
	const size_t chosen = mine_chosen(m);
	struct outcomes *outcomes;
	int r = mine_check(m);

	if (r > 0) {
		mine_show(m, 422, MINE_AS_IT_IS);
		return;
	}
	if (r == 0 && chosen == 0) {
		if (mine_unsaved(m, NULL) > 0)
			mine_show(m, 409, MINE_AS_IT_IS);
		else
			mine_show(m, 422, MINE_NOTHING_CHOSEN);
		return;
	}
	outcomes =
		r == 0 ? calloc(1, sizeof(*outcomes) + chosen * sizeof(outcomes->list[0])) : NULL;
	r = outcomes ? 0 : -ENOMEM;
	/* Handing in ends the deadline: what is said of its measures in the same click comes before. */
	if (r == 0)
		r = say_parts(w, m, FORM_REPORT, outcomes);
	if (r == 0)
		r = say_parts(w, m, FORM_HAND_IN, outcomes);
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
		mine_show(&m, 200, MINE_AS_IT_IS);
}

void mine_lead(struct web *w, struct exchange *x)
{
	const struct link link =
		link_mine(exchange_signed_in(x)->person->id, zone_date(clock_now()));
	char token[LINK_TOKEN], path[LINK_TOKEN + 16];

	if (!w->links) {
		exchange_not_found(x);
		return;
	}
	snprintf(path, sizeof(path), "%s%s", link_prefix(LINK_MINE),
		 links_token(w->links, &link, token));
	exchange_lead(x, path);
}
