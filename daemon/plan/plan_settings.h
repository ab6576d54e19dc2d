/* SPDX-License-Identifier: Apache-2.0 */
/* What paminnd.conf says of how the daemon runs: a part of the plan (plan/plan.h). */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "plan/calendar.h"

enum language { LANGUAGE_SV, LANGUAGE_EN, LANGUAGES };

struct where {
	const char *file; /* as named */
	unsigned line;
};

enum channel_type { CHANNEL_MAIL, CHANNEL_WEBHOOK };
enum channel_format { FORMAT_CLOUDEVENTS, FORMAT_TEAMS };

/* channels[0] is always the built-in "mail". */
struct channel {
	struct where where;
	const char *name;
	enum channel_type type;
	enum channel_format format;
	const char *url, *secret_file; /* webhook; a secret_file may be missing for Teams */
	const char *ca_file; /* webhook: who is trusted to vouch for it; NULL: the system's */
	bool allow_private;
};

/* Octets before the @ of mail.return_path, so that with "+" and a return token (message/return_token.h) they are at
 * most the 64 of RFC 5321 § 4.5.3.1.1; and of the whole, of at most 254. */
#define RETURN_LOCAL_MAX 24
#define RETURN_PATH_MAX 214

/* Where a program's own login to the mail servers is had: client credentials, RFC 6749 § 4.4. */
struct oauth_settings {
	const char *token_url; /* https, or http on this machine */
	const char *client_id, *client_secret_file, *scope;
	const char *ca_file; /* who may vouch for the token server; NULL: the system's */
};

enum mail_tls { MAIL_PLAIN, MAIL_STARTTLS, MAIL_TLS };
/* Where what comes back to mail.return_path is read: a mailbox of an IMAP server. */
struct inbox_settings {
	const char *server;  /* imap://host:port or imaps://host:port; NULL: there is none */
	const char *mailbox; /* its name there */
	enum mail_tls tls;
	const char *ca_file; /* NULL: the system's */
	const char *user;
	const char *password_file; /* of the user; NULL with oauth */
	const struct oauth_settings
		*oauth; /* that of mail, where there is no password_file; or NULL */
	int poll;	/* seconds */
};
struct mail_settings {
	const char *server;			 /* smtp://host:port */
	const char *from, *from_name, *reply_to; /* from: address and display name apart */
	const char *return_path; /* the mailbox that mail comes back to; NULL: none */
	enum mail_tls tls;
	const char *ca_file;		    /* NULL: the system's */
	const char *user;		    /* NULL: no login */
	const char *password_file;	    /* of the user; NULL with oauth, and without a user */
	const struct oauth_settings *oauth; /* or NULL, as with a password_file */
	int connections;
	struct inbox_settings inbox;
};

/* The pages, and the links to them in mails. */
struct web_settings {
	struct where where; /* of the group */
	const char *listen; /* "127.0.0.1:7780", "[::1]:7780": ADDRESS:PORT; NULL: no web at all */
	const char *host;   /* the address of that, without brackets, as inet_ntop writes it */
	unsigned port;
	const char *public_url;	 /* what links begin with, without a "/" at its end */
	const char *secret_file; /* what links are signed with */
	const char *const
		*proxies; /* addresses as inet_ntop writes them: their X-Forwarded-For counts */
	size_t proxy_count;
	const char *proxy_user_header; /* in which those say who has signed in with them; or NULL */
	int connections, connections_per_address; /* at once */
	bool rehearsal; /* links are those of a rehearsal, which lead nowhere else */
};

struct endpoint {
	struct where where;
	const char *address;
	const struct publisher *publisher; /* of a subscribe entry; else NULL */
	bool remote;			   /* neither ipc nor loopback: with keys only */
};
enum endpoint_role {
	ENDPOINT_SUBMIT,
	ENDPOINT_COLLECT,
	ENDPOINT_SUBSCRIBE,
	ENDPOINT_FEED,
	ENDPOINT_ROLES
};

/* For how long something is kept. */
struct kept_for {
	bool given; /* else for ever */
	int months, days;
};
struct retention {
	struct kept_for events,
		deliveries; /* what people wrote; messages as they left, and what came back */
};

struct settings {
	const char *timezone;
	enum language language;
	const char *store;		 /* a path, or what store_url.h tells */
	const char *store_password_file; /* or NULL */
	const char *templates;		 /* folder with sv/ and en/ */
	const struct endpoint *endpoints[ENDPOINT_ROLES];
	size_t endpoint_count[ENDPOINT_ROLES];
	const char *secret_key_file; /* or NULL */
	const char *secret_key;	     /* what it holds, Z85; never in plan_text */
	struct mail_settings mail;
	struct web_settings web;
	struct calendar_settings calendar;
	struct retention retention;
};
