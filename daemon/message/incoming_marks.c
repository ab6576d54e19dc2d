/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is automatic says so in one of many ways: RFC 3834's field, those that came before it and are still in use, those
 * of newsletters and lists, the empty envelope sender, and, where all are missing, the subject by which Outlook's own
 * answers begin. One is enough: that a person's mail is taken for a program's costs a note; the other way round programs
 * would answer each other.
 */
#include "message/incoming_marks.h"

#include <gmime/gmime.h>
#include <string.h>
#include <strings.h>

#include "message/incoming_decode.h"
#include "protocol/text.h"
#include "protocol/text_search.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* When a field of this name is a mark. */
enum when {
	WHEN_THERE,	/* whatever it says */
	WHEN_NOT_NO,	/* it says anything but "no" or "none" */
	WHEN_BULK,	/* Precedence */
	WHEN_RESPONDER, /* "autoresponder" */
};

static const struct field {
	const char *name;
	enum when when;
} fields[] = {
	{ "Auto-Submitted", WHEN_NOT_NO },
	{ "X-Autoreply", WHEN_NOT_NO },
	{ "X-Autoreply-From", WHEN_THERE },
	{ "X-Autorespond", WHEN_NOT_NO },
	{ "X-Autoresponder", WHEN_NOT_NO },
	{ "X-Auto-Response-Suppress", WHEN_NOT_NO },
	{ "X-MS-Exchange-Generated-Message-Source", WHEN_THERE },
	{ "X-FC-MachineGenerated", WHEN_NOT_NO },
	{ "Precedence", WHEN_BULK },
	{ "X-Precedence", WHEN_BULK },
	{ "List-Id", WHEN_THERE },
	{ "List-Unsubscribe", WHEN_THERE },
	{ "Delivered-To", WHEN_RESPONDER },
	{ "X-Failed-Recipients", WHEN_THERE },
};

/* How what programs write begins, in small letters: answers, receipts, answers to invitations. */
static const char *const subjects[] = {
	"automatiskt svar",
	"automatsvar",
	"autosvar",
	"frånvaro:",
	"frånvaromeddelande",
	"frånvarobesked",
	"ej på kontoret",
	"inte på kontoret",
	"automatic reply",
	"automated reply",
	"automatic response",
	"autoreply",
	"auto-reply",
	"auto reply",
	"auto:",
	"auto response",
	"out of office",
	"out-of-office",
	"out of the office",
	"ooo:",
	"accepterat:",
	"accepted:",
	"avböjt:",
	"declined:",
	"preliminärt:",
	"tentative:",
	"preliminärt accepterat:",
	"tentatively accepted:",
	"ny tid föreslagen:",
	"new time proposed:",
	"läst:",
	"read:",
	"oläst:",
	"not read:",
	"läskvitto",
	"return receipt",
	"levererat:",
	"delivered:",
	"vidarebefordrat:",
	"relayed:",
};

/* Local parts: of servers, and of what takes no answer. */
static const char *const servers[] = { "mailer-daemon", "mailerdaemon", "postmaster", "mail-daemon",
				       "mdaemon" };
static const char *const exchange = "microsoftexchange";
static const char *const unread[] = { "noreply",      "no-reply",     "no_reply", "donotreply",
				      "do-not-reply", "do_not_reply", "svara-ej", "svaraej",
				      "svara-inte",   "autosvar",     "autoreply" };

/* ---- addresses ---------------------------------------------------------------------------------- */

/* Is what stands before the "@" of an address, or is all of it, and before any "+", one of these? */
static bool has_local_part(const char *address, const char *const *names, size_t count)
{
	const size_t n = strcspn(address, "@+<> ");

	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == n && strncasecmp(address, names[i], n) == 0)
			return true;
	return false;
}

static bool is_server(const char *address)
{
	return has_local_part(address, servers, COUNT(servers)) ||
	       strncasecmp(address, exchange, strlen(exchange)) == 0;
}

/* The only address of a field; "" when there is none that is one, or more. */
static void read_address(const char *value, char out[static 255])
{
	InternetAddressList *list = internet_address_list_parse(NULL, value);
	InternetAddress *one = NULL;
	const char *address = NULL;

	out[0] = '\0';
	if (list && internet_address_list_length(list) == 1)
		one = internet_address_list_get_address(list, 0);
	if (one && INTERNET_ADDRESS_IS_MAILBOX(one))
		address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
	if (address && text_is_address(address))
		strcpy(out, address);
	if (list)
		g_object_unref(list);
}

/* Of a From that has no address: "MAILER-DAEMON", "\"MAILER-DAEMON\" <>", "Mail Delivery Subsystem <MAILER-DAEMON>". */
static const char *name_of(const char *value)
{
	const char *in = strchr(value, '<');

	return in && in[1] != '>' ? in + 1 : value + (value[0] == '"');
}

static void read_sender(struct slice head, struct marks *ret)
{
	char value[FIELD_VALUE];

	if (!head_text(head, "Return-Path", value))
		return;
	ret->null_sender = strcmp(value, "<>") == 0 || value[0] == '\0';
	ret->other_sender = !ret->null_sender && !is_server(value + strspn(value, "<"));
}

/* ---- fields ------------------------------------------------------------------------------------- */

static bool says(const char *value, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncasecmp(value, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static bool is_mark(enum when when, const char *value)
{
	static const char *const no[] = { "no", "none" };
	static const char *const bulk[] = { "bulk", "junk", "list", "auto_reply", "auto-reply" };
	const size_t word = strcspn(value, " ;(");

	switch (when) {
	case WHEN_NOT_NO:
		return !((word == 2 || word == 4) && says(value, no, COUNT(no)));
	case WHEN_BULK:
		return says(value, bulk, COUNT(bulk));
	case WHEN_RESPONDER:
		return strncasecmp(value, "autoresponder", 13) == 0;
	default:
		return true;
	}
}

/* A value's beginning as a text, unfolded only at its own beginning: enough for one word. */
static const char *word_of(struct slice value, char out[static 32])
{
	size_t n;

	while (value.length > 0 && strchr(" \t\r\n", *value.at) && *value.at) {
		value.at++;
		value.length--;
	}
	n = value.length < 31 ? value.length : 31;
	memcpy(out, value.at, n);
	out[n] = '\0';
	out[strcspn(out, "\r\n")] = '\0';
	return out;
}

static void read_fields(struct slice head, struct marks *ret)
{
	struct slice name, value;
	char word[32];

	while (head_next(&head, &name, &value)) {
		ret->failed_recipients |= slice_is(name, "X-Failed-Recipients");
		for (size_t i = 0; i < COUNT(fields); i++)
			if (slice_is(name, fields[i].name) &&
			    is_mark(fields[i].when, word_of(value, word)))
				ret->automatic = true;
	}
}

/* A receipt, or what a calendar sends when its owner accepts or declines. */
static bool is_receipt(const struct parts *parts)
{
	static const char *const methods[] = { "reply", "counter", "refresh", "declinecounter" };

	if (part_is(&parts->part[0], "multipart", "report") ||
	    parts_find(parts, "message", "disposition-notification"))
		return true;
	for (size_t i = 0; i < parts->count; i++)
		if (part_is(&parts->part[i], "text", "calendar") &&
		    text_find(parts->part[i].method, methods, COUNT(methods)) < COUNT(methods))
			return true;
	return false;
}

void marks_read(const struct parts *parts, struct marks *ret)
{
	const struct slice head = parts->part[0].head;
	char value[FIELD_VALUE];

	memset(ret, 0, sizeof(*ret));
	read_fields(head, ret);
	read_sender(head, ret);
	head_text(head, "From", value);
	read_address(value, ret->from);
	ret->server =
		is_server(ret->from[0] ? ret->from : name_of(value)) || strcmp(value, "<>") == 0;
	head_text(head, "Subject", value);
	field_line(value, ret->subject, sizeof(ret->subject));
	text_small(ret->subject);
	for (size_t i = 0; i < COUNT(subjects); i++)
		ret->automatic_subject |=
			strncmp(ret->subject, subjects[i], strlen(subjects[i])) == 0;
	ret->automatic |= ret->null_sender || ret->server || ret->automatic_subject ||
			  has_local_part(ret->from, unread, COUNT(unread)) || is_receipt(parts);
}
