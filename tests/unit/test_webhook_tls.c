/* SPDX-License-Identifier: Apache-2.0 */
/* Posts over https: only to a server whose certificate is by whom we trust, for its name, and valid. */
#include "tests/unit/exchange.h"
#include "tests/unit/unit.h"

#define PEER "peer_https"

static const struct {
	const char *mode;
	bool ca; /* is its authority trusted? */
	const char *fault;
} rows[] = {
	{ "good", true, NULL },
	{ "good", false, "certificate" },
	{ "other", true, "unable to get local issuer certificate" },
	{ "name", true, "'localhost'" },
	{ "expired", true, "certificate has expired" },
};

START_TEST(only_to_whom_the_certificate_names)
{
	static const char body[] = "{\"specversion\":\"1.0\"}";
	struct limits limits = limits_of(1, PATIENT);
	char secret_file[] = "/tmp/paminn-unit-secret-XXXXXX", ca[256], url[64], rest[1024];
	struct send_request request = { .channel = "teams",
					.url = url,
					.secret_file = secret_file,
					.id = "msg_17",
					.type = "application/cloudevents+json",
					.bytes = body,
					.length = strlen(body),
					.private_allowed = true };
	int fd = mkstemp(secret_file);
	struct result result;
	struct peer peer;
	sd_event *event;
	uint64_t now;
	void *out;

	ck_assert_int_eq(write(fd, "secret", 6), 6);
	close(fd);
	peer_start(&peer, PEER, rows[_i].mode);
	peer_line(&peer, ca, sizeof(ca));
	snprintf(url, sizeof(url), "https://localhost:%d/status/204", peer.port);
	request.ca_file = rows[_i].ca ? ca : NULL;
	ck_assert_int_ge(sd_event_new(&event), 0);
	ck_assert_int_eq(transport_webhook.new(&out, event, &limits), 0);
	sd_event_now(event, CLOCK_REALTIME, &now);
	request.time.us = (int64_t)now;
	result = exchange(event, &transport_webhook, out, &request);
	transport_webhook.free(out);
	sd_event_unref(event);
	peer_stop(&peer, rest, sizeof(rest));
	unlink(secret_file);
	if (!rows[_i].fault) {
		ck_assert_msg((int)result.verdict == VERDICT_ACCEPTED, "\"%s\"", result.answer);
		ck_assert_ptr_nonnull(strstr(rest, "msg_17 signed"));
		return;
	}
	ck_assert_int_eq((int)result.verdict, VERDICT_LATER);
	ck_assert(result.server);
	ck_assert_msg(strstr(result.fault, rows[_i].fault), "\"%s\"", result.fault);
	ck_assert_str_eq(rest, "");
}
END_TEST

UNIT_TESTS("delivery/webhook_tls", UNIT_ROWS(only_to_whom_the_certificate_names, UNIT_COUNT(rows)))
