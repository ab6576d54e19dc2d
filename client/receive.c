/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mail from standard input to the daemon, as a mail server runs us for one (a pipe). It goes as it is read, a piece
 * a command, so that we never hold more than one; how large it may be in all the daemon says.
 *
 * The mail server is the queue: nothing is kept here. Whatever may be mended, or pass, ends with EX_TEMPFAIL, for which
 * it keeps the mail and tries again; only a mail that can't be read, or is too large, is EX_DATAERR, for which it
 * sends it back. What the daemon drops since it is not ours, or forged, is taken in: to send it back would be to
 * answer whoever made it up. Of several servers one that is there gets it, and no second one: it has been read.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "client/base64_text.h"
#include "client/batch.h"
#include "client/connection.h"
#include "client/need.h"
#include "client/print.h"
#include "client/reach.h"
#include "client/run.h"
#include "protocol/text.h"

#define NAME_BYTES 16 /* of the upload's name, which nobody else has */
#define TO_MAX 320    /* bytes of an address (RFC 5321 § 4.5.3.1) */

/* ---- the mail ------------------------------------------------------------------------------------- */

/* Whom it came to: what the command line says, else Postfix's local(8) or pipe(8) in the environment. NULL: the daemon
 * reads it out of the mail. */
static const char *recipient(const struct call *call)
{
	const char *const given[] = { call_value(call, "to"), getenv("ORIGINAL_RECIPIENT"),
				      getenv("RECIPIENT") };

	for (size_t i = 0; i < sizeof(given) / sizeof(*given); i++)
		if (given[i] && *given[i] && strlen(given[i]) <= TO_MAX &&
		    text_is_clean(given[i], strlen(given[i]), false))
			return given[i];
	return NULL;
}

static char *new_name(void)
{
	unsigned char bytes[NAME_BYTES];
	char *name = need(malloc(2 * NAME_BYTES + 1));

	if (getentropy(bytes, sizeof(bytes)) < 0)
		need(NULL);
	for (size_t i = 0; i < NAME_BYTES; i++)
		sprintf(name + 2 * i, "%02x", bytes[i]);
	return name;
}

/* What whoever feeds us would otherwise fail to write. */
static void read_the_rest(void)
{
	char bytes[4096];

	while (fread(bytes, 1, sizeof(bytes), stdin) > 0)
		;
}

/* ---- the daemon ------------------------------------------------------------------------------------ */

static int ask_daemon(struct connection *c, const json_t *request, json_t **ret_answer)
{
	auto_free char *text = need(json_dumps(request, JSON_COMPACT));
	int r = connection_send(c, text, strlen(text));

	return r < 0 ? r : connection_receive(c, ret_answer);
}

/* Why it was not taken in; the exit code. */
static int tell_refusal(const json_t *answer)
{
	const char *code = batch_text(answer, "code");
	auto_free char *reason = print_clean(batch_text(answer, "reason"), false);

	fprintf(stderr, "paminn: %s\n", *reason ? reason : "the daemon refused without a reason");
	return strcmp(code, reject_code_name(REJECT_BAD_DATA)) == 0 ||
			       strcmp(code, reject_code_name(REJECT_TOO_LARGE)) == 0
		       ? EX_DATAERR
		       : EX_TEMPFAIL;
}

/* Send what is read until the last piece is answered: EX_OK and the answer, or the exit code. */
static int send_all(struct reach *r, json_t **ret_answer)
{
	auto_free unsigned char *bytes = need(malloc(QUERY_PIECE_MAX));
	auto_free char *name = new_name();
	const char *to = recipient(r->call);

	for (json_int_t piece = 1;; piece++) {
		const size_t length = fread(bytes, 1, QUERY_PIECE_MAX, stdin);
		const bool last = length < QUERY_PIECE_MAX;
		auto_free char *text = base64_text_of(bytes, length);
		auto_json json_t *request = need(
			json_pack("{s:s, s:{s:s, s:I, s:s, s:b, s:s*}}", "command",
				  request_kinds[COMMAND_RECEIVE].name, "params", "upload", name,
				  "piece", piece, "bytes", text, "last", last, "to", to));
		auto_json json_t *answer = NULL;
		int error;

		if (ferror(stdin)) {
			fprintf(stderr, "paminn: the mail can't be read: %s\n", strerror(errno));
			return EX_TEMPFAIL;
		}
		error = ask_daemon(r->connection, request, &answer);
		if (error < 0) {
			reach_fail(r, error);
			reach_fault(r);
			return EX_TEMPFAIL;
		}
		if (strcmp(batch_text(answer, "result"), "ok") != 0)
			return tell_refusal(answer);
		if (last) {
			*ret_answer = json_incref(answer);
			return EX_OK;
		}
	}
}

int receive_command(const struct call *call)
{
	auto_json json_t *answer = NULL;
	struct reach r;
	int code;

	reach_begin(&r, call);
	if (reach_only(&r) < 0) {
		reach_fault(&r);
		return EX_TEMPFAIL;
	}
	code = send_all(&r, &answer);
	reach_end(&r);
	read_the_rest();
	if (code == EX_OK && call->json)
		print_json(stdout, json_array_get(json_object_get(answer, "rows"), 0));
	return code;
}
