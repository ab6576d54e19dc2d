/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log has each plan that took effect, with the names and addresses that it gave to an id. Somebody else's begin with
 * the plan that gives the id another name, so that a new address is still the same person's.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "engine/erase/internal.h"
#include "engine/plan_change.h"
#include "protocol/text.h"

#define PAGE 500
#define NOWHERE "@erased.invalid" /* a domain that never is one: RFC 2606 */

const char *const erased_members[ERASED_MEMBERS] = { "note", "needs_support", "reason" };

/* ---- names and addresses ----------------------------------------------------------------------- */

/* Where a mail to them would go: an address that a plan may have, and no two the same. */
static void put_nowhere(const struct erasing *x, char out[static 254])
{
	snprintf(out, 254, "%s%s", x->which->person, NOWHERE);
	if (!text_is_address(out))
		snprintf(out, 254, "erased%s", NOWHERE);
}

/* As libconfig has it between quotation marks, where it is written otherwise. */
static int add_escaped(struct erasing *x, const char *name)
{
	char escaped[4 * LINE_MAX_BYTES];
	size_t n = 0;

	if (!strpbrk(name, "\"\\"))
		return 0;
	for (; *name && n + 3 < sizeof(escaped); name++) {
		if (*name == '"' || *name == '\\')
			escaped[n++] = '\\';
		escaped[n++] = *name;
	}
	escaped[n] = '\0';
	return traces_add(&x->names,
			  &(struct wanted){ TRACE_NAME, escaped, x->which->person, NULL });
}

/* Of whoever has the function after them, say, or of those who share a mailbox with them. */
static bool is_somebodys(const struct plan *plan, const char *mail)
{
	for (size_t i = 0; i < plan->person_count; i++)
		if (plan->people[i].mail && strcasecmp(plan->people[i].mail, mail) == 0)
			return true;
	return false;
}

static int add_person(struct erasing *x, const struct person *person)
{
	char nowhere[254];
	size_t before = x->names.count;
	int r = traces_add(&x->names,
			   &(struct wanted){ TRACE_NAME, person->name, x->which->person, NULL });

	x->name_count += x->names.count - before;
	if (r == 0)
		r = add_escaped(x, person->name);
	put_nowhere(x, nowhere);
	before = x->names.count;
	if (r == 0 && person->mail && !is_somebodys(x->e->plan, person->mail))
		r = traces_add(&x->names,
			       &(struct wanted){ TRACE_ADDRESS, person->mail, nowhere, NULL });
	x->address_count += x->names.count - before;
	return r;
}

/* A plan that this version can't read is no plan that it goes by: `verify` and each reload say so. */
static int note_plan(struct erasing *x, const struct logged_event *event)
{
	char quoted[ID_MAX + 5], fault[300];
	struct plan *plan = NULL;
	int r = 0;

	snprintf(quoted, sizeof(quoted), "%s\\\"", x->which->person);
	if (strstr(event->body, quoted))
		r = plan_change_read(&plan, event->body, fault, sizeof(fault));
	const struct person *person = plan ? plan_person(plan, x->person) : NULL;
	if (r < 0 || !person) {
		plan_unref(plan);
		return r < 0 ? r : 0;
	}
	if (!x->present || strcmp(person->name, x->present) != 0) {
		r = add_person(x, person);
		x->known = true;
		x->until = INT64_MAX;
		x->until_at = (struct instant){ INT64_MAX };
	} else if (x->until == INT64_MAX) {
		x->until = event->seq;
		x->until_at = event->received;
	}
	plan_unref(plan);
	return r;
}

/* ---- words ---------------------------------------------------------------------------------------- */

static int add_said(struct erasing *x, const struct logged_event *event, const char *text)
{
	struct said one = { event->seq, strdup(event->subject), strdup(text) };
	int r = one.of && one.text ? array_grow(&x->said, x->said_count, &x->said_room) : -ENOMEM;

	if (r < 0) {
		free(one.of);
		free(one.text);
		return r;
	}
	x->said[x->said_count++] = one;
	return 0;
}

/* What their reasons were given for, of refusals: rows of older daemons have the reason, but not which event gave it. */
static int note_denied(struct erasing *x, const json_t *data)
{
	const json_t *ids = json_object_get(data, "requests");
	int r = 0;

	for (size_t i = 0; r == 0 && i < json_array_size(ids); i++) {
		const char *id = json_string_value(json_array_get(ids, i));

		if (id)
			r = traces_add(&x->denied, &(struct wanted){ TRACE_WORDS, id, "", NULL });
	}
	return r;
}

static int note_said(struct erasing *x, const struct logged_event *event)
{
	json_t *json = json_loads(event->body, 0, NULL);
	int r = array_grow(&x->seqs, x->seq_count, &x->seq_room);

	if (r == 0)
		x->seqs[x->seq_count++] = event->seq;
	for (size_t i = 0; r == 0 && i < ERASED_MEMBERS; i++) {
		const char *text = json_string_value(
			json_object_get(json_object_get(json, "data"), erased_members[i]));

		if (text && !text_is_blank(text))
			r = add_said(x, event, text);
	}
	if (r == 0 && event->seq < x->until)
		r = note_denied(x, json_object_get(json, "data"));
	json_decref(json);
	return r;
}

static int note_event(void *userdata, const struct logged_event *event)
{
	struct erasing *x = userdata;

	x->last = event->seq;
	if (strcmp(event->type, ADOPT_EVENT) == 0)
		return note_plan(x, event);
	return strcmp(event->source, x->source) == 0 ? note_said(x, event) : 0;
}

static int compare_of(const void *a, const void *b)
{
	return strcmp(((const struct trace *)a)->of, ((const struct trace *)b)->of);
}

/* What comes after `until` is somebody else's. */
static int keep_theirs(struct erasing *x)
{
	int r = 0;

	while (x->seq_count > 0 && x->seqs[x->seq_count - 1] >= x->until)
		x->seq_count--;
	for (size_t i = 0; r == 0 && i < x->said_count; i++)
		if (x->said[i].seq < x->until)
			r = traces_add(&x->words, &(struct wanted){ TRACE_WORDS, x->said[i].text,
								    ERASED_WORDS, x->said[i].of });
	if (x->words.count)
		qsort(x->words.list, x->words.count, sizeof(*x->words.list), compare_of);
	return r;
}

int erase_collect(struct erasing *x, struct rejection *ret_why)
{
	int64_t before;
	int r;

	do {
		before = x->last;
		r = ledger_log(x->e->ledger, x->last, PAGE, note_event, x);
	} while (r == 0 && x->last != before);
	if (r == 0)
		r = keep_theirs(x);
	if (r < 0)
		return r;
	if (x->known || (x->seq_count > 0 && !x->present))
		return 0;
	return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
			   x->present ? "nobody but %s has had the id %s: there is no former "
					"holder to erase"
				      : "no plan in the log has a name or address of %s%s: check "
					"the id",
			   x->present ? x->present : x->which->person,
			   x->present ? x->which->person : "");
}

/* ---- asked of it ------------------------------------------------------------------------------- */

static int compare_seqs(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

bool erase_is_theirs(const struct erasing *x, int64_t seq)
{
	return x->seq_count > 0 && bsearch(&seq, x->seqs, x->seq_count, sizeof(seq), compare_seqs);
}

bool erase_is_before(const struct erasing *x, struct instant at)
{
	return instant_compare(at, x->until_at) < 0;
}

struct trace_list erase_names(const struct erasing *x)
{
	return (struct trace_list){ x->names.list, x->names.count, .grows = false };
}

struct trace_list erase_words_of(const struct erasing *x, const char *of)
{
	const struct trace key = { .of = (char *)(uintptr_t)of };
	const size_t first = array_place(&key, x->words.list, x->words.count,
					 sizeof(*x->words.list), compare_of);
	size_t last = first;

	while (last < x->words.count && strcmp(x->words.list[last].of, of) == 0)
		last++;
	return (struct trace_list){ x->words.list + first, last - first, .grows = false };
}

void erase_done(struct erasing *x)
{
	for (size_t i = 0; i < x->said_count; i++) {
		free(x->said[i].of);
		free(x->said[i].text);
	}
	free(x->said);
	free(x->seqs);
	traces_done(&x->names);
	traces_done(&x->words);
	traces_done(&x->denied);
	json_decref(x->papers);
}
