/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The desk: queries and commands wait here in line and are worked on in slices between the turns,
 * so that none holds up the loop. A finished query with more pages is kept for a while.
 */
#pragma once
#include <systemd/sd-event.h>

#include "engine/engine.h"
#include "intake/reply.h"
#include "protocol/query.h"

struct desk;

struct desk_calls {
	void (*answer)(void *userdata, const struct caller *to, json_t *answer /* stolen */);
	/* May the caller, as the plan in force knows it, ask this? REJECT_NONE or the code. */
	enum reject_code (*admit)(void *userdata, const struct caller *from, enum request which,
				  struct rejection *ret_why);
	/* The row of whoami, a new reference; NULL when it can not be made. */
	json_t *(*whoami)(void *userdata, const struct caller *from);
	/* Carry out a command and answer it. params is borrowed. */
	void (*command)(void *userdata, const struct caller *to, enum request which,
			json_t *params);
	/* The clock may go on, and has that come to rest: as struct command_calls. */
	void (*wake)(void *userdata);
	bool (*is_quiet)(void *userdata);
};

/* calls is borrowed. */
int desk_new(struct desk **ret, struct engine *e, sd_event *event, const struct desk_calls *calls,
	     void *userdata);
struct desk *desk_free(struct desk *d);

/* Take in a query or command, json (borrowed), and answer it in its turn, or with busy at once. */
void desk_ask(struct desk *d, const struct caller *from, json_t *json);
/* The socket goes away: forget who asked there. */
void desk_forget(struct desk *d, const struct socket *socket);
