/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "client/ask.h"
#include "client/batch.h"
#include "client/flush.h"
#include "client/need.h"
#include "client/print.h"
#include "client/reach.h"
#include "client/run.h"
#include "client/show.h"
#include "client/spool.h"

/* Milliseconds. A test: longer than the daemon's own. A log of years is replayed; a month is rehearsed. */
#define TEST_PATIENCE 70000
#define LONG_PATIENCE (SETTINGS_TIMEOUT_MAX * 1000)

/* The call, with at least so long for its answer. */
static struct call patient(const struct call *call, int least)
{
	struct call longer = *call;

	if (longer.settings.timeout < least)
		longer.settings.timeout = least;
	return longer;
}

/* "mail: delivered: 250 2.0.0 Ok; login: none". */
static void tell_test(const json_t *row)
{
	auto_free char *channel = print_value(json_object_get(row, "channel"));
	auto_free char *state = print_value(json_object_get(row, "state"));
	auto_free char *answer = print_value(json_object_get(row, "last_answer"));
	auto_free char *login = print_value(json_object_get(row, "login"));
	const char *more = json_is_string(json_object_get(row, "last_answer")) ? answer
			   : json_is_string(json_object_get(row, "finished_at"))
				   ? "without an answer"
				   : "no answer yet; \"paminn outbox\" tells what becomes of it";

	printf("%s: %s: %s", channel, state, more);
	if (json_is_string(json_object_get(row, "login")))
		printf("; login: %s", login);
	printf("\n");
}

/* EX_OK if all have arrived; EX_DATAERR if one was not accepted; EX_TEMPFAIL if one has no end yet. */
int test_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	json_t *row;
	size_t i;
	const struct call longer = patient(call, TEST_PATIENCE);
	int code = ask(&longer, &rows), worst = EX_OK;

	if (code != EX_OK)
		return code;
	json_array_foreach (rows, i, row) {
		if (!json_is_string(json_object_get(row, "finished_at")))
			worst = worst == EX_OK ? EX_TEMPFAIL : worst;
		else if (strcmp(batch_text(row, "state"), "delivered") != 0)
			worst = EX_DATAERR;
		if (!call->json)
			tell_test(row);
	}
	if (call->json)
		print_json(stdout, rows);
	return worst;
}

int verify_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	const struct call longer = patient(call, LONG_PATIENCE);
	int code = ask(&longer, &rows);

	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, rows);
	else
		show_rows(COMMAND_VERIFY, rows, stdout);
	return json_array_size(rows) ? EX_DATAERR : EX_OK;
}

/* The text as it is, for people and files: what is printed is a message's, or an address alone. */
int text_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	const char *member = call->command->request == COMMAND_LINK ? "url" : "text";
	const char *text;
	int code = ask(call, &rows);

	if (code != EX_OK)
		return code;
	text = batch_text(json_array_get(rows, 0), member);
	if (call->json)
		print_json(stdout, json_array_get(rows, 0));
	else
		printf("%s%s", text, *text && text[strlen(text) - 1] == '\n' ? "" : "\n");
	return EX_OK;
}

static const char *done(const struct call *call)
{
	if (call->command->request == COMMAND_RELOAD)
		return "The daemon has read its files again.";
	return strcmp(call->arguments[0], "on") == 0
		       ? "Every message is kept back until \"paminn hold off\"."
		       : "Messages leave again.";
}

int operate_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	json_t *row;
	size_t i;
	int code = ask(call, &rows);

	if (code != EX_OK)
		return code;
	if (call->json) {
		print_json(stdout, rows);
		return EX_OK;
	}
	puts(done(call));
	json_array_foreach (rows, i, row)
		if (call->command->request == COMMAND_RELOAD)
			show(row, stdout);
	return EX_OK;
}

int go_command(const struct call *call)
{
	auto_json json_t *rows = NULL;
	const struct call longer = patient(call, LONG_PATIENCE);
	int code = ask(&longer, &rows);

	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, json_array_get(rows, 0));
	else
		printf("The rehearsal stands at %s.\n",
		       batch_text(json_array_get(rows, 0), "time"));
	return EX_OK;
}

/* As the daemon, which lies in another folder, has to be told it. */
static char *whole_path(const char *file)
{
	auto_free char *folder = *file == '/' ? NULL : need(getcwd(NULL, 0));

	return folder ? need_text("%s/%s", folder, file) : need(strdup(file));
}

int backup_command(const struct call *call)
{
	const struct call longer = patient(call, LONG_PATIENCE);
	auto_json json_t *rows = NULL;
	auto_free char *path = whole_path(call->arguments[0]);
	json_t *params = need(json_object());
	int code;

	need_set(params, "file", json_string(path));
	code = ask_for(&longer, COMMAND_BACKUP, params, &rows);
	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, json_array_get(rows, 0));
	else
		printf("The store is copied to %s.\n", path);
	return EX_OK;
}

static json_int_t count_of(const json_t *row, const char *member)
{
	return json_integer_value(json_object_get(row, member));
}

static void tell_erased(const json_t *row)
{
	const json_t *papers = json_object_get(row, "papers"), *paper;
	size_t i;

	printf("Erased %s: %" JSON_INTEGER_FORMAT " names, %" JSON_INTEGER_FORMAT
	       " addresses, %" JSON_INTEGER_FORMAT " texts of theirs; in %" JSON_INTEGER_FORMAT
	       " events, %" JSON_INTEGER_FORMAT " plans and %" JSON_INTEGER_FORMAT
	       " rows of the store.\n",
	       batch_text(row, "person"), count_of(row, "names"), count_of(row, "addresses"),
	       count_of(row, "texts"), count_of(row, "events"), count_of(row, "plans"),
	       count_of(row, "rows"));
	json_array_foreach (papers, i, paper)
		printf("The frozen paper of %s, number %" JSON_INTEGER_FORMAT
		       ", has another hash: %s\n",
		       batch_text(paper, "deadline"), count_of(paper, "n"),
		       batch_text(paper, "sha256"));
	puts("Backups that were made before, and mails that have arrived, still have them.");
}

int erase_command(const struct call *call)
{
	const struct call longer = patient(call, LONG_PATIENCE);
	auto_json json_t *rows = NULL;
	int code = ask(&longer, &rows);

	if (code != EX_OK)
		return code;
	if (call->json)
		print_json(stdout, json_array_get(rows, 0));
	else
		tell_erased(json_array_get(rows, 0));
	return EX_OK;
}

static int tell_flushed(const struct call *call, const struct flushed *f)
{
	size_t accepted = f->count[ANSWER_ACCEPTED], duplicate = f->count[ANSWER_DUPLICATE];
	size_t rejected = f->count[ANSWER_REJECTED], kept = f->count[ANSWER_RETRY];

	if (call->json) {
		auto_json json_t *summary =
			need(json_pack("{s:I,s:I,s:I,s:I}", "accepted", (json_int_t)accepted,
				       "duplicate", (json_int_t)duplicate, "rejected",
				       (json_int_t)rejected, "kept", (json_int_t)kept));

		print_json(stdout, summary);
	} else if (accepted + duplicate + rejected + kept == 0) {
		puts("Nothing was kept.");
	} else {
		printf("%zu accepted, %zu duplicate, %zu rejected, %zu still kept\n", accepted,
		       duplicate, rejected, kept);
	}
	return rejected ? EX_DATAERR : kept ? EX_TEMPFAIL : EX_OK;
}

/* Send it to one server, and what that one can't take to another. 0, -ENOTCONN or another negative errno; what became
 * of the events, and whether that is known. */
static int flush_to_any(struct reach *r, struct flushed *ret, bool *ret_known)
{
	int error = reach_only(r);

	while (error == 0) {
		struct flushed now;

		reach_share(r);
		error = flush_spool(&r->call->settings.servers, r->connection, true, &now);
		for (size_t i = 0; i < ANSWER_RETRY; i++)
			ret->count[i] += now.count[i];
		if (error == 0) {
			*ret_known = true;
			ret->count[ANSWER_RETRY] = now.count[ANSWER_RETRY];
			error = now.count[ANSWER_RETRY] ? -EAGAIN : 0;
		}
		if (error == 0 || !reach_failed_by(error))
			break;
		reach_fail(r, error);
		error = reach_only(r);
	}
	return error;
}

/* What stays where it is, since nobody named that server: it may have gone for good. */
static void tell_other(const char *endpoint)
{
	auto_free char *clean = print_clean(endpoint, false);

	fprintf(stderr,
		"paminn: events are kept for %s, too, which is not among your servers; with "
		"--server "
		"%s beside those of its store they go to whichever is there\n",
		clean, clean);
}

/* Unlike the other commands it asks for the spool, and waits for another call that is sending it. */
int flush_command(const struct call *call)
{
	struct flushed flushed = { 0 };
	bool known = false;
	struct reach r;
	int error, code;

	reach_begin(&r, call);
	error = flush_to_any(&r, &flushed, &known);
	reach_end(&r);
	if (error == -ENOTCONN && !known) {
		code = reach_fault(&r);
		return code == EX_UNAVAILABLE ? EX_TEMPFAIL : code;
	}
	if (error < 0 && error != -ENOTCONN) {
		fprintf(stderr, "paminn: the spool can't be sent: %s\n", strerror(-error));
		return EX_IOERR;
	}
	spool_others(&call->settings.servers, tell_other);
	return tell_flushed(call, &flushed);
}

int help_command(const struct call *call)
{
	const char *name = call->arguments[0];
	const struct command *command = name ? command_find(name) : NULL;

	if (name && !command) {
		fprintf(stderr, "paminn: there is no command %s; \"paminn help\" lists them\n",
			name);
		return EX_USAGE;
	}
	command_help(command, stdout);
	return EX_OK;
}
