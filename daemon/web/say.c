/* SPDX-License-Identifier: Apache-2.0 */
#include "web/say.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/parsed.h"

char *say_nonce(char out[static SAY_NONCE_MAX])
{
	unsigned char random[12];

	randombytes_buf(random, sizeof(random));
	return sodium_bin2hex(out, SAY_NONCE_MAX, random, sizeof(random));
}

static void hash_text(crypto_generichash_state *state, const char *text)
{
	crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

/* "web-NONCE-HASH": the hash is that of what was typed, which what it says on another day may differ from. */
static void make_id(const struct saying *s, char out[static EVENT_ID_MAX + 1])
{
	char fresh[SAY_NONCE_MAX], hex[17];
	const char *picked, *nonce = s->nonce ? s->nonce : s->form->nonce;
	const char *type = event_type_name(form_event_type(s->action));
	crypto_generichash_state state;
	unsigned char hash[crypto_generichash_BYTES_MIN];

	if (!nonce || !text_is_id(nonce))
		nonce = say_nonce(fresh);
	crypto_generichash_init(&state, NULL, 0, sizeof(hash));
	hash_text(&state, s->subject);
	hash_text(&state, type);
	for (enum form_entry i = 0; i < FORM_ENTRIES; i++)
		if (form_is_given(s->form, s->action, i)) {
			hash_text(&state, form_entry_name(i));
			hash_text(&state, s->form->typed[i]);
		}
	for (size_t at = 0; (picked = form_picked(s->form, &at)) != NULL;)
		hash_text(&state, picked);
	crypto_generichash_final(&state, hash, sizeof(hash));
	sodium_bin2hex(hex, sizeof(hex), hash, 8);
	snprintf(out, EVENT_ID_MAX + 1, "web-%s-%s", nonce, hex);
}

int say_is_known(struct web *w, const struct saying *saying, bool *ret_known)
{
	const struct peer peer = { .kind = PEER_PERSON, .person = saying->person };
	char source[SOURCE_MAX + 1], id[EVENT_ID_MAX + 1];
	int64_t seq;
	int r;

	access_identity(&peer, source);
	make_id(saying, id);
	r = ledger_find_event(w->engine->ledger, source, id, &seq, ret_known);
	return r < 0 ? r : 0;
}

static json_t *make_event(const struct saying *s, const char *id)
{
	char source[SOURCE_MAX + 1];
	const struct peer peer = { .kind = PEER_PERSON, .person = s->person };

	access_identity(&peer, source);
	return json_pack("{ss ss ss ss ss sO}", "specversion", "1.0", "id", id, "source", source,
			 "type", event_type_name(form_event_type(s->action)), "subject", s->subject,
			 "data", s->form->data);
}

static void judge(struct web *w, const struct submission *submission, struct said *ret)
{
	struct acceptance a;

	accept_event(w->engine, submission, &a);
	if (a.result == ANSWER_ACCEPTED)
		w->calls->accepted(w->userdata, &a.event, submission->now);
	ret->result = a.result;
	ret->code = a.why.code;
	ret->cause = a.why.cause;
	ret->seq = a.seq;
	if (a.result == ANSWER_REJECTED || a.result == ANSWER_RETRY)
		snprintf(ret->reason, sizeof(ret->reason), "%s", a.why.reason);
	acceptance_done(&a);
}

/* The event, parsed as one that comes in: borrowed from the parser and *text. NULL: no memory. */
static const struct parsed *parse_event(const struct saying *saying, const char *id,
					struct parser *parser, char **text)
{
	json_t *event = make_event(saying, id);
	struct rejection why;

	*text = event ? json_dumps(event, JSON_COMPACT) : NULL;
	json_decref(event);
	return *text ? parser_parse(parser, *text, strlen(*text), &why) : NULL;
}

int say(struct web *w, const struct saying *saying, struct instant now, struct said *ret)
{
	const struct peer peer = { .kind = PEER_PERSON, .person = saying->person };
	struct parser *parser __attribute__((cleanup(parser_freep))) = NULL;
	struct submission submission = { .peer = &peer, .now = now };
	char *text;
	int r = parser_new(&parser);

	*ret = (struct said){ .result = ANSWER_RETRY };
	if (r < 0)
		return r;
	make_id(saying, ret->id);
	submission.json = parse_event(saying, ret->id, parser, &text);
	if (submission.json)
		judge(w, &submission, ret);
	free(text);
	return submission.json ? 0 : -ENOMEM;
}

void say_foretell(struct exchange *x, const struct saying *saying, looked_up_fn *then)
{
	char id[EVENT_ID_MAX + 1];
	json_t *params;

	make_id(saying, id);
	params = json_pack("{so}", "event", make_event(saying, id));
	if (params)
		lookup(x, &(struct question){ QUERY_CONSEQUENCES, params }, 1, then);
	else
		exchange_refuse(x, REFUSAL_BROKEN);
	json_decref(params);
}

struct said said_refused(const struct rejection *why)
{
	struct said said = { .result = why->code < RETRY_STORAGE_FULL ? ANSWER_REJECTED
								      : ANSWER_RETRY,
			     .code = why->code,
			     .cause = why->cause };

	snprintf(said.reason, sizeof(said.reason), "%s", why->reason);
	return said;
}

/* What a refusal says, in the words of a page. */
static const enum page_fault faults[REJECT_CAUSES] = {
	[CAUSE_OTHER] = FAULT_REFUSED,
	[CAUSE_DATE_PAST] = FAULT_DATE_PAST,
	[CAUSE_DATE_NOT_LATER] = FAULT_DATE_NOT_LATER,
	[CAUSE_DATE_OUT_OF_RANGE] = FAULT_DATE_UNREADABLE,
	[CAUSE_PAPERS_PAST] = FAULT_PAPERS_PAST,
	[CAUSE_BEFORE_ORIGINAL] = FAULT_BEFORE_ORIGINAL,
	[CAUSE_BODY_BEFORE] = FAULT_BODY_BEFORE,
	[CAUSE_NOT_ITS_BODY] = FAULT_NOT_ITS_BODY,
	[CAUSE_UNKNOWN_CHOICE] = FAULT_CHOICE_UNKNOWN,
	[CAUSE_WHICH_DEADLINE] = FAULT_WHICH_DEADLINE,
	[CAUSE_GIVEN_WAY] = FAULT_GIVEN_WAY,
	[CAUSE_NOTHING_LEFT] = FAULT_NOTHING_LEFT,
	[CAUSE_CLOSED] = FAULT_CLOSED,
	[CAUSE_LATE_ALREADY] = FAULT_LATE_ALREADY,
	[CAUSE_DECIDED] = FAULT_DECIDED,
	[CAUSE_OWN_DEPUTY] = FAULT_OWN_DEPUTY,
	[CAUSE_NOT_AWAY] = FAULT_NOT_AWAY,
	[CAUSE_UNDONE] = FAULT_UNDONE,
	[CAUSE_TOO_LATE_TO_UNDO] = FAULT_TOO_LATE_TO_UNDO,
	[CAUSE_HAS_LEFT] = FAULT_HAS_LEFT,
	[CAUSE_STANDS_ON] = FAULT_STANDS_ON,
};

void say_refusal(const struct said *said, enum form_action action, struct form *ret)
{
	static const enum form_entry entries[] = {
		[FORM_REPORT] = ENTRY_STATUS,	[FORM_HAND_IN] = ENTRY_REFERENCE,
		[FORM_SEEN] = ENTRY_ANSWER_BY,	[FORM_AWAY] = ENTRY_UNTIL,
		[FORM_NOT_MINE] = ENTRY_REASON, [FORM_REQUEST] = ENTRY_DUE,
		[FORM_EXTEND] = ENTRY_DUE,	[FORM_ASSIGN] = ENTRY_OWNER,
		[FORM_ABSENCE] = ENTRY_FROM,	[FORM_BACK] = ENTRY_AWAY,
		[FORM_MEETING] = ENTRY_FROM,	[FORM_CALL_OFF] = ENTRY_REPLACES,
		[FORM_OUTCOME] = ENTRY_OUTCOME, [FORM_NOTE] = ENTRY_NOTE,
		[FORM_CLOSE] = ENTRY_AS,	[FORM_GRANT] = ENTRY_GRANTS,
		[FORM_DENY] = ENTRY_REQUESTS,	[FORM_PROPOSAL] = ENTRY_TEXT,
		[FORM_UNDO] = ENTRY_SEQ,
	};
	enum page_fault fault = faults[said->cause];

	if (said->code == REJECT_UNKNOWN_SUBJECT)
		fault = FAULT_NOT_THERE;
	else if (said->code == REJECT_NOT_ALLOWED)
		fault = action == FORM_SEEN ? FAULT_NOT_ASKED : FAULT_NOT_ALLOWED;
	ret->faults[entries[action]] = (struct form_fault){ .what = fault, .day = CIVIL_NONE };
}
