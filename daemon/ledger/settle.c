/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a store is: asked, or in a new one said, when it is opened. It happens in one transaction: schema, kind,
 * installation id and keys are there together or not at all. A rehearsal's store is marked so for ever.
 */
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "ledger/db_engine.h"
#include "ledger/move.h"
#include "ledger/working_set.h"

/* 0, or LEDGER_WRONG_KIND. */
static int settle_kind(struct ledger *l, bool rehearsal)
{
	const char *wanted = rehearsal ? "rehearsal" : "real";
	char kind[META_MAX];
	int r = ledger_meta(l, META_KIND, kind, sizeof(kind));

	if (r < 0)
		return r;
	if (kind[0] == '\0')
		return ledger_set_meta(l, META_KIND, wanted);
	return strcmp(kind, wanted) == 0 ? 0 : LEDGER_WRONG_KIND;
}

static int settle_installation(struct ledger *l)
{
	char id[17];
	uint64_t random;
	int r = ledger_meta(l, META_INSTALLATION, id, sizeof(id));

	if (r < 0 || id[0] != '\0')
		return r;
	if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return -EIO;
	snprintf(id, sizeof(id), "%016" PRIx64, random);
	return ledger_set_meta(l, META_INSTALLATION, id);
}

/* The key of what comes back. A message that a former version numbered keeps the Message-ID that it may have left
 * with. */
static int settle_return_key(struct ledger *l)
{
	unsigned char random[META_RETURN_KEY_BYTES];
	char text[META_MAX];
	struct query q;
	int r = ledger_meta(l, META_RETURN_KEY, text, sizeof(text));
	const bool has = r == 0 && text[0] != '\0';

	sodium_memzero(text, sizeof(text));
	if (r < 0 || has)
		return r;
	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return -EIO;
	sodium_bin2base64(text, sizeof(text), random, sizeof(random),
			  sodium_base64_VARIANT_ORIGINAL);
	r = ledger_set_meta(l, META_RETURN_KEY, text);
	sodium_memzero(random, sizeof(random));
	sodium_memzero(text, sizeof(text));
	if (r < 0)
		return r;
	query_begin(&q, l->db, "SELECT coalesce(max(id), 0) + 1 FROM message");
	snprintf(text, sizeof(text), "%" PRId64, query_step(&q) > 0 ? query_int(&q) : 0);
	r = query_end(&q);
	return r < 0 ? r : ledger_set_meta(l, META_RETURN_FROM, text);
}

/* Does the store end before what was acknowledged of it? A backup that was put back says that it is one. */
static int settle_mark(struct ledger *l, bool accepts_loss, char why[static 256])
{
	struct db_mark *mark = &l->db->mark;
	const struct db_mark *found = &l->db->found;
	char copied[META_MAX];
	int r = ledger_meta(l, META_COPIED, copied, sizeof(copied));

	if (r == 0)
		r = ledger_meta(l, META_INSTALLATION, mark->store, sizeof(mark->store));
	if (r == 0)
		r = ledger_newest_seq(l, &mark->seq);
	if (r < 0)
		return r;

	const bool is_short = strcmp(found->store, mark->store) == 0 && found->seq > mark->seq;
	if (is_short)
		snprintf(why, 256,
			 "it ends with event %" PRId64 ", and events up to %" PRId64
			 " were acknowledged: %" PRId64 " are missing",
			 mark->seq, found->seq, found->seq - mark->seq);
	if (is_short && !copied[0] && !accepts_loss)
		return LEDGER_DAMAGED;
	if (copied[0] && !is_short)
		snprintf(why, 256, "what was acknowledged after it is not known here");
	return copied[0] ? ledger_set_meta(l, META_COPIED, "") : 0;
}

int ledger_settle(struct ledger *l, const struct store_place *place, bool rehearsal,
		  char why[static 256])
{
	int r = db_begin(l->db);

	if (r < 0)
		return r;
	r = db_migrate(l->db);
	if (r == 0)
		r = ledger_whereabouts(l, why);
	if (r == 0)
		r = ledger_settle_checksums(l);
	if (r == 0)
		r = settle_kind(l, rehearsal);
	if (r == 0)
		r = settle_installation(l);
	if (r == 0)
		r = settle_return_key(l);
	if (r == 0)
		r = settle_mark(l, place->accepts_loss, why);
	if (r == 0)
		r = ledger_join(l);
	if (r == 0)
		return db_commit(l->db);
	db_rollback(l->db);
	return r;
}
