/* SPDX-License-Identifier: Apache-2.0 */
/* Mails to a server that tests/unit/peer_smtp.py plays. */
#ifndef TESTS_UNIT_MAILS_H
#define TESTS_UNIT_MAILS_H

#include "tests/unit/exchange.h"

#define PEER "peer_smtp"

struct mail_test {
	struct peer peer;
	sd_event *event;
	void *out;
	char url[64];
	struct send_request request;
	char rest[8192];
};

static const char letter[] = "Message-ID: <17.1@paminn>\r\nSubject: Hej\r\n\r\nHej.\r\n";

static inline void begin_limited(struct mail_test *t, const char *mode, int connections,
				 int seconds)
{
	struct limits limits = limits_of(connections, seconds);

	memset(t, 0, sizeof(*t));
	peer_start(&t->peer, PEER, mode);
	snprintf(t->url, sizeof(t->url), "smtp://127.0.0.1:%d", t->peer.port);
	ck_assert_int_ge(sd_event_new(&t->event), 0);
	ck_assert_int_eq(transport_smtp.new(&t->out, t->event, &limits), 0);
	t->request = (struct send_request){
		.channel = "mail",
		.url = t->url,
		.from = "paminn@region.se",
		.to = "ok@region.se",
		.bytes = letter,
		.length = strlen(letter),
		.private_allowed = true,
	};
}

static inline void begin_test(struct mail_test *t, const char *mode, int connections)
{
	begin_limited(t, mode, connections, PATIENT);
}

static inline void end_test(struct mail_test *t)
{
	transport_smtp.free(t->out);
	sd_event_unref(t->event);
	peer_stop(&t->peer, t->rest, sizeof(t->rest));
}

static inline struct result mail_to(struct mail_test *t, const char *to)
{
	t->request.to = to;
	return exchange(t->event, &transport_smtp, t->out, &t->request);
}

#endif
