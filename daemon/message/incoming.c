/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mail is read in this order, and what fits first is what it is:
 *
 *	a report in fields (RFC 3464)		incoming_report.c   failure, delay, or a delivery that worked
 *	a server's report in words		incoming_bounce.c   failure, delay
 *	anything that shows to be automatic	incoming_marks.c    automatic
 *	the rest					    a person's: incoming_reply.c finds what they wrote
 *
 * Before that incoming_parts.c has cut it up, within bounds; whatever is looked at in it is found there.
 */
#include "message/incoming.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "message/incoming_decode.h"
#include "message/incoming_marks.h"
#include "message/incoming_parts.h"
#include "message/incoming_reply.h"
#include "message/incoming_report.h"
#include "message/incoming_token.h"

#define ID_BYTES (256 * 1024) /* of what comes after the header, that make the id */

const char *incoming_fault_text(enum incoming_fault fault)
{
	static const char *const texts[INCOMING_FAULTS] = {
		[INCOMING_READ] = "the mail can be read",
		[INCOMING_TOO_LARGE] = "the mail is larger than 10,240,000 bytes",
		[INCOMING_TOO_DEEP] =
			"the mail has more than 100 parts, parts within each other more "
			"than 10 deep, a header of more than 131,072 bytes, or more "
			"than 20,000 lines that begin with two hyphens",
		[INCOMING_NO_MAIL] = "this is no mail: it does not begin with the header of one",
	};

	return texts[fault];
}

struct incoming *incoming_free(struct incoming *in)
{
	if (in)
		free(in->text);
	free(in);
	return NULL;
}

/* Without the line that a mailbox file, or a pipe, may begin with. */
static struct slice without_from_line(struct slice mail)
{
	const char *end = memchr(mail.at, '\n', mail.length);

	if (mail.length < 5 || memcmp(mail.at, "From ", 5) != 0 || !end)
		return mail;
	return (struct slice){ end + 1, mail.length - (size_t)(end + 1 - mail.at) };
}

/* Does it begin with fields, one of which every mail has some of? */
static bool is_mail(struct slice mail)
{
	static const char *const common[] = { "From",	     "Date",	"Message-ID", "Received",
					      "Return-Path", "Subject", "To" };
	struct slice value, name, head;
	const char *colon, *line;

	mail.length = mail.length < HEAD_MAX ? mail.length : HEAD_MAX;
	head = head_of(mail);
	colon = memchr(head.at, ':', head.length);
	line = memchr(head.at, '\n', head.length);
	if (!colon || (line && line < colon))
		return false;
	while (head_next(&head, &name, &value))
		for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
			if (slice_is(name, common[i]))
				return true;
	return false;
}

/* ---- the id ------------------------------------------------------------------------------------- */

static void hash_without(crypto_hash_sha256_state *state, struct slice s, const char *skipped)
{
	size_t begin = 0;

	for (size_t i = 0; i <= s.length; i++) {
		if (i < s.length && !(s.at[i] && strchr(skipped, s.at[i])))
			continue;
		crypto_hash_sha256_update(state, (const unsigned char *)s.at + begin, i - begin);
		begin = i + 1;
	}
}

/*
 * What a mail is known by: fields that no server changes, and the beginning of what follows the header. Not its trace,
 * which another attempt to deliver the same mail makes anew, nor its line ends, which another way in may change.
 */
static void make_id(const struct parts *parts, char out[static INCOMING_ID])
{
	static const char *const fields[] = { "Message-ID", "Date",    "From",
					      "To",	    "Subject", "Content-Type" };
	unsigned char hash[crypto_hash_sha256_BYTES];
	const struct slice head = parts->part[0].head;
	struct slice value, body = parts->part[0].body;
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (head_field(head, fields[i], &value))
			hash_without(&state, value, " \t\r\n");
		crypto_hash_sha256_update(&state, (const unsigned char *)"", 1);
	}
	body.length = body.length < ID_BYTES ? body.length : ID_BYTES;
	while (body.length > 0 && strchr("\r\n", body.at[body.length - 1]))
		body.length--;
	hash_without(&state, body, "\r");
	crypto_hash_sha256_final(&state, hash);
	sodium_bin2hex(out, INCOMING_ID, hash, sizeof(hash));
}

/* ---- reading ------------------------------------------------------------------------------------ */

/* Where a mail says that it came to. */
static const char *const arrived[] = {
	"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc", NULL
};
/* What it answers. */
static const char *const answered[] = { "In-Reply-To", "References", NULL };

static int classify(const struct parts *parts, const struct marks *marks, struct incoming *in)
{
	bool report;
	int r = report_read(parts, marks, in, &report);

	if (r == 0 && report && !in->answer[0])
		r = bounce_answer(parts, in);
	if (r == 0 && !report)
		r = bounce_read(parts, marks, in, &report);
	if (r == 0 && !report)
		in->what = marks->automatic ? INCOMING_AUTOMATIC : INCOMING_PERSON;
	return r;
}

static int read_parts(const struct parts *parts, const char *to, struct incoming *in)
{
	const struct slice head = parts->part[0].head;
	char value[FIELD_VALUE];
	struct marks marks;
	bool report;
	int r;

	make_id(parts, in->id);
	marks_read(parts, &marks);
	r = classify(parts, &marks, in);
	if (r < 0)
		return r;
	report = in->what == INCOMING_FAILURE || in->what == INCOMING_DELAY;
	strcpy(in->from, marks.from);
	head_text(head, "Subject", value);
	field_line(value, in->subject, sizeof(in->subject));
	head_text(head, "Resent-Message-ID", value);
	token_find((struct slice){ value, strlen(value) }, in->resent);
	if (to)
		token_add(in, (struct slice){ to, strlen(to) });
	token_add_fields(in, head, arrived);
	r = report ? returned_tokens(parts, in) : reply_text(parts, &in->text);
	if (r == 0)
		token_add_fields(in, head, answered);
	return r;
}

int incoming_read(const char *bytes, size_t length, const char *to, struct incoming **ret)
{
	const struct slice mail = without_from_line((struct slice){ bytes, length });
	struct incoming *in = NULL;
	struct parts *parts = NULL;
	int r;

	if (length > INCOMING_MAX)
		return INCOMING_TOO_LARGE;
	if (!is_mail(mail))
		return INCOMING_NO_MAIL;
	g_mime_init();
	in = calloc(1, sizeof(*in));
	parts = malloc(sizeof(*parts));
	r = !in || !parts ? -ENOMEM : parts_read(parts, mail) ? 0 : INCOMING_TOO_DEEP;
	if (r == 0)
		r = read_parts(parts, to, in);
	free(parts);
	if (r == 0)
		*ret = in;
	else
		incoming_free(in);
	return r;
}
