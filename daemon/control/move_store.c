/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows are copied and compared by the ledger (ledger/move.h). Then the copy is verified as `paminn verify` does:
 * its log is replayed, and what follows compared with its rows, read by the engine that will read them from now on.
 * Differences that the store had before are told and moved with it; others refuse the copy.
 */
#include "control/move_store.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "control/store.h"
#include "engine/inquiry.h"
#include "engine/plan_change.h"
#include "ledger/move.h"
#include "plan/store_url.h"

#define SLICE ((struct duration){ 200000 })
#define TELL_EVERY ((struct duration){ 2000000 })
#define FEW 5 /* differences that are told */

struct moving {
	struct ledger_move *move;
	char places[2][PATH_MAX];
	struct mono told;
	int64_t rows; /* that were copied */
	unsigned changed;
};

/* ---- told ------------------------------------------------------------------------------------ */

static bool is_time_to_tell(struct moving *m)
{
	struct mono now = clock_mono();

	if (now.us - m->told.us < TELL_EVERY.us)
		return false;
	m->told = now;
	return true;
}

static void tell_rows(struct moving *m)
{
	const char *table = ledger_move_table(m->move);

	if (table && is_time_to_tell(m))
		log_info("%s %s: %lld rows so far",
			 ledger_move_phase(m->move) == MOVE_COPYING ? "copying" : "comparing",
			 table, (long long)ledger_move_rows(m->move));
}

static void tell_changed(void *userdata, const char *where)
{
	struct moving *m = userdata;

	m->changed++;
	log_warning(
		"%s is no UTF-8, which PostgreSQL does not keep: each byte that is none becomes "
		"U+FFFD",
		where);
}

static int explain_failure(struct moving *m, int error)
{
	const char *what = ledger_move_failure(m->move);

	if (error == -EUCLEAN) {
		log_error("%s differs from %s: %s; %s is untouched", m->places[MOVE_TO],
			  m->places[MOVE_FROM], ledger_move_place(m->move), m->places[MOVE_FROM]);
		return EX_DATAERR;
	}
	log_error("the move has failed: %s; begin it again with the same command, %s can be used "
		  "until "
		  "then",
		  what ? what : strerror(-error), m->places[MOVE_FROM]);
	return error == -ENOSPC || error == -EAGAIN ? EX_TEMPFAIL : EX_IOERR;
}

/* ---- verified -------------------------------------------------------------------------------- */

/* The plan in force, from the log: 0; 1 when there is none yet; or a negative errno. */
static int read_plan(struct ledger *l, struct plan **ret)
{
	char seq[META_MAX], fault[300], *text = NULL;
	int r = ledger_meta(l, META_PLAN_SEQ, seq, sizeof(seq));

	if (r < 0 || !seq[0])
		return r < 0 ? r : 1;
	r = ledger_event_body(l, strtoll(seq, NULL, 10), &text);
	if (r == 0)
		r = plan_change_read(ret, text, fault, sizeof(fault));
	free(text);
	if (r > 0)
		log_error("this version cannot read the plan in force, event %s of the log, and so "
			  "cannot verify the store: move it with the version that ran before: %s",
			  seq, fault);
	return r > 0 ? -EBADMSG : r;
}

/* The rows of `verify`, a new reference; none: all is well. */
static int verify(struct moving *m, enum move_side side, json_t **ret)
{
	struct engine e = { .ledger = ledger_move_ledger(m->move, side) };
	struct inquiry *q = NULL;
	struct rejection why;
	size_t next;
	int r = read_plan(e.ledger, &e.plan);

	*ret = NULL;
	if (r == 0)
		r = inquiry_new(&q, &e, (struct question){ .which = COMMAND_VERIFY }, clock_now(),
				&why);
	else if (r > 0) {
		*ret = json_array();
		return *ret ? 0 : -ENOMEM;
	}
	while (r == 0 && (r = inquiry_work(q, SLICE)) > 0) {
		r = 0;
		if (is_time_to_tell(m))
			log_info("replaying the log of %s", m->places[side]);
	}
	if (r == 0) {
		*ret = inquiry_rows(q, 0, &next);
		r = *ret ? 0 : -ENOMEM;
	}
	inquiry_free(q);
	plan_unref(e.plan);
	return r;
}

static void tell_differences(const json_t *rows)
{
	size_t count = json_array_size(rows);

	for (size_t i = 0; i < count && i < FEW; i++) {
		char *text = json_dumps(json_array_get(rows, i), JSON_COMPACT);

		log_warning("%s", text ? text : "");
		free(text);
	}
	if (count > FEW)
		log_warning("and %zu more", count - FEW);
}

/* 0, an exit code, or a negative errno. */
static int judge(struct moving *m)
{
	json_t *copied, *before = NULL;
	int r = verify(m, MOVE_TO, &copied);

	if (r == 0 && json_array_size(copied) > 0) {
		r = verify(m, MOVE_FROM, &before);
		if (r == 0)
			tell_differences(copied);
		if (r == 0 && json_equal(copied, before)) {
			log_warning("%s does not follow from its log in these rows, as it did not "
				    "before the move: see verify in paminn(1)",
				    m->places[MOVE_TO]);
		} else if (r == 0) {
			log_error("%s does not follow from its log in these rows, and %s does: the "
				  "copy is not used, %s is untouched",
				  m->places[MOVE_TO], m->places[MOVE_FROM], m->places[MOVE_FROM]);
			r = EX_DATAERR;
		}
	}
	json_decref(copied);
	json_decref(before);
	return r;
}

/* ---- the move -------------------------------------------------------------------------------- */

/* The place, a path in full. */
static int name_place(const char *at, char out[static PATH_MAX])
{
	char here[PATH_MAX];
	struct store_url url;
	const char *fault = store_url_is(at) ? store_url_read(&url, at) : NULL;
	int n;

	if (fault) {
		log_error("%s %s", at, fault);
		return EX_USAGE;
	}
	if (store_url_is(at) || at[0] == '/')
		n = snprintf(out, PATH_MAX, "%s", at);
	else
		n = getcwd(here, sizeof(here)) ? snprintf(out, PATH_MAX, "%s/%s", here, at) : -1;
	if (n < 0 || n >= PATH_MAX) {
		log_error("%s: the place is too long", at);
		return EX_USAGE;
	}
	return 0;
}

static int open_both(struct moving *m, const struct options *o, const struct settings *settings)
{
	const struct store_place from = { .at = m->places[MOVE_FROM],
					  .password_file = settings->store_password_file };
	const struct store_place to = { .at = m->places[MOVE_TO],
					.password_file = settings->store_password_file };
	struct move_refusal why = { 0 };
	int r = ledger_move_new(&m->move, &from, &to, &why);

	if (r == 0)
		return 0;
	if (r == (int)MOVE_HAS_DAEMONS) {
		log_error("%s: store in use by %s; stop that one first, and any other", from.at,
			  why.store.reason);
		return EX_TEMPFAIL;
	}
	if (r == (int)MOVE_NOT_EMPTY) {
		log_error("%s: there is a store already, and nothing is overwritten: name another "
			  "place, or put that one away first",
			  to.at);
		return EX_CONFIG;
	}
	return store_explain(m->places[why.side], r, &why.store, o->rehearsal);
}

static int copy(struct moving *m)
{
	int r;

	ledger_move_tell(m->move, tell_changed, m);
	while ((r = ledger_move_step(m->move)) > 0)
		tell_rows(m);
	m->rows = ledger_move_rows(m->move);
	return r;
}

/* 0, an exit code, or a negative errno. */
static int move(struct moving *m)
{
	const bool is_rest = ledger_move_phase(m->move) == MOVE_COPIED;
	int r = copy(m);

	if (r == 0 && !is_rest)
		r = judge(m);
	if (r == 0)
		r = ledger_move_finish(m->move);
	if (r != 0)
		return r;
	if (is_rest)
		printf("moved: what an earlier move had left to be done; ");
	else
		printf("moved: %lld rows, compared and verified by replay; ", (long long)m->rows);
	printf("%s goes on as %s\n", m->places[MOVE_FROM], m->places[MOVE_TO]);
	if (m->changed)
		printf("texts that were no UTF-8, and were changed: %u, as the log names them\n",
		       m->changed);
	return 0;
}

int move_store(const struct options *o, const struct settings *settings)
{
	struct moving m = { .told = clock_mono() };
	int r = name_place(o->move_from, m.places[MOVE_FROM]);

	if (r == 0)
		r = name_place(o->move_to, m.places[MOVE_TO]);
	if (r == 0 && strcmp(m.places[MOVE_FROM], m.places[MOVE_TO]) == 0) {
		log_error("%s: a store can't be moved to where it is", m.places[MOVE_TO]);
		r = EX_USAGE;
	}
	if (r == 0)
		r = open_both(&m, o, settings);
	if (r == 0)
		r = move(&m);
	if (r < 0)
		r = explain_failure(&m, r);
	ledger_move_free(m.move);
	return r;
}
