/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One event from the command line. It is checked with the daemon's own code before anything is sent, so
 * that what is kept for later is not found to be wrong then. Its time is left to the daemon, which takes
 * the instant of receipt, unless the event is kept: then it is stamped.
 */
#include <errno.h>
#include <string.h>

#include "client/ask.h"
#include "client/foretell.h"
#include "client/need.h"
#include "client/print.h"
#include "client/reach.h"
#include "client/run.h"
#include "client/say.h"
#include "client/stamp.h"

/* Whether a time is too far ahead is for the daemon to say: its clock may be a rehearsal's. */
#define ANY_TIME ((struct instant){ INT64_MAX - 1 })

/* What differs from "the first argument is the subject and the rest is data". */
static void adapt(const struct call *call, json_t *data, const char **subject)
{
	if (call->command->event == EVENT_EXTEND && call_value(call, "measure")) {
		need_set(data, "deadline", json_string(*subject));
		*subject = call_value(call, "measure");
	}
	if (call->command->event == EVENT_MEETING && call_value(call, "cancelled") &&
	    !call_value(call, "replaces"))
		need_set(data, "replaces", json_string(call_value(call, "FROM")));
}

/* "-" as the text of a proposal is what standard input has: all of it, so that one that is too long is refused and
 * not cut. 0, or -EINVAL and the sentence. */
static int read_text(const struct call *call, json_t *data, struct fault *ret_fault)
{
	auto_free char *text = need(malloc(EVENT_MAX + 2));
	size_t length;

	if (call->command->event != EVENT_PROPOSAL || strcmp(batch_text(data, "text"), "-") != 0)
		return 0;
	length = fread(text, 1, EVENT_MAX + 1, stdin);
	while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
		length--;
	if (json_object_set_new(data, "text", json_stringn(text, length)) == 0)
		return 0;
	snprintf(ret_fault->text, sizeof(ret_fault->text), "what standard input has is no UTF-8");
	return -EINVAL;
}

/* Who says it: as the options have it, or whoever the daemon knows by our key. The exit code. */
static int find_source(const struct call *call, char **ret)
{
	auto_json json_t *rows = NULL;
	int code;

	if (call->settings.as || !*call->settings.secret) {
		*ret = stamp_source(call->settings.as);
		return EX_OK;
	}
	code = ask_for(call, QUERY_WHOAMI, need(json_object()), &rows);
	if (code == EX_OK)
		*ret = need(strdup(batch_text(json_array_get(rows, 0), "identity")));
	else if ((code == EX_UNAVAILABLE || code == EX_TEMPFAIL) && !foretell_is_asked(call))
		fputs("paminn: not sent, nor kept: with --as ID it would be kept\n", stderr);
	return code;
}

static int build(const struct call *call, const char *source, const struct saying *saying,
		 json_t **ret, struct fault *ret_fault)
{
	auto_json json_t *event = NULL;
	const char *type = event_type_name(call->command->event);
	char id[STAMP_ID], time[RFC3339_TEXT];

	event = json_pack("{s:s,s:s,s:s,s:s,s:s,s:O}", "specversion", "1.0", "id", stamp_id(id),
			  "source", source, "type", type, "subject", saying->subject, "data",
			  saying->data);
	if (!event) {
		snprintf(ret_fault->text, sizeof(ret_fault->text), "%s is not valid UTF-8",
			 call->command->arguments[0].name);
		return -EINVAL;
	}
	if (call->command->event == EVENT_STATUS && call_value(call, "time")) {
		if (!stamp_parse(call_value(call, "time"), time)) {
			snprintf(ret_fault->text, sizeof(ret_fault->text),
				 "--time is not a time such as 2026-05-11T09:30 or "
				 "2026-05-11T09:30:00+02:00");
			return -EINVAL;
		}
		need_set(event, "time", json_string(time));
	}
	*ret = json_incref(event);
	return 0;
}

/* The daemon's answer to it as far as that needs no daemon: NULL, or rejected. */
static json_t *check(const char *text)
{
	struct parser *parser __attribute__((cleanup(parser_freep))) = NULL;
	struct rejection why = { .code = REJECT_NONE };
	struct event event = { NULL };
	const struct parsed *json;

	if (parser_new(&parser) < 0)
		need(NULL);
	json = parser_parse(parser, text, strlen(text), &why);
	if (json && event_envelope(json, ANY_TIME, &event, &why) == REJECT_NONE)
		event_data(&event, &why);
	if (why.code == REJECT_NONE && strlen(text) > EVENT_MAX)
		reject(&why, REJECT_TOO_LARGE, "the event has %zu bytes; %d are the most",
		       strlen(text), EVENT_MAX);
	return why.code == REJECT_NONE ? NULL : need(answer_refused(event.id, &why));
}

/* " granted 7", " denied 1": how many requests were decided. */
static char *decided(const json_t *data)
{
	const json_t *grants = json_object_get(data, "grants");
	const json_t *denied = json_object_get(data, "requests");
	const size_t count = json_array_size(grants) + json_array_size(denied);

	return count ? need_text(" %s %zu", grants ? "granted" : "denied", count)
		     : need(strdup(""));
}

/* "HSN-03 at-risk": what was said. */
static char *summary(json_t *event)
{
	const json_t *data = json_object_get(event, "data");
	auto_free char *requests = decided(data);
	const char *status = batch_text(data, "status"), *due = batch_text(data, "due");
	const char *from = batch_text(data, "from"), *owner = batch_text(data, "owner");
	const char *outcome = batch_text(data, "outcome"), *by = batch_text(data, "answer_by");
	const char *as = batch_text(data, "as");

	return need_text("%s%s%s%s%s%s%s%s%s%s%s%s%s%s%s%s", batch_text(event, "subject"), requests,
			 *status ? " " : "", status, *as ? " closed as " : "", as,
			 *outcome ? " " : "", outcome, *owner ? " " : "", owner,
			 *due ? " due " : "", due, *by ? " answer by " : "", by, *from ? " " : "",
			 from);
}

/* What the daemon has taken in and thinks may be a mistake. */
static void tell_warnings(const json_t *answer)
{
	const json_t *warning;
	size_t i;

	json_array_foreach (json_object_get(answer, "warnings"), i, warning) {
		const char *text = json_string_value(warning);
		auto_free char *clean = print_clean(text ? text : "", false);

		fprintf(stderr, "paminn: warning: %s\n", clean);
	}
}

#define NAMED 3 /* of several */

/* "RS-58, RS-70 and 2 more". */
static char *name_some(const json_t *list)
{
	char *all = need(strdup(""));
	const json_t *one;
	size_t i;

	json_array_foreach (list, i, one) {
		auto_free char *before = all;
		auto_free char *id = print_value(one);

		if (i == NAMED)
			all = need_text("%s and %zu more", before, json_array_size(list) - i);
		else
			all = need_text("%s%s%s", before, i ? ", " : "", id);
		if (i == NAMED)
			break;
	}
	return all;
}

/* "; IVO-SVAR opens on Fri 4 Dec 08:00": of what it comes too early for the next. */
static char *opens_next(const json_t *early)
{
	const json_t *one, *next = json_array_get(early, 0);
	size_t i;

	json_array_foreach (early, i, one)
		if (strcmp(batch_text(one, "opens"), batch_text(next, "opens")) < 0)
			next = one;
	if (!next)
		return need(strdup(""));
	auto_free char *id = print_value(json_object_get(next, "deadline"));
	auto_free char *opens = print_value(json_object_get(next, "opens"));
	char *midnight = strstr(opens, " 00:00");

	if (midnight)
		*midnight = '\0';
	return need_text("; %s opens on %s", id, opens);
}

/* What follows an accepted event: "; answers AV-SVAR; IVO-SVAR opens on Fri 4 Dec 08:00", ", but RS-58 still lacks
 * note: report again with it". */
static char *follows(const json_t *answer)
{
	auto_free char *reason = print_clean(batch_text(answer, "reason"), false);
	const json_t *answers = json_object_get(answer, "answers");
	auto_free char *what = name_some(answers);
	auto_free char *next = opens_next(json_object_get(answer, "early"));
	const bool missing = json_object_get(answer, "missing") != NULL;

	if (!*what)
		return need_text("%s%s", missing ? ", but " : *reason ? "; " : "", reason);
	return missing ? need_text("; answers %s, but %s", what, reason)
		       : need_text("; answers %s%s", what, next);
}

static void tell_accepted(const char *what, const json_t *answer)
{
	auto_free char *more = follows(answer);

	printf("%s: %s (seq %lld)%s\n", batch_text(answer, "result"), what,
	       (long long)json_integer_value(json_object_get(answer, "seq")), more);
}

/* For the day of what opens later: asked for whoami, the daemon says what year it is, and print.h knows. */
static void ask_the_year(const struct call *call)
{
	auto_json json_t *rows = NULL;

	ask_for(call, QUERY_WHOAMI, need(json_object()), &rows);
}

/* Tell the answer; the exit code. */
static int tell(const struct call *call, json_t *event, const json_t *answer)
{
	auto_free char *what = summary(event);
	auto_free char *reason = print_clean(batch_text(answer, "reason"), false);
	enum answer_result result = batch_result(answer);

	if (call->json)
		print_json(stdout, answer);
	if (result == ANSWER_REJECTED) {
		fprintf(stderr, "paminn: rejected: %s\n", reason);
		return strcmp(batch_text(answer, "code"), reject_code_name(REJECT_NOT_ALLOWED)) == 0
			       ? EX_NOPERM
			       : EX_DATAERR;
	}
	if (result == ANSWER_RETRY) {
		fprintf(stderr, "paminn: not now: %s\n", reason);
		return EX_TEMPFAIL;
	}
	if (!call->json) {
		if (json_object_get(answer, "early"))
			ask_the_year(call);
		tell_accepted(what, answer);
	}
	tell_warnings(answer);
	return EX_OK;
}

/* Kept, to be sent later. The daemon's answer, if there was one, has been told. */
static int keep(const struct call *call, const json_t *event, const struct batch *b, bool answered)
{
	bool kept = reach_keep(call, b, NULL) > 0;

	if (call->json && !answered) {
		auto_json json_t *answer =
			need(json_pack("{s:s,s:O}", "result", kept ? "kept" : "lost", "id",
				       json_object_get(event, "id")));

		print_json(stdout, answer);
	}
	fputs(kept ? "paminn: kept in the spool; will be sent with the next call or paminn flush\n"
		   : "paminn: say it again when the daemon is back\n",
	      stderr);
	return EX_TEMPFAIL;
}

/* Say it to one server, and to another when that one fails or can't take it now: 0 or -ENOTCONN. The last answer, if
 * there was one. */
static int submit_to_any(struct reach *r, const struct batch *b, json_t **ret_answers)
{
	int error = reach(r);

	while (error == 0) {
		json_t *answers = NULL;

		reach_share(r);
		error = batch_send(b, r->connection);
		if (error == 0)
			error = batch_receive(b, r->connection, &answers);
		if (error == 0) {
			json_decref(*ret_answers);
			*ret_answers = answers;
			error = batch_result(json_array_get(answers, 0)) == ANSWER_RETRY ? -EAGAIN
											 : 0;
		}
		if (error == 0)
			break;
		error = reach_another(r, error);
	}
	return error;
}

static int submit(const struct call *call, json_t *event, const struct batch *b)
{
	auto_json json_t *answers = NULL;
	struct reach r;
	int code, error;

	reach_begin(&r, call);
	error = submit_to_any(&r, b, &answers);
	reach_end(&r);
	if (error < 0 && !answers) {
		code = reach_fault(&r);
		return reach_is_hopeless(&r) ? code : keep(call, event, b, false);
	}
	code = tell(call, event, json_array_get(answers, 0));
	return code == EX_TEMPFAIL ? keep(call, event, b, true) : code;
}

int say(const struct call *call, const struct saying *saying)
{
	auto_json json_t *event = NULL, *refused = NULL;
	auto_free char *text = NULL, *source = NULL;
	struct fault fault;
	struct batch *batch;
	int code = find_source(call, &source);

	if (code != EX_OK)
		return code;
	if (build(call, source, saying, &event, &fault) < 0) {
		fprintf(stderr, "paminn: %s\n", fault.text);
		return EX_USAGE;
	}
	text = need(json_dumps(event, JSON_COMPACT));
	refused = check(text);
	if (refused)
		return tell(call, event, refused);
	if (foretell_is_asked(call))
		return foretell(call, event);
	batch_new(&batch);
	batch_add(batch, text, strlen(text), 1);
	code = submit(call, event, batch);
	batch_free(batch);
	return code;
}

int event_command(const struct call *call)
{
	struct saying saying = { .subject = call->arguments[0] };
	struct fault fault;
	int code;

	if (call_members(call, &saying.data, &fault) < 0 ||
	    read_text(call, saying.data, &fault) < 0) {
		json_decref(saying.data);
		fprintf(stderr, "paminn: %s\n", fault.text);
		return EX_USAGE;
	}
	adapt(call, saying.data, &saying.subject);
	code = say(call, &saying);
	json_decref(saying.data);
	return code;
}
