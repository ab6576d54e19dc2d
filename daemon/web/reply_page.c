/* SPDX-License-Identifier: Apache-2.0 */
#include "web/reply_page.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/outbox/item.h"
#include "ledger/lists.h"
#include "message/catalogue.h"
#include "web/say.h"

#define NUMBER 1 /* of the form on the page */

/* ---- what was understood -------------------------------------------------------------------------------- */

/* The number that the query names, 0: none. */
static int64_t number_of(const char *query)
{
	static const char name[] = "reply=";
	char *end;
	long long number;

	if (strncmp(query, name, strlen(name)) != 0 || query[strlen(name)] < '0' ||
	    query[strlen(name)] > '9')
		return 0;
	number = strtoll(query + strlen(name), &end, 10);
	return *end ? 0 : number;
}

/* The data that the message's item about this has; NULL: there is none such. A new reference. */
static json_t *data_in(const struct items *items, const struct asked *asked)
{
	json_t *detail = NULL, *data;

	for (size_t i = 0; i < items->count && !detail; i++) {
		const struct item *item = &items->list[i];

		if (item->what == ITEM_REPLIED && item->detail &&
		    strcmp(item->deadline, asked->o.deadline) == 0 &&
		    strcmp(item->measure, asked->o.measure) == 0)
			detail = json_loads(item->detail, 0, NULL);
	}
	data = json_incref(json_object_get(detail, "data"));
	json_decref(detail);
	return data;
}

/* The message must be a reply's, to them. 0 with *ret, NULL when it has nothing for them, or a negative errno. */
static int find_data(const struct page_reader *to, const struct asked *asked, int64_t number,
		     json_t **ret)
{
	struct ledger *l = to->web->engine->ledger;
	struct items items __attribute__((cleanup(items_done))) = { NULL };
	struct message m;
	bool found = false;
	int r = number > 0 ? ledger_find_message(l, message_id(number), &m, &found) : 0;

	*ret = NULL;
	if (r < 0 || !found || m.kind != KIND_REPLY || strcmp(m.to, asked->person->id.text) != 0)
		return r < 0 ? r : 0;
	r = list_items(l, m.id, &items);
	if (r < 0)
		return r;
	*ret = data_in(&items, asked);
	return 0;
}

/* ---- the page --------------------------------------------------------------------------------------------- */

/* In words, and as the button's form sends it. */
static int put_proposed(const struct page_reader *to, json_t *view, const struct asked *asked,
			const struct form *form, const json_t *data)
{
	static const enum form_entry entries[] = { ENTRY_STATUS, ENTRY_PROGRESS, ENTRY_ACHIEVED,
						   ENTRY_FORECAST, ENTRY_DONE_FORECAST };
	const enum measure_status status =
		event_status_parse(json_string_value(json_object_get(data, "status")));
	json_t *proposed = json_object();

	page_put(proposed, "said_status", catalogue_status(to->language, status));
	page_put(proposed, "said_progress", form->typed[ENTRY_PROGRESS]);
	page_put_amount(to, proposed, "said_achieved", json_object_get(data, "effect_achieved"));
	page_put_amount(to, proposed, "said_forecast", json_object_get(data, "effect_forecast"));
	page_put_due(to, proposed, "said_done_forecast", form->typed[ENTRY_DONE_FORECAST]);
	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
		page_put(proposed, form_entry_name(entries[i]), form->typed[entries[i]]);
	page_put_link(to, proposed, asked);
	return json_object_set_new(view, "proposed", json_pack("[o]", proposed)) < 0 ? -ENOMEM : 0;
}

/* Is anything lacking that the answer must give? How much, or -ENOMEM. */
static int check(const struct page_reader *to, const struct asked *asked, struct form *form)
{
	const struct form_question q = { .action = FORM_REPORT,
					 .language = to->language,
					 .require = asked->deadline->require,
					 .today = zone_date(to->now),
					 .last = CIVIL_NONE };
	const int lacking = form_check(form, &q);

	for (enum form_entry i = 0; i < FORM_ENTRIES; i++)
		form->faults[i] = (struct form_fault){ .what = FAULT_NONE, .day = CIVIL_NONE };
	return lacking;
}

/* Where something is lacking it is the ordinary form, with the rest filled in. */
static void show(struct exchange *x, const struct page_reader *to, const struct asked *asked,
		 const struct receipt *said, const char *nonce)
{
	struct receipt_form begins;
	struct page_form shown = {
		.asked = asked, .number = NUMBER, .action = FORM_REPORT, .form = &begins.form
	};
	json_t *view = page_new(to);
	int lacking, r = view ? 0 : -ENOMEM;

	receipt_fill(said, to->language, &begins);
	begins.form.nonce = nonce;
	lacking = check(to, asked, &begins.form);
	if (r == 0)
		r = lacking < 0 ? lacking : page_add_form(to, view, &shown);
	if (r >= 0 && lacking == 0)
		r = put_proposed(to, view, asked, &begins.form, said->data);
	if (r < 0) {
		json_decref(view);
		view = NULL;
	}
	page_send(x, to, 200, lacking == 0 ? PAGE_REPLY : PAGE_ANSWER, view);
	form_done(&begins.form);
}

bool reply_page_show(struct exchange *x, const struct page_reader *to, const struct asked *asked)
{
	const int64_t number = number_of(exchange_request(x)->query);
	struct receipt said = { .type = EVENT_STATUS };
	char nonce[SAY_NONCE_MAX];

	if (number == 0 || asked->state != ASKED_OPEN || !asked->measure || !asked->person)
		return false;
	if (find_data(to, asked, number, &said.data) < 0) {
		exchange_refuse(x, REFUSAL_BROKEN);
		return true;
	}
	if (!said.data)
		return false;
	snprintf(nonce, sizeof(nonce), "reply-%lld", (long long)number);
	show(x, to, asked, &said, nonce);
	receipt_done(&said);
	return true;
}
