/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has left was kept when it did. What has not is composed as delivery would, from the ledger as it stands, so
 * that the two can't differ. To show what has left in the same way was rejected: it would tell of today and not of
 * the day on which it left.
 */
#include "message/shown.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry.h"
#include "engine/ladder/walk.h"
#include "engine/outbox/message_state.h"
#include "message/compose.h"
#include "message/link.h"
#include "message/message_words.h"

/* What a reader sees of it; all may be NULL. */
struct said {
	char *headers, *subject, *text;
	const char *unsaid;
	bool left; /* it is what left */
	json_t *tried, *incoming;
};

static void said_done(struct said *s)
{
	free(s->headers);
	free(s->subject);
	free(s->text);
	json_decref(s->tried);
	json_decref(s->incoming);
}

/* ---- its words ------------------------------------------------------------------------------------ */

/* The value of the header "Subject", a copy; NULL where there is none. */
static char *find_subject(const char *headers)
{
	static const char name[] = "Subject: ";

	for (const char *line = headers; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, name, strlen(name)) == 0) {
			line += strlen(name);
			return strndup(line, strcspn(line, "\n"));
		}
	}
	return NULL;
}

static int say_content(const struct composing *with, const struct message_content *n,
		       struct said *ret)
{
	struct composed composed = { 0 };
	int r;

	if (n->via->type == CHANNEL_MAIL && !n->to.person->mail) {
		ret->unsaid = "its reader has no mail address in the plan any more";
		return 0;
	}
	r = message_compose(with, n, &composed);
	if (r == 0)
		r = message_words(n->via->type, &composed, with->links, &ret->headers, &ret->text);
	composed_done(&composed);
	return r;
}

/* As it would leave now. */
static int say(const struct composing *with, struct engine *e, const struct message *m,
	       struct said *ret)
{
	struct message_content *n = NULL;
	int r;

	if (m->state == MESSAGE_DROPPED) {
		ret->unsaid = "it was dropped, and will not leave";
		return 0;
	}
	r = message_content_load(e, m, with->now, &n);
	if (r == CONTENT_NOTHING) {
		ret->unsaid = "nothing of what it was to tell is true any more";
		return 0;
	}
	if (r == 0)
		r = say_content(with, n, ret);
	message_content_free(n);
	return r;
}

/* ---- what left ------------------------------------------------------------------------------------ */

static json_t *instant_json(struct instant t)
{
	char text[RFC3339_TEXT];

	return instant_is_none(t) ? json_null() : json_string(zone_format(t, text));
}

static int copy_text(char **to, const char *from)
{
	free(*to);
	*to = from ? strdup(from) : NULL;
	return from && !*to ? -ENOMEM : 0;
}

/* The newest that may have arrived is what left. */
static int add_attempt(void *userdata, const struct attempt_row *a)
{
	struct said *said = userdata;
	int r = json_array_append_new(
		said->tried, json_pack("{s:i, s:o, s:o, s:s, s:s}", "n", a->n, "at",
				       instant_json(a->begun), "ended", instant_json(a->ended),
				       "state", message_state_name(a->state), "answer", a->answer));

	if (r < 0 || !a->text)
		return r < 0 ? -ENOMEM : 0;
	said->left = true;
	r = copy_text(&said->headers, a->headers);
	return r == 0 ? copy_text(&said->text, a->text) : r;
}

/* ---- what came in -------------------------------------------------------------------------------- */

static int add_incoming(void *userdata, const struct incoming_row *in)
{
	json_t *row = json_pack("{s:s, s:o, s:o, s:s, s:s, s:s, s:s?}", "what",
				incoming_what_name(in->what), "at", instant_json(in->at), "attempt",
				in->attempt ? json_integer(in->attempt) : json_null(), "status",
				in->status, "answer", in->answer, "subject", in->subject, "text",
				in->text);

	return json_array_append_new(userdata, row) < 0 ? -ENOMEM : 0;
}

/* ---- the row -------------------------------------------------------------------------------------- */

static int add_item(void *userdata, const struct item *item)
{
	json_t *row = json_pack("{s:s*, s:s*, s:s*, s:s, s:b}", "deadline",
				*item->deadline ? item->deadline : NULL, "measure",
				*item->measure ? item->measure : NULL, "step",
				*item->step ? item->step : NULL, "what",
				item_traits((enum item_what)item->what)->name, "moot", item->moot);

	const unsigned repeated = walk_repeated(item->step, item->repetition);

	if (repeated > 0)
		json_object_set_new(row, "repetition", json_integer(repeated));
	return json_array_append_new(userdata, row) < 0 ? -ENOMEM : 0;
}

static int make_row(struct engine *e, const struct message *m, const struct said *said,
		    json_t **ret)
{
	json_t *items = json_array(), *row = inquiry_message(m), *more;
	int r = ledger_items(e->ledger, m->id, add_item, items);

	more = json_pack("{s:o, s:o, s:o, s:b, s:s?, s:s?, s:s?, s:s?, s:O, s:O}", "created",
			 instant_json(m->created), "first_attempt", instant_json(m->first_attempt),
			 "items", items, "left", said->left, "headers", said->headers, "subject",
			 said->subject, "text", said->text, "unsaid", said->unsaid, "tried",
			 said->tried, "incoming", said->incoming);
	if (r == 0 && (!row || json_object_update_missing(row, more) < 0))
		r = -ENOMEM;
	json_decref(more);
	if (r == 0)
		*ret = row;
	else
		json_decref(row);
	return r;
}

int message_shown(const struct composing *with, struct engine *e, struct message_id id,
		  json_t **ret, struct rejection *ret_why)
{
	struct said said __attribute__((cleanup(said_done))) = { NULL };
	struct message m;
	bool found;
	int r = ledger_find_message(e->ledger, id, &m, &found);

	if (r == 0 && !found)
		return (int)reject(
			ret_why, REJECT_UNKNOWN_SUBJECT,
			"there is no message %lld in the outbox: its list has the numbers",
			(long long)id.n);
	said.tried = json_array();
	said.incoming = json_array();
	if (r == 0)
		r = said.incoming ? ledger_incoming(e->ledger, id, add_incoming, said.incoming)
				  : -ENOMEM;
	if (r == 0)
		r = said.tried ? ledger_attempts(e->ledger, id, add_attempt, &said) : -ENOMEM;
	if (r == 0 && !said.left)
		r = say(with, e, &m, &said);
	if (r < 0)
		return r;
	said.subject = find_subject(said.headers);
	return make_row(e, &m, &said, ret);
}
