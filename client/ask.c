/* SPDX-License-Identifier: Apache-2.0 */
#include "client/ask.h"

#include <errno.h>
#include <string.h>

#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/reach.h"

int ask_page(struct connection *c, const json_t *request, json_t **ret_answer)
{
	auto_free char *text = need(json_dumps(request, JSON_COMPACT));
	int r = connection_send(c, text, strlen(text));

	return r < 0 ? r : connection_receive(c, ret_answer);
}

/* Tell why there are no rows; the exit code. */
static int tell_refusal(const json_t *answer)
{
	auto_free char *reason = print_clean(batch_text(answer, "reason"), true);
	const char *code = batch_text(answer, "code");

	fprintf(stderr, "paminn: %s\n", *reason ? reason : "the daemon refused without a reason");
	if (strcmp(batch_text(answer, "result"), "retry") == 0)
		return EX_TEMPFAIL;
	return strcmp(code, reject_code_name(REJECT_NOT_ALLOWED)) == 0 ? EX_NOPERM : EX_DATAERR;
}

static bool is_result(const json_t *answer, const char *result)
{
	return strcmp(batch_text(answer, "result"), result) == 0;
}

/* Page after page until there is no next one: 0, or a negative errno of the connection; what the daemon refused to do
 * is in *ret_refusal. */
static int ask_all(struct connection *c, json_t *request, json_t *rows, json_t **ret_refusal)
{
	json_t *params = json_object_get(request, "params");

	for (;;) {
		auto_json json_t *answer = NULL;
		const char *next;
		int r = ask_page(c, request, &answer);

		if (r < 0)
			return r;
		if (!is_result(answer, "ok")) {
			*ret_refusal = json_incref(answer);
			return is_result(answer, "retry") ? -EAGAIN : 0;
		}
		if (json_array_extend(rows, json_object_get(answer, "rows")) < 0)
			return -EPROTO;
		next = batch_text(answer, "next");
		if (!*next)
			return 0;
		if (strcmp(next, batch_text(params, "after")) == 0)
			return -EPROTO;
		need_set(params, "after", json_string(next));
	}
}

/*
 * Ask one server, and when it fails another, from the first page on: a snapshot is the daemon's that took it. What
 * a command has done before its answer was lost is not known, so it is not said to a second one. EX_OK, or the exit
 * code of what has been told.
 */
static int ask_any(struct reach *r, const json_t *request, bool command, json_t *rows)
{
	auto_json json_t *refusal = NULL;
	int error = reach(r);

	while (error == 0) {
		auto_json json_t *question = need(json_deep_copy(request));

		json_decref(refusal);
		refusal = NULL;
		json_array_clear(rows);
		error = ask_all(r->connection, question, rows, &refusal);
		if (error == 0 || (command && error != -EAGAIN))
			break;
		error = reach_another(r, error);
	}
	if (refusal)
		return tell_refusal(refusal);
	if (error == 0)
		return EX_OK;
	if (error != -ENOTCONN)
		reach_fail(r, error);
	return reach_fault(r);
}

/* Which year a date is told without is known by the daemon's clock; what is told already is not kept back, should
 * it say nothing of that. */
static void learn_year(struct connection *c, enum request which, const json_t *rows)
{
	auto_json json_t *request =
		need(json_pack("{s:s,s:{}}", "query", request_kinds[QUERY_WHOAMI].name, "params"));
	auto_json json_t *answer = NULL;

	if (which == QUERY_WHOAMI)
		print_as_of(batch_text(json_array_get(rows, 0), "time"));
	else if (print_has_date(rows) && ask_page(c, request, &answer) == 0)
		print_as_of(batch_text(json_array_get(json_object_get(answer, "rows"), 0), "time"));
}

/* Of whoami: which of the servers it was that answered. */
static void add_server(const struct reach *r, const json_t *rows)
{
	need_set(json_array_get(rows, 0), "server",
		 json_string(r->call->settings.servers.texts[connection_server(r->connection)]));
}

int ask_for(const struct call *call, enum request which, json_t *params, json_t **ret_rows)
{
	const struct request_kind *kind = &request_kinds[which];
	auto_json json_t *request = need(json_pack("{s:s,s:o}", kind->command ? "command" : "query",
						   kind->name, "params", params));
	auto_json json_t *rows = need(json_array());
	struct reach r;
	int code;

	reach_begin(&r, call);
	code = ask_any(&r, request, kind->command, rows);
	if (code == EX_OK && !call->json)
		learn_year(r.connection, which, rows);
	if (code == EX_OK && which == QUERY_WHOAMI && json_array_size(rows) > 0)
		add_server(&r, rows);
	reach_end(&r);
	if (code == EX_OK)
		*ret_rows = json_incref(rows);
	return code;
}

int ask(const struct call *call, json_t **ret_rows)
{
	json_t *params = NULL;
	struct fault fault;

	if (call_members(call, &params, &fault) < 0) {
		fprintf(stderr, "paminn: %s\n", fault.text);
		return EX_USAGE;
	}
	return ask_for(call, call->command->request, params, ret_rows);
}
