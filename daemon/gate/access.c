/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A peer plays one or more roles; for each type of event a table says which roles may say it. A
 * type or role that is not in the table may nothing: an empty row denies. Whoever is known may read
 * everything: rows name people by id, and hold no addresses.
 */
#include "gate/access.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "plan/stewardship.h"

#include "engine/outbox/answerer.h"

/* The part of text after prefix, or NULL when it does not begin so. */
static const char *after(const char *text, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(text, prefix, n) == 0 ? text + n : NULL;
}

/* ---- who it is ------------------------------------------------------------------------------- */

bool access_peer(const struct plan *plan, const struct credentials *shown, struct peer *ret)
{
	const struct key_holder *holder;

	if (shown->keyed) {
		holder = shown->key ? plan_key_holder(plan, shown->key) : NULL;
		if (!holder)
			return false;
		*ret = (struct peer){ holder->person ? PEER_PERSON : PEER_SYSTEM, holder->person,
				      holder->publisher };
	} else if (shown->publisher) {
		*ret = (struct peer){ .kind = PEER_SYSTEM,
				      .system = plan_publisher(plan, shown->publisher) };
		assert(ret->system); /* the plan that named the endpoint names the system */
	} else {
		*ret = (struct peer){ .kind = PEER_LOCAL };
	}
	return true;
}

void access_identity(const struct peer *peer, char out[static SOURCE_MAX + 1])
{
	if (peer->kind == PEER_PERSON)
		snprintf(out, SOURCE_MAX + 1, "/people/%s", peer->person->id.text);
	else if (peer->kind == PEER_SYSTEM)
		snprintf(out, SOURCE_MAX + 1, "/systems/%s", peer->system->id);
	else
		strcpy(out, "/local");
}

bool access_is_steward(const struct peer *peer)
{
	return peer->kind == PEER_LOCAL || (peer->kind == PEER_PERSON && steward_is(peer->person));
}

bool access_is_full_steward(const struct peer *peer)
{
	return access_is_steward(peer) && !access_viewer(peer);
}

const struct person *access_viewer(const struct peer *peer)
{
	return peer->kind == PEER_PERSON && steward_is_narrow(peer->person) ? peer->person : NULL;
}

bool access_may_see(const struct plan *plan, const struct peer *peer, const char *item)
{
	const struct person *viewer = access_viewer(peer);

	return !viewer || steward_covers(plan, viewer, item);
}

const char *access_role_name(const struct peer *peer)
{
	if (access_is_steward(peer))
		return "steward";
	return peer->kind == PEER_PERSON ? "person" : "system";
}

/* ---- for whom it speaks -------------------------------------------------------------------------- */

static bool names_somebody(const struct plan *plan, const struct peer *peer, const char *source)
{
	const char *id;

	if ((id = after(source, "/people/")))
		return plan_person(plan, person_id(id)) != NULL;
	if ((id = after(source, "/systems/")))
		return plan_publisher(plan, id) != NULL;
	if ((id = after(source, "/local/")))
		return peer->kind == PEER_LOCAL && text_is_id(id);
	return false;
}

enum reject_code access_source(const struct plan *plan, const struct peer *peer, const char *source,
			       struct rejection *ret_why)
{
	char own[SOURCE_MAX + 1];

	access_identity(peer, own);
	if (!access_is_steward(peer) && strcmp(source, own) != 0)
		return reject(ret_why, REJECT_NOT_ALLOWED,
			      "source \"%s\" is not \"%s\", the only one whom this connection "
			      "speaks for",
			      text_excerpt(source).text, own);
	if (!names_somebody(plan, peer, source))
		return reject(ret_why, REJECT_NOT_ALLOWED,
			      "source \"%s\" names nobody in the plan; write /people/ID or "
			      "/systems/ID with an id from the plan%s",
			      text_excerpt(source).text,
			      peer->kind == PEER_LOCAL ? ", or /local/LOGIN" : "");
	return REJECT_NONE;
}

/* ---- what it may say ------------------------------------------------------------------------------- */

/* What a peer can be to an event, as bits. */
enum role {
	ROLE_READER = 1 << 0, /* may see it: everybody who is known */
	ROLE_STEWARD = 1 << 1,
	ROLE_OWNER = 1 << 2,
	ROLE_DEPUTY = 1 << 3,	   /* of whoever owes it, by the plan */
	ROLE_REPORTER = 1 << 4,	   /* a system allowed for the measure */
	ROLE_RESPONSIBLE = 1 << 5, /* of the deadline */
	ROLE_SUBJECT = 1 << 6,	   /* the person that it is about */
};

static const struct permission {
	unsigned roles;
	const char *who; /* for the sentence */
} may_say[EVENT_TYPES] = {
	[EVENT_STATUS] = { ROLE_STEWARD | ROLE_OWNER | ROLE_DEPUTY | ROLE_REPORTER,
			   "the measure's owner, their deputy, a system whose may_report matches "
			   "it, or a steward" },
	[EVENT_SUBMIT] = { ROLE_STEWARD | ROLE_RESPONSIBLE,
			   "the deadline's responsible or a steward" },
	[EVENT_OUTCOME] = { ROLE_STEWARD, "a steward" },
	[EVENT_SEEN] = { ROLE_READER, "a person reminded of it" }, /* as apply knows */
	[EVENT_EXTEND] = { ROLE_STEWARD, "a steward" },
	[EVENT_ASSIGN] = { ROLE_STEWARD, "a steward" },
	[EVENT_ABSENCE] = { ROLE_STEWARD | ROLE_SUBJECT, "that person or a steward" },
	[EVENT_MEETING] = { ROLE_STEWARD, "a steward" },
	[EVENT_NOTE] = { ROLE_READER, "anybody who may see it" },
	[EVENT_CLOSE] = { ROLE_STEWARD, "a steward" },
	[EVENT_REQUEST] = { ROLE_STEWARD | ROLE_OWNER | ROLE_DEPUTY | ROLE_RESPONSIBLE,
			    "whoever owes it, their deputy or a steward" },
	[EVENT_DENY] = { ROLE_STEWARD, "a steward" },
	[EVENT_PROPOSAL] = { ROLE_STEWARD, "a steward" },
	[EVENT_UNDO] = { ROLE_STEWARD, "a steward, their own," },
},
  may_say_not_mine = { ROLE_STEWARD | ROLE_OWNER | ROLE_RESPONSIBLE,
		       "whoever owes it, who stands in for them or a steward" };

static unsigned person_roles(const struct plan *plan, const struct person *person,
			     const struct event *event, struct person_id owes)
{
	const struct person *owns = plan_person(plan, owes);
	const struct deadline *deadline = plan_deadline(plan, deadline_id(event->subject));
	const enum answerer is = answerer_of(person, owns, plan, NULL, CIVIL_NONE);
	unsigned roles = ROLE_READER;

	if (steward_is(person) &&
	    (!steward_is_narrow(person) || steward_covers(plan, person, event->subject)))
		roles |= ROLE_STEWARD;
	if (strcmp(event->subject, person->id.text) == 0)
		roles |= ROLE_SUBJECT;
	/* Who stands in for somebody is who owes it already, as accept.c has it. */
	if (is == ANSWERER_ASKED)
		roles |= deadline ? ROLE_OWNER | ROLE_RESPONSIBLE : ROLE_OWNER;
	if (is == ANSWERER_DEPUTY)
		roles |= ROLE_DEPUTY;
	return roles;
}

static unsigned roles_of(const struct plan *plan, const struct peer *peer,
			 const struct event *event, struct person_id owes)
{
	switch (peer->kind) {
	case PEER_LOCAL:
		return ROLE_READER | ROLE_STEWARD;
	case PEER_PERSON:
		return person_roles(plan, peer->person, event, owes);
	case PEER_SYSTEM:
		return ROLE_READER | (publisher_may_report(peer->system, measure_id(event->subject))
					      ? ROLE_REPORTER
					      : 0);
	}
	return 0;
}

static const struct permission *permission_for(const struct event *event)
{
	return event->type == EVENT_NOTE && event->note.not_mine ? &may_say_not_mine
								 : &may_say[event->type];
}

static bool is_in_plan(const struct plan *plan, const struct event *event)
{
	const bool measure = plan_measure(plan, measure_id(event->subject));
	const bool deadline = plan_deadline(plan, deadline_id(event->subject));

	if (event->type == EVENT_STATUS)
		return measure;
	if (event->type == EVENT_NOTE || event->type == EVENT_REQUEST)
		return measure || deadline;
	return event->type != EVENT_SUBMIT || deadline;
}

/* A narrower steward speaks for others only about what is theirs. */
static bool speaks_beyond(const struct peer *peer, const struct event *event, unsigned roles)
{
	char own[SOURCE_MAX + 1];

	if (!access_viewer(peer) || roles & ROLE_STEWARD)
		return false;
	access_identity(peer, own);
	return strcmp(event->source, own) != 0;
}

/* A note is for whoever may see what it is about: those who have to do with it, and all but narrower stewards. */
static bool is_out_of_sight(const struct plan *plan, const struct peer *peer,
			    const struct event *event, unsigned roles)
{
	return event->type == EVENT_NOTE && !(roles & ~(unsigned)ROLE_READER) &&
	       !access_may_see(plan, peer, event->subject);
}

enum reject_code access_event(const struct plan *plan, const struct peer *peer,
			      const struct event *event, struct person_id owes,
			      struct rejection *ret_why)
{
	const struct permission *permission = permission_for(event);
	const unsigned roles = roles_of(plan, peer, event, owes);

	if (!is_in_plan(plan, event))
		return REJECT_NONE;
	if (speaks_beyond(peer, event, roles))
		return reject(ret_why, REJECT_NOT_ALLOWED,
			      "%s is not a steward of \"%s\", and speaks for nobody else about it: "
			      "steward_of in the plan names what is theirs",
			      peer->person->id.text, text_excerpt(event->subject).text);
	if (permission->roles & roles && !is_out_of_sight(plan, peer, event, roles))
		return REJECT_NONE;
	return reject(ret_why, REJECT_NOT_ALLOWED, "%s may not send %s about \"%s\"; %s can",
		      event->source, event_type_name(event->type),
		      text_excerpt(event->subject).text, permission->who);
}

/* A query that is of the whole as commands are. */
static bool needs_steward(enum request which)
{
	return request_kinds[which].command || which == QUERY_SESSIONS;
}

static bool is_of_a_message(enum request which)
{
	return which == COMMAND_RETRY || which == COMMAND_DROP || which == COMMAND_MESSAGE;
}

enum reject_code access_request(const struct peer *peer, enum request which,
				struct rejection *ret_why)
{
	char own[SOURCE_MAX + 1];

	if (!needs_steward(which) || access_is_full_steward(peer))
		return REJECT_NONE;
	access_identity(peer, own);
	if (access_is_steward(peer) && is_of_a_message(which))
		return REJECT_NONE; /* of a message that is theirs: gate/admit.h */
	if (access_is_steward(peer))
		return reject(
			ret_why, REJECT_NOT_ALLOWED,
			"%s may not ask for %s: that is of the whole, and steward_of in the plan "
			"names what is theirs",
			own, request_kinds[which].name);
	return reject(ret_why, REJECT_NOT_ALLOWED,
		      "%s may not ask for %s; a steward can, with a key of theirs or over the "
		      "daemon's local socket",
		      own, request_kinds[which].name);
}
