/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 3464: a multipart/report whose second part has a block of fields for the message, and one for each recipient. We
 * send to one recipient; a server that hands on to several may report of several. The worst of them counts, and of those
 * the first. Everything in it was written by somebody else, so it only says what it says: which message it is about is
 * settled by a token, later.
 */
#include "message/incoming_report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/harmless.h"
#include "message/incoming_decode.h"
#include "message/incoming_token.h"
#include "protocol/ascii.h"

/* ---- words that both forms share ---------------------------------------------------------------- */

static size_t digits(struct slice s, size_t at)
{
	size_t n = 0;

	while (at + n < s.length && ascii_is_digit(s.at[at + n]))
		n++;
	return n;
}

/* How long the enhanced status is that begins at `at`; 0: none does. An IP address has a dot and a digit more. */
static size_t status_length(struct slice s, size_t at)
{
	size_t n = at + 1, count;

	if (!strchr("245", s.at[at]) || !s.at[at] || (at > 0 && ascii_is_among(s.at[at - 1], ".")))
		return 0;
	for (int part = 0; part < 2; part++) {
		if (n >= s.length || s.at[n] != '.')
			return 0;
		count = digits(s, n + 1);
		if (count < 1 || count > 3)
			return 0;
		n += 1 + count;
	}
	if (n + 1 < s.length && s.at[n] == '.' && ascii_is_digit(s.at[n + 1]))
		return 0;
	return n < s.length && ascii_is_among(s.at[n], "") ? 0 : n - at;
}

bool status_find(struct slice text, char out[static 16], size_t *ret_at)
{
	for (size_t at = 0; at < text.length; at++) {
		const size_t n = status_length(text, at);

		if (n == 0)
			continue;
		memcpy(out, text.at + at, n);
		out[n] = '\0';
		*ret_at = at;
		return true;
	}
	out[0] = '\0';
	return false;
}

void answer_put(struct incoming *in, const char *text, size_t length)
{
	char line[FIELD_VALUE];
	size_t used = 0;
	bool space = false;

	for (size_t i = 0; i < length && used + 2 < sizeof(line); i++) {
		if (text[i] == '\0' || strchr(" \t\r\n", text[i])) {
			space = used > 0;
			continue;
		}
		if (space)
			line[used++] = ' ';
		space = false;
		line[used++] = text[i];
	}
	harmless_line(in->answer, sizeof(in->answer), line, used);
}

/* ---- fields ------------------------------------------------------------------------------------- */

/* What a recipient's Action says, in the order in which it counts. */
enum action { ACTION_NONE, ACTION_DONE, ACTION_DELAYED, ACTION_FAILED };

static enum action action_of(const char *value)
{
	static const struct {
		const char *word;
		enum action action;
	} actions[] = {
		{ "failed", ACTION_FAILED },   { "expired", ACTION_FAILED },
		{ "delayed", ACTION_DELAYED }, { "delivered", ACTION_DONE },
		{ "relayed", ACTION_DONE },    { "expanded", ACTION_DONE },
	};

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (strncasecmp(value, actions[i].word, strlen(actions[i].word)) == 0)
			return actions[i].action;
	return ACTION_NONE;
}

/* What the status alone says, where there is no action that is known. */
static enum action action_by_status(const char *status)
{
	return status[0] == '5'	  ? ACTION_FAILED
	       : status[0] == '4' ? ACTION_DELAYED
	       : status[0] == '2' ? ACTION_DONE
				  : ACTION_NONE;
}

/* "smtp; 550 5.1.1 …": what comes after the name of its form. */
static const char *without_form(const char *value)
{
	const size_t n = strcspn(value, "; ");

	return value[n] == ';' ? value + n + 1 : value;
}

/* A block of fields. What it says of a recipient counts if it is worse than what is known. */
static void read_block(struct slice block, enum action *known, struct incoming *in)
{
	static const char *const envelope_id[] = { "Original-Envelope-Id", NULL };
	char value[FIELD_VALUE], status[16];
	const char *words;
	enum action action;
	size_t at;

	token_add_fields(in, block, envelope_id);
	head_text(block, "Status", value);
	status_find((struct slice){ value, strlen(value) }, status, &at);
	head_text(block, "Action", value);
	action = action_of(value);
	if (action == ACTION_NONE)
		action = action_by_status(status);
	if (action <= *known)
		return;
	*known = action;
	head_text(block, "Diagnostic-Code", value);
	if (!status[0])
		status_find((struct slice){ value, strlen(value) }, status, &at);
	strcpy(in->status, status);
	words = without_form(value);
	answer_put(in, words, strspn(words, "0123456789 ") < strlen(words) ? strlen(words) : 0);
}

static bool is_status(const struct part *part)
{
	return part_is(part, "message", "delivery-status") ||
	       part_is(part, "message", "global-delivery-status");
}

/*
 * The part with the fields; NULL: there is none, or it is not the mail itself that is a report. Some servers don't call it
 * one, and gateways put the whole of it into another part, to add a line of their own.
 */
static const struct part *status_part(const struct parts *parts, const struct marks *marks)
{
	for (size_t i = 0; i < parts->count; i++) {
		const struct part *part = &parts->part[i];

		if (is_status(part) &&
		    (marks->server || (part_is(&parts->part[part->parent], "multipart", "report") &&
				       (part->parent == 0 || marks->null_sender))))
			return part;
	}
	return NULL;
}

void report_fields(struct slice text, struct incoming *in, bool *ret_report)
{
	static const enum incoming_what whats[] = {
		[ACTION_DONE] = INCOMING_AUTOMATIC,
		[ACTION_DELAYED] = INCOMING_DELAY,
		[ACTION_FAILED] = INCOMING_FAILURE,
	};
	enum action known = ACTION_NONE;

	while (text.length > 0) {
		struct slice block = head_of(text);

		read_block(block, &known, in);
		if (block.length < text.length)
			block.length++; /* the empty line */
		text.at += block.length;
		text.length -= block.length;
	}
	*ret_report = known != ACTION_NONE;
	if (*ret_report)
		in->what = whats[known];
}

int report_read(const struct parts *parts, const struct marks *marks, struct incoming *in,
		bool *ret_report)
{
	const struct part *part = status_part(parts, marks);
	struct buffer text = { NULL };
	int r = part ? part_text(part, &text) : 0;

	*ret_report = false;
	if (r == 0)
		report_fields((struct slice){ text.bytes, text.length }, in, ret_report);
	buffer_done(&text);
	return r;
}

/* ---- what is returned --------------------------------------------------------------------------- */

/* By which our message is known in what was returned of it. */
static const char *const returned[] = { "Return-Path",		"Message-ID",
					"Resent-Message-ID",	"X-Original-Message-ID",
					"Original-Envelope-Id", NULL };

static bool is_returned(const struct part *part)
{
	return part_is(part, "message", "rfc822") || part_is(part, "message", "global") ||
	       part_is(part, "text", "rfc822-headers") ||
	       part_is(part, "message", "rfc822-headers") ||
	       part_is(part, "message", "global-headers");
}

int returned_tokens(const struct parts *parts, struct incoming *in)
{
	struct buffer text = { NULL };
	int r = 0;

	for (size_t i = 0; i < parts->count && r == 0; i++) {
		if (!is_returned(&parts->part[i]))
			continue;
		text.length = 0;
		r = part_text(&parts->part[i], &text);
		if (r == 0)
			token_add_fields(in, head_of((struct slice){ text.bytes, text.length }),
					 returned);
	}
	/* Servers that know no parts put the message, or its header, at the end of their text. */
	text.length = 0;
	if (r == 0)
		r = parts_text(parts, &text);
	if (r == 0)
		token_add_fields(in, (struct slice){ text.bytes, text.length }, returned);
	buffer_done(&text);
	return r;
}
