/* SPDX-License-Identifier: Apache-2.0 */
/* Turns: what one commit takes in, who hears of it, and how it ends when the disk does not do. */
#include "ledger/turn.h"

#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/store.h"

/* A turn with one follower, and what became of it. */
struct bench {
	struct ledger *ledger;
	sd_event *event;
	struct turn *turn;
	int committed, full, fatal;
	int heard;	  /* sources heard since the last end */
	int heard_at_end; /* sources heard in the last turn */
	int join_again;	  /* turns that the follower is still to begin */
	int stop_after;	  /* ends of turns; 0: never */
};

static void on_ended(void *userdata, enum turn_end end)
{
	struct bench *b = userdata;

	*(end == TURN_COMMITTED ? &b->committed : &b->full) += 1;
	b->heard_at_end = b->heard;
	b->heard = 0;
	if (b->join_again-- > 0)
		ck_assert_int_eq(turn_join(b->turn), 0);
	if (b->committed + b->full == b->stop_after)
		sd_event_exit(b->event, 0);
}

static void on_fatal(void *userdata, int error)
{
	struct bench *b = userdata;

	ck_assert_int_lt(error, 0);
	b->fatal++;
	sd_event_exit(b->event, 74);
}

static void set_up(struct bench *b)
{
	b->ledger = store_open();
	ck_assert_int_ge(sd_event_new(&b->event), 0);
	ck_assert_int_eq(turn_new(&b->turn, b->ledger, b->event, on_fatal, b), 0);
	ck_assert_int_eq(turn_follow(b->turn, on_ended, b), 0);
}

static void tear_down(struct bench *b)
{
	turn_free(b->turn);
	sd_event_unref(b->event);
	store_done(b->ledger);
}

/* A socket's source: joins the turn, and writes when it is heard. */
static int on_readable(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	static int n;
	struct bench *b = userdata;
	char id[16];
	eventfd_t value;

	(void)source, (void)events;
	ck_assert_int_eq(eventfd_read(fd, &value), 0);
	ck_assert_int_eq(turn_join(b->turn), 0);
	snprintf(id, sizeof(id), "%d", n++);
	store_event(b->ledger, id, "HSN-03");
	b->heard++;
	return 0;
}

/* A source that is ready, as often as it is read if forever. */
static int add_ready(struct bench *b, bool forever)
{
	int fd = eventfd(forever ? 1000000 : 1, forever ? EFD_SEMAPHORE : 0);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_ge(sd_event_add_io(b->event, NULL, fd, EPOLLIN, on_readable, b), 0);
	return fd;
}

static bool is_stored(struct bench *b, const char *id)
{
	int64_t seq;

	return IS_THERE(ledger_find_event, b->ledger, "/people/chef-akut", id, &seq);
}

/* How many of three sources that are ready share the first commit. */
static int shared(void)
{
	struct bench b = { .stop_after = 1 };
	int fds[3], heard;

	set_up(&b);
	for (int i = 0; i < 3; i++)
		fds[i] = add_ready(&b, false);
	ck_assert_int_eq(sd_event_loop(b.event), 0);
	ck_assert_int_eq(b.committed, 1);
	heard = b.heard_at_end;
	ck_assert_int_ge(heard, 1);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
	tear_down(&b);
	return heard;
}

/* Unless the machine takes the turn's 10 ms for something else. */
START_TEST(all_that_is_ready_shares_one_commit)
{
	int heard = 0;

	for (int tries = 0; heard < 3 && tries < 20; tries++)
		heard = shared();
	ck_assert_int_eq(heard, 3);
}
END_TEST

static int write_last(void *userdata)
{
	struct bench *b = userdata;

	store_event(b->ledger, "last", "HSN-03");
	return b->heard == 3 ? 0 : -ENOSPC;
}

START_TEST(what_is_written_last_is_in_the_same_commit)
{
	struct bench b = { .stop_after = 2 };
	int fds[3];

	set_up(&b);
	turn_last(b.turn, write_last, &b);
	/* What it can't write takes the turn with it. */
	ck_assert_int_eq(turn_join(b.turn), 0);
	store_event(b.ledger, "with it", "HSN-03");
	turn_end_now(b.turn);
	ck_assert_int_eq(b.full, 1);
	ck_assert(!is_stored(&b, "with it") && !is_stored(&b, "last"));
	for (int i = 0; i < 3; i++)
		fds[i] = add_ready(&b, false);
	ck_assert_int_eq(sd_event_loop(b.event), 0);
	ck_assert_int_eq(b.committed, 1);
	ck_assert(is_stored(&b, "last"));
	for (int i = 0; i < 3; i++)
		close(fds[i]);
	tear_down(&b);
}
END_TEST

START_TEST(a_loop_that_is_never_idle_commits_all_the_same)
{
	struct bench b = { .stop_after = 3 };

	set_up(&b);
	int fd = add_ready(&b, true);
	ck_assert_int_eq(sd_event_loop(b.event), 0);
	ck_assert_int_eq(b.committed, 3);
	ck_assert_int_gt(b.heard_at_end, 1);
	close(fd);
	tear_down(&b);
}
END_TEST

START_TEST(a_follower_may_join_the_next_turn)
{
	struct bench b = { .stop_after = 4, .join_again = 3 };

	set_up(&b);
	ck_assert_int_eq(turn_join(b.turn), 0);
	ck_assert_int_eq(turn_join(b.turn), 0);
	ck_assert_int_eq(sd_event_loop(b.event), 0);
	ck_assert_int_eq(b.committed, 4);
	tear_down(&b);
}
END_TEST

/* Hears of the first turn's end while nobody has begun another. */
static void note_order(void *userdata, enum turn_end end)
{
	struct bench *b = userdata;

	(void)end;
	ck_assert_int_eq(b->committed, 0);
	ck_assert(!ledger_in_transaction(b->ledger));
	b->heard++;
}

/* Whoever keeps something of a turn hears of its end before anybody has begun the next, in whatever
 * order they came. */
START_TEST(every_listener_hears_before_a_follower_joins)
{
	struct bench b = { .join_again = 1 };

	set_up(&b);
	ck_assert_int_eq(turn_listen(b.turn, note_order, &b), 0);
	ck_assert_int_eq(turn_listen(b.turn, note_order, &b), 0);
	turn_end_now(b.turn); /* no turn is open */
	ck_assert_int_eq(b.committed, 0);
	ck_assert_int_eq(turn_join(b.turn), 0);
	turn_end_now(b.turn);
	ck_assert_int_eq(b.committed, 1);
	ck_assert_int_eq(b.heard_at_end, 2);
	ck_assert(ledger_in_transaction(b.ledger));
	tear_down(&b);
}
END_TEST

static void join_too_soon(void *userdata, enum turn_end end)
{
	struct bench *b = userdata;

	(void)end;
	turn_join(b->turn);
}

START_TEST(a_listener_that_joins_stops_it)
{
	struct bench b = { 0 };
	int status = 0;
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		fclose(stderr);
		set_up(&b);
		turn_listen(b.turn, join_too_soon, &b);
		turn_join(b.turn);
		turn_end_now(b.turn);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}
END_TEST

START_TEST(a_full_turn_is_undone_whole_and_the_next_one_works)
{
	struct bench b = { 0 };

	set_up(&b);
	ck_assert_int_eq(turn_join(b.turn), 0);
	store_event(b.ledger, "lost", "HSN-03");
	turn_fail(b.turn, -ENOSPC);
	turn_fail(b.turn, -EIO); /* the first error is the turn's */
	ck_assert_int_eq(turn_join(b.turn), -ENOSPC);
	turn_end_now(b.turn);
	ck_assert_int_eq(b.full, 1);
	ck_assert(!is_stored(&b, "lost"));

	ck_assert_int_eq(turn_join(b.turn), 0);
	store_event(b.ledger, "kept", "HSN-03");
	turn_end_now(b.turn);
	ck_assert_int_eq(b.committed, 1);
	ck_assert_int_eq(b.fatal, 0);
	ck_assert(is_stored(&b, "kept"));
	tear_down(&b);
}
END_TEST

START_TEST(a_failed_turn_is_the_last)
{
	struct bench b = { .join_again = 5 };

	set_up(&b);
	ck_assert_int_eq(turn_join(b.turn), 0);
	store_event(b.ledger, "lost", "HSN-03");
	turn_fail(b.turn, -EIO);
	ck_assert_int_eq(sd_event_loop(b.event), 74);
	ck_assert_int_eq(b.fatal, 1);
	ck_assert_int_eq(b.committed + b.full, 0);
	ck_assert(!is_stored(&b, "lost"));
	ck_assert_int_eq(turn_join(b.turn), -EIO);
	turn_end_now(b.turn);
	ck_assert_int_eq(b.fatal, 1);
	tear_down(&b);
}
END_TEST

/* A file that may not grow stands in for a disk that fails. */
START_TEST(a_commit_that_fails_is_fatal)
{
	const struct rlimit none = { 0, 0 };
	struct bench b = { 0 };

	set_up(&b);
	ck_assert_int_eq(turn_join(b.turn), 0);
	store_event(b.ledger, "unknown", "HSN-03");
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
	ck_assert_int_eq(sd_event_loop(b.event), 74);
	ck_assert_int_eq(b.fatal, 1);
	ck_assert_int_eq(b.committed + b.full, 0);
	ck_assert_int_eq(turn_join(b.turn), -EIO);
	tear_down(&b);
}
END_TEST

START_TEST(freeing_an_open_turn_undoes_it)
{
	struct bench b = { 0 };

	set_up(&b);
	ck_assert_int_eq(turn_join(b.turn), 0);
	store_event(b.ledger, "lost", "HSN-03");
	b.turn = turn_free(b.turn);
	ck_assert_ptr_null(b.turn);
	ck_assert(!ledger_in_transaction(b.ledger));
	ck_assert(!is_stored(&b, "lost"));
	tear_down(&b);
}
END_TEST

UNIT_TESTS_APART("ledger/turn", UNIT(all_that_is_ready_shares_one_commit),
		 UNIT(what_is_written_last_is_in_the_same_commit),
		 UNIT(a_loop_that_is_never_idle_commits_all_the_same),
		 UNIT(a_follower_may_join_the_next_turn),
		 UNIT(every_listener_hears_before_a_follower_joins),
		 UNIT(a_listener_that_joins_stops_it),
		 UNIT(a_full_turn_is_undone_whole_and_the_next_one_works),
		 UNIT(a_failed_turn_is_the_last), UNIT(a_commit_that_fails_is_fatal),
		 UNIT(freeing_an_open_turn_undoes_it))
