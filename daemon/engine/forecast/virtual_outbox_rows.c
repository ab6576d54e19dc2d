/* SPDX-License-Identifier: Apache-2.0 */
/* Each bucket is sorted, and its entries for one recipient and kind are one message, a row for each channel. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/forecast/virtual_outbox_internal.h"
#include "protocol/json_text.h"

static enum message_kind kind_of(const struct entry *e)
{
	return item_kind((enum item_what)e->what);
}

/* What the entries of one message at one instant have in common: the recipient, and the first of the
 * kinds that they may be merged with. */
static size_t message_of(const struct virtual_outbox *f, const struct entry *e)
{
	return e->to * (size_t)KINDS + f->merges_as[kind_of(e)];
}

/* Sort by message, and what is equal stays in the order it was found: by counting, since there are
 * many entries and few messages. */
static int sort_bucket(const struct virtual_outbox *f, struct bucket *b)
{
	const struct plan *plan = f->plan;
	size_t messages = (plan->person_count + plan->channel_count) * (size_t)KINDS;
	uint32_t *places = calloc(messages + 1, sizeof(*places));
	struct entry *sorted = calloc(b->count + 1, sizeof(*sorted));

	if (!places || !sorted) {
		free(places);
		free(sorted);
		return -ENOMEM;
	}
	for (size_t i = 0; i < b->count; i++)
		places[message_of(f, &b->entries[i]) + 1]++;
	for (size_t i = 0; i < messages; i++)
		places[i + 1] += places[i];
	for (size_t i = 0; i < b->count; i++)
		sorted[places[message_of(f, &b->entries[i])]++] = b->entries[i];
	free(places);
	free(b->entries);
	b->entries = sorted;
	b->room = b->count;
	return 0;
}

/* One message, on each channel of its recipient. */
static int add_rows(struct virtual_outbox *f, const struct bucket *b, size_t first, size_t count)
{
	const struct plan *plan = f->plan;
	const struct entry *e = &b->entries[first];
	struct recipient to = virtual_recipient_at(plan, e->to);
	size_t channels = to.person && !b->tried ? to.person->channel_count : 1;
	enum message_kind kind = kind_of(e);

	for (size_t i = first + 1; i < first + count; i++)
		kind = kind_merged(kind, kind_of(&b->entries[i]));
	for (size_t i = 0; i < channels; i++) {
		const struct channel *channel = b->tried    ? b->tried
						: to.person ? to.person->channels[i]
							    : to.channel;
		int r = array_grow(&f->rows, f->row_count, &f->row_room);

		if (r < 0)
			return r;
		f->rows[f->row_count++] = (struct row){
			.bucket = (uint32_t)(b - f->buckets),
			.first = (uint32_t)first,
			.count = (uint32_t)count,
			.kind = (uint16_t)kind,
			.channel = (uint16_t)(channel - plan->channels),
		};
	}
	return 0;
}

int virtual_outbox_group(struct virtual_outbox *f)
{
	struct bucket *b;
	size_t next;
	int r;

	if (f->grouped == f->bucket_count)
		return 0;
	b = &f->buckets[f->grouped++];
	r = sort_bucket(f, b);
	for (size_t i = 0; r >= 0 && i < b->count; i = next) {
		for (next = i + 1; next < b->count; next++)
			if (message_of(f, &b->entries[next]) != message_of(f, &b->entries[i]))
				break;
		r = add_rows(f, b, i, next - i);
	}
	return r < 0 ? r : 1;
}

size_t virtual_outbox_count(const struct virtual_outbox *f)
{
	return f->row_count;
}

struct instant virtual_outbox_when(const struct virtual_outbox *f, size_t i)
{
	return f->buckets[f->rows[i].bucket].when;
}

struct recipient virtual_outbox_to(const struct virtual_outbox *f, size_t i)
{
	const struct row *row = &f->rows[i];

	return virtual_recipient_at(f->plan, f->buckets[row->bucket].entries[row->first].to);
}

/* That all is on hold is about nothing, and a message of it has no items. */
static bool is_about_nothing(const struct entry *x)
{
	return x->measure == NO_INDEX && (x->what == ITEM_AWAY || x->deadline == NO_INDEX);
}

/* ---- a row as text ------------------------------------------------------------------------------- */

/* Something of our own, and then a text as a JSON string, or null; the texts are names and ids, without control
 * characters. */
static int put(struct buffer *out, const char *before, const char *text)
{
	int r = buffer_add_text(out, before);

	if (r == 0)
		r = text ? buffer_reserve(out, 2 * strlen(text) + 2) : buffer_add_text(out, "null");
	if (r == 0 && text)
		out->length =
			(size_t)(json_text_string(out->bytes + out->length, text) - out->bytes);
	return r;
}

static int put_repetition(struct buffer *out, unsigned repetition)
{
	static const char name[] = ",\"repetition\":";
	int r = buffer_add_text(out, name);

	if (r == 0)
		r = buffer_reserve(out, 20);
	if (r == 0)
		out->length = (size_t)(json_text_number(out->bytes + out->length, repetition) -
				       out->bytes);
	return r;
}

static int put_item(const struct virtual_outbox *f, const struct entry *x, const char *before,
		    struct buffer *out)
{
	const struct plan *plan = f->plan;
	const bool away = x->what == ITEM_AWAY, any = x->measure != NO_INDEX;
	const struct deadline *d = away ? NULL : virtual_deadline_at(f, x->deadline);
	int r = buffer_add_text(out, before);

	if (r == 0)
		r = put(out, "{\"deadline\":", d ? d->id.text : NULL);
	if (r == 0)
		r = put(out,
			",\"measure\":", any && !away ? plan->measures[x->measure].id.text : NULL);
	if (r == 0)
		r = put(out, ",\"step\":", virtual_step_text(d, x->step));
	if (r == 0 && x->repetition)
		r = put_repetition(out, x->repetition);
	if (r == 0 && any && away)
		r = put(out, ",\"person\":", plan->people[x->away].id.text);
	return r < 0 ? r : buffer_add_text(out, "}");
}

int virtual_outbox_write(const struct virtual_outbox *f, size_t i, struct buffer *out)
{
	const struct plan *plan = f->plan;
	const struct row *row = &f->rows[i];
	const struct bucket *b = &f->buckets[row->bucket];
	const struct entry *e = &b->entries[row->first];
	char when[RFC3339_TEXT], to[RECIPIENT_ID];
	size_t items = 0;
	int r = put(out, "{\"when\":", zone_format(b->when, when));

	if (r == 0)
		r = put(out,
			",\"to\":", recipient_id_of(virtual_recipient_at(plan, e->to), to).text);
	if (r == 0)
		r = put(out, ",\"channel\":", plan->channels[row->channel].name);
	if (r == 0)
		r = put(out, ",\"kind\":", message_kind_name((enum message_kind)row->kind));
	if (r == 0)
		r = buffer_add_text(out, ",\"items\":[");
	for (const struct entry *x = e; r == 0 && x < e + row->count; x++)
		if (!is_about_nothing(x))
			r = put_item(f, x, items++ ? "," : "", out);
	return r < 0 ? r : buffer_add_text(out, "]}");
}

json_t *virtual_outbox_row(const struct virtual_outbox *f, size_t i)
{
	struct buffer text = { 0 };
	json_t *row = virtual_outbox_write(f, i, &text) == 0
			      ? json_loadb(text.bytes, text.length, 0, NULL)
			      : NULL;

	buffer_done(&text);
	return row;
}
