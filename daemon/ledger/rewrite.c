/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/rewrite.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/ledger.h"
#include "ledger/working_set.h"

#define PAGE 100
#define AFTER(table, key, after, limit) \
	"FROM " table " WHERE (" key ") > (" after ") ORDER BY " key " LIMIT " limit
#define AFTER_ONE(table, key) AFTER(table, key, "$1", "$2")
#define AFTER_TWO(table, key) AFTER(table, key, "$1, $2", "$3")

const struct rewritten rewritten[REWRITTEN_KINDS] = {
	{ &measure_type,
	  AFTER_ONE("measure", "id"),
	  { "needs_support", "note", "link", "closed_reference", "closed_link" } },
	{ &deadline_type, AFTER_ONE("deadline", "id"), { "reference", "outcome_reference" } },
	{ &link_type, AFTER_TWO("link", "deadline, body"), { "reference", "evidence" } },
	{ &assignment_type, AFTER_ONE("assignment", "id"), { "closed_reference", "closed_link" } },
	{ &meeting_type, AFTER_TWO("meeting", "body, first_day"), { "place" } },
	{ &request_type, AFTER_ONE("request", "seq"), { "reason", "reference", "answer" } },
	{ &proposal_type, AFTER_ONE("proposal", "item"), { "text" } },
	{ &message_type, AFTER_ONE("message", "id"), { "last_answer" } },
	{ &item_type, AFTER_TWO("item", "message, n"), { "detail" }, .is_json = true },
	{ &attempt_type, AFTER_TWO("attempt", "message, n"), { "answer", "headers", "text" } },
	{ &incoming_type, AFTER_ONE("incoming", "id"), { "answer", "subject", "text" } },
	{ &frozen_type, AFTER_TWO("frozen", "deadline, n"), { "content" }, .is_json = true },
};

static bool has_fixed_text(const struct rewritten *kind)
{
	for (size_t i = 0; i < kind->type->count; i++)
		for (size_t j = 0; j < REWRITTEN_TEXTS && kind->texts[j]; j++)
			if (kind->type->fields[i].roles & FIELD_FIXED &&
			    strcmp(kind->type->fields[i].column, kind->texts[j]) == 0)
				return true;
	return false;
}

/* What never changes is no part of an UPSERT: such a row goes, and comes again. None of a set is one. */
static int put(struct ledger *l, const struct rewritten *kind, const void *row)
{
	if (!has_fixed_text(kind))
		return ledger_put_row(l, kind->type, row);
	int r = ledger_drop_row(l, kind->type, row);
	return r < 0 ? r : row_write(l, SQL_INSERT, kind->type, row, ROW_ALL);
}

int ledger_rewrite_one(struct ledger *l, const struct row_type *type, const void *row)
{
	size_t i = 0;

	while (rewritten[i].type != type)
		i++;
	assert(i < REWRITTEN_KINDS);
	return put(l, &rewritten[i], row);
}

/* The next rows, up to PAGE; key: of the last one before. The count. */
static int read_page(struct ledger *l, const struct rewritten *kind, const void *key, void *out)
{
	struct query q;

	row_select(&q, l, kind->type, kind->page);
	row_bind_key(&q, kind->type, key);
	query_bind_int(&q, PAGE);
	return row_end_list(&q, kind->type, out);
}

static void page_done(const struct row_type *type, unsigned char *page, int count)
{
	for (int i = 0; i < count; i++)
		row_done(type, page + (size_t)i * type->size);
}

int ledger_rewrite(struct ledger *l, const struct rewritten *kind,
		   int (*one)(void *userdata, const struct rewritten *kind, void *row),
		   void *userdata)
{
	const struct row_type *type = kind->type;
	unsigned char *page = calloc(PAGE, type->size);
	void *key =
		calloc(1, type->size); /* before every other: no id is "", no number less than 1 */
	int count = PAGE, r = page && key ? set_flush_all(l) : -ENOMEM;

	while (r == 0 && count == PAGE) {
		count = read_page(l, kind, key, page);
		r = count < 0 ? count : 0;
		for (int i = 0; r == 0 && i < count; i++) {
			void *row = page + (size_t)i * type->size;

			r = one(userdata, kind, row);
			if (r > 0)
				r = put(l, kind, row);
		}
		row_done(type, key);
		if (r == 0 && count > 0)
			r = row_copy(type, key, page + (size_t)(count - 1) * type->size);
		page_done(type, page, count);
	}
	if (key)
		row_done(type, key);
	free(key);
	free(page);
	return r;
}
