/* SPDX-License-Identifier: Apache-2.0 */
/* The transport of a rehearsal whose server is not this machine: recorded as sent, to nobody. */
#include <stddef.h>

#include "delivery/transport.h"

static int dryrun_new(void **ret, sd_event *event, const struct limits *limits)
{
	(void)event;
	(void)limits;
	*ret = NULL;
	return 0;
}

static void dryrun_free(void *self)
{
	(void)self;
}

static void dryrun_abandon(void *self)
{
	(void)self;
}

static int dryrun_send(void *self, const struct send_request *request, done_fn done, void *userdata,
		       struct result *ret)
{
	(void)self;
	(void)request;
	(void)done;
	(void)userdata;
	*ret = (struct result){ .verdict = VERDICT_ACCEPTED,
				.answer = "rehearsal: sent to nobody" };
	return SENT_ENDED;
}

static void dryrun_run(void *self, struct duration longest)
{
	(void)self;
	(void)longest;
}

const struct transport transport_dryrun = { dryrun_new, dryrun_free, dryrun_abandon, dryrun_send,
					    dryrun_run };
