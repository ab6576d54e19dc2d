/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The group `inbox` within `mail`. One key says where the mailbox is: the server, whether it is encrypted from the
 * first byte, and the mailbox's name, as in imaps://mail.region.se/INBOX.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/value.h"

#define DEFAULT_POLL 60
#define POLL_MAX 3600
#define DEFAULT_MAILBOX "INBOX"
#define MAILBOX_MAX 100 /* bytes */

static const char *const encryptions[] = {
	[MAIL_PLAIN] = "none", [MAIL_STARTTLS] = "starttls", [MAIL_TLS] = "tls", NULL
};
struct inbox_values {
	struct inbox_settings settings;
	int tls;
	bool tls_given;
};
#define IN_INBOX(member_) offsetof(struct inbox_values, settings.member_)
static const struct field inbox_fields[] = {
	{ "url", VALUE_INBOX, .required = true, .at = offsetof(struct inbox_values, settings),
	  .what = "the server and the mailbox, such as \"imaps://mail.region.se/INBOX\"" },
	{ "user", VALUE_NAME, .required = true, .at = IN_INBOX(user), .what = "whom to log in as" },
	{ "password_file", VALUE_PASSWORD, .at = IN_INBOX(password_file),
	  .what = "the file with the user's password" },
	{ "tls", VALUE_CHOICE, .at = offsetof(struct inbox_values, tls),
	  .given = offsetof(struct inbox_values, tls_given), .choices = encryptions,
	  .what = "of an imap:// server \"starttls\", unless given, or \"none\"" },
	{ "ca_file", VALUE_PRESENT, .at = IN_INBOX(ca_file),
	  .what = "certificates of those who may vouch for the server; default: the system's" },
	{ "poll", VALUE_INT, .at = IN_INBOX(poll), .min = 1, .max = POLL_MAX,
	  .what = "seconds from one look to the next, 1 to 3600; default 60" },
};
static const struct table inbox_table = TABLE("inbox", NULL, inbox_fields);

/* ---- the URL -------------------------------------------------------------------------------------------- */

/* "%2F" and its like undone, in place; false when something is left that a mailbox's name can't have here. */
static bool unescape(char *name)
{
	char *out = name;

	for (const char *in = name; *in; in++) {
		char c = *in;

		if (c == '%') {
			const char digits[3] = { in[1], in[1] ? in[2] : '\0', '\0' };
			char *stop;

			c = (char)strtol(digits, &stop, 16);
			if (stop != digits + 2 || digits[0] == '-' || digits[0] == '+')
				return false;
			in += 2;
		}
		if (c < ' ' || c > '~' || c == '"' || c == '\\')
			return false;
		*out++ = c;
	}
	*out = '\0';
	return out - name <= MAILBOX_MAX;
}

const char *read_inbox(struct value *v, const char *text, void *to)
{
	struct inbox_settings *inbox = to;
	const bool tls = strncmp(text, "imaps://", 8) == 0;
	const char *host = text + (tls ? 8 : 7), *slash;
	char server[300], mailbox[3 * MAILBOX_MAX + 1] = DEFAULT_MAILBOX;
	size_t length;
	bool has_port;

	if (!tls && strncmp(text, "imap://", 7) != 0)
		return "is not imaps://HOST/MAILBOX or imap://HOST/MAILBOX";
	slash = strchrnul(host, '/');
	length = (size_t)(slash - host);
	has_port = memrchr(host, ':', length) > memrchr(host, ']', length);
	snprintf(server, sizeof(server), "%.*s%s", (int)(slash - text < 280 ? slash - text : 280),
		 text,
		 has_port ? ""
		 : tls	  ? ":993"
			  : ":143");
	if (!host_port_is_valid(server + (host - text)))
		return "does not name a host, or has a port other than 1 to 65535";
	if (*slash && slash[1])
		snprintf(mailbox, sizeof(mailbox), "%s", slash + 1);
	if (strlen(slash) > sizeof(mailbox) || !unescape(mailbox))
		return "names a mailbox with other than printable ASCII, or with a quote or a "
		       "backslash, or longer than 100 bytes";
	inbox->server = reader_text(v->r, server, strlen(server));
	inbox->mailbox = reader_text(v->r, mailbox, strlen(mailbox));
	inbox->tls = tls ? MAIL_TLS : MAIL_STARTTLS;
	return value_unreal(v, server);
}

/* ---- the group -------------------------------------------------------------------------------------------- */

static void check_encryption(struct reader *r, const struct inbox_values *values,
			     config_setting_t *inbox)
{
	const struct inbox_settings *s = &values->settings;

	if (values->tls_given && (s->tls == MAIL_TLS) != (values->tls == MAIL_TLS))
		fault(r, where_key(r, inbox, "tls"),
		      "tls does not fit the url: imaps:// is encrypted from the first byte, "
		      "imap:// "
		      "by STARTTLS or not at all");
	else if (values->tls_given && values->tls == MAIL_PLAIN && !server_is_loopback(s->server))
		fault(r, where_key(r, inbox, "tls"),
		      "what logs in would leave this machine unencrypted: say tls = \"starttls\", "
		      "or "
		      "imaps:// in the url");
}

void read_mail_inbox(struct reader *r, struct mail_settings *ret, config_setting_t *mail)
{
	struct inbox_values values = { .settings = { .poll = DEFAULT_POLL } };
	config_setting_t *inbox = config_setting_get_member(mail, "inbox");

	if (!inbox || !config_setting_is_group(inbox))
		return;
	read_group(r, &inbox_table, inbox, &values);
	if (values.settings.server) {
		check_encryption(r, &values, inbox);
		if (values.tls_given)
			values.settings.tls = (enum mail_tls)values.tls;
	}
	if (!config_setting_get_member(inbox, "password_file"))
		values.settings.oauth = ret->oauth;
	if (values.settings.user && !values.settings.oauth &&
	    !config_setting_get_member(inbox, "password_file"))
		fault(r, where_key(r, inbox, "user"),
		      "user needs a password_file, the file with the user's password, or mail an "
		      "oauth, which says where tokens are given");
	ret->inbox = values.settings;
}
