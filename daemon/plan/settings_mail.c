/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The group `mail`. What logs in, a password or a token, leaves this machine encrypted, or not at all, and so does
 * the secret that tokens are given for; what comes back to return_path is never what went from there to reply_to.
 */
#include <string.h>
#include <strings.h>

#include "plan/reader.h"

#define DEFAULT_CONNECTIONS 4

static const char *const tls_choices[] = {
	[MAIL_PLAIN] = "none", [MAIL_STARTTLS] = "starttls", [MAIL_TLS] = "tls", NULL
};
struct mail_values {
	struct sender from;
	const char *server, *reply_to, *return_path, *ca_file, *user, *password_file;
	int connections, tls;
};
static const struct field oauth_fields[] = {
	{ "token_url", VALUE_URL, .required = true,
	  .at = offsetof(struct oauth_settings, token_url),
	  .what = "where tokens are given, such as "
		  "\"https://login.microsoftonline.com/TENANT/oauth2/v2.0/token\"" },
	{ "client_id", VALUE_NAME, .required = true,
	  .at = offsetof(struct oauth_settings, client_id),
	  .what = "what the token server calls this program" },
	{ "client_secret_file", VALUE_PASSWORD, .required = true,
	  .at = offsetof(struct oauth_settings, client_secret_file),
	  .what = "the file with the secret that it gives tokens for" },
	{ "scope", VALUE_NAME, .required = true, .at = offsetof(struct oauth_settings, scope),
	  .what = "what the tokens are for, such as "
		  "\"https://outlook.office365.com/.default\"" },
	{ "ca_file", VALUE_PRESENT, .at = offsetof(struct oauth_settings, ca_file),
	  .what = "certificates of those who may vouch for the token server; default: the "
		  "system's" },
};
static const struct table oauth_table = TABLE("oauth", NULL, oauth_fields);

static const struct field mail_fields[] = {
	{ "server", VALUE_SERVER, .required = true, .at = offsetof(struct mail_values, server),
	  .what = "the mail server, such as \"smtp://127.0.0.1:25\"" },
	{ "from", VALUE_SENDER, .required = true, .at = offsetof(struct mail_values, from),
	  .what = "the sender, \"Name <mailbox>\" or a mailbox" },
	{ "reply_to", VALUE_ADDRESS, .required = true, .at = offsetof(struct mail_values, reply_to),
	  .what = "the mailbox where a reply reaches people" },
	{ "return_path", VALUE_ADDRESS, .at = offsetof(struct mail_values, return_path),
	  .what = "the mailbox that mail comes back to, and replies; default: none" },
	{ "tls", VALUE_CHOICE, .at = offsetof(struct mail_values, tls), .choices = tls_choices,
	  .what = "\"none\", \"starttls\", or \"tls\" from the first byte; default \"none\"" },
	{ "ca_file", VALUE_PRESENT, .at = offsetof(struct mail_values, ca_file),
	  .what = "certificates of those who may vouch for the server; default: the system's" },
	{ "user", VALUE_NAME, .at = offsetof(struct mail_values, user),
	  .what = "whom to log in as; default: no login" },
	{ "password_file", VALUE_PASSWORD, .at = offsetof(struct mail_values, password_file),
	  .what = "the file with the user's password" },
	{ "oauth", VALUE_GROUP,
	  .what = "where tokens are given that log in instead of a password" },
	{ "connections", VALUE_INT, .at = offsetof(struct mail_values, connections), .min = 1,
	  .max = 64, .what = "at once; default 4" },
	{ "inbox", VALUE_GROUP, .what = "where what comes back is fetched from; default: nowhere" },
};
static const struct table mail_table = TABLE("mail", NULL, mail_fields);

/* Is there an inbox that is logged in to with tokens? */
static bool has_inbox_by_token(config_setting_t *mail)
{
	config_setting_t *inbox = config_setting_get_member(mail, "inbox");

	return inbox && config_setting_is_group(inbox) &&
	       !config_setting_get_member(inbox, "password_file");
}

/* Whose login is it that the group speaks of, and can it be used as it stands? */
static void check_login(struct reader *r, const struct mail_values *values, config_setting_t *mail)
{
	const bool oauth = config_setting_get_member(mail, "oauth");
	const bool unused = oauth && !has_inbox_by_token(mail);

	if (values->user && !values->password_file && !oauth)
		fault(r, where_key(r, mail, "user"),
		      "user needs a password_file, the file with the user's password, or oauth, "
		      "which says where tokens are given");
	if (values->password_file && unused)
		fault(r, where_key(r, mail, "password_file"),
		      "password_file and oauth are two ways to log in: keep the one that the mail "
		      "server takes");
	if (values->password_file && !values->user)
		fault(r, where_key(r, mail, "password_file"),
		      "password_file needs a user: whom to log in as");
	else if (unused && !values->user)
		fault(r, where_key(r, mail, "oauth"),
		      "oauth needs a user: the mailbox to log in to");
	if (values->user && values->tls == MAIL_PLAIN && values->server &&
	    !server_is_loopback(values->server))
		fault(r, where_key(r, mail, "user"),
		      "the %s would leave this machine unencrypted: say tls = \"starttls\" or "
		      "tls = \"tls\"",
		      values->password_file ? "password" : "token");
	if (values->ca_file && values->tls == MAIL_PLAIN)
		warning(r, where_key(r, mail, "ca_file"), "ca_file has no effect: tls is \"none\"");
}

/* Do mails to both reach one mailbox? What stands behind a "+" before the @ is a mailbox's own business. */
static bool is_same_mailbox(const char *return_path, const char *other)
{
	const char *at = strrchr(return_path, '@'), *other_at = strrchr(other, '@');
	const size_t local = (size_t)(at - return_path);

	return strcasecmp(at, other_at) == 0 && (size_t)(other_at - other) >= local &&
	       strncasecmp(return_path, other, local) == 0 &&
	       (other[local] == '@' || other[local] == '+');
}

/* Fault a mailbox whose return addresses would be too long, or to which its own forwarded replies would come. */
static void check_return_path(struct reader *r, const struct mail_values *values,
			      config_setting_t *mail)
{
	const char *address = values->return_path;
	const struct where where = where_key(r, mail, "return_path");
	const size_t local = address ? strcspn(address, "@") : 0;

	if (!address)
		return;
	if (local > RETURN_LOCAL_MAX)
		fault(r, where,
		      "return_path has %zu characters before the @, and may have %d: \"+\" and "
		      "a token of up to 39 are put behind them, and servers take 64",
		      local, RETURN_LOCAL_MAX);
	else if (strlen(address) > RETURN_PATH_MAX)
		fault(r, where,
		      "return_path has %zu characters, and may have %d: \"+\" and a token of up "
		      "to 39 are put before the @, and servers take 254",
		      strlen(address), RETURN_PATH_MAX);
	if (values->reply_to && is_same_mailbox(address, values->reply_to))
		fault(r, where,
		      "return_path and reply_to are one mailbox: replies that came to the "
		      "first are passed on to the second, and would come back");
}

/* Warn of an inbox that what comes back may not come to: that goes to `from` where no return_path is given. */
static void check_inbox(struct reader *r, const struct mail_values *values, const char *user,
			config_setting_t *mail)
{
	const char *from = values->from.address;
	const size_t local = from ? strcspn(from, "@") : 0;

	if (values->return_path || !from || !user || strcasecmp(user, from) == 0 ||
	    (strlen(user) == local && strncasecmp(user, from, local) == 0))
		return;
	warning(r, where_key(r, mail, "inbox"),
		"without return_path what comes back goes to from, \"%s\": it is heard only if "
		"this inbox is that mailbox, and replies, which go to reply_to, are not",
		text_excerpt(from).text);
}

/* The group oauth of mail, or NULL when there is none. */
static const struct oauth_settings *read_oauth(struct reader *r, config_setting_t *mail)
{
	config_setting_t *group = config_setting_get_member(mail, "oauth");
	struct oauth_settings *oauth;

	if (!group || !config_setting_is_group(group))
		return NULL;
	oauth = reader_alloc(r, 1, sizeof(*oauth));
	read_group(r, &oauth_table, group, oauth);
	if (oauth->token_url && strncasecmp(oauth->token_url, "https:", 6) != 0 &&
	    !url_is_loopback(oauth->token_url))
		fault(r, where_key(r, group, "token_url"),
		      "token_url \"%s\" is not https: whoever reads the secret on its way can log "
		      "in with it",
		      text_excerpt(oauth->token_url).text);
	return oauth;
}

void read_mail(struct reader *r, struct settings *settings, config_setting_t *mail)
{
	struct mail_values values = { .connections = DEFAULT_CONNECTIONS };

	if (mail) {
		read_group(r, &mail_table, mail, &values);
		check_login(r, &values, mail);
		check_return_path(r, &values, mail);
		settings->mail.oauth = read_oauth(r, mail);
		read_mail_inbox(r, &settings->mail, mail);
		check_inbox(r, &values, settings->mail.inbox.user, mail);
	}
	settings->mail.server = values.server;
	settings->mail.from = values.from.address;
	settings->mail.from_name = values.from.name;
	settings->mail.reply_to = values.reply_to;
	settings->mail.return_path = values.return_path;
	settings->mail.tls = (enum mail_tls)values.tls;
	settings->mail.ca_file = values.ca_file;
	settings->mail.user = values.user;
	settings->mail.password_file = values.password_file;
	if (values.password_file) /* then they are the inbox's alone */
		settings->mail.oauth = NULL;
	settings->mail.connections = values.connections;
}
