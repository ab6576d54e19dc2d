/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Queries and commands wait here in line and are worked on in slices between the turns, so that none
 * holds up the loop. Whoever lets them in (intake today) hears what to answer through a callback.
 */
#pragma once
#include <systemd/sd-event.h>

#include "control/command.h"
#include "gate/caller.h"

struct query_queue;

struct query_queue_calls {
	void (*answer)(void *userdata, const struct caller *to, json_t *answer /* stolen */);
	/* The same, as text that is borrowed. */
	void (*answer_text)(void *userdata, const struct caller *to, const char *text,
			    size_t length);
	/* Add to the row of whoami (borrowed) what others know of the caller and of themselves: 0, or
	 * negative when there is no memory. */
	int (*describe)(void *userdata, const struct caller *from, json_t *row);
	struct command_calls commands;
};

/* calls is borrowed. */
int query_queue_new(struct query_queue **ret, struct engine *e, sd_event *event,
		    const struct query_queue_calls *calls, void *userdata);
struct query_queue *query_queue_free(struct query_queue *q);

/* Take in a query or command, json (borrowed), and answer it in its turn, or with busy at once. */
void query_queue_add(struct query_queue *q, const struct caller *from, json_t *json);
/* Carry out a command of somebody in the plan at once, for a part of the daemon that has seen to who may: the answer, a
 * new reference, or NULL. Not one of those that take their time. */
json_t *query_queue_command(struct query_queue *q, enum request which, const json_t *params,
			    const struct person *by);
/* The door goes away: forget who asked there. */
void query_queue_forget(struct query_queue *q, const void *door);
