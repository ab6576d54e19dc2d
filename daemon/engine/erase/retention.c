/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events lose the notes, reasons and what help was needed with, as do the rows that follow from them. Messages lose what they
 * said and what came in about them, once they are so old, whatever became of them. The store knows up to which event and which
 * message that is done, so that each is looked at once.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/erase/internal.h"
#include "ledger/lists.h"
#include "protocol/text.h"

#define PIECE 50 /* events, or messages */

/* ---- how old ------------------------------------------------------------------------------------- */

bool erase_is_asked(const struct plan *plan)
{
	const struct retention *kept = &plan->settings.retention;

	return kept->events.given || kept->deliveries.given;
}

/* What was before this instant is too old. */
static struct instant cut_of(const struct kept_for *kept, struct instant now)
{
	int year, month, day;

	civil_to_ymd(zone_date(now), &year, &month, &day);
	const int whole = year * 12 + month - 1 - kept->months;
	const int days = civil_month_days(whole / 12, whole % 12 + 1);
	struct civil_date date =
		civil_from_ymd(whole / 12, whole % 12 + 1, day < days ? day : days);
	date.day -= kept->days;
	return zone_instant(date, (struct time_of_day){ 0 });
}

static int read_mark(struct ledger *l, enum meta which, int64_t *ret)
{
	char text[META_MAX];
	int r = ledger_meta(l, which, text, sizeof(text));

	*ret = r < 0 ? 0 : strtoll(text, NULL, 10);
	return r;
}

static int write_mark(struct ledger *l, enum meta which, int64_t mark)
{
	char text[META_MAX];

	snprintf(text, sizeof(text), "%lld", (long long)mark);
	return ledger_set_meta(l, which, text);
}

/* ---- events -------------------------------------------------------------------------------------- */

struct old_event {
	int64_t seq;
	struct instant received;
	char source[4 * SOURCE_MAX + 1], id[4 * EVENT_ID_MAX + 1], subject[ITEM_ID];
	json_t *body;
};

static int take(void *userdata, const struct logged_event *event)
{
	struct old_event *old = userdata;

	old->seq = event->seq;
	old->received = event->received;
	snprintf(old->source, sizeof(old->source), "%s", event->source);
	snprintf(old->id, sizeof(old->id), "%s", event->id);
	snprintf(old->subject, sizeof(old->subject), "%s", event->subject);
	old->body = json_loads(event->body, 0, NULL);
	return 1;
}

static int quiet_measure(struct ledger *l, const struct old_event *old)
{
	struct measure_row m;
	bool found = false;
	int r = strlen(old->subject) < MEASURE_ID
			? ledger_find_measure(l, measure_id(old->subject), &m, &found)
			: 0;

	if (r < 0 || !found)
		return r;
	if (m.seq == old->seq)
		r = erase_string(&m.note) < 0 || erase_string(&m.needs_support) < 0
			    ? -ENOMEM
			    : ledger_put_measure(l, &m);
	measure_row_done(&m);
	return r;
}

static int quiet_request(struct ledger *l, const struct old_event *old)
{
	struct request_row row;
	bool found = false;
	int r = ledger_find_request(l, old->source, old->id, &row, &found);

	if (r < 0 || !found)
		return r;
	snprintf(row.reason, sizeof(row.reason), "%s", ERASED_WORDS);
	return ledger_put_row(l, &request_type, &row);
}

struct denied {
	int64_t seq; /* of the refusal */
	struct request_row list[8];
	size_t count;
};

/* Another's of the same id was refused by another event. Older daemons did not keep by which, but 0. */
static int note_denied(void *userdata, const struct request_row *row)
{
	struct denied *d = userdata;
	const bool by_it = row->decided_seq == d->seq || row->decided_seq == 0;

	if (row->state == REQUEST_DENIED && by_it && d->count < sizeof(d->list) / sizeof(*d->list))
		d->list[d->count++] = *row;
	return 0;
}

/* Of a refusal: what was asked for has its reason, too. */
static int quiet_denied(struct ledger *l, const struct old_event *old)
{
	const json_t *ids = json_object_get(json_object_get(old->body, "data"), "requests");
	struct denied d = { .seq = old->seq };
	int r = 0;

	for (size_t i = 0; r >= 0 && i < json_array_size(ids); i++) {
		const char *id = json_string_value(json_array_get(ids, i));

		d.count = 0;
		r = id ? ledger_requests_called(l, id, note_denied, &d) : 0;
		for (size_t j = 0; r >= 0 && j < d.count; j++) {
			snprintf(d.list[j].answer, sizeof(d.list[j].answer), "%s", ERASED_WORDS);
			r = ledger_put_row(l, &request_type, &d.list[j]);
		}
	}
	return r;
}

static int quiet_event(struct ledger *l, const struct old_event *old)
{
	char *text = NULL;
	int r = erase_quiet(old->body);

	if (r <= 0)
		return r;
	text = json_dumps(old->body, JSON_COMPACT);
	r = text ? ledger_rewrite_event(l, old->seq, text) : -ENOMEM;
	free(text);
	if (r >= 0)
		r = quiet_measure(l, old);
	if (r >= 0)
		r = quiet_request(l, old);
	return r < 0 ? r : quiet_denied(l, old);
}

static int work_events(struct engine *e, struct instant cut, bool *ret_more)
{
	struct old_event old = { .received = { INT64_MIN } };
	int64_t mark, newest = 0;
	int r = read_mark(e->ledger, META_WORDLESS_EVENTS, &mark);
	const int64_t before = mark;
	int i = 0;

	if (r >= 0)
		r = ledger_newest_seq(e->ledger, &newest);
	for (; r >= 0 && i < PIECE && mark < newest; i++) {
		r = ledger_log(e->ledger, mark, 1, take, &old);
		if (r < 0)
			break;
		if (r == 0) { /* one that is damaged, and passed over */
			mark++;
			continue;
		}
		const bool is_old = instant_compare(old.received, cut) < 0;

		r = is_old ? quiet_event(e->ledger, &old) : 0;
		json_decref(old.body);
		old.body = NULL;
		if (!is_old)
			break;
		mark = old.seq;
	}
	*ret_more |= r >= 0 && i == PIECE;
	return r < 0 || mark == before ? r : write_mark(e->ledger, META_WORDLESS_EVENTS, mark);
}

/* ---- messages ------------------------------------------------------------------------------------- */

struct left {
	struct attempt_row *list;
	size_t count, room;
};

static int note_attempt(void *userdata, const struct attempt_row *a)
{
	static char words[] = ERASED_WORDS;
	struct left *left = userdata;
	int r = array_grow(&left->list, left->count, &left->room);

	if (r < 0)
		return r;
	left->list[left->count] = *a;
	left->list[left->count].answer[0] = '\0';
	left->list[left->count].headers = NULL;
	left->list[left->count++].text = a->text ? words : NULL;
	return 0;
}

static int quiet_attempts(struct ledger *l, struct message_id id)
{
	struct left left = { NULL };
	int r = ledger_attempts(l, id, note_attempt, &left);

	for (size_t i = 0; r >= 0 && i < left.count; i++)
		r = ledger_put_attempt(l, &left.list[i]);
	free(left.list);
	return r;
}

struct came_in {
	struct incoming_row *list;
	size_t count, room;
};

static int note_incoming(void *userdata, const struct incoming_row *row)
{
	struct came_in *in = userdata;
	int r = array_grow(&in->list, in->count, &in->room);

	if (r < 0)
		return r;
	in->list[in->count] = *row;
	in->list[in->count].subject[0] = in->list[in->count].answer[0] = '\0';
	in->list[in->count++].text = NULL;
	return 0;
}

static int quiet_incoming(struct ledger *l, struct message_id id)
{
	struct came_in in = { NULL };
	int r = ledger_incoming(l, id, note_incoming, &in);

	for (size_t i = 0; r >= 0 && i < in.count; i++) {
		r = ledger_put_incoming(l, &in.list[i]);
		if (r >= 0)
			r = ledger_forget_forward(l, in.list[i].id);
	}
	free(in.list);
	return r;
}

/* Moot ones as well: they have become so with the answer. */
static int note_item(void *userdata, const struct item *item)
{
	struct items *items = userdata;
	int r = item->detail ? array_grow(&items->list, items->count, &items->room) : 0;

	if (r == 0 && item->detail)
		r = row_copy(&item_type, &items->list[items->count], item);
	items->count += r == 0 && item->detail;
	return r;
}

/* Where words stand in a detail they are in members of the names that an event has. */
static int quiet_items(struct ledger *l, struct message_id id)
{
	struct items items __attribute__((cleanup(items_done))) = { NULL };
	int r = ledger_items(l, id, note_item, &items);

	for (size_t i = 0; r >= 0 && i < items.count; i++) {
		r = erase_detail(&items.list[i]);
		if (r > 0)
			r = ledger_put_item(l, &items.list[i]);
	}
	return r;
}

static int quiet_message(struct ledger *l, const struct message *m)
{
	int r = quiet_attempts(l, m->id);

	if (r >= 0)
		r = quiet_incoming(l, m->id);
	/* What has not left yet is still to say it. */
	return r < 0 || instant_is_none(m->finished) ? r : quiet_items(l, m->id);
}

static int work_messages(struct engine *e, struct instant cut, bool *ret_more)
{
	struct message page[PIECE];
	int64_t mark;
	int r = read_mark(e->ledger, META_WORDLESS_MESSAGES, &mark);
	const int64_t before = mark;
	int count = r < 0 ? r : ledger_messages(e->ledger, 0, message_id(mark), page, PIECE), i = 0;

	r = count;
	for (; r >= 0 && i < count && instant_compare(page[i].created, cut) < 0; i++) {
		r = quiet_message(e->ledger, &page[i]);
		mark = page[i].id.n;
	}
	*ret_more |= r >= 0 && i == PIECE;
	return r < 0 || mark == before ? r : write_mark(e->ledger, META_WORDLESS_MESSAGES, mark);
}

int erase_old(struct engine *e, struct instant now, bool *ret_more)
{
	const struct retention *kept = &e->plan->settings.retention;
	int r;

	*ret_more = false;
	r = ledger_forget_acts(e->ledger, instant_add(now, (struct duration){ -ACT_KEPT.us }));
	if (r >= 0 && kept->deliveries.given)
		r = work_messages(e, cut_of(&kept->deliveries, now), ret_more);
	if (r >= 0 && kept->events.given && !*ret_more)
		r = work_events(e, cut_of(&kept->events, now), ret_more);
	return r < 0 ? r : 0;
}
