/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole calendar is made for each request, from what is committed: it has a few hundred entries at most,
 * and is worth fetching every four hours (message/calendar_entry.c). There is no ETag: as all answers it is
 * to be stored by nobody on its way, and then there is nothing to compare it with.
 *
 * It says what is due and when, by ids and titles, and nothing that anybody has written.
 */
#include "web/calendar_page.h"

#include <string.h>

#include "base/clock.h"
#include "base/zone.h"
#include "message/calendar_entry.h"
#include "message/link.h"
#include "web/site.h"

/* Whose it is, in the plan in force; false: nobody's. */
static bool find_whose(const struct plan *plan, const struct link *link, struct calendar_feed *ret,
		       const struct person **ret_person, const struct body **ret_body)
{
	const struct body *body = link->of_body ? plan_body(plan, body_id(link->who)) : NULL;
	const struct person *person =
		link->of_body ? NULL : plan_person(plan, person_id(link->who));

	if (!body && !person)
		return false;
	*ret = (struct calendar_feed){
		.name = body ? body->name : person->name,
		.of_body = body != NULL,
		.language = body ? plan->settings.language : person->language,
		.until = link->until,
	};
	*ret_person = person;
	*ret_body = body;
	return true;
}

static void reply(struct exchange *x, unsigned status, const char *type, char *text, size_t length)
{
	exchange_reply(x, &(struct reply){ .status = status,
					   .type = type,
					   .body = text,
					   .length = length,
					   .disposition = "inline; filename=\"paminn.ics\"" });
}

/* The turn that was open when they asked has ended, whichever way. */
static void tell(struct web *w, struct exchange *x, enum turn_end end)
{
	struct agenda agenda __attribute__((cleanup(agenda_done))) = { 0 };
	struct engine *e = w->engine;
	char installation[100], *text = NULL;
	const struct composing with = { .templates = w->templates,
					.settings = &e->plan->settings,
					.installation = installation,
					.now = clock_now() };
	const struct person *person;
	const struct body *body;
	const struct link *link = exchange_link(x);
	struct calendar_feed feed;
	size_t length;
	int r;

	(void)end;
	if (!find_whose(e->plan, link, &feed, &person, &body)) {
		exchange_not_found(x);
		return;
	}
	feed.agenda = &agenda;
	feed.expired = civil_compare(link->until, zone_date(with.now)) < 0;
	r = ledger_meta(e->ledger, META_INSTALLATION, installation, sizeof(installation));
	if (r >= 0 && !feed.expired)
		r = body ? agenda_of_body(&agenda, e, body, with.now)
			 : agenda_of_person(&agenda, e, person, with.now);
	if (r >= 0)
		r = feed.expired ? calendar_expired(&with, &feed, &text, &length)
				 : calendar_of_feed(&with, &feed, &text, &length);
	if (r < 0)
		exchange_refuse(x, REFUSAL_BROKEN);
	else if (feed.expired)
		reply(x, 410, "text/plain; charset=utf-8", text, length);
	else
		reply(x, 200, "text/calendar; charset=utf-8", text, length);
}

void calendar_handle(struct web *w, struct exchange *x)
{
	(void)w;
	exchange_wait(x, tell);
}
