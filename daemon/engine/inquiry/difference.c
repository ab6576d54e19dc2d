/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is compared is what follows from the log (FIELD_FROM_LOG), not what depends on the outside or on
 * the hour: what was asked, who was reached, when something is looked at.
 */
#include "engine/inquiry/difference.h"

#include <errno.h>

#define DIFFERENCES_MAX 999 /* what is told; one row more says that there are more */

static const struct {
	const char *what;
	const struct row_type *type;
} compared[] = {
	[COMPARED_OBLIGATION] = { "obligation", &obligation_type },
	[COMPARED_DEADLINE] = { "deadline", &deadline_type },
	[COMPARED_MEASURE] = { "measure", &measure_type },
	[COMPARED_MEETING] = { "meeting", &meeting_type },
	[COMPARED_REQUEST] = { "request", &request_type },
	[COMPARED_ASSIGNMENT] = { "assignment", &assignment_type },
	[COMPARED_LINK] = { "link", &link_type },
	[COMPARED_OWN_MEETING] = { "own meeting", &own_meeting_type },
	[COMPARED_PROPOSAL] = { "proposal", &proposal_type },
};

bool difference_full(const struct inquiry *q)
{
	return json_array_size(q->rows) >= DIFFERENCES_MAX;
}

int difference_tell(struct inquiry *q, const struct difference *d)
{
	if (difference_full(q)) {
		json_decref(d->store);
		json_decref(d->log);
		return 0;
	}
	return json_array_append_new(q->rows, json_pack("{ss ss ss so so}", "what", d->what, "item",
							d->item, "field", d->field, "store",
							d->store, "log", d->log));
}

static json_t *field_json(const struct field *f, const void *row)
{
	const void *at = field_at(f, row);

	switch (f->kind) {
	case FIELD_TEXT:
		return json_text(at);
	case FIELD_STRING:
		return *(char *const *)at ? json_text(*(char *const *)at) : json_null();
	case FIELD_NUMBER:
		return json_integer(*(const int *)at);
	case FIELD_LONG:
		return json_integer(*(const int64_t *)at);
	case FIELD_FLAG:
		return json_boolean(*(const bool *)at);
	case FIELD_DATE:
		return json_date(*(const struct civil_date *)at);
	case FIELD_INSTANT:
		return json_instant(*(const struct instant *)at);
	case FIELD_OPTIONAL:
		return json_optional(*(const struct optional *)at);
	}
	return NULL;
}

/* d: of what kind of row, and of which. */
static int tell_field(struct inquiry *q, struct difference d, const struct field *f,
		      const void *store, const void *log)
{
	d.field = f->name;
	d.store = field_json(f, store);
	d.log = field_json(f, log);
	if (!d.store || !d.log) {
		json_decref(d.store);
		json_decref(d.log);
		return -ENOMEM;
	}
	return difference_tell(q, &d);
}

int difference_compare(struct inquiry *q, enum compared which, const char *item, const void *store,
		       const void *log)
{
	const struct row_type *type = compared[which].type;
	uint64_t differing = row_difference(type, store, log);
	int r = 0;

	for (size_t i = 0; r == 0 && i < type->count; i++)
		if (differing >> i & 1 && type->fields[i].roles & FIELD_FROM_LOG)
			r = tell_field(
				q,
				(struct difference){ .what = compared[which].what, .item = item },
				&type->fields[i], store, log);
	return r;
}

int difference_one_sided(struct inquiry *q, const char *what, const char *item, bool in_store)
{
	return difference_tell(q,
			       &(struct difference){ what, item, "is there", json_boolean(in_store),
						     json_boolean(!in_store) });
}
