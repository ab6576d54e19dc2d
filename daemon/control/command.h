/* SPDX-License-Identifier: Apache-2.0 */
/* Commands: what a steward tells the daemon to do. */
#pragma once
#include "control/uploads.h"
#include "engine/engine.h"
#include "message/mail_in.h"
#include "message/templates.h"
#include "protocol/query.h"

struct command_calls {
	/* Read the files again: REJECT_NONE and a row that says what changed (a new reference), or a
	 * code with the sentence, and nothing changed. */
	enum reject_code (*reload)(void *userdata, json_t **ret_row, struct rejection *ret_why);
	/* COMMAND_RETRY or COMMAND_DROP a message, within a turn: as delivery_order. */
	int (*order)(void *userdata, enum request order, struct message *m, struct instant now,
		     struct rejection *ret_why);
	/* A mail came in: what has become of it is committed when this returns, as REJECT_NONE and a row (a new
	 * reference; NULL: no memory), or a code with the sentence, and it is as if it had not come. */
	enum reject_code (*receive)(void *userdata, const struct mail_in *mail, json_t **ret_row,
				    struct rejection *ret_why);
	/* Messages may leave again, or the clock may go on. */
	void (*wake)(void *userdata);
	/* Is nothing due and nothing under way? */
	bool (*is_quiet)(void *userdata);
	/* Set what messages are composed with besides the plan: the templates and the links. */
	void (*words)(void *userdata, struct composing *ret);
};

struct command {
	enum request which;
	const json_t *params;
	const struct person *by; /* who says so; NULL: nobody of the plan */
	struct engine *engine;
	struct uploads *uploads;
	const struct command_calls *calls;
	void *userdata;
};

/* Carry it out, in a turn that has ended when this returns, so that what the answer promises has happened.
 * The answer: a new reference, NULL when there is no memory for it. */
json_t *command_run(const struct command *c);
