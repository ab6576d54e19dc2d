/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of `why` until they are asked for. A deadline of many measures has hundreds of thousands, which differ in
 * little: each is a few numbers, of its instant and of texts that are kept once, and becomes JSON when its page is
 * made.
 */
#include "engine/inquiry/why_rows.h"

#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/ladder/walk.h"

static const char *const decision_names[] = {
	[DECISION_PLANNED] = "planned",	      [DECISION_SENT] = "sent",
	[DECISION_MERGED] = "merged",	      [DECISION_HELD] = "held",
	[DECISION_SUPPRESSED] = "suppressed", [DECISION_FAILED] = "failed",
};

struct text {
	uint32_t number;
	char text[];
};
struct why_row {
	struct instant when;
	uint32_t order; /* among those of its instant: as they were found */
	uint32_t person, deadline, measure, step, reason; /* of texts */
	uint16_t repeated;
	uint8_t decision;
};
struct why_rows {
	struct why_row *list;
	size_t count, room;
	void *root; /* of tsearch: the texts */
	struct text **texts;
	size_t text_count, text_room;
};

void why_rows_free(struct why_rows *w)
{
	if (!w)
		return;
	tdestroy(w->root, free);
	free(w->texts);
	free(w->list);
	free(w);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(((const struct text *)a)->text, ((const struct text *)b)->text);
}

/* The number of a text, which is taken up if it is new. */
static int number_of(struct why_rows *w, const char *text, uint32_t *ret)
{
	const size_t size = strlen(text ? text : "") + 1;
	struct text *one = malloc(sizeof(*one) + size), *const *there = NULL;
	int r = one ? array_grow(&w->texts, w->text_count, &w->text_room) : -ENOMEM;

	if (r == 0) {
		one->number = (uint32_t)w->text_count;
		memcpy(one->text, text ? text : "", size);
		there = tsearch(one, &w->root, compare_texts);
	}
	if (!there) {
		free(one);
		return -ENOMEM;
	}
	*ret = (*there)->number;
	if (*there == one)
		w->texts[w->text_count++] = one;
	else
		free(one);
	return 0;
}

int why_add_row(struct inquiry *q, const struct reminder *row)
{
	const char *asked_for = inquiry_text(q, "person");
	struct why_rows *w = q->why;
	struct why_row *one;
	int r;

	if (asked_for && strcmp(asked_for, row->person.text) != 0)
		return 0;
	r = array_grow(&w->list, w->count, &w->room);
	if (r < 0)
		return r;
	one = &w->list[w->count];
	*one = (struct why_row){
		.when = row->when,
		.order = (uint32_t)w->count,
		.repeated = (uint16_t)walk_repeated(row->step, row->repetition),
		.decision = (uint8_t)row->decision,
	};
	r = number_of(w, row->person.text, &one->person);
	if (r == 0)
		r = number_of(w, row->deadline.text, &one->deadline);
	if (r == 0)
		r = number_of(w, row->measure.text, &one->measure);
	if (r == 0)
		r = number_of(w, row->step, &one->step);
	if (r == 0)
		r = number_of(w, row->reason, &one->reason);
	w->count += r == 0;
	return r;
}

/* What has no instant comes first. */
static int compare(const void *a, const void *b)
{
	const struct why_row *x = a, *y = b;
	const int64_t first = instant_is_none(x->when) ? 0 : x->when.us,
		      other = instant_is_none(y->when) ? 0 : y->when.us;

	if (first != other)
		return first < other ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

void why_rows_sort(struct why_rows *w)
{
	if (w->count)
		qsort(w->list, w->count, sizeof(*w->list), compare);
}

int why_rows_new(struct why_rows **ret)
{
	*ret = calloc(1, sizeof(**ret));
	return *ret ? 0 : -ENOMEM;
}

size_t why_count(const struct inquiry *q)
{
	return q->why->count;
}

json_t *why_row(const struct inquiry *q, size_t i)
{
	const struct why_rows *w = q->why;
	const struct why_row *row = &w->list[i];

	return json_pack("{so so so so so so* ss ss}", "when", json_instant(row->when), "person",
			 json_text(w->texts[row->person]->text), "deadline",
			 json_text(w->texts[row->deadline]->text), "measure",
			 json_text(w->texts[row->measure]->text), "step",
			 json_text(w->texts[row->step]->text), "repetition",
			 row->repeated ? json_integer(row->repeated) : NULL, "decision",
			 decision_names[row->decision], "reason", w->texts[row->reason]->text);
}
