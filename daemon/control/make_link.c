/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A link is made of what stands in the ledger now, for the one who is to answer: it would be of no use to
 * anybody else, whom the gate refuses.
 */
#include "control/make_link.h"

#include <string.h>

#include "base/clock.h"
#include "base/zone.h"
#include "engine/ladder/walk.h"
#include "engine/obligation/series.h"
#include "engine/outbox/answerer.h"
#include "ledger/lists.h"
#include "message/link.h"

struct making {
	const struct command *c;
	const struct plan *plan;
	struct civil_date today;
	const struct person *person; /* NULL: the id is no person's */
	struct absences *absences;
	struct rejection *why;
	struct link link;
};

static const char *param(const struct making *m, const char *name)
{
	return json_string_value(json_object_get(m->c->params, name));
}

/* Is it theirs to answer, as the gate has it? */
static bool is_theirs(const struct making *m, const struct obligation *o)
{
	const struct deadline *d = plan_deadline(m->plan, deadline_id(o->deadline));
	const struct person *owes = d ? walk_owes(m->plan, d, o) : NULL;

	return answerer_may(answerer_of(m->person, owes, m->plan, m->absences, m->today),
			    o->measure[0] != '\0');
}

/* ---- one item ------------------------------------------------------------------------------------ */

static int list_asked(const struct making *m, const char *item, struct obligations *ret)
{
	struct ledger *ledger = m->c->engine->ledger;
	char id[ITEM_ID];
	bool found;
	int r;

	if (plan_measure(m->plan, measure_id(item)))
		return list_of_measure(ledger, measure_id(item), ret);
	if (!plan_deadline(m->plan, deadline_id(item)))
		return (int)reject(m->why, REJECT_UNKNOWN_SUBJECT,
				   "there is no measure or deadline %s in the plan: check the id",
				   item);
	r = series_resolve(m->c->engine, deadline_id(item), true, id, &found);
	return r < 0 || !found ? r : list_of_deadline(ledger, deadline_id(id), ret);
}

/* The soonest of what they are asked: several deadlines may ask a measure, and one may ask several. */
static int answer_link(struct making *m)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { 0 };
	const struct obligation *best = NULL;
	const char *item = param(m, "item");
	bool asked = false;
	int r;

	if (!item)
		return (int)reject(m->why, REJECT_BAD_DATA,
				   "a link to answer by needs ITEM: the measure or deadline");
	r = list_asked(m, item, &all);
	for (size_t i = 0; r == 0 && i < all.count; i++) {
		const struct obligation *o = &all.list[i];

		asked |= o->phase == PHASE_LIVE;
		if (o->phase == PHASE_LIVE && is_theirs(m, o) &&
		    (!best || civil_compare(o->papers, best->papers) < 0))
			best = o;
	}
	if (r != 0)
		return r;
	if (!asked)
		return (int)reject(m->why, REJECT_BAD_DATA, "nobody is asked about %s now", item);
	if (!best)
		return (int)reject(m->why, REJECT_BAD_DATA,
				   "%s is not %s's to answer: paminn show %s tells whose it is",
				   item, m->person->id.text, item);
	m->link = link_answer(m->person->id, deadline_id(best->deadline), measure_id(best->measure),
			      best->papers);
	return 0;
}

/* ---- all that they owe --------------------------------------------------------------------------- */

struct latest {
	const struct making *m;
	struct civil_date papers;
};

static int note_papers(void *userdata, const struct obligation *o)
{
	struct latest *latest = userdata;

	if (o->phase == PHASE_LIVE && is_theirs(latest->m, o) &&
	    civil_compare(o->papers, latest->papers) > 0)
		latest->papers = o->papers;
	return 0;
}

static int mine_link(struct making *m)
{
	const struct civil_date ever = { 0 };
	struct latest latest = { m, CIVIL_NONE };
	int r = ledger_obligations_of_owner(m->c->engine->ledger, m->person->id, ever, note_papers,
					    &latest);

	if (r < 0)
		return r;
	if (civil_is_none(latest.papers))
		return (int)reject(m->why, REJECT_BAD_DATA, "%s owes nothing now",
				   m->person->id.text);
	m->link = link_mine(m->person->id, latest.papers);
	return 0;
}

static int calendar_link(struct making *m)
{
	m->link = m->person ? link_calendar(m->person->id, m->today)
			    : link_body_calendar(body_id(param(m, "for")), m->today);
	return 0;
}

static int board_link(struct making *m)
{
	m->link = link_board(m->person->id, m->today);
	return 0;
}

/* ---- which --------------------------------------------------------------------------------------- */

static const struct linked {
	const char *name;
	int (*make)(struct making *m);
	bool takes_item, takes_body;
} pages[] = {
	{ "a", answer_link, .takes_item = true },
	{ "mine", mine_link },
	{ "calendar", calendar_link, .takes_body = true },
	{ "board", board_link },
};

static int find_page(const struct making *m, const struct linked **ret)
{
	const char *name = param(m, "page");

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		if (strcmp(pages[i].name, name) == 0) {
			*ret = &pages[i];
			return 0;
		}
	return (int)reject(m->why, REJECT_BAD_DATA,
			   "there is no page %s: it is a, mine, calendar or board",
			   text_excerpt(name).text);
}

static int find_whose(struct making *m, const struct linked *page)
{
	const char *id = param(m, "for");

	m->person = plan_person(m->plan, person_id(id));
	if (!page->takes_item && param(m, "item"))
		return (int)reject(m->why, REJECT_BAD_DATA, "a link to %s takes no ITEM",
				   page->name);
	if (m->person || (page->takes_body && plan_body(m->plan, body_id(id))))
		return 0;
	return (int)reject(m->why, REJECT_UNKNOWN_SUBJECT,
			   "there is no person %s%s in the plan: check the id",
			   page->takes_body ? "or body " : "", id);
}

static int make(struct making *m, const struct links *links)
{
	const struct linked *page;
	char until[CIVIL_TEXT];
	int r = find_page(m, &page);

	if (r == 0 && !links)
		return (int)reject(m->why, REJECT_BAD_DATA,
				   "there are no pages: paminnd.conf has no web");
	if (r == 0)
		r = find_whose(m, page);
	if (r == 0)
		r = page->make(m);
	if (r == 0 && civil_compare(m->link.until, m->today) < 0)
		return (int)reject(m->why, REJECT_BAD_DATA,
				   "the link stopped working on %s, %d days after the last day: "
				   "report it for them, or give a later date with paminn extend",
				   civil_format(civil_add(m->link.until, 1), until), LINK_DAYS);
	return r;
}

json_t *make_link(const struct command *c)
{
	struct composing with = { NULL };
	struct rejection why;
	struct making m = {
		.c = c, .plan = c->engine->plan, .today = zone_date(clock_now()), .why = &why
	};
	char url[LINK_URL], until[CIVIL_TEXT];
	int r;

	c->calls->words(c->userdata, &with);
	r = absences_new(&m.absences, c->engine, clock_now());
	if (r >= 0)
		r = make(&m, with.links);
	absences_free(m.absences);
	if (r < 0)
		reject(&why, RETRY_BUSY, "the store could not be read (%s)", strerror(-r));
	if (r != 0)
		return answer_refused(NULL, &why);
	return answer_rows(
		json_pack("[{ss ss so* so*}]", "url", links_url(with.links, &m.link, url), "until",
			  civil_format(m.link.until, until), "deadline",
			  *m.link.deadline ? json_string(m.link.deadline) : NULL, "measure",
			  *m.link.measure ? json_string(m.link.measure) : NULL),
		NULL);
}
