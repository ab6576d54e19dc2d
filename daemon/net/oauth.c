/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The token in memory, and the request for the next one:
 *
 *	no token ─▶ asked for, all wait ─▶ good ─▶ (near its end) good, and the next is asked for ─▶ no token
 *
 * So who wants a token waits only when there is none. A request that fails while the old one is good is not
 * made again at once, nor told to anybody; when there is none, each who asks begins one, and whoever sends
 * mail makes pauses between. No redirect is followed, since the secret would go with it, and an answer is
 * heard up to a limit.
 *
 * What is ours of the secret and the tokens is wiped when it is of no more use.
 */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/secret.h"
#include "net/address.h"
#include "net/oauth.h"
#include "protocol/text.h"

#define ANSWER_MAX (64 * 1024)
#define CONNECT 15	  /* s */
#define WHOLE 30	  /* s: for the request and its answer */
#define AGAIN SECONDS(30) /* after a failure, while the old token is good */

struct oauth {
	sd_event *event;
	struct transfer *transfer;
	char *token_url, *client_id, *client_secret_file, *scope, *ca_file;
	bool loopback_only;

	struct token token;
	struct token_term term;
	unsigned number; /* of the token in memory: 1, 2 … */
	bool has;

	struct exchange x; /* easy: NULL when none is under way */
	char *form;	   /* what is posted: with the secret */
	char *answer;
	size_t heard;
	struct mono asked, again;
	sd_event_source *soon; /* a request that could not even be begun ends from the loop */
	char fault[OAUTH_FAULT];
	TAILQ_HEAD(, oauth_waiter) waiters;
	unsigned
		round; /* of waiting: who begins to wait while others are told waits for the next */
};

/* ---- the request's end ----------------------------------------------------------------------------- */

static void wipe_text(char **text)
{
	if (*text)
		sodium_memzero(*text, strlen(*text));
	free(*text);
	*text = NULL;
}

static void request_done(struct oauth *o)
{
	exchange_done(&o->x);
	wipe_text(&o->form);
	if (o->answer)
		sodium_memzero(o->answer, o->heard);
	free(o->answer);
	o->answer = NULL;
	o->heard = 0;
	sd_event_source_set_enabled(o->soon, SD_EVENT_OFF);
}

static void tell(struct oauth *o, const char *fault)
{
	const unsigned round = o->round++;
	const struct bearer bearer = { o->token.text, o->number };
	struct oauth_waiter *w;

	while ((w = TAILQ_FIRST(&o->waiters)) && w->round == round) {
		oauth_leave(w);
		w->told(w, fault ? NULL : &bearer, fault);
	}
}

static void fail(struct oauth *o)
{
	char fault[OAUTH_FAULT];

	memcpy(fault, o->fault, sizeof(fault));
	request_done(o);
	o->again.us = clock_mono().us + AGAIN.us;
	tell(o, fault);
}

static int host_length(const char *url)
{
	return (int)strcspn(strstr(url, "://") + 3, "/?#");
}

/* "the token server HOST" and how the sentence goes on. */
static void say(struct oauth *o, const char *rest)
{
	snprintf(o->fault, sizeof(o->fault), "the token server %.*s %s", host_length(o->token_url),
		 strstr(o->token_url, "://") + 3, rest);
}

static void say_unreached(struct oauth *o, CURLcode code)
{
	char rest[CURL_ERROR_SIZE + 40];

	if (o->x.to.loopback_only && exchange_is_refused(&o->x))
		snprintf(rest, sizeof(rest), "%s",
			 o->loopback_only ? "is not this machine, and a rehearsal asks no other"
					  : "is not this machine: use https");
	else if (code == CURLE_WRITE_ERROR)
		snprintf(rest, sizeof(rest), "talks without end: check token_url");
	else
		snprintf(rest, sizeof(rest), "can't be asked: %s", exchange_error(&o->x, code));
	say(o, rest);
}

static void ended(struct exchange *x, CURLcode code)
{
	struct oauth *o = (struct oauth *)((char *)x - offsetof(struct oauth, x));
	char rest[OAUTH_FAULT];
	struct token token;
	long status = 0;

	if (code != CURLE_OK) {
		say_unreached(o, code);
		fail(o);
		return;
	}
	curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, &status);
	if (!oauth_answer_read(&token, status, o->answer ? o->answer : "", o->heard, rest)) {
		say(o, rest);
		fail(o);
		return;
	}
	o->token = token;
	sodium_memzero(&token, sizeof(token));
	o->term = oauth_term(o->asked, o->token.life);
	o->number++;
	o->has = true;
	request_done(o);
	tell(o, NULL);
}

/* ---- the request ------------------------------------------------------------------------------------ */

static size_t hear(char *bytes, size_t one, size_t size, void *userdata)
{
	struct oauth *o = userdata;

	if (o->heard + one * size > ANSWER_MAX)
		return 0;
	memcpy(o->answer + o->heard, bytes, one * size);
	o->heard += one * size;
	return one * size;
}

/* One field of the form, escaped; the whole so far is freed when there is no memory. */
static char *with_field(struct oauth *o, char *form, const char *name, const char *value)
{
	char *escaped = form ? curl_easy_escape(o->x.easy, value, (int)strlen(value)) : NULL;
	const size_t size = escaped ? strlen(form) + strlen(name) + strlen(escaped) + 3 : 0;
	char *longer = escaped ? malloc(size) : NULL; /* asprintf's grows, and leaves copies */

	if (longer)
		snprintf(longer, size, "%s%s%s=%s", form, *form ? "&" : "", name, escaped);
	if (escaped)
		sodium_memzero(escaped, strlen(escaped));
	curl_free(escaped);
	wipe_text(&form);
	return longer;
}

/* 0; -ENOMEM; or 1 with a fault: the secret can't be read. */
static int make_form(struct oauth *o)
{
	struct secret secret;
	char text[SECRET_MAX + 1], rest[OAUTH_FAULT];
	int r = secret_read(&secret, o->client_secret_file);

	if (r < 0) {
		secret_done(&secret);
		snprintf(rest, sizeof(rest),
			 "can't be asked: client_secret_file %.120s can't be "
			 "used: %s",
			 o->client_secret_file, secret_fault(r));
		say(o, rest);
		return 1;
	}
	memcpy(text, secret.bytes, secret.length);
	text[secret.length] = '\0';
	secret_done(&secret);
	o->form = with_field(o, strdup(""), "grant_type", "client_credentials");
	o->form = with_field(o, o->form, "client_id", o->client_id);
	o->form = with_field(o, o->form, "scope", o->scope);
	o->form = with_field(o, o->form, "client_secret", text);
	sodium_memzero(text, sizeof(text));
	return o->form ? 0 : -ENOMEM;
}

static int set_options(struct oauth *o)
{
	CURL *easy = o->x.easy;
	CURLcode code = CURLE_OK;

#define SET(option, value) code = code ? code : curl_easy_setopt(easy, CURLOPT_##option, value)
	SET(PROTOCOLS_STR, o->x.to.loopback_only ? "http,https" : "https");
	SET(HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(FOLLOWLOCATION, 0L);
	SET(FORBID_REUSE, 1L);
	SET(USERAGENT, "paminn/" PAMINN_VERSION);
	SET(POSTFIELDS, o->form);
	SET(WRITEFUNCTION, hear);
	SET(WRITEDATA, o);
#undef SET
	return code ? -ENOMEM : 0;
}

static int on_soon(sd_event_source *source, void *userdata)
{
	(void)source;
	fail(userdata);
	return 0;
}

static void begin_request(struct oauth *o)
{
	int r;

	o->x.to = (struct destination){
		.url = o->token_url,
		.ca_file = o->ca_file,
		.private_allowed = true,
		.loopback_only = o->loopback_only || strncasecmp(o->token_url, "https:", 6) != 0,
	};
	o->x.addresses_open = o->x.addresses_refused = 0;
	o->x.error[0] = '\0';
	o->x.ended = ended;
	o->asked = clock_mono();
	o->answer = malloc(ANSWER_MAX);
	r = o->answer ? exchange_init(&o->x, o->transfer) : -ENOMEM;
	if (r == 0)
		r = make_form(o);
	if (r == 0)
		r = set_options(o);
	if (r == 0)
		r = transfer_add(&o->x);
	if (r < 0)
		say(o, "can't be asked: there is not enough memory");
	if (r != 0)
		sd_event_source_set_enabled(o->soon, SD_EVENT_ONESHOT);
}

static bool is_under_way(const struct oauth *o)
{
	return o->answer || o->x.easy;
}

/* ---- who wants one ---------------------------------------------------------------------------------- */

bool oauth_bearer(struct oauth *o, struct bearer *ret)
{
	const int64_t now = clock_mono().us;

	if (!o->has || now >= o->term.end.us)
		return false;
	if (now >= o->term.renew.us && now >= o->again.us && !is_under_way(o))
		begin_request(o);
	*ret = (struct bearer){ o->token.text, o->number };
	return true;
}

void oauth_wait(struct oauth *o, struct oauth_waiter *w)
{
	w->of = o;
	w->round = o->round;
	TAILQ_INSERT_TAIL(&o->waiters, w, link);
	if (!is_under_way(o))
		begin_request(o);
}

void oauth_leave(struct oauth_waiter *w)
{
	if (w->of)
		TAILQ_REMOVE(&w->of->waiters, w, link);
	w->of = NULL;
}

void oauth_forget(struct oauth *o, unsigned number)
{
	if (number != o->number)
		return;
	o->has = false;
	sodium_memzero(&o->token, sizeof(o->token));
}

void oauth_run(struct oauth *o)
{
	int enabled = SD_EVENT_OFF;

	sd_event_source_get_enabled(o->soon, &enabled);
	if (enabled != SD_EVENT_OFF)
		fail(o);
	else
		transfer_run(o->transfer, NULL, 0, (struct duration){ 0 });
}

/* ---- making and ending ------------------------------------------------------------------------------ */

static int copy(char **ret, const char *text)
{
	*ret = text ? strdup(text) : NULL;
	return text && !*ret ? -ENOMEM : 0;
}

static int set_up(struct oauth *o, const struct oauth_settings *from)
{
	static const struct transfer_limits limits = { 1, CONNECT, WHOLE };
	int r;

	if (copy(&o->token_url, from->token_url) < 0 || copy(&o->client_id, from->client_id) < 0 ||
	    copy(&o->client_secret_file, from->client_secret_file) < 0 ||
	    copy(&o->scope, from->scope) < 0 || copy(&o->ca_file, from->ca_file) < 0)
		return -ENOMEM;
	r = sd_event_add_defer(o->event, &o->soon, on_soon, o);
	if (r >= 0)
		r = sd_event_source_set_enabled(o->soon, SD_EVENT_OFF);
	return r < 0 ? r : transfer_new(&o->transfer, o->event, &limits);
}

bool oauth_is_same(const struct oauth_settings *a, const struct oauth_settings *b)
{
	return a && b ? text_same(a->token_url, b->token_url) &&
				text_same(a->client_id, b->client_id) &&
				text_same(a->client_secret_file, b->client_secret_file) &&
				text_same(a->scope, b->scope) && text_same(a->ca_file, b->ca_file)
		      : a == b;
}

int oauth_new(struct oauth **ret, sd_event *event, const struct oauth_settings *settings,
	      bool loopback_only)
{
	struct oauth *o = calloc(1, sizeof(*o));
	int r;

	if (!o)
		return -ENOMEM;
	o->event = sd_event_ref(event);
	o->loopback_only = loopback_only;
	TAILQ_INIT(&o->waiters);
	r = set_up(o, settings);
	if (r < 0) {
		oauth_free(o);
		return r;
	}
	*ret = o;
	return 0;
}

struct oauth *oauth_free(struct oauth *o)
{
	if (!o)
		return NULL;
	request_done(o);
	transfer_free(o->transfer);
	sd_event_source_disable_unref(o->soon);
	sd_event_unref(o->event);
	free(o->token_url);
	free(o->client_id);
	free(o->client_secret_file);
	free(o->scope);
	free(o->ca_file);
	sodium_memzero(o, sizeof(*o));
	free(o);
	return NULL;
}
