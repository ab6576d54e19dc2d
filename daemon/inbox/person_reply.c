/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	from whom			goes on		note	asked
 *	in the plan, and there		yes		yes	where it reads as an answer
 *	away, or not in the plan	yes		no	no
 *	mail.reply_to itself		no		the same as any other
 *
 * A reply is about what the message was about; where it names some of that by their ids, about those alone.
 */
#include "inbox/person_reply.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/zone.h"
#include "engine/outbox/absence.h"
#include "engine/outbox/item.h"
#include "engine/outbox/message_state.h"
#include "gate/accept.h"
#include "inbox/reply_answer.h"
#include "inbox/reply_inside.h"
#include "message/reply_words.h"
#include "protocol/parsed.h"

/* ---- what it is about ------------------------------------------------------------------------------------ */

static void add_about(struct replied *x, const struct item *item)
{
	const bool measure = item->measure[0] != '\0';
	const char *id = measure ? item->measure : item->deadline;

	for (size_t i = 0; i < x->count; i++)
		if (strcmp(x->about[i].id, id) == 0)
			return;
	if (!*id || x->count == REPLY_ABOUT_MAX)
		return;
	snprintf(x->about[x->count].id, sizeof(x->about[0].id), "%s", id);
	x->about[x->count++].measure = measure;
}

/* Only what is named, if anything is. */
static void keep_named(struct replied *x, const char *text)
{
	bool any = false;

	for (size_t i = 0; i < x->count; i++)
		any |= x->about[i].named = reply_names(text, x->about[i].id);
	for (size_t i = 0; i < x->count; i++)
		x->about[i].meant = !any || x->about[i].named;
}

static int find_about(struct replied *x)
{
	struct items items __attribute__((cleanup(items_done))) = { NULL };
	int r = list_items(x->e->ledger, x->reply->message->id, &items);

	for (size_t i = 0; r >= 0 && i < items.count; i++)
		add_about(x, &items.list[i]);
	keep_named(x, x->reply->row->text ? x->reply->row->text : "");
	return r < 0 ? r : 0;
}

/* ---- the note ---------------------------------------------------------------------------------------------- */

static json_t *note_of(const struct replied *x, size_t i)
{
	const struct peer peer = { .kind = PEER_PERSON, .person = x->person };
	char source[SOURCE_MAX + 1], id[EVENT_ID_MAX + 1];

	access_identity(&peer, source);
	/* The same mail is never a second note, by whichever way it comes in. */
	snprintf(id, sizeof(id), "reply-%.32s-%zu", x->reply->row->key, i);
	return json_pack("{ss ss ss ss ss s{ss}}", "specversion", "1.0", "id", id, "source", source,
			 "type", event_type_name(EVENT_NOTE), "subject", x->about[i].id, "data",
			 "note", x->reply->row->text);
}

static int take_note(struct replied *x, const struct submission *s)
{
	struct acceptance a;
	int r;

	accept_event(x->e, s, &a);
	if (a.result == ANSWER_ACCEPTED && x->news)
		x->news->accepted(x->news->userdata, &a.event, x->now);
	if (a.result == ANSWER_REJECTED)
		log_notice("a reply to message %lld is no note: %s",
			   (long long)x->reply->message->id.n, a.why.reason);
	/* The turn has failed by then, for a reason of its own, which this does not replace. */
	r = a.result == ANSWER_RETRY ? -EIO : 0;
	acceptance_done(&a);
	return r;
}

static int note(struct replied *x, size_t i)
{
	const struct peer peer = { .kind = PEER_PERSON, .person = x->person };
	struct parser *parser __attribute__((cleanup(parser_freep))) = NULL;
	struct submission s = { .peer = &peer, .now = x->now };
	json_t *event = note_of(x, i);
	char *text = event ? json_dumps(event, JSON_COMPACT) : NULL;
	struct rejection why;
	int r = text ? parser_new(&parser) : -ENOMEM;

	json_decref(event);
	if (r == 0) {
		s.json = parser_parse(parser, text, strlen(text), &why);
		r = s.json ? take_note(x, &s) : -ENOMEM;
	}
	free(text);
	return r;
}

/* ---- passing it on ------------------------------------------------------------------------------------------ */

static int put_forwarded(struct replied *x, const struct message *m, unsigned n, const char *id,
			 bool measure)
{
	struct item item = { .message = m->id, .n = n, .what = ITEM_REPLIED };
	json_t *detail = json_pack("{sI ss}", "incoming", (json_int_t)x->reply->row->id, "person",
				   x->reply->message->to);
	int r = -ENOMEM;

	if (id && measure)
		snprintf(item.measure, sizeof(item.measure), "%s", id);
	else if (id)
		snprintf(item.deadline, sizeof(item.deadline), "%s", id);
	item.detail = detail ? json_dumps(detail, JSON_COMPACT) : NULL;
	json_decref(detail);
	if (item.detail)
		r = ledger_put_item(x->e->ledger, &item);
	item_done(&item);
	return r;
}

/* What a program put before the mail when it was kept in a file (mbox) is no part of it. */
static struct mail_in without_envelope(const struct mail_in *mail)
{
	static const char from[] = "From ";
	struct mail_in whole = *mail;
	const char *end =
		mail->length > strlen(from) && memcmp(mail->bytes, from, strlen(from)) == 0
			? memchr(mail->bytes, '\n', mail->length)
			: NULL;

	if (end) {
		whole.bytes = end + 1;
		whole.length = mail->length - (size_t)(whole.bytes - mail->bytes);
	}
	return whole;
}

static int pass_on(struct replied *x)
{
	const struct mail_in whole = without_envelope(x->reply->mail);
	struct message m = outbox_message(KIND_FORWARD,
					  calendar_next_open(x->e->plan->calendar, x->now), x->now);
	int r;

	if (strcasecmp(x->reply->in->from, x->e->plan->settings.mail.reply_to) == 0)
		return 0; /* they have it */
	snprintf(m.to, sizeof(m.to), "%s", RECIPIENT_REPLY_TO);
	snprintf(m.channel, sizeof(m.channel), "mail");
	r = ledger_put_forward(x->e->ledger, x->reply->row->id, whole.bytes, whole.length);
	if (r >= 0)
		r = ledger_put_message(x->e->ledger, &m);
	if (r >= 0 && x->count == 0)
		r = put_forwarded(x, &m, 0, NULL, false);
	for (size_t i = 0; r >= 0 && i < x->count; i++)
		r = put_forwarded(x, &m, (unsigned)i, x->about[i].id, x->about[i].measure);
	return r < 0 ? r : 0;
}

/* ---- all of it ----------------------------------------------------------------------------------------------- */

/* Who replied, when what they say counts: in the plan, and not away. */
static const struct person *find_person(const struct replied *x)
{
	const struct person *person =
		strchr(x->reply->message->to, ':')
			? NULL
			: plan_person(x->e->plan, person_id(x->reply->message->to));

	return person && absences_find(x->absences, x->e->plan, person, zone_date(x->now))
					       .absence == 0
		       ? person
		       : NULL;
}

static int follow(struct replied *x)
{
	int r = find_about(x);

	if (r == 0)
		r = pass_on(x);
	x->person = find_person(x);
	if (r < 0 || !x->person || !x->reply->row->text)
		return r;
	for (size_t i = 0; r == 0 && i < x->count; i++)
		if (x->about[i].meant)
			r = note(x, i);
	return r == 0 ? reply_answer(x) : r;
}

int reply_take(struct engine *e, const struct reply *reply, struct instant now,
	       const struct reply_news *news)
{
	struct replied *x = calloc(1, sizeof(*x));
	int r = x ? absences_new(&x->absences, e, now) : -ENOMEM;

	if (!x)
		return r;
	x->e = e;
	x->reply = reply;
	x->now = now;
	x->news = news;
	if (r == 0)
		r = follow(x);
	absences_free(x->absences);
	free(x);
	return r;
}
