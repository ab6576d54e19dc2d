/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /desk/outbox: messages out, the newest first, those in one state where one is chosen; each that may be tried again
 * or dropped has a button for it. /desk/message: one of them, as it left or would leave, which is also where one comes
 * after a button. /desk/hold: keeping all of them back. What the buttons do are the client's own commands.
 */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "gate/admit.h"
#include "protocol/query.h"
#include "web/desk/desk.h"

#define EACH 50
#define NUMBER_MAX 18 /* digits */

const struct field_rule desk_outbox_query[] = { { "state", 12 }, { "page", 6 }, { NULL } };
const struct field_rule desk_message_query[] = { { "id", NUMBER_MAX }, { NULL } };
const struct field_rule desk_outbox_fields[] = {
	FORM_TOKEN_RULE,
	{ "retry", NUMBER_MAX },
	{ "drop", NUMBER_MAX },
	{ NULL },
};
const struct field_rule desk_hold_fields[] = { FORM_TOKEN_RULE, { "on", 3 }, { NULL } };

/* ---- commands --------------------------------------------------------------------------------------- */

/* 0 when the text is no number of a message. */
static json_int_t number_of(const char *text)
{
	const size_t n = text ? strlen(text) : 0;

	return n > 0 && n <= NUMBER_MAX && strspn(text, "0123456789") == n ? atoll(text) : 0;
}

static bool is_rejected(const json_t *answer)
{
	enum answer_result result;

	return answer_result_parse(desk_text(answer, "result"), &result) &&
	       result == ANSWER_REJECTED;
}

/* The row of its answer, a new reference; or NULL with the sentence, "" when there is no memory. Its code is REJECT_NONE
 * when it may be answered otherwise soon. */
static json_t *carry_out(struct web *w, const struct exchange *x, enum request which,
			 json_t *params, struct rejection *ret_why)
{
	const struct peer peer = { .kind = PEER_PERSON, .person = exchange_signed_in(x)->person };

	ret_why->code = REJECT_NONE;
	const bool may =
		params && admit_request(w->engine, &peer, which, params, ret_why) == REJECT_NONE;
	json_t *answer = may ? w->calls->command(w->userdata, which, params, peer.person) : NULL;
	json_t *row = json_incref(json_array_get(json_object_get(answer, "rows"), 0));
	const char *reason = desk_text(answer, "reason");

	if (may || !params)
		snprintf(ret_why->reason, sizeof(ret_why->reason), "%s", row ? "" : reason);
	if (may)
		ret_why->code = is_rejected(answer) ? REJECT_BAD_DATA : REJECT_NONE;
	json_decref(answer);
	json_decref(params);
	return row;
}

/* ---- a message --------------------------------------------------------------------------------------- */

static bool is_one_of(const char *word, const char *const *words)
{
	while (*words && strcmp(*words, word) != 0)
		words++;
	return *words;
}

static void put_message(const struct page_reader *to, json_t *one, const json_t *row)
{
	static const char *const retried[] = { "held", "retry", "failed", "bounced", NULL };
	static const char *const dropped[] = { "held", "retry", "pending", NULL };
	const char *state = desk_text(row, "state"), *channel = desk_text(row, "channel");
	/* Of a person. What goes to a channel itself is named by it. */
	const bool by_channel = strcmp(channel, "mail") != 0 && !strchr(desk_text(row, "to"), ':');

	page_put_count(one, "number", (size_t)json_integer_value(json_object_get(row, "id")));
	desk_put_who(to, one, "who", desk_text(row, "to"));
	page_put(one, "channel", by_channel ? channel : NULL);
	desk_put_kind(one, "kind", desk_text(row, "kind"));
	desk_put_kind(one, "state", state);
	desk_put_short(to, one, "planned", json_object_get(row, "planned"));
	desk_put_short(to, one, "next_attempt", json_object_get(row, "next_attempt"));
	page_put_count(one, "attempts",
		       (size_t)json_integer_value(json_object_get(row, "attempts")));
	page_put(one, "last_answer", desk_text(row, "last_answer"));
	page_put_flag(one, "may_retry", is_one_of(state, retried));
	page_put_flag(one, "may_drop", is_one_of(state, dropped));
}

static void put_items(const struct page_reader *to, json_t *view, const json_t *row)
{
	json_t *items = json_array(), *tried = json_array();
	const json_t *one;
	size_t i;

	json_array_foreach (json_object_get(row, "items"), i, one) {
		const char *measure = desk_text(one, "measure"),
			   *deadline = desk_text(one, "deadline");
		json_t *item = desk_add(items);

		desk_put_thing(to, item, "thing", measure[0] ? measure : deadline);
		if (measure[0])
			desk_put_thing(to, item, "of", deadline);
		page_put_flag(item, "moot", json_is_true(json_object_get(one, "moot")));
	}
	json_array_foreach (json_object_get(row, "tried"), i, one) {
		json_t *attempt = desk_add(tried);

		page_put_count(attempt, "number",
			       (size_t)json_integer_value(json_object_get(one, "n")));
		desk_put_short(to, attempt, "at", json_object_get(one, "at"));
		desk_put_kind(attempt, "state", desk_text(one, "state"));
		page_put(attempt, "answer", desk_text(one, "answer"));
	}
	page_put_flag(view, "any_items", json_array_size(items) > 0);
	page_put_flag(view, "any_tried", json_array_size(tried) > 0);
	json_object_set_new(view, "items", items);
	json_object_set_new(view, "tried", tried);
}

/* What came in about it: of a report what its server said, of a reply what was written. */
static void put_incoming(const struct page_reader *to, json_t *view, const json_t *row)
{
	json_t *incoming = json_array();
	const json_t *one;
	size_t i;

	json_array_foreach (json_object_get(row, "incoming"), i, one) {
		json_t *came = desk_add(incoming);
		const bool report = desk_text(one, "answer")[0];

		desk_put_short(to, came, "at", json_object_get(one, "at"));
		desk_put_kind(came, "came", desk_text(one, "what"));
		page_put(came, "answer", desk_text(one, "answer"));
		page_put(came, "subject", report ? NULL : desk_text(one, "subject"));
		page_put(came, "text", desk_text(one, "text"));
	}
	page_put_flag(view, "any_incoming", json_array_size(incoming) > 0);
	json_object_set_new(view, "incoming", incoming);
}

/* The value of a header's line: "From: …". */
static void put_header(json_t *view, const char *name, const char *headers, const char *header)
{
	const char *at = strstr(headers, header);
	char text[300];

	if (!at || (at > headers && at[-1] != '\n'))
		return;
	at += strlen(header);
	snprintf(text, sizeof(text), "%.*s", (int)strcspn(at, "\r\n"), at);
	page_put(view, name, text);
}

static void show_message(struct web *w, struct exchange *x, json_int_t id, const char *refused)
{
	const struct page_reader to = desk_reader(w, x);
	struct rejection why;
	json_t *row =
		id ? carry_out(w, x, COMMAND_MESSAGE, json_pack("{sI}", "id", id), &why) : NULL;
	json_t *view;

	if (!row) {
		exchange_refuse(x,
				id && why.code == REJECT_NONE ? REFUSAL_BROKEN : REFUSAL_NOT_FOUND);
		return;
	}
	view = page_new_signed_in(&to, x, DESK_OUTBOX);
	put_message(&to, view, row);
	put_items(&to, view, row);
	put_incoming(&to, view, row);
	desk_put_when(&to, view, "finished", json_object_get(row, "finished_at"));
	page_put_flag(view, "left", json_is_true(json_object_get(row, "left")));
	page_put(view, "subject", desk_text(row, "subject"));
	put_header(view, "from", desk_text(row, "headers"), "From: ");
	put_header(view, "letter_language", desk_text(row, "headers"), "Content-Language: ");
	page_put(view, "text", desk_text(row, "text"));
	page_put(view, "unsaid", desk_text(row, "unsaid"));
	page_put(view, "refused", refused);
	json_decref(row);
	page_send(x, &to, refused ? 409 : 200, PAGE_DESK_MESSAGE, view);
}

void desk_message(struct web *w, struct exchange *x)
{
	show_message(w, x, number_of(desk_asked(x, "id")), NULL);
}

/* ---- the list ---------------------------------------------------------------------------------------- */

static const char *const states[] = { "held",	 "failed",    "bounced", "retry",  "pending",
				      "started", "delivered", "expired", "dropped" };

static void put_filters(json_t *view, const char *chosen)
{
	json_t *filters = json_array();

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		json_t *one = desk_add(filters);

		page_put(one, "state", states[i]);
		desk_put_kind(one, "state", states[i]);
		page_put_flag(one, "chosen", strcmp(states[i], chosen) == 0);
	}
	json_object_set_new(view, "filters", filters);
	page_put_flag(view, "filtered", chosen[0]);
}

static bool any_has(json_t *const rows, const char *flag)
{
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		if (json_object_get(row, flag))
			return true;
	return false;
}

static void show(struct web *w, struct exchange *x, json_t *const answers[],
		 const struct rejection *why)
{
	const struct page_reader to = desk_reader(w, x);
	const char *state = desk_asked(x, "state");
	const char *const pairs[] = { "state", state, NULL };
	const size_t total = lookup_total(x, 0);
	json_t *view, *rows;

	if (why) {
		exchange_not_found(x);
		return;
	}
	view = page_new_signed_in(&to, x, DESK_OUTBOX);
	desk_put_rows(&to, view, "rows", answers[0], put_message);
	rows = json_object_get(view, "rows");
	page_put_flag(view, "any_buttons", any_has(rows, "may_retry") || any_has(rows, "may_drop"));
	put_filters(view, state);
	page_put_count(view, "count", total);
	page_put_flag(view, "several", total > 1);
	desk_put_pages(x, view, total, EACH, pairs);
	page_send(x, &to, 200, PAGE_DESK_OUTBOX, view);
}

/* Tell what somebody has done by a page, as the log tells of commands. */
static void order(struct web *w, struct exchange *x, enum request which, json_int_t id)
{
	struct rejection why;
	json_t *row = carry_out(w, x, which, json_pack("{sI}", "id", id), &why);
	char location[64];

	if (!row) {
		show_message(w, x, id, why.reason);
		return;
	}
	json_decref(row);
	log_notice("web: %s: %s message %lld", exchange_signed_in(x)->person->id.text,
		   request_kinds[which].name, (long long)id);
	snprintf(location, sizeof(location), "message?id=%lld", (long long)id);
	exchange_reply(x, &(struct reply){ .status = 303, .location = location });
}

void desk_outbox(struct web *w, struct exchange *x)
{
	const struct fields *sent = &exchange_request(x)->fields;
	const json_int_t retry = number_of(fields_value(sent, "retry"));
	const json_int_t drop = number_of(fields_value(sent, "drop"));
	const char *state = desk_asked(x, "state");
	json_t *params;

	if (exchange_request(x)->method == METHOD_POST) {
		if (!retry == !drop)
			exchange_refuse(x, REFUSAL_FORM);
		else
			order(w, x, retry ? COMMAND_RETRY : COMMAND_DROP, retry ? retry : drop);
		return;
	}
	params = json_pack("{sb ss*}", "newest", 1, "state", state[0] ? state : NULL);
	desk_ask(x, QUERY_OUTBOX, params, show);
	lookup_range(x, 0, (desk_page_of(x) - 1) * EACH, EACH);
}

/* ---- all of them ------------------------------------------------------------------------------------- */

void desk_hold(struct web *w, struct exchange *x)
{
	const struct page_reader to = desk_reader(w, x);
	const char *on = fields_value(&exchange_request(x)->fields, "on");
	struct rejection why;
	json_t *row;

	if (exchange_request(x)->method != METHOD_POST) {
		page_send(x, &to, 200, PAGE_DESK_HOLD, page_new_signed_in(&to, x, DESK_OUTBOX));
		return;
	}
	if (!on || (strcmp(on, "yes") != 0 && strcmp(on, "no") != 0)) {
		exchange_refuse(x, REFUSAL_FORM);
		return;
	}
	row = carry_out(w, x, COMMAND_HOLD, json_pack("{sb}", "on", strcmp(on, "yes") == 0), &why);
	if (!row) {
		exchange_refuse(x, REFUSAL_NOT_STORED);
		return;
	}
	json_decref(row);
	log_notice("web: %s: hold %s", to.person->id.text, strcmp(on, "yes") == 0 ? "on" : "off");
	exchange_see_again(x);
}
