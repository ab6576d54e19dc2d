/* SPDX-License-Identifier: Apache-2.0 */
/*
 * They are asked for with each mail and change seldom, so they are kept in memory, from one transaction to
 * the next; one that failed drops them.
 */
#include "ledger/meta.h"

#include <assert.h>
#include <errno.h>
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
};

void meta_forget(struct ledger *l)
{
	for (size_t i = 0; i < META_COUNT; i++) {
		free(l->meta[i]);
		l->meta[i] = NULL;
	}
}

static int load(struct ledger *l, enum meta which)
{
	struct query q;
	char *value;

	query_begin(&q, l->db, "SELECT value FROM fact WHERE name = $1");
	query_bind_text(&q, names[which]);
	value = strdup(query_step(&q) > 0 ? query_text(&q) : "");
	int r = query_end(&q);
	if (r == 0 && !value)
		r = -ENOMEM;
	if (r < 0)
		free(value);
	else
		l->meta[which] = value;
	return r;
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
	struct query q;

	assert(strlen(value) < META_MAX);
	free(l->meta[which]);
	l->meta[which] = NULL;
	query_begin(&q, l->db,
		    "INSERT INTO fact (name, value) VALUES ($1, $2)"
		    " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
	query_bind_text(&q, names[which]);
	query_bind_text(&q, value);
	return query_run(&q);
}

bool ledger_is_on_hold(struct ledger *l)
{
	char hold[META_MAX];

	return ledger_meta(l, META_HOLD, hold, sizeof(hold)) == 0 && hold[0] != '\0';
}
