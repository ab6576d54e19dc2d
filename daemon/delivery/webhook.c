/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One message as a signed POST (Standard Webhooks: the HMAC-SHA256 of "id.timestamp.body" under the
 * channel's secret). The status line alone decides; what else the server says is heard up to a limit
 * and forgotten. The body is handed over by a read function that cannot be rewound: curl would
 * otherwise post it again by itself when a reused connection dies without an answer, and that copy
 * would not be counted.
 */
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>

#include "base/harmless.h"
#include "base/secret.h"
#include "delivery/transport.h"

#define RESPONSE_HEADERS_MAX (64 * 1024)
#define RESPONSE_BODY_MAX (16 * 1024)
#define LONGEST_WAIT DAYS(5) /* of a Retry-After: no message lives longer */

struct post {
	LIST_ENTRY(post) link;
	sd_event *event; /* the hook's */
	struct exchange x;
	struct send_request request;
	done_fn done;
	void *userdata;
	struct curl_slist *headers;
	size_t taken; /* bytes of the body that curl has taken */
	size_t heard; /* bytes of the response's headers */
	size_t body_heard;
	char answer[ANSWER_SIZE]; /* the status line */
	struct duration wait;	  /* its Retry-After */
};
struct hook {
	sd_event *event;
	struct transfer *transfer;
	LIST_HEAD(, post) posts;
};

/* ---- the signature ------------------------------------------------------------------------------ */

static void sign(const struct secret *s, const struct send_request *request, const char *timestamp,
		 char *ret_base64, size_t size)
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];

	crypto_auth_hmacsha256_init(&state, s->bytes, s->length);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)request->id,
				      strlen(request->id));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)".", 1);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)timestamp, strlen(timestamp));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)".", 1);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)request->bytes,
				      request->length);
	crypto_auth_hmacsha256_final(&state, mac);
	sodium_memzero(&state, sizeof(state));
	sodium_bin2base64(ret_base64, size, mac, sizeof(mac), sodium_base64_VARIANT_ORIGINAL);
}

/* ---- the request ---------------------------------------------------------------------------------- */

static int add_header(struct post *p, const char *name, const char *value)
{
	char line[400];
	struct curl_slist *list;

	snprintf(line, sizeof(line), "%s: %s", name, value);
	list = curl_slist_append(p->headers, line);
	if (!list)
		return -ENOMEM;
	p->headers = list;
	return 0;
}

/* Nothing leaves unsigned that is to be signed: a secret that can't be read is the channel's fault,
 * tried again. */
static int add_signature(struct post *p, const char *timestamp, struct result *ret)
{
	struct secret secret;
	char base64[sodium_base64_ENCODED_LEN(crypto_auth_hmacsha256_BYTES,
					      sodium_base64_VARIANT_ORIGINAL)];
	char signature[sizeof(base64) + 3];
	int r = secret_read_key(&secret, p->request.secret_file);

	if (r < 0) {
		secret_done(&secret);
		ret->verdict = VERDICT_LATER;
		ret->server = true;
		snprintf(ret->answer, sizeof(ret->answer), "secret_file %.200s can't be used: %s",
			 p->request.secret_file, secret_fault(r));
		snprintf(ret->fault, sizeof(ret->fault), "%s", ret->answer);
		return SENT_ENDED;
	}
	sign(&secret, &p->request, timestamp, base64, sizeof(base64));
	secret_done(&secret);
	snprintf(signature, sizeof(signature), "v1,%s", base64);
	return add_header(p, "webhook-signature", signature) < 0 ? -ENOMEM : SENT_BEGUN;
}

static int add_headers(struct post *p, struct result *ret)
{
	char timestamp[24];

	snprintf(timestamp, sizeof(timestamp), "%" PRId64, p->request.time.us / 1000000);
	if (add_header(p, "Content-Type", p->request.type) < 0 ||
	    add_header(p, "webhook-id", p->request.id) < 0 ||
	    add_header(p, "webhook-timestamp", timestamp) < 0 || add_header(p, "Expect", "") < 0)
		return -ENOMEM;
	return p->request.secret_file ? add_signature(p, timestamp, ret) : SENT_BEGUN;
}

static size_t hand_over(char *buffer, size_t one, size_t room, void *userdata)
{
	struct post *p = userdata;
	size_t n = p->request.length - p->taken;

	if (n > one * room)
		n = one * room;
	memcpy(buffer, p->request.bytes + p->taken, n);
	p->taken += n;
	return n;
}

/*
 * RFC 9110 § 10.2.3: seconds, or a date. Read here, since what CURLINFO_RETRY_AFTER gives is cut at six
 * hours from libcurl 8.13 on.
 */
static struct duration retry_after(const char *value, sd_event *event)
{
	const int64_t longest = LONGEST_WAIT.us / 1000000;
	size_t digits = strspn(value, "0123456789");
	uint64_t now = 0;
	int64_t seconds;

	if (digits > 9)
		return LONGEST_WAIT;
	sd_event_now(event, CLOCK_REALTIME, &now);
	seconds = digits > 0 ? strtol(value, NULL, 10)
			     : curl_getdate(value, NULL) - (int64_t)(now / 1000000);
	return seconds <= 0 ? (struct duration){ 0 }
			    : SECONDS(seconds < longest ? seconds : longest);
}

static void hear_field(struct post *p, const char *line, size_t length)
{
	static const char name[] = "Retry-After:";
	const size_t n = sizeof(name) - 1;
	char value[64];

	if (length <= n || strncasecmp(line, name, n) != 0)
		return;
	snprintf(value, sizeof(value), "%.*s", (int)(length - n), line + n);
	value[strcspn(value, "\r\n")] = '\0';
	p->wait = retry_after(value + strspn(value, " \t"), p->event);
}

static size_t hear_header(char *line, size_t one, size_t size, void *userdata)
{
	struct post *p = userdata;

	p->heard += one * size;
	if (p->heard > RESPONSE_HEADERS_MAX)
		return 0;
	if (one * size > 5 && memcmp(line, "HTTP/", 5) == 0) {
		p->wait = (struct duration){ 0 }; /* what came before was not the answer */
		harmless_line(p->answer, sizeof(p->answer), line, one * size);
	}
	hear_field(p, line, one * size);
	return one * size;
}

static size_t hear_body(char *data, size_t one, size_t size, void *userdata)
{
	struct post *p = userdata;

	(void)data;
	p->body_heard += one * size;
	return p->body_heard > RESPONSE_BODY_MAX ? 0 : one * size;
}

static int set_options(struct post *p)
{
	const struct send_request *request = &p->request;
	CURL *easy = p->x.easy;
	CURLcode code = CURLE_OK;

#define SET(option, value) code = code ? code : curl_easy_setopt(easy, CURLOPT_##option, value)
	SET(PROTOCOLS_STR, request->private_allowed ? "http,https" : "https");
	SET(HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(FOLLOWLOCATION, 0L);
	SET(USERAGENT, "paminn/" PAMINN_VERSION);
	SET(HTTPHEADER, p->headers);
	SET(POST, 1L);
	SET(POSTFIELDSIZE_LARGE, (curl_off_t)request->length);
	SET(READFUNCTION, hand_over);
	SET(READDATA, p);
	SET(HEADERFUNCTION, hear_header);
	SET(HEADERDATA, p);
	SET(WRITEFUNCTION, hear_body);
	SET(WRITEDATA, p);
#undef SET
	return code ? -ENOMEM : 0;
}

/* ---- the verdict ------------------------------------------------------------------------------------ */

static const struct status_rule {
	long from, to; /* the first row that holds the status */
	enum verdict verdict;
	bool server, gone;
} rules[] = {
	{ 200, 299, VERDICT_ACCEPTED, false, false }, { 300, 399, VERDICT_REFUSED, false, false },
	{ 408, 408, VERDICT_LATER, false, false },    { 410, 410, VERDICT_REFUSED, false, true },
	{ 425, 425, VERDICT_LATER, false, false },    { 429, 429, VERDICT_LATER, true, false },
	{ 400, 499, VERDICT_REFUSED, false, false },  { 500, 599, VERDICT_LATER, true, false },
	{ 600, 999, VERDICT_REFUSED, false, false }, /* no status of HTTP */
};

static void judge_status(const struct post *p, long status, struct result *ret)
{
	const struct status_rule *rule = rules;

	while (status > rule->to || status < rule->from)
		rule++;
	ret->verdict = rule->verdict;
	ret->server = rule->server;
	ret->gone = rule->gone;
	if (rule->verdict == VERDICT_LATER)
		ret->wait = p->wait;
	memcpy(ret->answer, p->answer, sizeof(ret->answer));
	if (ret->server)
		snprintf(ret->fault, sizeof(ret->fault), "the server's answer was \"%s\"",
			 ret->answer);
}

/* Does the line say that status? Libcurl takes any that begins like one for 200, and so nonsense for a success. */
static bool says(const char *line, long status)
{
	int major, minor;
	long said;

	return sscanf(line, "HTTP/%1d.%1d %3ld", &major, &minor, &said) == 3 && said == status;
}

/* Has a byte of the request left? */
static bool has_begun(const struct post *p)
{
	long sent = 0;

	curl_easy_getinfo(p->x.easy, CURLINFO_REQUEST_SIZE, &sent);
	return sent > 0;
}

static void judge(const struct post *p, CURLcode code, struct result *ret)
{
	const struct exchange *x = &p->x;
	long status = 0;

	if (transport_refused(x, p->request.channel, ret))
		return;
	curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status >= 200 && says(p->answer, status)) {
		judge_status(p, status, ret);
		return;
	}
	snprintf(ret->answer, sizeof(ret->answer), "%s",
		 status >= 200 ? "the server's answer was not HTTP" : exchange_error(x, code));
	if (has_begun(p)) {
		ret->verdict = VERDICT_UNKNOWN;
	} else if (code == CURLE_UNSUPPORTED_PROTOCOL) {
		ret->verdict = VERDICT_REFUSED;
		snprintf(ret->answer, sizeof(ret->answer),
			 "the url of channel %s is not https: use https, or set allow_private = "
			 "true",
			 p->request.channel);
	} else {
		ret->verdict = VERDICT_LATER;
		ret->server = true;
		snprintf(ret->fault, sizeof(ret->fault), "%s", ret->answer);
	}
}

/* ---- the transport ------------------------------------------------------------------------------------------ */

static void post_free(struct post *p)
{
	exchange_done(&p->x);
	curl_slist_free_all(p->headers);
	free(p);
}

static void post_ended(struct exchange *x, CURLcode code)
{
	struct post *p = (struct post *)((char *)x - offsetof(struct post, x));
	struct result result = { 0 };

	judge(p, code, &result);
	LIST_REMOVE(p, link);
	p->done(p->userdata, &result);
	post_free(p);
}

static int hook_send(void *self, const struct send_request *request, done_fn done, void *userdata,
		     struct result *ret)
{
	struct hook *h = self;
	struct result result = { 0 };
	struct post *p = calloc(1, sizeof(*p));
	int r;

	if (!p)
		return -ENOMEM;
	p->event = h->event;
	p->request = *request;
	p->x.to = transport_destination(request);
	p->x.ended = post_ended;
	p->done = done;
	p->userdata = userdata;
	r = add_headers(p, &result);
	if (r == SENT_ENDED)
		*ret = result;
	if (r == SENT_BEGUN)
		r = exchange_init(&p->x, h->transfer);
	if (r == 0)
		r = set_options(p);
	if (r == 0)
		r = transfer_add(&p->x);
	if (r != 0) {
		post_free(p);
		return r;
	}
	LIST_INSERT_HEAD(&h->posts, p, link);
	return SENT_BEGUN;
}

static void hook_abandon(void *self)
{
	struct hook *h = self;
	struct post *p;

	while ((p = LIST_FIRST(&h->posts))) {
		struct result result = { .verdict =
						 has_begun(p) ? VERDICT_UNKNOWN : VERDICT_UNBEGUN,
					 .answer = GIVEN_UP };

		LIST_REMOVE(p, link);
		p->done(p->userdata, &result);
		post_free(p);
	}
}

static void hook_free(void *self)
{
	struct hook *h = self;
	struct post *p;

	while ((p = LIST_FIRST(&h->posts))) {
		LIST_REMOVE(p, link);
		post_free(p);
	}
	transfer_free(h->transfer);
	sd_event_unref(h->event);
	free(h);
}

static int hook_new(void **ret, sd_event *event, const struct limits *limits)
{
	struct hook *h = calloc(1, sizeof(*h));
	int r = h ? transfer_new(&h->transfer, event, &limits->net) : -ENOMEM;

	if (r < 0) {
		free(h);
		return r;
	}
	h->event = sd_event_ref(event);
	*ret = h;
	return 0;
}

static void hook_run(void *self, struct duration longest)
{
	struct hook *h = self;

	transfer_run(h->transfer, NULL, 0, longest);
}

const struct transport transport_webhook = { hook_new, hook_free, hook_abandon, hook_send,
					     hook_run };
