/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "web/exchange_inside.h"
#include "web/lookup.h"
#include "web/refusal_send.h"
#include "web/server.h"
#include "web/visitor.h"

#define HTML "text/html; charset=utf-8"

const struct web_request *exchange_request(const struct exchange *x)
{
	return &x->request;
}

const struct link *exchange_link(const struct exchange *x)
{
	return &x->place.link;
}

/* ---- its life -------------------------------------------------------------------------------------- */

static const char *keep_text(struct exchange *x, size_t i, struct piece p)
{
	x->texts[i] = strndup(p.at ? p.at : "", p.length);
	return x->texts[i];
}

int exchange_new(struct exchange **ret, struct visitor *v, const struct head *head,
		 const struct place *place)
{
	struct exchange *x = calloc(1, sizeof(*x));

	if (!x)
		return -ENOMEM;
	x->web = v->web;
	x->failures = memory_failures();
	x->visitor = v;
	x->place = *place;
	x->request = (struct web_request){
		.method = head->method,
		.path = keep_text(x, 0, head->path),
		.token = keep_text(x, 1, place->token),
		.query = keep_text(x, 2, head->query),
		.language = head->language_given ? head->language
						 : v->web->engine->plan->settings.language,
		.address = x->address,
	};
	x->expects_leave = head->expects_leave;
	x->from_elsewhere = piece_is(head->fetch_site, "cross-site");
	if (head->length_given)
		snprintf(x->length, sizeof(x->length), "%zu", head->body_length);
	remote_format(&v->remote, x->address);
	session_token_of(web_settings(v->web), head, x->session);
	x->texts[3] = session_user_of(v, head);
	if (!x->texts[0] || !x->texts[1] || !x->texts[2]) {
		exchange_free(x);
		return -ENOMEM;
	}
	*ret = x;
	return 0;
}

bool exchange_is_whole(const struct exchange *x)
{
	return memory_failures() == x->failures;
}

struct exchange *exchange_free(struct exchange *x)
{
	if (!x)
		return NULL;
	if (x->waited && x->until.us)
		TAILQ_REMOVE(&x->web->pausing, x, link);
	else if (x->waited)
		TAILQ_REMOVE(&x->web->waiting, x, link);
	lookup_free(x->lookup);
	if (x->release)
		x->release(x->kept);
	for (size_t i = 0; i < sizeof(x->texts) / sizeof(x->texts[0]); i++)
		free(x->texts[i]);
	fields_done(&x->request.fields);
	fields_done(&x->request.asked);
	buffer_done(&x->body);
	free(x->reply.body);
	free(x->location);
	free(x->disposition);
	free(x->cookie);
	session_forget(x);
	free(x);
	return NULL;
}

int exchange_add(struct exchange *x, const char *bytes, size_t length)
{
	if (x->body.length + length > BODY_MAX)
		return -EMSGSIZE; /* the head has said less */
	return !x->place.row ? 0 : buffer_add(&x->body, bytes, length);
}

/* A query that the page does not have leads to a page that is not there. Where a path takes none it is passed over:
 * what a mail program hangs behind a link must not break it. */
static bool read_query(struct exchange *x)
{
	const struct field_rule *rules = x->place.row->query;
	int r = rules ? fields_read(&x->request.asked, x->request.query, strlen(x->request.query),
				    rules)
		      : 0;

	if (r != 0)
		exchange_refuse(x, r < 0 ? REFUSAL_BROKEN : REFUSAL_NOT_FOUND);
	return r == 0;
}

static bool read_form(struct exchange *x)
{
	int r = 0;

	if (x->request.method == METHOD_POST)
		r = fields_read(&x->request.fields, x->body.bytes, x->body.length,
				x->place.row->fields);
	buffer_done(&x->body);
	if (r != 0)
		exchange_refuse(x, r < 0 ? REFUSAL_BROKEN : REFUSAL_FORM);
	else if (!session_has_form_token(x))
		exchange_refuse(x, REFUSAL_FOREIGN);
	return !x->replied;
}

void exchange_begin(struct exchange *x)
{
	x->begun = true;
	x->begun_at = clock_mono();
	/* The last turn has ended: what a handler took in now would be kept, and nobody be told. */
	if (x->web->stopping)
		exchange_refuse(x, x->request.method == METHOD_POST ? REFUSAL_NOT_STORED
								    : REFUSAL_BUSY);
	else if (!x->place.row || (!x->web->links && (x->place.row->after || x->place.row->may)))
		exchange_not_found(x); /* a reload may have done away with all links meanwhile */
	else if (session_admit(x) && read_query(x) && read_form(x))
		x->place.row->handle(x->web, x);
	assert(x->replied || x->waited || x->lookup);
}

/* ---- its answer ------------------------------------------------------------------------------------ */

static void answer(struct exchange *x, const struct reply *reply)
{
	assert(!x->replied);
	x->replied = true;
	x->reply = *reply;
	if (x->suspended)
		server_resume(x);
}

/* A copy of text, or NULL, with *ok false when there is no memory. */
static char *copy(const char *text, bool *ok)
{
	char *made = text ? strdup(text) : NULL;

	*ok = *ok && (made || !text);
	return made;
}

int exchange_set_cookie(struct exchange *x, const char *cookie)
{
	x->cookie = strdup(cookie);
	return x->cookie ? 0 : -ENOMEM;
}

void exchange_reply(struct exchange *x, const struct reply *reply)
{
	bool ok = true;

	x->location = copy(reply->location, &ok);
	x->disposition = copy(reply->disposition, &ok);
	if (ok) {
		answer(x, reply);
	} else {
		free(reply->body);
		exchange_refuse(x, REFUSAL_BROKEN);
	}
}

void exchange_page(struct exchange *x, unsigned status, char *html)
{
	exchange_reply(
		x, &(struct reply){
			   .status = status, .type = HTML, .body = html, .length = strlen(html) });
}

/* Relative, since a proxy may have us under a path of its own. */
void exchange_see_again(struct exchange *x)
{
	exchange_reply(
		x, &(struct reply){ .status = 303, .location = strrchr(x->request.path, '/') + 1 });
}

void exchange_lead(struct exchange *x, const char *path)
{
	char *location = NULL;

	if (asprintf(&location, "%s%s", x->web->root, path + 1) < 0) {
		exchange_refuse(x, REFUSAL_BROKEN);
		return;
	}
	exchange_reply(x, &(struct reply){ .status = 303, .location = location });
	free(location);
}

void exchange_refuse(struct exchange *x, enum refusal why)
{
	x->refused = why;
	refusal_tell(x->web, &x->visitor->remote, x->place.forged ? REFUSAL_FORGED : why);
	answer(x, &(struct reply){ .status = refusal_status(why), .type = HTML });
}

void exchange_abandon(struct exchange *x)
{
	answer(x, &(struct reply){ .status = refusal_status(REFUSAL_BUSY), .type = HTML });
}

/* ---- waiting ----------------------------------------------------------------------------------------- */

void exchange_wait(struct exchange *x, waited_fn *waited)
{
	if (!ledger_in_transaction(x->web->engine->ledger)) {
		waited(x->web, x, TURN_COMMITTED);
		return;
	}
	x->waited = waited;
	TAILQ_INSERT_TAIL(&x->web->waiting, x, link);
}

void exchanges_go_on(struct web *w, enum turn_end end)
{
	struct waiting ended = TAILQ_HEAD_INITIALIZER(ended);
	struct exchange *x;

	TAILQ_CONCAT(&ended, &w->waiting, link);
	while ((x = TAILQ_FIRST(&ended))) {
		waited_fn *waited = x->waited;

		TAILQ_REMOVE(&ended, x, link);
		x->waited = NULL;
		waited(w, x, end);
	}
}

void exchange_keep(struct exchange *x, void *kept, void (*release)(void *kept))
{
	x->kept = kept;
	x->release = release;
}

void *exchange_kept(const struct exchange *x)
{
	return x->kept;
}
