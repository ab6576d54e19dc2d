/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Row 16: without a handler that refuses nothing is served. Seen to fail when a key is let in while that is tried.
 */
#include "intake/zap.h"
#include "unit.h"

#include <errno.h>
#include <string.h>

static char friend[KEY_TEXT], denied[KEY_TEXT];
static char address[64];

static bool on_knows(void *userdata, const char *key)
{
	(void)userdata;
	return strcmp(key, friend) == 0;
}

static void on_denied(void *userdata, const char *from, const char *key)
{
	++*(int *)userdata;
	snprintf(denied, sizeof(denied), "%s", key);
	snprintf(address, sizeof(address), "%s", from);
}

static const struct zap_calls calls = { on_knows, on_denied };

struct fixture {
	sd_event *event;
	void *context, *asks;
	struct zap *zap;
	int denials;
};

static void begin(struct fixture *f)
{
	const int patience = 5000; /* milliseconds */

	*f = (struct fixture){ NULL };
	ck_assert_int_ge(sd_event_new(&f->event), 0);
	f->context = zmq_ctx_new();
	ck_assert_int_eq(zap_new(&f->zap, f->context, f->event, &calls, &f->denials), 0);
	f->asks = zmq_socket(f->context, ZMQ_REQ);
	zmq_setsockopt(f->asks, ZMQ_RCVTIMEO, &patience, sizeof(patience));
	ck_assert_int_eq(zmq_connect(f->asks, "inproc://zeromq.zap.01"), 0);
}

static void end(struct fixture *f)
{
	int none = 0;

	zmq_setsockopt(f->asks, ZMQ_LINGER, &none, sizeof(none));
	zmq_close(f->asks);
	zap_free(f->zap);
	zmq_ctx_term(f->context);
	sd_event_unref(f->event);
}

static const struct {
	int line;
	const char *version, *mechanism;
	bool known, more; /* is the key the friend's? is there a frame behind it? */
	size_t key_bytes;
	bool allowed;
} requests[] = {
	{ __LINE__, "1.0", "CURVE", true, false, 32, true },
	{ __LINE__, "1.0", "CURVE", false, false, 32, false },
	{ __LINE__, "1.0", "NULL", true, false, 32, false },
	{ __LINE__, "1.0", "PLAIN", true, false, 32, false },
	{ __LINE__, "1.0", "curve", true, false, 32, false },
	{ __LINE__, "1.1", "CURVE", true, false, 32, false },
	{ __LINE__, "", "CURVE", true, false, 32, false },
	{ __LINE__, "1.0", "CURVE", true, false, 31, false },
	{ __LINE__, "1.0", "CURVE", true, false, 0, false },
	{ __LINE__, "1.0", "CURVE", true, false, 40, false },
	{ __LINE__, "1.0", "CURVE", true, true, 32, false },
};

static void answer(struct fixture *f, const char *const *expected, size_t count)
{
	char text[128];
	int n;

	for (size_t i = 0; i < count; i++) {
		n = zmq_recv(f->asks, text, sizeof(text) - 1, 0);
		ck_assert_int_ge(n, 0);
		text[n] = '\0';
		ck_assert_str_eq(text, expected[i]);
	}
}

START_TEST(a_request_is_answered_by_what_it_shows)
{
	unsigned char key[64] = "an owner's public key, 32 bytes.";
	const bool allowed = requests[_i].allowed;
	const char *const expected[] = { "1.0",
					 "seq-7",
					 allowed ? "200" : "400",
					 allowed ? "OK" : "the key is unknown",
					 allowed ? friend : "",
					 "" };
	const char *const parts[] = { requests[_i].version, "seq-7", "paminn",
				      "10.1.2.3",	    "",	     requests[_i].mechanism };
	struct fixture f;

	begin(&f);
	ck_assert_ptr_nonnull(zmq_z85_encode(friend, key, 32));
	key[0] ^= !requests[_i].known;
	for (size_t i = 0; i < UNIT_COUNT(parts); i++)
		zmq_send(f.asks, parts[i], strlen(parts[i]), ZMQ_SNDMORE);
	zmq_send(f.asks, key, requests[_i].key_bytes, requests[_i].more ? ZMQ_SNDMORE : 0);
	if (requests[_i].more)
		zmq_send(f.asks, "", 0, 0);
	for (int n = 0; n < 10; n++)
		ck_assert_int_ge(sd_event_run(f.event, 10000), 0);
	answer(&f, expected, UNIT_COUNT(expected));
	ck_assert_int_eq(f.denials, !allowed);
	ck_assert(allowed || strcmp(address, "10.1.2.3") == 0);
	end(&f);
}
END_TEST

START_TEST(a_strange_key_is_refused_when_that_is_tried)
{
	struct rejection why = { .code = REJECT_NONE };
	struct fixture f;

	begin(&f);
	ck_assert_msg(zap_test(f.zap, &why) == 0, "%s", why.reason);
	ck_assert_msg(zap_test(f.zap, &why) == 0, "again: %s", why.reason);
	ck_assert_int_eq(f.denials, 0);
	end(&f);
}
END_TEST

UNIT_TESTS("intake/zap", UNIT_ROWS(a_request_is_answered_by_what_it_shows, UNIT_COUNT(requests)),
	   UNIT(a_strange_key_is_refused_when_that_is_tried))
