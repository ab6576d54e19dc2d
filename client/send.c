/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of events, in frames of up to FRAME_COUNT of them, of which several are under way at once. The
 * daemon answers in order, so the answers belong to the oldest frame that waits for some. When the
 * daemon is lost, or can't take it now, what had no answer is said to the next server, and the file goes on there;
 * what the lost one had taken in is a duplicate there. Without another server the rest of the file and what
 * had no answer is kept in the spool, and sent from there.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "client/foretell.h"
#include "client/need.h"
#include "client/print.h"
#include "client/reach.h"
#include "client/run.h"

#define FRAME_COUNT 250 /* events; with WINDOW frames 1,000 events are under way */
#define WINDOW 4
#define PROGRESS_MS 200

struct send {
	const struct call *call;
	struct reach reach;	      /* without a connection: lost */
	struct batch *frames[WINDOW]; /* a ring: `waiting` of them from `first` on are under way */
	size_t first, waiting;
	size_t accepted, duplicate, rejected, kept, lost;
	json_t *lines; /* of --json: what was neither accepted nor duplicate */
	bool progress;
	int64_t told; /* milliseconds, when progress was told */
};

static void tell_progress(struct send *s)
{
	struct timespec now;
	int64_t ms;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	if (!s->progress || ms - s->told < PROGRESS_MS)
		return;
	s->told = ms;
	fprintf(stderr, "\r%zu answered", s->accepted + s->duplicate + s->rejected);
}

/* One line that was not stored. */
static void tell_line(struct send *s, size_t line, json_t *answer)
{
	auto_free char *reason = print_clean(batch_text(answer, "reason"), false);

	if (s->progress && s->told)
		fputs("\r\033[K", stderr);
	fprintf(stderr, "%s:%zu: %s: %s (%s)\n",
		strcmp(s->call->arguments[0], "-") == 0 ? "standard input" : s->call->arguments[0],
		line, batch_text(answer, "result"), reason, batch_text(answer, "code"));
	if (s->lines) {
		json_t *row = need(json_copy(answer));

		need_set(row, "line", json_integer((json_int_t)line));
		if (json_array_append_new(s->lines, row) < 0)
			need(NULL);
	}
}

static void keep(struct send *s, const struct batch *b, const json_t *answers)
{
	int count = reach_keep(s->call, b, answers);

	if (count >= 0) {
		s->kept += (size_t)count;
		return;
	}
	for (size_t i = 0; i < b->count; i++)
		s->lost += !answers || batch_result(json_array_get(answers, i)) == ANSWER_RETRY;
}

/* All that is under way, again. */
static int send_again(struct send *s)
{
	int error = 0;

	reach_share(&s->reach);
	for (size_t i = 0; i < s->waiting && error == 0; i++)
		error = batch_send(s->frames[(s->first + i) % WINDOW], s->reach.connection);
	return error;
}

static void keep_all(struct send *s)
{
	for (; s->waiting > 0; s->waiting--, s->first = (s->first + 1) % WINDOW)
		keep(s, s->frames[s->first], NULL);
}

/* All that is under way goes to another server, or without one to the spool, in order. */
static void lose(struct send *s, int error)
{
	while (error < 0) {
		if (reach_another(&s->reach, error) < 0) {
			reach_fault(&s->reach);
			keep_all(s);
			return;
		}
		error = send_again(s);
	}
}

static void take_answers(struct send *s, struct batch *b, const json_t *answers)
{
	bool again = false;

	for (size_t i = 0; i < b->count; i++) {
		json_t *answer = json_array_get(answers, i);
		enum answer_result result = batch_result(answer);

		s->accepted += result == ANSWER_ACCEPTED;
		s->duplicate += result == ANSWER_DUPLICATE;
		s->rejected += result == ANSWER_REJECTED;
		again = again || result == ANSWER_RETRY;
		if (result == ANSWER_REJECTED)
			tell_line(s, b->events[i].line, answer);
	}
	tell_progress(s);
	if (again && reach_others(&s->reach) > 0) {
		batch_retain(b, answers);
		lose(s, -EAGAIN);
		return;
	}
	if (again)
		keep(s, b, answers);
	else
		reach_works(&s->reach);
	s->first = (s->first + 1) % WINDOW;
	s->waiting--;
}

/* The answers of the oldest frame under way. */
static void finish_one(struct send *s)
{
	auto_json json_t *answers = NULL;
	int error = batch_receive(s->frames[s->first], s->reach.connection, &answers);

	if (error < 0)
		lose(s, error);
	else
		take_answers(s, s->frames[s->first], answers);
}

/* The frame that is being filled. */
static struct batch *filling(const struct send *s)
{
	return s->frames[(s->first + s->waiting) % WINDOW];
}

/* The frame that is being filled goes on its way, and another one is made free. */
static void dispatch(struct send *s)
{
	int error;

	if (filling(s)->count == 0)
		return;
	error = s->reach.connection ? batch_send(filling(s), s->reach.connection) : 0;
	s->waiting++;
	if (!s->reach.connection)
		keep_all(s);
	else if (error < 0)
		lose(s, error);
	while (s->waiting == WINDOW)
		finish_one(s);
	batch_clear(filling(s));
}

static void reject_line(struct send *s, size_t line, const struct rejection *why)
{
	auto_json json_t *answer = need(answer_refused(NULL, why));

	s->rejected++;
	tell_line(s, line, answer);
}

static void take_line(struct send *s, const char *text, size_t length, size_t line)
{
	static const char mark[] = "\xef\xbb\xbf"; /* the byte order mark of some editors */
	struct rejection why;

	if (line == 1 && length >= strlen(mark) && memcmp(text, mark, strlen(mark)) == 0) {
		text += strlen(mark);
		length -= strlen(mark);
	}
	while (length > 0 && strchr(" \t\r\n", text[length - 1]))
		length--;
	if (length == 0)
		return;
	if (batch_check(text, length, &why) != REJECT_NONE) {
		reject_line(s, line, &why);
		return;
	}
	if (filling(s)->count == FRAME_COUNT || !batch_add(filling(s), text, length, line)) {
		dispatch(s);
		batch_add(filling(s), text, length, line);
	}
}

static int summarise(const struct send *s)
{
	size_t all = s->accepted + s->duplicate + s->rejected + s->kept + s->lost;

	if (s->progress && s->told)
		fputs("\r\033[K", stderr);
	if (s->lines) {
		auto_json json_t *summary = need(
			json_pack("{s:I,s:I,s:I,s:I,s:I,s:O}", "accepted", (json_int_t)s->accepted,
				  "duplicate", (json_int_t)s->duplicate, "rejected",
				  (json_int_t)s->rejected, "kept", (json_int_t)s->kept, "lost",
				  (json_int_t)s->lost, "lines", s->lines));

		print_json(stdout, summary);
	} else {
		printf("%zu events: %zu accepted, %zu duplicate, %zu rejected\n", all, s->accepted,
		       s->duplicate, s->rejected);
	}
	if (s->kept > 0)
		fprintf(stderr,
			"paminn: %zu kept in the spool; will be sent with the next call or paminn "
			"flush\n",
			s->kept);
	if (s->lost > 0)
		fprintf(stderr, "paminn: %zu neither sent nor kept: send the file again\n",
			s->lost);
	return s->rejected ? EX_DATAERR : s->kept || s->lost ? EX_TEMPFAIL : EX_OK;
}

static int take_file(struct send *s, FILE *file)
{
	auto_free char *text = NULL;
	size_t room = 0, line = 0;
	ssize_t n;

	while ((n = getline(&text, &room, file)) >= 0)
		take_line(s, text, (size_t)n, ++line);
	dispatch(s);
	while (s->waiting > 0)
		finish_one(s);
	return ferror(file) ? -EIO : 0;
}

static int send_file(const struct call *call, FILE *file)
{
	struct send s = { .call = call, .progress = isatty(STDERR_FILENO) };
	int code, r;

	reach_begin(&s.reach, call);
	if (reach(&s.reach) < 0) {
		code = reach_fault(&s.reach);
		if (reach_is_hopeless(&s.reach))
			return code;
	} else {
		reach_share(&s.reach);
	}
	s.lines = call->json ? need(json_array()) : NULL;
	for (size_t i = 0; i < WINDOW; i++)
		batch_new(&s.frames[i]);
	r = take_file(&s, file);
	code = summarise(&s);
	if (r < 0) {
		fprintf(stderr, "paminn: %s can't be read to its end\n", call->arguments[0]);
		code = EX_IOERR;
	}
	for (size_t i = 0; i < WINDOW; i++)
		batch_free(s.frames[i]);
	reach_end(&s.reach);
	json_decref(s.lines);
	return code;
}

int send_command(const struct call *call)
{
	const char *path = call->arguments[0];
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	int code;

	if (!file) {
		fprintf(stderr, "paminn: %s can't be opened: %s\n", path, strerror(errno));
		return EX_NOINPUT;
	}
	code = foretell_is_asked(call) ? foretell_file(call, file) : send_file(call, file);
	if (file != stdin)
		fclose(file);
	return code;
}
