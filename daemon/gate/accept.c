/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A duplicate is decided after envelope and identity and before data, so that sending again gets
 * the first answer whatever has become of the plan's measures since; and it is decided before the
 * permission, which needs the data's type only but may have been taken away.
 */
#include "gate/accept.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/zone.h"
#include "engine/apply.h"
#include "engine/outbox/answerer.h"
#include "gate/not_stored.h"

static enum reject_code not_stored(struct rejection *ret_why)
{
	return reject(ret_why, RETRY_STORAGE_FULL,
		      "the daemon could not store the event; send it again later with the same id");
}

/* Who owns the measure that the event is about, or is responsible for the deadline, "" for nobody; 0 or a
 * negative errno. */
static int find_who_owes(struct engine *e, const struct event *event, char ret[static ID_MAX + 1])
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(event->subject));
	int r = 0;

	text_copy(ret, ID_MAX + 1, d && d->responsible ? d->responsible->id.text : "");
	if (plan_measure(e->plan, measure_id(event->subject)))
		r = ledger_measure_owner(e->ledger, measure_id(event->subject), ret);
	return r;
}

/* Who stands in for somebody absent speaks as they do. */
static int let_stand_in(struct engine *e, const struct peer *peer, struct instant now,
			char owes[static ID_MAX + 1])
{
	const struct person *person = plan_person(e->plan, person_id(owes));
	struct absences *absences = NULL;
	int r;

	if (peer->kind != PEER_PERSON || !owes[0])
		return 0;
	r = absences_new(&absences, e, now);
	if (r < 0)
		return r;
	if (answerer_of(peer->person, person, e->plan, absences, zone_date(now)) == ANSWERER_ASKED)
		snprintf(owes, ID_MAX + 1, "%s", peer->person->id.text);
	absences_free(absences);
	return 0;
}

/* In the turn already. */
static enum reject_code may_say(struct engine *e, const struct submission *s, struct acceptance *a)
{
	char owes[ID_MAX + 1];
	int r = find_who_owes(e, &a->event, owes);

	if (r == 0)
		r = let_stand_in(e, s->peer, s->now, owes);
	if (r < 0) {
		turn_fail(e->turn, r);
		return not_stored(&a->why);
	}
	return access_event(e->plan, s->peer, &a->event, person_id(owes), &a->why);
}

/* Up to where it would be applied; a->result is ANSWER_DUPLICATE when it was before. */
static enum reject_code judge(struct engine *e, const struct submission *s, struct acceptance *a)
{
	enum reject_code code = event_envelope(s->json, s->now, &a->event, &a->why);
	bool known;
	int r;

	if (s->json->size > EVENT_MAX)
		return reject(&a->why, REJECT_TOO_LARGE,
			      "the event is %zu bytes long and may be %d; shorten its texts",
			      s->json->size, EVENT_MAX);
	if (code == REJECT_NONE)
		code = access_source(e->plan, s->peer, a->event.source, &a->why);
	if (code != REJECT_NONE)
		return code;
	a->identified = true;

	r = turn_join(e->turn);
	if (r < 0)
		return reject_not_stored(&a->why, r, "send it again later with the same id");
	r = ledger_find_event(e->ledger, a->event.source, a->event.id, &a->seq, &known);
	if (r < 0) {
		turn_fail(e->turn, r);
		return not_stored(&a->why);
	}
	if (known) {
		a->result = ANSWER_DUPLICATE;
		return REJECT_NONE;
	}

	code = event_data(&a->event, &a->why);
	return code == REJECT_NONE ? may_say(e, s, a) : code;
}

static int prefetch_one(struct engine *e, const struct parsed *event)
{
	const char *source = parsed_string(parsed_get(event, "source"));
	const char *id = parsed_string(parsed_get(event, "id"));
	const char *subject = parsed_string(parsed_get(event, "subject"));

	if (!source || !id || !subject || strlen(subject) >= ITEM_ID)
		return 0;
	return ledger_prefetch_event(e->ledger, source, id, subject);
}

void accept_prefetch(struct engine *e, const struct parsed *json)
{
	int r = 0;

	if (json->kind == PARSED_OBJECT)
		r = prefetch_one(e, json);
	else
		parsed_foreach(json, event)
		{
			if (r == 0 && event->kind == PARSED_OBJECT)
				r = prefetch_one(e, event);
		}
	if (r < 0)
		turn_fail(e->turn, r);
}

bool accept_prefetches(const struct engine *e)
{
	return ledger_prefetches(e->ledger);
}

static enum reject_code apply(struct engine *e, const struct submission *s, struct acceptance *a)
{
	struct applied applied = { 0 };
	int r = apply_event(e, &a->event, s->now, &applied, &a->why);

	if (r < 0) {
		turn_fail(e->turn, r);
		return not_stored(&a->why);
	}
	a->seq = applied.seq;
	a->remarks = applied.remarks;
	return (enum reject_code)r;
}

void accept_event(struct engine *e, const struct submission *s, struct acceptance *ret)
{
	const size_t failures = memory_failures();
	enum reject_code code;

	*ret = (struct acceptance){ .result = ANSWER_ACCEPTED };
	code = judge(e, s, ret);
	if (code == REJECT_NONE && ret->result == ANSWER_ACCEPTED) {
		code = apply(e, s, ret);
		if (code == REJECT_NONE && memory_failures() != failures) {
			turn_fail(e->turn, -ENOMEM); /* what follows from it may lack a part */
			code = not_stored(&ret->why);
		}
	}
	if (code != REJECT_NONE)
		ret->result = code >= RETRY_STORAGE_FULL ? ANSWER_RETRY : ANSWER_REJECTED;
}

/* It would be applied: REJECT_NONE, or the code. */
static enum reject_code judge_new(struct engine *e, const struct submission *s,
				  struct acceptance *a)
{
	enum reject_code code = judge(e, s, a);

	if (code == REJECT_NONE && a->result == ANSWER_DUPLICATE)
		code = reject(&a->why, REJECT_BAD_EVENT,
			      "the event was accepted before, as %lld: nothing follows from it "
			      "again",
			      (long long)a->seq);
	return code;
}

enum reject_code accept_foretelling(struct engine *e, const struct supposition *supposed,
				    struct foretelling **ret, struct rejection *ret_why)
{
	struct parser *parser __attribute__((cleanup(parser_freep))) = NULL;
	struct submission s = { .peer = supposed->peer, .now = supposed->now };
	struct acceptance a = { .result = ANSWER_ACCEPTED };
	char *text = json_dumps(supposed->event, JSON_COMPACT);
	int r;

	turn_end_now(e->turn);
	if (text && parser_new(&parser) == 0)
		s.json = parser_parse(parser, text, strlen(text), &a.why);
	else
		parsed_no_memory(&a.why);
	r = s.json ? (int)judge_new(e, &s, &a) : (int)a.why.code;
	if (r == 0)
		r = foretelling_new(ret, e, &a.event, s.now, &a.why);
	free(text);
	if (r < 0) {
		turn_fail(e->turn, r);
		r = (int)not_stored(&a.why);
	}
	if (r == 0)
		foretelling_narrow(*ret, access_viewer(s.peer));
	else
		*ret_why = a.why;
	return (enum reject_code)r;
}

static int write_json(json_t *answer, struct buffer *out)
{
	size_t length = json_dumpb(answer, NULL, 0, JSON_COMPACT);

	if (length == 0 || buffer_reserve(out, length) < 0)
		return json_decref(answer), -ENOMEM;
	out->length += json_dumpb(answer, out->bytes + out->length, length, JSON_COMPACT);
	json_decref(answer);
	return 0;
}

int acceptance_write(const struct acceptance *a, struct buffer *out)
{
	if (a->result == ANSWER_REJECTED || a->result == ANSWER_RETRY)
		return write_json(answer_refused(a->event.id, &a->why), out);
	if (buffer_reserve(out, answer_room(&a->remarks)) < 0)
		return -ENOMEM;
	out->length +=
		answer_write(a->result, a->event.id, a->seq, &a->remarks, out->bytes + out->length);
	return 0;
}

void acceptance_done(struct acceptance *a)
{
	remarks_done(&a->remarks);
}
