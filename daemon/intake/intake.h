/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages in: the sockets of paminnd.conf's intake, events, queries and commands on them, and the
 * feed that tells others what was accepted. Contracts § 1.
 */
#pragma once
#include <systemd/sd-event.h>

#include "engine/engine.h"
#include "intake/command.h"

struct intake;

/* Without sockets yet. plan_file is named in whoami; it and calls are borrowed. */
int intake_new(struct intake **ret, struct engine *e, sd_event *event, const char *plan_file,
	       const struct command_calls *calls, void *userdata);
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
/* Tell the feed of something that is committed. type and event are borrowed. */
void intake_publish(struct intake *i, const char *type, json_t *event);
/* Read nothing more. What has been read is answered when its turn ends. */
void intake_stop(struct intake *i);
/* Gives answers that are on their way a moment to leave. */
struct intake *intake_free(struct intake *i);
