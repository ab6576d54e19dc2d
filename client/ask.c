/* SPDX-License-Identifier: Apache-2.0 */
#include "client/ask.h"

#include <errno.h>
#include <string.h>

#include "client/batch.h"
#include "client/need.h"
#include "client/print.h"
#include "client/reach.h"

/* One request and its answer: 0, or as connection_receive. */
static int ask_page(struct connection *c, const json_t *request, json_t **ret_answer)
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

/* Page after page until there is no next one. */
static int ask_all(const struct call *call, struct connection *c, json_t *request, json_t *rows)
{
	json_t *params = json_object_get(request, "params");

	for (;;) {
		auto_json json_t *answer = NULL;
		const char *next;
		int r = ask_page(c, request, &answer);

		if (r < 0)
			return reach_fault(call, r);
		if (strcmp(batch_text(answer, "result"), "ok") != 0)
			return tell_refusal(answer);
		if (json_array_extend(rows, json_object_get(answer, "rows")) < 0)
			return reach_fault(call, -EPROTO);
		next = batch_text(answer, "next");
		if (!*next)
			return EX_OK;
		if (strcmp(next, batch_text(params, "after")) == 0)
			return reach_fault(call, -EPROTO);
		need_set(params, "after", json_string(next));
	}
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

int ask_for(const struct call *call, enum request which, json_t *params, json_t **ret_rows)
{
	const struct request_kind *kind = &request_kinds[which];
	auto_json json_t *request = need(json_pack("{s:s,s:o}", kind->command ? "command" : "query",
						   kind->name, "params", params));
	auto_json json_t *rows = need(json_array());
	struct connection *c = NULL;
	int r = reach(call, &c);

	if (r < 0)
		return reach_fault(call, r);
	r = ask_all(call, c, request, rows);
	if (r == EX_OK && !call->json)
		learn_year(c, which, rows);
	connection_free(c);
	if (r == EX_OK)
		*ret_rows = json_incref(rows);
	return r;
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
