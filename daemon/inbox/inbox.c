/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whichever way a mail comes, it is taken in a turn of its own, which is committed before whoever brought it hears that
 * it was: before the mail server forgets it, and before it is marked in its mailbox. Cut off between the two it
 * comes again, and is known again.
 *
 * What came in is counted from the start on. Each mail that is about a message of ours has a line of the log; those
 * that are dropped, of which strangers can send as many as they like, share one a second.
 */
#include "inbox/inbox.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "engine/outbox/delivery_event.h"
#include "gate/not_stored.h"
#include "inbox/imap.h"
#include "inbox/receive.h"

#define LOG_INTERVAL SECONDS(1)

struct inbox {
	struct engine *engine;
	const struct inbox_calls *calls;
	void *userdata;
	struct imap *imap; /* NULL: there is no mailbox to be polled */
	uint64_t counts[RECEIVED_KINDS];
	uint64_t unsaid; /* dropped since the last line about such */
	struct mono said;
};

/* ---- what is told ----------------------------------------------------------------------------------------- */

static void tell_dropped(struct inbox *i, const struct receipt *receipt)
{
	const struct mono now = clock_mono();
	char more[64] = "";

	if (now.us - i->said.us < LOG_INTERVAL.us) {
		i->unsaid++;
		return;
	}
	if (i->unsaid)
		snprintf(more, sizeof(more), " (and %" PRIu64 " more dropped since the last)",
			 i->unsaid);
	log_warning("incoming: a mail is dropped, %s: %s%s", received_name(receipt->what),
		    receipt->why, more);
	i->unsaid = 0;
	i->said = now;
}

static void tell(struct inbox *i, const struct receipt *receipt)
{
	i->counts[receipt->what]++;
	if (!received_is_handled(receipt->what))
		tell_dropped(i, receipt);
	else
		log_info("incoming: %s, of message %" PRId64, received_name(receipt->what),
			 receipt->message.n);
}

static json_t *row_of(const struct receipt *receipt)
{
	json_t *message = receipt->message.n ? json_integer(receipt->message.n) : json_null();

	return json_pack("{s:s, s:o}", "what", received_name(receipt->what), "message", message);
}

int inbox_describe(const struct inbox *i, json_t *row)
{
	json_t *rows = json_array();

	for (enum received what = 0; what < RECEIVED_KINDS; what++)
		if (i->counts[what] &&
		    json_array_append_new(rows, json_pack("{s:s, s:I}", "what", received_name(what),
							  "count", (json_int_t)i->counts[what])) <
			    0)
			return json_decref(rows), -ENOMEM;
	return json_object_set_new(row, "incoming", rows) < 0 ? -ENOMEM : 0;
}

/* ---- taking a mail -------------------------------------------------------------------------------------------- */

/* The feed hears that it has bounced. That it has is committed, so that an error here costs the feed its line alone. */
static void publish(struct inbox *i, struct message_id id)
{
	struct ledger *l = i->engine->ledger;
	struct message m;
	json_t *event = NULL;
	int r = ledger_message(l, id, &m);

	if (r == 0)
		r = delivery_event(l, &m, clock_now(), &event);
	if (r == 0)
		i->calls->news(i->userdata, "paminn.delivery", event);
	else
		log_error("incoming: the feed could not be told that message %" PRId64
			  " has bounced: %s",
			  id.n, strerror(-r));
	json_decref(event);
}

/* In a turn that has ended when this returns: as receive_mail. */
static int take(struct inbox *i, const struct mail_in *mail, struct receipt *ret)
{
	const struct reply_news news = { i->calls->accepted, i->userdata };
	int r = turn_join(i->engine->turn), result = r;

	if (r == 0)
		result = receive_mail(i->engine, mail, clock_now(), &news, ret);
	r = turn_finish(i->engine->turn, result < 0 ? result : 0);
	if (r < 0)
		return r;
	if (result == RECEIVE_DONE)
		tell(i, ret);
	if (result == RECEIVE_DONE && ret->bounced)
		publish(i, ret->message);
	return result;
}

/* Why it is not taken in now, and may be later. */
static enum reject_code refuse_for_now(int result, struct rejection *ret_why)
{
	if (result == RECEIVE_LATER)
		return reject(ret_why, RETRY_BUSY,
			      "the message that it is about is being sent at this moment; send it "
			      "again later");
	return reject_not_stored(ret_why, result, "send it again later");
}

enum reject_code inbox_receive(struct inbox *i, const struct mail_in *mail, json_t **ret_row,
			       struct rejection *ret_why)
{
	struct receipt receipt;
	const int result = take(i, mail, &receipt);

	if (result != RECEIVE_DONE)
		return refuse_for_now(result, ret_why);
	if (receipt.what >= RECEIVED_TOO_MANY)
		return reject(ret_why,
			      receipt.what == RECEIVED_TOO_LARGE ? REJECT_TOO_LARGE
								 : REJECT_BAD_DATA,
			      "%s", receipt.why);
	*ret_row = row_of(&receipt);
	return REJECT_NONE;
}

static enum imap_fate on_mail(void *userdata, const struct mail_in *mail)
{
	struct receipt receipt;
	const int result = take(userdata, mail, &receipt);

	if (result != RECEIVE_DONE)
		return result < 0 ? IMAP_STOPS : IMAP_WAITS;
	return received_is_handled(receipt.what) ? IMAP_TAKEN : IMAP_DROPPED;
}

static void on_status(void *userdata, const char *line)
{
	struct inbox *i = userdata;

	i->calls->status(i->userdata, line);
}

/* ---- making and ending -------------------------------------------------------------------------------------------- */

void inbox_follow(struct inbox *i)
{
	imap_follow(i->imap, i->engine->plan);
}

int inbox_new(struct inbox **ret, struct engine *e, sd_event *event,
	      const struct inbox_calls *calls, void *userdata)
{
	struct inbox *i = calloc(1, sizeof(*i));
	int r;

	if (!i)
		return -ENOMEM;
	i->engine = e;
	i->calls = calls;
	i->userdata = userdata;
	i->said.us = INT64_MIN / 2;
	r = imap_new(&i->imap, &(struct imap_setup){ event, on_mail, on_status, i });
	if (r < 0) {
		free(i);
		return r;
	}
	*ret = i;
	return 0;
}

struct inbox *inbox_free(struct inbox *i)
{
	if (!i)
		return NULL;
	imap_free(i->imap);
	free(i);
	return NULL;
}
