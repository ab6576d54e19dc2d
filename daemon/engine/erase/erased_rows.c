/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows from an event of theirs says what the event says, so both are changed alike: whoever replays the log gets
 * the rows that there are.
 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "engine/erase/internal.h"
#include "engine/obligation/freeze_time.h"
#include "protocol/text.h"
#include "protocol/text_search.h"

#define QUOTED_LEAST \
	8 /* bytes of what is looked for in a mail: "klart" stands in many, and tells of nobody */

/* ---- a column ------------------------------------------------------------------------------------ */

/* It is there: see ledger/rewrite.c. */
static const struct field *field_of(const struct row_type *type, const char *column)
{
	for (size_t i = 0;; i++) {
		assert(i < type->count);
		if (strcmp(type->fields[i].column, column) == 0)
			return &type->fields[i];
	}
}

/* Give a string column another text (NULL: none), which is copied: 1, 0 when it had none, or -ENOMEM. */
static int set_string(char **at, const char *text)
{
	char *copy = *at && text ? strdup(text) : NULL;

	if (!*at)
		return 0;
	if (text && !copy)
		return -ENOMEM;
	free(*at);
	*at = copy;
	return 1;
}

/* There is room for it: what is replaced does not grow. */
static void put_text(char *out, size_t size, const char *text)
{
	const size_t n = strlen(text);

	assert(n < size);
	memcpy(out, text, n + 1);
}

static int set_text(const struct field *f, void *row, const char *text)
{
	char *at = (char *)row + f->offset;

	if (f->kind == FIELD_STRING)
		return set_string((char **)at, text);
	put_text(at, f->size, text);
	return 1;
}

static const char *text_of(const struct field *f, const void *row)
{
	const void *at = field_at(f, row);

	return f->kind == FIELD_STRING ? *(char *const *)at : at;
}

static int replace_column(struct trace_list of, const struct field *f, void *row)
{
	const char *text = text_of(f, row);
	char *by = NULL;
	int r = text && *text ? trace_replace(of, text, &by) : 0;

	if (r > 0)
		r = set_text(f, row, by);
	free(by);
	return r;
}

/* ---- what they wrote ------------------------------------------------------------------------------ */

int erase_string(char **text)
{
	return *text && !text_is_blank(*text) ? set_string(text, ERASED_WORDS) : 0;
}

int erase_detail(struct item *item)
{
	json_t *detail = item->detail ? json_loads(item->detail, 0, NULL) : NULL;
	const int said = erase_members(detail);
	const int meant = erase_members(json_object_get(detail, "extension"));
	char *text = said > 0 || meant > 0 ? json_dumps(detail, JSON_COMPACT) : NULL;
	int r = said < 0 || meant < 0 ? -ENOMEM : said || meant;

	json_decref(detail);
	if (r > 0)
		r = text ? set_string(&item->detail, text) : -ENOMEM;
	free(text);
	return r;
}

/* What the column says comes from an event of theirs. */
static int set_theirs(const struct erasing *x, int64_t seq, char **at)
{
	return erase_is_theirs(x, seq) ? erase_string(at) : 0;
}

static int erase_measure(struct erasing *x, struct measure_row *m)
{
	int noted = set_theirs(x, m->seq, &m->note);
	int needed = noted < 0 ? noted : set_theirs(x, m->seq, &m->needs_support);

	return needed < 0 ? needed : noted || needed;
}

/* Older daemons did not keep by which event, but 0. */
static bool is_denied_by_them(const struct erasing *x, const struct request_row *row)
{
	if (row->decided_seq != 0)
		return erase_is_theirs(x, row->decided_seq);
	for (size_t i = 0; i < x->denied.count; i++)
		if (strcasecmp(x->denied.list[i].what, row->event) == 0)
			return true;
	return false;
}

static int erase_request(struct erasing *x, struct request_row *row)
{
	const bool asked = row->reason[0] && erase_is_theirs(x, row->seq);
	const bool answered = row->state == REQUEST_DENIED && is_denied_by_them(x, row);

	if (asked)
		put_text(row->reason, sizeof(row->reason), ERASED_WORDS);
	if (answered)
		put_text(row->answer, sizeof(row->answer), ERASED_WORDS);
	return asked || answered;
}

/* It goes; that it came stays. */
static int erase_incoming(struct erasing *x, struct incoming_row *row)
{
	if (strcmp(row->person, x->which->person) != 0 || !erase_is_before(x, row->at))
		return 0;
	row->subject[0] = row->answer[0] = '\0';
	free(row->text);
	row->text = NULL;
	return 1;
}

/* ---- what mails told of it ------------------------------------------------------------------------ */

/* A member that is their words, whole. */
static int quiet_word(const struct erasing *x, json_t *detail, const char *member, const char *of)
{
	const struct trace_list words = erase_words_of(x, of);
	const char *text = json_string_value(json_object_get(detail, member));
	char *small = text && words.count ? text_small(strdup(text)) : NULL;
	bool theirs = false;

	for (size_t i = 0; small && i < words.count; i++)
		theirs |= strcmp(small, words.list[i].what) == 0;
	free(small);
	if (!theirs)
		return 0;
	return json_object_set_new(detail, member, json_string(ERASED_WORDS)) < 0 ? -ENOMEM : 1;
}

/* Its detail has their words in members of the names that an event has. */
static int erase_item(struct erasing *x, struct item *item)
{
	json_t *detail = item->detail ? json_loads(item->detail, 0, NULL) : NULL;
	json_t *const in[] = { detail, json_object_get(detail, "extension") };
	const char *const of[] = { item->measure, item->deadline };
	int r = 0, changed = 0;

	for (size_t i = 0; r >= 0 && i < 4 * (size_t)ERASED_MEMBERS; i++) {
		r = quiet_word(x, in[i / 2 % 2], erased_members[i / 4], of[i % 2]);
		changed |= r > 0;
	}
	char *text = r >= 0 && changed ? json_dumps(detail, JSON_COMPACT) : NULL;
	json_decref(detail);
	if (r >= 0 && changed)
		r = text ? set_string(&item->detail, text) : -ENOMEM;
	free(text);
	return r < 0 ? r : changed;
}

/* Of what is quoted from them in a mail, whatever is long enough to be known again. */
static int unquote(struct erasing *x, const char *of, const struct field *f, void *row)
{
	const struct trace_list words = erase_words_of(x, of);
	int r = 0, changed = 0;

	for (size_t i = 0; r >= 0 && i < words.count; i++) {
		const struct trace_list one = { words.list + i, 1, .grows = false };

		r = strlen(one.list->what) >= QUOTED_LEAST ? replace_column(one, f, row) : 0;
		changed |= r > 0;
	}
	return r < 0 ? r : changed;
}

/* Of what an item is about: also one that became moot after the mail had left. */
struct unquoting {
	struct erasing *x;
	struct attempt_row *a;
	bool changed;
};

static int unquote_item(void *userdata, const struct item *item)
{
	struct unquoting *u = userdata;
	const struct field *text = field_of(&attempt_type, "text");
	int measures = unquote(u->x, item->measure, text, u->a);
	int deadlines = measures < 0 ? measures : unquote(u->x, item->deadline, text, u->a);

	u->changed |= measures > 0 || deadlines > 0;
	return deadlines < 0 ? deadlines : 0;
}

static int erase_attempt(struct erasing *x, struct attempt_row *a)
{
	struct unquoting u = { x, a, false };
	struct message m;
	int r = ledger_message(x->e->ledger, a->message, &m);

	if (r < 0 || !a->text)
		return r;
	if (strcmp(m.to, x->which->person) == 0 && erase_is_before(x, m.created)) {
		r = set_string(&a->headers, NULL);
		return r < 0 ? r : set_string(&a->text, ERASED_WORDS);
	}
	r = x->words.count ? ledger_items(x->e->ledger, a->message, unquote_item, &u) : 0;
	return r < 0 ? r : u.changed;
}

/* ---- a row -------------------------------------------------------------------------------------- */

static int erase_own(struct erasing *x, const struct row_type *type, void *row)
{
	if (type == &measure_type)
		return erase_measure(x, row);
	if (type == &request_type)
		return erase_request(x, row);
	if (type == &message_type)
		return erase_passed_on(x, row);
	if (type == &item_type)
		return erase_item(x, row);
	if (type == &attempt_type)
		return erase_attempt(x, row);
	return type == &incoming_type ? erase_incoming(x, row) : 0;
}

/* The names in a column of JSON, whose text stays in the form that it has: compact, and with sorted keys. */
static int replace_json(struct erasing *x, const struct field *f, void *row, size_t flags)
{
	const char *was = text_of(f, row);
	json_t *json = was ? json_loads(was, 0, NULL) : NULL;
	int r = json ? trace_replace_json(erase_names(x), json) : 0;
	char *text = r > 0 ? json_dumps(json, JSON_COMPACT | flags) : NULL;

	json_decref(json);
	if (r > 0)
		r = text ? set_text(f, row, text) : -ENOMEM;
	free(text);
	return r;
}

/* Its hash is of other bytes now: which it had stays in the log. */
static int rehash(struct erasing *x, struct frozen_row *f)
{
	char before[SHA256_TEXT];

	memcpy(before, f->sha256, sizeof(before));
	freeze_hash(f->content, f->sha256);
	return json_array_append_new(x->papers,
				     json_pack("{ss si ss ss}", "deadline", f->deadline, "n", f->n,
					       "sha256_before", before, "sha256", f->sha256)) < 0
		       ? -ENOMEM
		       : 0;
}

/* A damaged one is not made to look whole. */
static int erase_frozen(struct erasing *x, struct frozen_row *f)
{
	const bool whole = freeze_is_whole(f);
	int r = replace_json(x, field_of(&frozen_type, "content"), f, JSON_SORT_KEYS);

	if (r > 0 && whole && rehash(x, f) < 0)
		return -ENOMEM;
	return r;
}

static int erase_row(void *userdata, const struct rewritten *kind, void *row)
{
	struct erasing *x = userdata;
	int r = kind->type == &frozen_type ? erase_frozen(x, row) : erase_own(x, kind->type, row);
	int changed = r > 0;

	for (size_t i = 0;
	     r >= 0 && kind->type != &frozen_type && i < REWRITTEN_TEXTS && kind->texts[i]; i++) {
		const struct field *f = field_of(kind->type, kind->texts[i]);

		r = kind->is_json ? replace_json(x, f, row, 0)
				  : replace_column(erase_names(x), f, row);
		changed |= r > 0;
	}
	x->rows += changed && r >= 0;
	return r < 0 ? r : changed;
}

int erase_rows(struct erasing *x)
{
	int r = ledger_forget_logins_of(x->e->ledger, x->person);

	for (size_t i = 0; r >= 0 && i < REWRITTEN_KINDS; i++)
		r = ledger_rewrite(x->e->ledger, &rewritten[i], erase_row, x);
	return r;
}
