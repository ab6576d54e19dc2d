/* SPDX-License-Identifier: Apache-2.0 */
/*
 * They are asked for with each mail and change seldom, so they are kept in memory, from one transaction to
 * the next; one that failed drops them.
 */
#include "ledger/meta.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/working_set.h"

static const char *const names[META_COUNT] = {
	[META_HOLD] = "hold",
	[META_LAST_NOW] = "last-now",
	[META_PLAN_SEQ] = "plan-seq",
	[META_INSTALLATION] = "installation",
	[META_KIND] = "kind",
	[META_RETURN_KEY] = "return-key",
	[META_RETURN_FROM] = "return-from",
	[META_HOLD_SINCE] = "hold-since",
	[META_LAST_TOKEN] = "last-token",
	[META_COPIED] = META_COPIED_NAME,
	[META_WORDLESS_EVENTS] = "wordless-events",
	[META_WORDLESS_MESSAGES] = "wordless-messages",
};

static const struct field fields[] = {
	FIELD(struct fact, name, FIELD_KEY),
	FIELD(struct fact, value, 0),
};
const struct row_type fact_type = ROW_TYPE("fact", struct fact, fields);

void meta_forget(struct ledger *l)
{
	for (size_t i = 0; i < META_COUNT; i++) {
		free(l->meta[i]);
		l->meta[i] = NULL;
	}
}

static int load(struct ledger *l, enum meta which)
{
	struct fact fact;
	struct query q;

	row_select(&q, l, &fact_type, NULL);
	query_bind_text(&q, names[which]);
	int r = row_end_one(&q, &fact_type, &fact);
	if (r == ROW_NONE)
		fact.value = strdup("");
	if (r >= 0 && !fact.value)
		r = -ENOMEM;
	if (r >= 0)
		l->meta[which] = fact.value;
	return r < 0 ? r : 0;
}

int ledger_meta(struct ledger *l, enum meta which, char *out, size_t size)
{
	int r = l->meta[which] ? 0 : load(l, which);

	if (r < 0)
		return r;
	if (strlen(l->meta[which]) >= size)
		return -EIO;
	memcpy(out, l->meta[which], strlen(l->meta[which]) + 1);
	return 0;
}

int ledger_set_meta(struct ledger *l, enum meta which, const char *value)
{
	char text[META_MAX];
	struct fact fact = { .value = text };

	assert(strlen(value) < META_MAX);
	free(l->meta[which]);
	l->meta[which] = NULL;
	snprintf(text, sizeof(text), "%s", value);
	snprintf(fact.name, sizeof(fact.name), "%s", names[which]);
	return row_write(l, SQL_UPSERT, &fact_type, &fact, ROW_ALL);
}

bool ledger_is_on_hold(struct ledger *l)
{
	char hold[META_MAX];

	return ledger_meta(l, META_HOLD, hold, sizeof(hold)) == 0 && hold[0] != '\0';
}
