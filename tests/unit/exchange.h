/* SPDX-License-Identifier: Apache-2.0 */
/* Drives a transport in a loop of its own: begin exchanges, run until all have ended. */
#ifndef TESTS_UNIT_EXCHANGE_H
#define TESTS_UNIT_EXCHANGE_H

#include <check.h>

#include "base/clock.h"
#include "delivery/transport.h"
#include "tests/unit/peer.h"

/* What no test waits for: a busy machine is no fault, and who waits it out fails by the clock. */
#define PATIENT 40

/* Limits that a test can wait for, or (PATIENT) never meets. */
static inline struct limits limits_of(int connections, int seconds)
{
	return (struct limits){ { connections, seconds, seconds * 2 },
				{ seconds, seconds, seconds, seconds, seconds } };
}

struct ended {
	struct result result;
	bool over;
	struct mono at;
};

static inline void on_ended(void *userdata, const struct result *result)
{
	struct ended *e = userdata;

	ck_assert(!e->over);
	e->result = *result;
	e->over = true;
	e->at = clock_mono();
}

static inline void run_until(sd_event *event, const struct ended *ended, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		while (!ended[i].over)
			ck_assert_int_ge(sd_event_run(event, UINT64_MAX), 0);
	}
}

/* Begin one exchange; its end is seen in ended. */
static inline void begin(const struct transport *transport, void *out,
			 const struct send_request *request, struct ended *ended)
{
	int r;

	memset(ended, 0, sizeof(*ended));
	r = transport->send(out, request, on_ended, ended, &ended->result);
	ck_assert_int_ge(r, 0);
	if (r == SENT_ENDED)
		ended->over = true;
}

static inline struct result exchange(sd_event *event, const struct transport *transport, void *out,
				     const struct send_request *request)
{
	struct ended ended;

	begin(transport, out, request, &ended);
	run_until(event, &ended, 1);
	return ended.result;
}

#endif
