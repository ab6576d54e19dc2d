/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What depends on the outside or on the hour is not compared: what was asked, who was reached, when
 * something wants a look.
 */
#include "engine/inquiry/difference.h"

#include <errno.h>
#include <stddef.h>

#define DIFFERENCES_MAX 999 /* what is told; one row more says that there are more */

enum kind { TEXT, NUMBER, FLAG, DATE, INSTANT, OPTIONAL };

/* A member of a row that follows from the log. */
struct field {
	const char *name;
	enum kind kind;
	size_t at;
};

#define FIELD(type, member, kind_)                            \
	{                                                     \
#member, kind_, offsetof(struct type, member) \
	}

static const struct field obligation_fields[] = {
	FIELD(obligation, owner, TEXT),
	FIELD(obligation, phase, NUMBER),
	FIELD(obligation, withdrawal, NUMBER),
	FIELD(obligation, round, NUMBER),
	FIELD(obligation, due, DATE),
	FIELD(obligation, papers, DATE),
	FIELD(obligation, practical, DATE),
	FIELD(obligation, base, DATE),
	FIELD(obligation, due_original, DATE),
	FIELD(obligation, papers_original, DATE),
	FIELD(obligation, provisional, FLAG),
	FIELD(obligation, extended, FLAG),
	FIELD(obligation, opens_at, INSTANT),
	FIELD(obligation, late_at, INSTANT),
	FIELD(obligation, answered_at, INSTANT),
	FIELD(obligation, answers_after, INSTANT),
	FIELD(obligation, assigned_at, INSTANT),
	FIELD(obligation, promised, FLAG),
	{ NULL, TEXT, 0 },
};
static const struct field deadline_fields[] = {
	FIELD(deadline_row, bound, DATE),
	FIELD(deadline_row, due, DATE),
	FIELD(deadline_row, papers, DATE),
	FIELD(deadline_row, extended, DATE),
	FIELD(deadline_row, due_original, DATE),
	FIELD(deadline_row, papers_original, DATE),
	FIELD(deadline_row, closed, FLAG),
	FIELD(deadline_row, removed, FLAG),
	FIELD(deadline_row, superseded, FLAG),
	FIELD(deadline_row, submitted_at, INSTANT),
	FIELD(deadline_row, reference, TEXT),
	FIELD(deadline_row, outcome, NUMBER),
	FIELD(deadline_row, outcome_at, INSTANT),
	FIELD(deadline_row, outcome_reference, TEXT),
	{ NULL, TEXT, 0 },
};
static const struct field measure_fields[] = {
	FIELD(measure_row, owner, TEXT),
	FIELD(measure_row, status, NUMBER),
	FIELD(measure_row, time, INSTANT),
	FIELD(measure_row, progress, OPTIONAL),
	FIELD(measure_row, effect_achieved, OPTIONAL),
	FIELD(measure_row, effect_forecast, OPTIONAL),
	FIELD(measure_row, alerts, TEXT),
	{ NULL, TEXT, 0 },
};
static const struct field meeting_fields[] = {
	FIELD(meeting_row, until, DATE),
	FIELD(meeting_row, place, TEXT),
	FIELD(meeting_row, state, NUMBER),
	FIELD(meeting_row, replaced_by, DATE),
	{ NULL, TEXT, 0 },
};

static const struct {
	const char *what;
	const struct field *fields;
} compared[] = {
	[COMPARED_OBLIGATION] = { "obligation", obligation_fields },
	[COMPARED_DEADLINE] = { "deadline", deadline_fields },
	[COMPARED_MEASURE] = { "measure", measure_fields },
	[COMPARED_MEETING] = { "meeting", meeting_fields },
};

_Static_assert(sizeof(enum obligation_phase) == sizeof(int), "enums are compared as numbers");

bool difference_full(const struct inquiry *q)
{
	return json_array_size(q->rows) >= DIFFERENCES_MAX;
}

int difference_tell(struct inquiry *q, const char *what, const char *item, const char *field,
		    json_t *store, json_t *log)
{
	if (difference_full(q)) {
		json_decref(store);
		json_decref(log);
		return 0;
	}
	return json_array_append_new(q->rows,
				     json_pack("{ss ss ss so so}", "what", what, "item", item,
					       "field", field, "store", store, "log", log));
}

static json_t *field_json(const void *row, const struct field *f)
{
	const void *at = (const char *)row + f->at;

	switch (f->kind) {
	case TEXT:
		return json_text(at);
	case NUMBER:
		return json_integer(*(const int *)at);
	case FLAG:
		return json_boolean(*(const bool *)at);
	case DATE:
		return json_date(*(const struct civil_date *)at);
	case INSTANT:
		return json_instant(*(const struct instant *)at);
	case OPTIONAL:
		return json_optional(*(const struct optional *)at);
	}
	return NULL;
}

int difference_compare(struct inquiry *q, enum compared which, const char *item, const void *store,
		       const void *log)
{
	const struct field *f = compared[which].fields;
	int r = 0;

	for (; r == 0 && f->name; f++) {
		json_t *a = field_json(store, f), *b = field_json(log, f);

		if (!a || !b || json_equal(a, b)) {
			r = a && b ? 0 : -ENOMEM;
			json_decref(a);
			json_decref(b);
		} else {
			r = difference_tell(q, compared[which].what, item, f->name, a, b);
		}
	}
	return r;
}

int difference_one_sided(struct inquiry *q, const char *what, const char *item, bool in_store)
{
	return difference_tell(q, what, item, "is there", json_boolean(in_store),
			       json_boolean(!in_store));
}
