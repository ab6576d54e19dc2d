/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/outbox/sign_in.h"

#include <ctype.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/zone.h"
#include "engine/outbox/item.h"
#include "engine/outbox/message_state.h"
#include "plan/mail_address.h"

#define KEPT \
	HOURS(1) /* a link's row, from its making: as long as it counts among those of the hour */
#define SHOWN HOURS(24) /* its mail in the outbox, from its end */

/* ---- hashes -------------------------------------------------------------------------------------------- */

struct sign_in_hash sign_in_hash(const char *text)
{
	unsigned char hash[crypto_generichash_BYTES];
	struct sign_in_hash ret;

	_Static_assert(SESSION_HASH == 2 * crypto_generichash_BYTES + 1, "in hexadecimal digits");
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)text, strlen(text), NULL, 0);
	sodium_bin2hex(ret.text, sizeof(ret.text), hash, sizeof(hash));
	return ret;
}

struct sign_in_hash sign_in_hash_of_mail(const char *mail)
{
	char lower[400];
	size_t i;

	for (i = 0; mail[i] && i + 1 < sizeof(lower); i++)
		lower[i] = (char)tolower((unsigned char)mail[i]);
	lower[i] = '\0';
	return sign_in_hash(lower);
}

/* Is the person still whom the link went to? */
static const struct person *person_with(const struct plan *plan, const char *id, const char *mail)
{
	const struct person *person = plan_person(plan, person_id(id));

	return person && person->mail && strcmp(sign_in_hash_of_mail(person->mail).text, mail) == 0
		       ? person
		       : NULL;
}

/* ---- asking for a link --------------------------------------------------------------------------------- */

/* A message of its own, to leave at once, whatever the hour and whoever is away: it is of use to nobody else. */
static int post(struct engine *e, const struct person *to, const struct login_row *login,
		struct instant now)
{
	struct message m = outbox_message(KIND_SIGN_IN, now, now);
	struct item item = { .what = ITEM_SIGN_IN };
	char until[RFC3339_TEXT];
	int r;

	snprintf(m.to, sizeof(m.to), "%s", to->id.text);
	snprintf(m.channel, sizeof(m.channel), "mail");
	r = ledger_put_message(e->ledger, &m);
	if (r < 0)
		return r;
	item.message = m.id;
	if (asprintf(&item.detail, "{\"login\":\"%s\",\"until\":\"%s\"}", login->id,
		     zone_format_second(login->until, until)) < 0)
		return -ENOMEM;
	r = ledger_put_item(e->ledger, &item);
	item_done(&item);
	return r;
}

static struct login_row login_new(const char *back, struct instant now)
{
	struct login_row login = {
		.asked = now,
		.until = instant_add(now, MINUTES(SIGN_IN_MINUTES)),
		.used = INSTANT_NONE,
	};

	snprintf(login.back, sizeof(login.back), "%s", back);
	return login;
}

static int send(struct engine *e, const struct person *to, const char *back, struct instant now)
{
	struct login_row login = login_new(back, now);
	unsigned char random[(LOGIN_ID - 1) / 2];
	int r;

	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(login.id, sizeof(login.id), random, sizeof(random));
	snprintf(login.person, sizeof(login.person), "%s", to->id.text);
	memcpy(login.mail, sign_in_hash_of_mail(to->mail).text, sizeof(login.mail));
	r = ledger_put_login(e->ledger, &login);
	return r < 0 ? r : post(e, to, &login, now);
}

static int send_if_few(struct engine *e, const struct person *to, const char *back,
		       struct instant now, struct sign_in_sent *ret)
{
	unsigned count = 0;
	int r = ledger_count_logins(e->ledger, to->id,
				    instant_add(now, (struct duration){ -KEPT.us }), &count);

	if (r < 0)
		return r;
	if (count >= SIGN_IN_AN_HOUR) {
		if (!ret->refused)
			ret->refused = to;
		return 0;
	}
	ret->sent++;
	return send(e, to, back, now);
}

/* What is of no use any more goes, whoever asks, so that no number of links fills the store. */
static int sweep(struct engine *e, struct instant now)
{
	int r = ledger_forget_logins(e->ledger, instant_add(now, (struct duration){ -KEPT.us }));

	if (r >= 0)
		r = ledger_end_sessions_over(e->ledger, now);
	if (r >= 0)
		r = ledger_forget_sign_ins(e->ledger,
					   instant_add(now, (struct duration){ -SHOWN.us }));
	return r;
}

int sign_in_ask(struct engine *e, const char *address, const char *back, struct instant now,
		struct sign_in_sent *ret)
{
	struct sign_in_sent sent = { 0 };
	const struct login_row nobodys = login_new("", now);
	char *ascii = mail_address_ascii(address);
	size_t met = 0;
	int r = sweep(e, now);

	for (size_t i = 0; ascii && r >= 0 && i < e->plan->person_count; i++) {
		const struct person *person = &e->plan->people[i];

		if (!person->mail || strcasecmp(person->mail, ascii) != 0 ||
		    met++ >= SIGN_IN_SAME_ADDRESS)
			continue;
		r = send_if_few(e, person, back, now, &sent);
	}
	if (r >= 0)
		r = ledger_put_login(e->ledger, &nobodys);
	free(ascii);
	if (r >= 0)
		*ret = sent;
	return r < 0 ? r : 0;
}

const struct person *sign_in_named(const struct plan *plan, const char *name)
{
	const struct person *person = plan_person(plan, person_id(name)), *found = NULL;
	char *ascii = person ? NULL : mail_address_ascii(name);
	size_t count = 0;

	for (size_t i = 0; ascii && i < plan->person_count; i++)
		if (plan->people[i].mail && strcasecmp(plan->people[i].mail, ascii) == 0) {
			found = &plan->people[i];
			count++;
		}
	free(ascii);
	return person ? person : count == 1 ? found : NULL;
}

/* ---- using one ----------------------------------------------------------------------------------------- */

int sign_in_find(struct engine *e, const char *login, struct instant now, struct login_row *ret,
		 const struct person **ret_person)
{
	const struct person *person;
	bool found = false;
	int r = login[0] ? ledger_find_login(e->ledger, login, ret, &found) : 0;

	if (r < 0)
		return r;
	person = found ? person_with(e->plan, ret->person, ret->mail) : NULL;
	if (!person)
		return SIGN_IN_OVER;
	*ret_person = person;
	if (!instant_is_none(ret->used))
		return SIGN_IN_USED;
	return instant_compare(now, ret->until) < 0 ? SIGN_IN_GOOD : SIGN_IN_OVER;
}

int sign_in_is_good(struct engine *e, const char *login, struct instant now, bool *ret_good)
{
	const struct person *person;
	struct login_row row;
	int r = sign_in_find(e, login ? login : "", now, &row, &person);

	if (r >= 0)
		*ret_good = r == SIGN_IN_GOOD;
	return r < 0 ? r : 0;
}

/* ---- sessions ------------------------------------------------------------------------------------------ */

static int make_room(struct engine *e, const struct person *person, struct instant now)
{
	struct session_row oldest;
	unsigned count = 0;
	int r = ledger_count_sessions(e->ledger, person->id, now, &count, &oldest);

	if (r >= 0 && count >= SESSIONS_A_PERSON)
		r = ledger_end_session(e->ledger, oldest.hash);
	return r;
}

int sign_in_begin(struct engine *e, const struct sign_in_begin *b, struct instant now)
{
	struct session_row s = {
		.kind = SESSION_LINK,
		.begun = now,
		.used = now,
		.until = instant_add(now, HOURS(SESSION_HOURS)),
	};
	int r = sweep(e, now);

	snprintf(s.person, sizeof(s.person), "%s", b->person->id.text);
	memcpy(s.hash, sign_in_hash(b->token).text, sizeof(s.hash));
	memcpy(s.mail, b->by->mail, sizeof(s.mail));
	memcpy(b->by->form, sign_in_hash(b->form).text, sizeof(b->by->form));
	b->by->used = now;
	if (r >= 0)
		r = ledger_put_login(e->ledger, b->by);
	if (r >= 0 && b->before[0])
		r = ledger_end_session(e->ledger, sign_in_hash(b->before).text);
	if (r >= 0)
		r = make_room(e, b->person, now);
	return r < 0 ? r : ledger_put_session(e->ledger, &s);
}

int sign_in_end_all(struct engine *e, struct person_id person)
{
	struct session_row oldest;
	unsigned count = 0;
	int r = ledger_count_sessions(e->ledger, person, (struct instant){ 0 }, &count, &oldest);

	if (r >= 0)
		r = ledger_end_sessions_of(e->ledger, person);
	if (r >= 0)
		r = ledger_forget_logins_of(e->ledger, person);
	return r < 0 ? r : (int)count;
}

int sign_in_whose(struct engine *e, const char *token, struct instant now, struct session_row *ret,
		  const struct person **ret_person)
{
	bool found = false;
	int r = ledger_find_session(e->ledger, sign_in_hash(token).text, ret, &found);

	if (r < 0)
		return r;
	*ret_person = found && instant_compare(now, ret->until) < 0
			      ? person_with(e->plan, ret->person, ret->mail)
			      : NULL;
	return 0;
}
