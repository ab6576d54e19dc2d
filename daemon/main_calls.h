/* SPDX-License-Identifier: Apache-2.0 */
/* The daemon's parts, and what they tell each other: main.c makes them, main_calls.c hands on the news. */
#pragma once
#include "base/loop.h"
#include "base/options.h"
#include "control/heartbeat.h"
#include "control/query_queue.h"
#include "control/reload.h"
#include "delivery/delivery.h"
#include "engine/schedule.h"
#include "inbox/inbox.h"
#include "intake/intake.h"
#include "web/web.h"

struct daemon {
	struct options options;
	struct loop *loop;
	struct ledger *ledger;
	struct turn *turn;
	struct engine engine;
	struct templates *templates;
	struct links *links; /* NULL: there are no pages */
	struct intake *intake;
	struct reload *reload;
	struct heartbeat *heartbeat;
	struct query_queue *queue;
	struct schedule *schedule;
	struct delivery *delivery;
	struct inbox *inbox;
	struct web *web;
	bool stopping; /* nothing new is to leave */
	bool broken;   /* the store is: nothing may be acknowledged any more */
};

/* The store has become unusable: the loop is stopped. */
void main_on_fatal(void *userdata, int error);
void main_on_beat(void *userdata);

/* What each part calls, with the daemon as userdata. */
extern const struct loop_calls main_loop_calls;
extern const struct intake_calls main_intake_calls;
extern const struct query_queue_calls main_queue_calls;
extern const struct reload_calls main_reload_calls;
extern const struct schedule_calls main_schedule_calls;
extern const struct delivery_calls main_delivery_calls;
extern const struct web_calls main_web_calls;
extern const struct inbox_calls main_inbox_calls;
