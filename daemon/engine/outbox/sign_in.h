/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signing in without a password. Somebody asks for a link, naming an address; whoever of the plan has it gets a mail
 * with one that is good once, for SIGN_IN_MINUTES; with that a session begins, which lasts SESSION_HOURS. None of it
 * is in the log, since nothing of what is owed follows from it.
 *
 * Who asks learns nothing of whether anybody has the address: the same rows are written, or nobody's instead. Both
 * a link and a session count only while their person is in the plan with the address that the link went to.
 */
#pragma once
#include "engine/engine.h"

#define SIGN_IN_MINUTES 15
#define SIGN_IN_AN_HOUR 10 /* links for a person, at most: what is asked for beyond is not sent */
#define SIGN_IN_SAME_ADDRESS 5 /* people who share an address, and get one each */
#define SESSION_HOURS 8
#define SESSIONS_A_PERSON 20 /* the oldest ends when there would be more */

/* The hash by which the ledger knows a token, or an address whatever its case. */
struct sign_in_hash {
	char text[SESSION_HASH];
};
struct sign_in_hash sign_in_hash(const char *text);
struct sign_in_hash sign_in_hash_of_mail(const char *mail);

/* What became of asking, for the log: never for who asks. */
struct sign_in_sent {
	size_t sent; /* mails that leave */
	const struct person
		*refused; /* the first who had their links of the hour already, or NULL */
};
/*
 * Send a link to whoever has the address, as it was typed; back: the page to go on to, or "". Within a turn. 0 or a
 * negative errno.
 */
int sign_in_ask(struct engine *e, const char *address, const char *back, struct instant now,
		struct sign_in_sent *ret);

/* Whom a reverse proxy names: by id, or by the mail address of one person alone. NULL: nobody. */
const struct person *sign_in_named(const struct plan *plan, const char *name);

enum sign_in_state {
	SIGN_IN_GOOD = 0,
	SIGN_IN_USED = 1,
	SIGN_IN_OVER = 2, /* or it is of somebody who is not there any more */
};
/* The link with this id. *ret_person: whose, when it is good or used. A state or a negative errno. */
int sign_in_find(struct engine *e, const char *login, struct instant now, struct login_row *ret,
		 const struct person **ret_person);
/* Whether that one may still leave in a mail. */
int sign_in_is_good(struct engine *e, const char *login, struct instant now, bool *ret_good);

/* A session that begins: by the link, which is used up; form: what its form had in it. `before`: the token of a session
 * that the browser has shown, which ends; or "". Within a turn. 0 or a negative errno. */
struct sign_in_begin {
	const struct person *person;
	const char *token, *before;
	struct login_row *by;
	const char *form;
};
int sign_in_begin(struct engine *e, const struct sign_in_begin *b, struct instant now);
/* All sessions of a person end, and links that were sent lead nowhere. Within a turn. How many sessions, or a negative
 * errno. */
int sign_in_end_all(struct engine *e, struct person_id person);
/* Whose session a token is of; *ret_person is NULL when it is none, or is over. 0 or a negative errno. */
int sign_in_whose(struct engine *e, const char *token, struct instant now, struct session_row *ret,
		  const struct person **ret_person);
