/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages in: the sockets of paminnd.conf's intake, the events, queries and commands on them, and the
 * feed that tells others what was accepted. Queries and commands are handed on to whoever answers them.
 */
#pragma once
#include <systemd/sd-event.h>

#include "engine/engine.h"
#include "gate/caller.h"

struct intake;

struct intake_calls {
	/* A query or command, json (borrowed), has come in; intake_answer answers it, now or later. */
	void (*request)(void *userdata, const struct caller *from, json_t *json);
	/* A door that callers came in by closes: nothing that they asked can be answered any more. */
	void (*closed)(void *userdata, const void *door);
};

/* Without sockets yet. calls is borrowed. */
int intake_new(struct intake **ret, struct engine *e, sd_event *event,
	       const struct intake_calls *calls, void *userdata);
/*
 * Open what settings name and is not open, then close what they name no more: all or nothing. Called
 * with the engine's plan, or with one that is adopted before the loop goes on. 0, or a negative
 * errno with the sentence in ret_why: -EADDRINUSE when somebody else has an endpoint. Once it has a key
 * the daemon keeps it until the next start; before anything is served with it that it keeps strangers out
 * is tried.
 */
int intake_configure(struct intake *i, const struct settings *settings, struct rejection *ret_why);
/* The engine's plan has taken the place of `before`, or NULL: whose key is gone hears no more. */
void intake_adopted(struct intake *i, const struct plan *before);
/* Answer a request. answer is stolen; it goes nowhere when the door of `to` has closed since. */
void intake_answer(struct intake *i, const struct caller *to, json_t *answer);
/* The same, as text that is borrowed. */
void intake_answer_text(struct intake *i, const struct caller *to, const char *text, size_t length);
/* Add to the row of whoami (borrowed) what the caller can reach here, and what has got no answer: 0, or
 * negative when there is no memory or the ledger can not be read. */
int intake_describe(struct intake *i, const struct caller *from, json_t *row);
/* An event came in by another way than these sockets: the feed has it once the turn has committed. */
void intake_expect(struct intake *i, const struct event *event, struct instant received);
/* Tell the feed of something that is committed. type and event are borrowed. */
void intake_publish(struct intake *i, const char *type, json_t *event);
/* Does anybody listen to the feed? Asked once a turn. */
bool intake_is_heard(struct intake *i);
/* Read nothing more. What has been read is answered when its turn ends. */
void intake_stop(struct intake *i);
/* Gives answers that are on their way a moment to leave. */
struct intake *intake_free(struct intake *i);
