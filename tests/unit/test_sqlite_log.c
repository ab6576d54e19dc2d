/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Row 6 of the faults: a write-ahead log that the disk has changed, after a SIGKILL. Whatever bit it is: all that was
 * acknowledged is there, or the store is not opened, and says so. And row 2: an end that a loss of power has torn is
 * no damage. Seen to fail without the look at what is behind a bad frame (sqlite_log.c, look), and, for the last
 * transaction, without the mark (sqlite_mark.c).
 */
#include "ledger/sqlite_log.h"

#include <signal.h>
#include <sys/wait.h>

#include "ledger/ledger.h"
#include "tests/unit/kept_files.h"

#define TURNS 12 /* transactions that are acknowledged */
#define A_TURN 3 /* events in each */
#define LAST (TURNS * A_TURN)
#define FRAME (24 + 4096)

/* As they were kept, but for what the test has made of kept[1], the log. */
static void put_files(size_t log_size, bool with_mark)
{
	char shm[600];

	put_file(0, kept[0].size);
	put_file(1, log_size);
	put_file(2, with_mark ? kept[2].size : 0);
	snprintf(shm, sizeof(shm), "%s-shm", store_path);
	unlink(shm);
}

static void live(void)
{
	char id[32];
	struct ledger *l = store_open();

	for (int n = 0; n < LAST; n++) {
		if (n % A_TURN == 0)
			ck_assert_int_eq(ledger_begin(l), 0);
		snprintf(id, sizeof(id), "%d", n);
		store_event(l, id, "HSN-03");
		if (n % A_TURN == A_TURN - 1)
			ck_assert_int_eq(ledger_commit(l), 0);
	}
	kill(getpid(), SIGKILL);
}

static void make_files(void)
{
	store_make();
	ledger_close(store_open()); /* the schema is in the file */
	pid_t child = fork();
	if (child == 0)
		live();
	waitpid(child, NULL, 0);
	for (size_t i = 0; i < FILES; i++)
		keep_file(i);
	ck_assert_uint_gt(kept[1].size, (size_t)TURNS * FRAME);
}

static void forget_files(void)
{
	for (size_t i = 0; i < FILES; i++)
		free(kept[i].bytes);
	store_done(NULL);
}

static int count_event(void *userdata, const struct logged_event *event)
{
	int64_t *last = userdata;

	ck_assert_int_eq(event->seq, ++*last);
	return 0;
}

/* The newest event, all before it being there; 0: it is not opened, since it is damaged; -1: nor for another reason. */
static int64_t newest(void)
{
	struct store_refusal why = { 0 };
	struct ledger *l = NULL;
	int64_t last = 0;
	int r = ledger_open(&l, STORE_AT(store_path), false, &why);

	if (r == (int)LEDGER_DAMAGED) {
		ck_assert_str_ne(why.reason, "");
		return 0;
	}
	if (r != 0)
		return -1;
	ck_assert_int_eq(ledger_log(l, 0, 1000, count_event, &last), 0);
	ledger_close(l);
	return last;
}

static void flip(size_t bit)
{
	kept[1].bytes[bit / 8] = (char)(kept[1].bytes[bit / 8] ^ 1 << bit % 8);
}

START_TEST(no_bit_of_a_log_is_wrong_in_silence)
{
	const int flips = getenv("PAMINN_SWEEP") ? 5000 : 150;
	int damaged = 0, whole = 0;

	make_files();
	put_files(kept[1].size, true);
	ck_assert_int_eq(newest(), LAST);
	srandom(13);
	for (int i = 0; i < flips; i++) {
		/* Every fourth in a header: of the log, or of a frame. */
		size_t frame = (size_t)random() % (kept[1].size / FRAME);
		size_t bit = i % 8 == 0	  ? (size_t)random() % (32 * 8)
			     : i % 4 == 0 ? (32 + frame * FRAME) * 8 + (size_t)random() % (24 * 8)
					  : (size_t)random() % (kept[1].size * 8);

		flip(bit);
		put_files(kept[1].size, true);
		int64_t found = newest();
		ck_assert_msg(found == 0 || found == LAST, "bit %zu: %lld of %d events are there",
			      bit, (long long)found, LAST);
		*(found == 0 ? &damaged : &whole) += 1;
		flip(bit);
	}
	ck_assert_int_gt(damaged, flips / 2);
	printf("figure: log-flips %d seed=13\n", damaged + whole);
	forget_files();
}
END_TEST

/* After a loss of power there may be no mark: what stands behind a bad frame tells it, but for the last transaction. */
START_TEST(without_a_mark_what_is_behind_tells)
{
	make_files();
	const size_t before_last = 32 + (kept[1].size / FRAME / TURNS) * (TURNS - 2) * FRAME;
	srandom(15);
	for (int i = 0; i < 50; i++) {
		size_t bit = (size_t)random() % ((i % 5 ? before_last : 32) * 8);

		flip(bit);
		put_files(kept[1].size, false);
		int64_t found = newest();
		ck_assert_msg(found == 0 || found == LAST, "bit %zu: %lld of %d events are there",
			      bit, (long long)found, LAST);
		flip(bit);
	}
	forget_files();
}
END_TEST

START_TEST(no_cut_of_a_log_is_taken_for_its_end)
{
	make_files();
	srandom(14);
	for (int i = 0; i < 50; i++) {
		size_t size = (size_t)random() % kept[1].size;

		put_files(size, true);
		int64_t found = newest();
		ck_assert_msg(found == 0 || found == LAST,
			      "cut at %zu: %lld of %d events are there", size, (long long)found,
			      LAST);
	}
	forget_files();
}
END_TEST

/* A loss of power loses what was not flushed of the log, and the mark, which never is. */
START_TEST(a_torn_end_is_no_damage)
{
	make_files();
	struct sqlite_log log;
	put_files(kept[1].size, false);
	ck_assert_int_eq(sqlite_log_read(store_path, &(struct sqlite_mark){ .seq = 0 }, &log), 0);
	ck_assert_uint_eq(log.valid, (kept[1].size - 32) / FRAME);
	ck_assert(!log.is_damaged);
	/* The last frame never came, or in pieces; or the one before it did not, but it did. */
	for (size_t cut = 0; cut <= FRAME; cut += 1024) {
		put_files(kept[1].size - cut, false);
		ck_assert_int_ge(newest(), LAST - A_TURN);
	}
	memset(kept[1].bytes + kept[1].size - 2 * FRAME, 0, FRAME);
	put_files(kept[1].size, false);
	ck_assert_int_eq(newest(), LAST - A_TURN);
	forget_files();
}
END_TEST

START_TEST(a_store_that_ends_too_early_is_not_opened)
{
	struct store_refusal why = { 0 };
	struct ledger *l;

	make_files();
	put_files(0, true); /* somebody has removed the log */
	ck_assert_int_eq(ledger_open(&l, STORE_AT(store_path), false, &why), LEDGER_DAMAGED);
	ck_assert_str_eq(why.reason, "it ends with event 0, and events up to 36 were acknowledged: "
				     "36 are missing");
	put_files(0, true);
	ck_assert_int_eq(
		ledger_open(&l, &(struct store_place){ .at = store_path, .accepts_loss = true },
			    false, &why),
		LEDGER_OPENED);
	ledger_close(l);
	ck_assert_int_eq(ledger_open(&l, STORE_AT(store_path), false, &why), LEDGER_OPENED);
	ledger_close(l);
	forget_files();
}
END_TEST

/* ---- with sums that hold ------------------------------------------------------------------------- */

#define HEADER_MAGIC 0
#define HEADER_PAGE 8
#define MAGIC_BIG_ENDIAN 0x377f0683

static uint32_t get_number(size_t at, bool big_endian)
{
	const unsigned char *b = (const unsigned char *)kept[1].bytes + at;

	return big_endian
		       ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]
		       : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static void put_number(size_t at, uint32_t n)
{
	for (size_t i = 0; i < 4; i++)
		kept[1].bytes[at + i] = (char)(n >> (24 - 8 * i));
}

static void add_to(uint32_t sum[2], size_t at, size_t length)
{
	const bool big_endian = kept[1].bytes[3] & 1;

	for (size_t i = at; i < at + length; i += 8) {
		sum[0] += get_number(i, big_endian) + sum[1];
		sum[1] += get_number(i + 4, big_endian) + sum[0];
	}
}

/* All sums anew, as SQLite would have written them. */
static void sum_anew(void)
{
	uint32_t sum[2] = { 0 };

	add_to(sum, 0, 24);
	put_number(24, sum[0]);
	put_number(28, sum[1]);
	for (size_t at = 32; at + FRAME <= kept[1].size; at += FRAME) {
		add_to(sum, at, 8);
		add_to(sum, at + 24, FRAME - 24);
		put_number(at + 16, sum[0]);
		put_number(at + 20, sum[1]);
	}
}

/* The file may come from a machine of another byte order: SQLite reads it, and so do we. */
START_TEST(a_log_of_another_byte_order_is_as_good)
{
	struct sqlite_mark mark;
	struct sqlite_log log;

	make_files();
	put_number(HEADER_MAGIC, MAGIC_BIG_ENDIAN);
	sum_anew();
	put_files(kept[1].size, true);
	sqlite_mark_read(store_path, &mark);
	ck_assert_int_eq(mark.seq, LAST);
	ck_assert_int_eq(sqlite_log_read(store_path, &mark, &log), 0);
	ck_assert_uint_eq(log.valid, (kept[1].size - 32) / FRAME);
	ck_assert(!log.is_damaged);
	ck_assert_int_eq(newest(), LAST);
	forget_files();
}
END_TEST

/* SQLite takes none of these for its log, and would go on without it. */
START_TEST(a_log_that_sqlite_would_pass_over_is_damage)
{
	static const struct {
		size_t at;
		uint32_t n;
	} changes[] = {
		{ HEADER_MAGIC, 0x377f0680 }, { HEADER_PAGE, 256 },  { HEADER_PAGE, 1000 },
		{ HEADER_PAGE, 131072 },      { 32 + 3 * FRAME, 0 }, /* a frame of no page */
	};

	make_files();
	for (size_t i = 0; i < UNIT_COUNT(changes); i++) {
		const uint32_t before = get_number(changes[i].at, true);

		put_number(changes[i].at, changes[i].n);
		sum_anew();
		put_files(kept[1].size, true);
		ck_assert_msg(newest() == 0, "change %zu", i);
		put_number(changes[i].at, before);
	}
	sum_anew();
	put_files(kept[1].size, true);
	ck_assert_int_eq(newest(), LAST);
	forget_files();
}
END_TEST

UNIT_TESTS("ledger/sqlite_log", UNIT(a_log_of_another_byte_order_is_as_good),
	   UNIT(a_log_that_sqlite_would_pass_over_is_damage),
	   UNIT(no_bit_of_a_log_is_wrong_in_silence), UNIT(without_a_mark_what_is_behind_tells),
	   UNIT(no_cut_of_a_log_is_taken_for_its_end), UNIT(a_torn_end_is_no_damage),
	   UNIT(a_store_that_ends_too_early_is_not_opened))
