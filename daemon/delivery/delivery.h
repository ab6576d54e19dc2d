/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages out, over SMTP and webhook through libcurl in the one loop. What a message may become is
 * engine/outbox/message_state.h; what is promised of it is in paminnd(8), GUARANTEE.
 */
#pragma once
#include "engine/engine.h"
#include "message/templates.h"
#include "protocol/query.h"

struct delivery;

struct delivery_calls {
	/* Tell the feed: a CloudEvent (borrowed) of type paminn.reminder or paminn.delivery. */
	void (*news)(void *userdata, const char *type, json_t *event);
	/* Does anybody listen to the feed? For nobody nothing is composed. */
	bool (*heard)(void *userdata);
	/* An attempt has ended and its result is committed; more may be ready. */
	void (*ended)(void *userdata);
	/* One line for the service manager's status, or NULL when all is well again. */
	void (*status)(void *userdata, const char *line);
};

/* What delivery works with. All borrowed, but the loop. */
struct delivery_setup {
	struct engine *engine;
	struct templates *templates;
	sd_event *event;
	const struct delivery_calls *calls;
	void *userdata;		   /* of the calls */
	const struct links *links; /* NULL: mails have none */
};
/* 0 or a negative errno. */
int delivery_new(struct delivery **ret, const struct delivery_setup *with);
/* Gives attempts under way up to `patience` to end, then lets go: their outcome is unknown. */
struct delivery *delivery_free(struct delivery *d, struct duration patience);
/* A daemon may have come or gone: then what those that are gone left under way is seen to. */
void delivery_look_around(struct delivery *d);
/* What is STARTED by a daemon that is gone, such as this one before its last stop, has an unknown outcome. Within a turn. */
int delivery_recover(struct delivery *d, struct instant now);
/*
 * A steward's order, within a turn: COMMAND_RETRY a message that is held, has failed or waits for its next
 * attempt, or COMMAND_DROP one that has not left. m->id says which; m is what it has become. 0; a
 * positive enum reject_code with the sentence, nothing changed; or a negative errno.
 */
int delivery_order(struct delivery *d, enum request order, struct message *m, struct instant now,
		   struct rejection *ret_why);
/* Start what is ready, as far as connections allow. */
void delivery_wake(struct delivery *d);
bool delivery_busy(const struct delivery *d);
/* When an attempt last ended, or, before any has, delivery began. */
struct mono delivery_ended_at(const struct delivery *d);
/* After a reload: new settings, templates and links. */
void delivery_reconfigure(struct delivery *d, struct templates *templates,
			  const struct links *links);
