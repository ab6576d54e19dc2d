/* SPDX-License-Identifier: Apache-2.0 */
#include "web/page.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/zone.h"
#include "message/catalogue.h"
#include "message/template_view.h"
#include "plan/mail_address.h"

/* ---- values ------------------------------------------------------------------------------------------ */

void page_put(json_t *object, const char *name, const char *text)
{
	if (text && text[0])
		json_object_set_new(object, name, json_string(text));
}

void page_put_flag(json_t *object, const char *name, bool on)
{
	if (on)
		json_object_set_new(object, name, json_true());
}

void page_put_count(json_t *object, const char *name, size_t count)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", count);
	page_put(object, name, count ? text : NULL);
}

void page_put_day(const struct page_reader *to, json_t *object, const char *name,
		  struct civil_date day)
{
	char text[CATALOGUE_DATE];

	if (!civil_is_none(day))
		page_put(object, name, catalogue_date(to->language, day, text));
}

void page_put_due(const struct page_reader *to, json_t *object, const char *name, const char *due)
{
	char text[CATALOGUE_MEETING];
	const struct body *body;
	struct event_due parsed;

	if (!due || !event_due_parse(due, &parsed))
		return;
	if (!event_due_is_meeting(&parsed)) {
		page_put_day(to, object, name, parsed.date);
		return;
	}
	body = plan_body(to->web->engine->plan, body_id(parsed.body));
	page_put(object, name,
		 catalogue_meeting(to->language, body ? body->name : parsed.body, parsed.year,
				   parsed.month, text));
}

void page_put_instant(const struct page_reader *to, json_t *object, const char *name,
		      struct instant at)
{
	char text[CATALOGUE_DATE];
	struct civil_date day;
	struct time_of_day time;

	zone_civil(at, &day, &time);
	catalogue_date(to->language, day, text);
	page_put(object, name, catalogue_add_time(to->language, time, text));
}

void page_put_amount(const struct page_reader *to, json_t *object, const char *name,
		     const json_t *value)
{
	char text[CATALOGUE_AMOUNT];

	if (json_is_number(value))
		page_put(object, name,
			 catalogue_amount(to->language, (int64_t)json_number_value(value), text));
}

const char *page_source_name(const struct page_reader *to, const char *source)
{
	static const char people[] = "/people/", systems[] = "/systems/";
	const struct person *by;

	if (strncmp(source, systems, strlen(systems)) == 0)
		return source + strlen(systems);
	if (strncmp(source, people, strlen(people)) != 0)
		return NULL; /* a login is nobody's name in a record that anybody may ask for */
	by = plan_person(to->web->engine->plan, person_id(source + strlen(people)));
	return by && by != to->person ? by->name : NULL;
}

void page_put_id(const struct page_reader *to, json_t *object, const char *name, const char *id)
{
	char text[CATALOGUE_ID];

	page_put(object, name, id ? catalogue_id(to->language, id, text) : NULL);
}

void page_put_link(const struct page_reader *to, json_t *object, const struct asked *a)
{
	const struct link link = link_answer(a->person->id, deadline_id(a->o.deadline),
					     measure_id(a->o.measure), a->o.papers);
	char url[LINK_URL];

	page_put(object, "link", links_url(to->web->links, &link, url));
}

/* ---- views ------------------------------------------------------------------------------------------- */

struct page_reader page_reader(struct web *w, const struct exchange *x, const struct person *person,
			       struct instant now)
{
	return (struct page_reader){ w, person,
				     person ? person->language : exchange_request(x)->language,
				     now };
}

json_t *page_new(const struct page_reader *to)
{
	const struct mail_settings *mail = &to->web->engine->plan->settings.mail;
	char *reply_to = mail->reply_to ? mail_address_shown(mail->reply_to) : NULL;
	json_t *view = json_pack("{s[] s[] s[] s[]}", "forms", "receipts", "faults", "unsaved");

	if (mail->reply_to && !reply_to)
		memory_missed();
	page_put(view, "root", to->web->root);
	page_put(view, "reply_to", reply_to);
	page_put(view, "recipient", to->person ? to->person->name : NULL);
	free(reply_to);
	return view;
}

json_t *page_new_signed_in(const struct page_reader *to, const struct exchange *x,
			   enum desk_place place)
{
	static const char *const flags[DESK_PLACES] = {
		[DESK_TODAY] = "at_today",	 [DESK_ITEMS] = "at_items",
		[DESK_CALENDAR] = "at_calendar", [DESK_FORECAST] = "at_forecast",
		[DESK_OUTBOX] = "at_outbox",	 [DESK_BOARD] = "at_board",
	};
	const struct signed_in *in = exchange_signed_in(x);
	json_t *view = page_new(to);

	page_put(view, "signed_in", in->person->name);
	page_put(view, "form_token", in->form_token);
	page_put_flag(view, "steward", in->steward);
	page_put_flag(view, "full", in->full);
	page_put_flag(view, "answers", asked_of_them_ever(to->web->engine, in->person->id) > 0);
	page_put_flag(view, "on_hold", in->steward && ledger_is_on_hold(to->web->engine->ledger));
	if (flags[place])
		page_put_flag(view, flags[place], true);
	return view;
}

json_t *page_facts(const struct page_reader *to, const struct asked *a)
{
	const struct template_view_options options = { .now = to->now, .notes = true };
	const struct item item = content_item_about(&a->o, ITEM_OWED);
	const struct content_about about = { .to = { .person = a->person },
					     .kind = KIND_REMINDER,
					     .language = to->language,
					     .items = &item,
					     .count = 1 };
	struct message_content *content = NULL;
	json_t *view = NULL, *facts;
	int r = message_content_about(to->web->engine, &about, to->now, &content);

	if (r == 0)
		r = template_view_new(&view, content, &options);
	message_content_free(content);
	facts = r == 0 ? json_incref(json_array_get(json_object_get(view, "items"), 0)) : NULL;
	json_decref(view);
	return facts;
}

int page_add_unsaved(const struct page_reader *to, json_t *view, const struct form *form,
		     const struct page_unsaved *about)
{
	json_t *one = json_object(), *list = json_object_get(view, "unsaved");
	bool any = false;

	page_put(one, "title", about->title);
	page_put_id(to, one, "id", about->id);
	for (enum form_entry i = 0; i < FORM_ENTRIES; i++) {
		const char *typed = form->typed[i];
		const enum measure_status status =
			typed && i == ENTRY_STATUS ? event_status_parse(typed) : STATUS_NONE;

		if (i == ENTRY_ANSWER_BY || i == ENTRY_UNTIL || i == ENTRY_DEADLINE ||
		    i == ENTRY_DUE || i == ENTRY_MEETING || !typed || !typed[0])
			continue;
		any = true;
		page_put(one, form_entry_name(i),
			 status == STATUS_NONE ? typed : catalogue_status(to->language, status));
	}
	if (!any) {
		json_decref(one);
		return 0;
	}
	page_put_flag(view, "any_unsaved", true);
	return json_array_append_new(list, one) < 0 ? -ENOMEM : 0;
}

void page_send(struct exchange *x, const struct page_reader *to, unsigned status, enum page page,
	       json_t *view)
{
	char *html = NULL;
	int r = view && exchange_is_whole(x)
			? templates_page(to->web->templates, to->language, page, view, &html)
			: -ENOMEM;

	json_decref(view);
	if (r == 0) {
		exchange_page(x, status, html);
		return;
	}
	log_error("web: a page could not be made: %s", strerrordesc_np(-r));
	exchange_refuse(x, REFUSAL_BROKEN);
}
