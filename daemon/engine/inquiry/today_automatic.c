/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/today_automatic.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/inquiry/away_until.h"

#define SHOWN_FOR 14	/* days */
#define SHOWN_LINES 3	/* of what it says */
#define SHOWN_BYTES 300 /* at most, with what ends a longer one */

/* The newest of each person. */
struct replies {
	const struct inquiry *q;
	struct incoming_row *list;
	size_t count, room;
};

static void replies_done(struct replies *all)
{
	for (size_t i = 0; i < all->count; i++)
		incoming_row_done(&all->list[i]);
	free(all->list);
}

/* Rows come oldest first: a later one takes the place of an earlier one. */
static int keep(void *userdata, const struct incoming_row *row)
{
	struct replies *all = userdata;
	char *text = row->text ? strdup(row->text) : NULL;
	size_t i = 0;
	int r = row->text && !text ? -ENOMEM : 0;

	while (i < all->count && strcmp(all->list[i].person, row->person) != 0)
		i++;
	if (r == 0 && i == all->count)
		r = array_grow(&all->list, all->count, &all->room);
	if (r < 0) {
		free(text);
		return r;
	}
	if (i < all->count)
		incoming_row_done(&all->list[i]);
	else
		all->count++;
	all->list[i] = *row;
	all->list[i].text = text;
	return 0;
}

static int find_absence(void *userdata, const struct absence *a)
{
	return civil_compare(a->from, *(const struct civil_date *)userdata) <= 0;
}

/* 1 or 0, or a negative errno. */
static int is_registered(const struct inquiry *q, const struct incoming_row *row)
{
	const struct civil_date came = zone_date(row->at);
	struct civil_date last = civil_add(came, SHOWN_FOR);

	return ledger_absences(q->e.ledger, person_id(row->person), came, find_absence, &last);
}

/* The first lines, without half a character at the end. The caller frees them. */
static char *first_lines(const char *text)
{
	char *out = malloc(SHOWN_BYTES + 1);
	size_t n = 0;
	int lines = 0;

	while (out && text[n] && n < SHOWN_BYTES - strlen("…")) {
		lines += text[n] == '\n';
		if (lines == SHOWN_LINES)
			break;
		out[n] = text[n];
		n++;
	}
	while (out && n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	if (out)
		strcpy(out + n, text[n] ? "…" : "");
	return out;
}

static int add_reply(struct inquiry *q, const struct incoming_row *row,
		     int (*add)(struct inquiry *q, json_t *row))
{
	const struct civil_date came = zone_date(row->at);
	const struct civil_date until = away_until(row->text ? row->text : "", came);
	char *lines = NULL;
	json_t *json;

	if (!civil_is_none(until) && civil_compare(until, zone_date(q->now)) < 0)
		return 0;
	lines = first_lines(row->text ? row->text : "");
	if (!lines)
		return -ENOMEM;
	json = json_pack("{ss sI so so so so so}", "person", row->person, "message",
			 (json_int_t)row->message.n, "at", json_instant(row->at), "subject",
			 json_text(row->subject), "text", json_text(lines), "from", json_date(came),
			 "until", json_date(until));
	free(lines);
	return add(q, json);
}

int today_automatic(struct inquiry *q, int (*add)(struct inquiry *q, json_t *row))
{
	struct replies all __attribute__((cleanup(replies_done))) = { .q = q };
	const struct instant since = zone_midnight(civil_add(zone_date(q->now), -SHOWN_FOR));
	int r = ledger_incoming_since(q->e.ledger, INCOMING_AUTOMATIC, since, keep, &all);

	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		if (!plan_person(q->e.plan, person_id(all.list[i].person)))
			continue;
		r = is_registered(q, &all.list[i]);
		if (r == 0)
			r = add_reply(q, &all.list[i], add);
	}
	return r < 0 ? r : 0;
}
