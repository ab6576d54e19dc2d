/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All of this happens in transactions, of which there is one at a time: whoever removes a daemon can be sure that it
 * is not in the middle of one, and a daemon that finds itself removed knows that from the first one it begins.
 */
#include "ledger/daemons.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/clock.h"
#include "ledger/move.h"
#include "ledger/store_clock.h"
#include "ledger/working_set.h"

static const struct field daemon_fields[] = {
	FIELD(struct daemon_row, token, FIELD_KEY),
	FIELD(struct daemon_row, name, FIELD_FIXED),
	FIELD(struct daemon_row, until, 0),
};
static const struct row_type daemon_type =
	ROW_TYPE("daemon", struct daemon_row, daemon_fields, .is_passing = true);

static int number(struct ledger *l, const char *select, int64_t *ret)
{
	struct query q;

	query_begin(&q, l->db, select);
	return row_end_number(&q, ret);
}

static int run_with(struct ledger *l, const char *text, int64_t a, int64_t b)
{
	struct query q;

	query_begin(&q, l->db, text);
	query_bind_int(&q, a);
	query_bind_int(&q, b);
	return query_run(&q);
}

/* The store's clock, and when a lease that begins now ends. */
static int read_clock(struct ledger *l, int64_t *ret_now, int64_t *ret_until)
{
	int r = number(l, db_select_clock(l->db), ret_now);

	if (r == 0)
		*ret_until = *ret_now + DAEMON_LEASE.us;
	return r;
}

/* The store's clock was read at some time between two looks at our own. */
int ledger_clock_ahead(struct ledger *l, struct duration *ret)
{
	const struct instant before = clock_now();
	int64_t now;

	if (!ledger_is_shared(l) || clock_is_rehearsal()) {
		*ret = (struct duration){ 0 };
		return 0;
	}
	int r = number(l, db_select_clock(l->db), &now);
	if (r < 0)
		return r;
	const struct instant after = clock_now();
	*ret = (struct duration){ before.us > now  ? before.us - now
				  : after.us < now ? after.us - now
						   : 0 };
	return 0;
}

/* Who else is there, now that this one is. */
static int look_around(struct ledger *l)
{
	struct query q;

	query_begin(&q, l->db, "SELECT min(token), count(*), sum(token) FROM daemon");
	if (query_step(&q) > 0) {
		l->daemon.decides = query_int(&q) == l->daemon.token;
		l->daemon.company = query_int(&q) > 1;
		l->daemon.roster = query_int(&q);
	}
	return query_end(&q);
}

/* Nobody else has the store: a token that no other has had will do, and no row, for which the disk may have no room. */
static int join_nobody(struct ledger *l)
{
	uint64_t random;

	if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return -EIO;
	l->daemon.token = (int64_t)(random >> 2) + 1;
	l->daemon.decides = true;
	return 0;
}

int ledger_join(struct ledger *l)
{
	struct daemon_row row = { .token = 0 };
	char host[40] = "", last[META_MAX];
	int64_t now;

	if (!ledger_is_shared(l))
		return join_nobody(l);
	int r = read_clock(l, &now, &row.until);
	if (r == 0)
		r = ledger_meta(l, META_LAST_TOKEN, last, sizeof(last));
	if (r < 0)
		return r;
	gethostname(host, sizeof(host) - 1);
	snprintf(row.name, sizeof(row.name), "%s:%d", host, (int)getpid());
	if (sscanf(last, "%" SCNd64, &row.token) != 1)
		row.token = 0;
	row.token++;
	snprintf(last, sizeof(last), "%" PRId64, row.token);
	r = ledger_set_meta(l, META_LAST_TOKEN, last);
	if (r == 0)
		r = run_with(l, "DELETE FROM daemon WHERE until < $1 OR token = $2", now,
			     row.token);
	if (r == 0)
		r = row_write(l, SQL_INSERT, &daemon_type, &row, ROW_ALL);
	if (r < 0)
		return r;
	l->daemon.token = row.token;
	l->daemon.renewed = clock_mono();
	return look_around(l);
}

/* A store that was moved away meanwhile is nobody's any more. */
static int join_again(struct ledger *l)
{
	char where[256];
	int r = ledger_whereabouts(l, where);

	if (r > 0)
		l->failure = "the store has been moved to another place";
	return r > 0 ? -ESTALE : r < 0 ? r : ledger_join(l);
}

int ledger_renew(struct ledger *l)
{
	struct mono begun = clock_mono();
	int64_t now, until;
	bool there;

	if (!ledger_is_shared(l) || begun.us - l->daemon.renewed.us < DAEMON_RENEW.us)
		return 0;
	int r = ledger_daemon_is_there(l, l->daemon.token, &there);
	if (r == 0 && !there)
		return join_again(l);
	if (r == 0)
		r = read_clock(l, &now, &until);
	if (r == 0)
		r = run_with(l, "DELETE FROM daemon WHERE until < $1 AND token <> $2", now,
			     l->daemon.token);
	if (r == 0)
		r = run_with(l, "UPDATE daemon SET until = $1 WHERE token = $2", until,
			     l->daemon.token);
	if (r == 0)
		r = look_around(l);
	if (r == 0)
		l->daemon.renewed = begun;
	return r;
}

int ledger_leave(struct ledger *l)
{
	return run_with(l, "DELETE FROM daemon WHERE token = $1 AND token <> $2", l->daemon.token,
			0);
}

int64_t ledger_token(const struct ledger *l)
{
	return l->daemon.token;
}

bool ledger_decides(const struct ledger *l)
{
	return l->daemon.decides;
}

int64_t ledger_roster(const struct ledger *l)
{
	return l->daemon.roster;
}

bool ledger_has_company(const struct ledger *l)
{
	return l->daemon.company;
}

bool ledger_is_shared(const struct ledger *l)
{
	return db_select_clock(l->db) != NULL;
}

int ledger_daemon_is_there(struct ledger *l, int64_t token, bool *ret_there)
{
	struct daemon_row row;
	struct query q;

	if (!ledger_is_shared(l)) {
		*ret_there = token == l->daemon.token;
		return 0;
	}
	row_select(&q, l, &daemon_type, NULL);
	query_bind_int(&q, token);
	return row_found(row_end_one(&q, &daemon_type, &row), ret_there);
}
