/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each obligation has a thread. Its root is a Message-ID that no mail has: the mails about the
 * obligation all refer to it, whichever of them arrived.
 *
 * A mail's own Message-ID carries a return token, so that a report that returns the mail's headers, or a reply that
 * refers to it, is known for what it is about. All copies have the same one, of no attempt; a message from before
 * there were tokens keeps the one that it may have left with. Where the daemon hears replies they go to a return
 * address, under the sender's name.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "message/mail_head.h"
#include "message/return_token.h"

#define ROOTS_MAX 10 /* threads that one mail belongs to */
#define ROOT_TEXT 480

static const char *const language_tags[LANGUAGES] = {
	[LANGUAGE_SV] = "sv",
	[LANGUAGE_EN] = "en",
};

const char *mail_language(enum language language)
{
	return language_tags[language];
}

/* ---- threads ---------------------------------------------------------------------------------- */

struct threads {
	char roots[ROOTS_MAX][ROOT_TEXT];
	size_t count;
};

/* An id as part of a Message-ID's dot-atom (RFC 5322 § 3.2.3): no "." that might stand at an end, no
 * "@"; what stands for them is in no id. */
static char *atom(const char *id, char out[static ITEM_ID])
{
	snprintf(out, ITEM_ID, "%s", id);
	for (char *p = out; *p; p++)
		*p = *p == '.' ? '=' : *p == '@' ? '+' : *p;
	return out;
}

static void threads_of(const struct message_content *n, const char *installation,
		       const char *domain, struct threads *ret)
{
	ret->count = 0;
	for (size_t i = 0; i < n->count && ret->count < ROOTS_MAX; i++) {
		const struct content_item *item = &n->items[i];
		const char *about = item->deadline.text ? item->deadline.text : item->measure.text;
		char *root = ret->roots[ret->count], id[ITEM_ID];
		bool known = !item->obligation.n && !about;

		if (item->obligation.n)
			snprintf(root, ROOT_TEXT, "<paminn.%s.thread.%lld@%s>", installation,
				 (long long)item->obligation.n, domain);
		else if (about)
			snprintf(root, ROOT_TEXT, "<paminn.%s.thread.%s@%s>", installation,
				 atom(about, id), domain);
		for (size_t j = 0; j < ret->count; j++)
			known |= !strcmp(ret->roots[j], root);
		ret->count += !known;
	}
}

/* ---- fields ----------------------------------------------------------------------------------- */

static void set_header(void *object, const char *name, const char *value)
{
	g_mime_object_set_header(GMIME_OBJECT(object), name, value, "utf-8");
}

/* What looks like an encoded word (RFC 2047) would be decoded by whoever shows it, quoted or not, and could hold a line's
 * end: blanks keep it apart. In a name each "=" stands by itself, since GMime leaves it as it is in a long word that it
 * encodes, where it begins a code. The caller frees it. */
static char *not_encoded(const char *text, const char *what, const char *apart)
{
	char **parts = g_strsplit(text, what, -1), *joined = g_strjoinv(apart, parts);

	g_strfreev(parts);
	return joined;
}

static void add_address(GMimeMessage *mail, GMimeAddressType type, const char *name,
			const char *address)
{
	char *shown = name ? not_encoded(name, "=", " = ") : NULL;
	InternetAddress *mailbox = internet_address_mailbox_new(shown, address);

	internet_address_set_charset(mailbox, "utf-8");
	internet_address_list_add(g_mime_message_get_addresses(mail, type), mailbox);
	g_object_unref(mailbox);
	g_free(shown);
}

static void set_subject(GMimeMessage *mail, const char *subject)
{
	char *shown = not_encoded(subject, "=?", "= ?");

	g_mime_message_set_subject(mail, shown, "utf-8");
	g_free(shown);
}

static void set_date(GMimeMessage *mail, struct instant t)
{
	char text[RFC3339_TEXT];
	GDateTime *date = g_date_time_new_from_iso8601(zone_format(t, text), NULL);

	assert(date);
	g_mime_message_set_date(mail, date);
	g_date_time_unref(date);
}

static void set_threads(GMimeMessage *mail, const struct threads *threads)
{
	char references[ROOTS_MAX * ROOT_TEXT] = "";
	char *to = references;

	for (size_t i = 0; i < threads->count; i++) {
		to = stpcpy(to, i ? " " : "");
		to = stpcpy(to, threads->roots[i]);
	}
	if (threads->count == 0)
		return;
	set_header(mail, "In-Reply-To", threads->roots[0]);
	set_header(mail, "References", references);
}

/*
 * By which a reader sorts what comes from this installation (RFC 2919). Not set through GMime, which
 * would encode the name as an unstructured header's: the phrase is a quoted string of ASCII.
 */
static void set_list(GMimeMessage *mail, const char *installation, const char *domain)
{
	char text[600], id[ITEM_ID];

	snprintf(text, sizeof(text), "Paminn <paminn.%s.%s>", atom(installation, id), domain);
	set_header(mail, "List-Id", text);
}

static void set_message_id(GMimeMessage *mail, const struct composing *with,
			   const struct message_content *n, const char *domain,
			   struct composed *ret)
{
	const struct return_token token = { n->message.id, 0 };
	const bool of_old = n->message.id.n > 0 && n->message.id.n < with->returns->from.n;
	char text[RETURN_TOKEN];

	if (of_old)
		snprintf(text, sizeof(text), "%lld", (long long)n->message.id.n);
	else
		return_token_write(with->returns, &token, text);
	snprintf(ret->id, sizeof(ret->id), "paminn.%s.%s@%s", with->installation, text, domain);
	g_mime_message_set_message_id(mail, ret->id);
}

static void set_reply_to(GMimeMessage *mail, const struct composing *with,
			 const struct message_content *n)
{
	const struct mail_settings *settings = &with->settings->mail;
	const struct return_token token = { n->message.id, 0 };
	char address[RETURN_ADDRESS];

	if (settings->return_path)
		add_address(mail, GMIME_ADDRESS_TYPE_REPLY_TO, settings->from_name,
			    return_address_write(with->returns, settings->return_path, &token,
						 address));
	else
		add_address(mail, GMIME_ADDRESS_TYPE_REPLY_TO, NULL, settings->reply_to);
}

void mail_head(GMimeMessage *mail, const struct composing *with, const struct message_content *n,
	       const char *subject, struct composed *ret)
{
	const struct mail_settings *settings = &with->settings->mail;
	const char *domain = strchr(settings->from, '@') + 1;
	struct threads threads;

	threads_of(n, with->installation, domain, &threads);
	add_address(mail, GMIME_ADDRESS_TYPE_FROM, settings->from_name, settings->from);
	add_address(mail, GMIME_ADDRESS_TYPE_TO, n->to.person->name, n->to.person->mail);
	set_reply_to(mail, with, n);
	set_subject(mail, subject);
	set_date(mail, composed_at(with, n));
	set_message_id(mail, with, n, domain, ret);
	set_threads(mail, &threads);
	set_header(mail, "Auto-Submitted", "auto-generated");
	set_header(mail, "X-Auto-Response-Suppress", "All");
	set_list(mail, with->installation, domain);
	set_header(mail, "Content-Language", mail_language(n->language));
}
