/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail in: what came back of messages that had left, and what people replied. It comes by the command receive, or is
 * fetched from the mailbox of mail.inbox.
 */
#pragma once
#include <systemd/sd-event.h>

#include "engine/engine.h"
#include "message/mail_in.h"
#include "protocol/answer.h"

struct inbox;

struct inbox_calls {
	/* One line for the service manager's status, or NULL when all is well again. */
	void (*status)(void *userdata, const char *line);
	/* An event of ours for the feed, as of delivery_calls; borrowed. */
	void (*news)(void *userdata, const char *type, json_t *event);
	/* A reply is a note of who wrote it, and will be in the feed once the turn has committed. */
	void (*accepted)(void *userdata, const struct event *event, struct instant now);
};

/* calls is borrowed. 0 or a negative errno. */
int inbox_new(struct inbox **ret, struct engine *e, sd_event *event,
	      const struct inbox_calls *calls, void *userdata);
/* The engine has a plan, or another one: its mailbox is polled from now on, or none. */
void inbox_follow(struct inbox *i);
/* No more mail is fetched. */
struct inbox *inbox_free(struct inbox *i);
/*
 * A mail has come in: take it, in a turn that has ended when this returns. REJECT_NONE and a row that says what has
 * become of it, "what" and "message" (a new reference; NULL: no memory); what is not for us is taken in and dropped.
 * Or a code with the sentence, and it is as if it had not come.
 */
enum reject_code inbox_receive(struct inbox *i, const struct mail_in *mail, json_t **ret_row,
			       struct rejection *ret_why);
/* Add to the row of whoami (borrowed) what came in so far, by what it was. 0 or -ENOMEM. */
int inbox_describe(const struct inbox *i, json_t *row);
