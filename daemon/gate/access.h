/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may say what. A peer is whoever sits at the other end of a connection; a source is whom an
 * event says it comes from. First the source must be somebody the peer may speak for, then it must
 * be somebody who may say such an event. Sockets are not known here: what one knows of a sender are its
 * credentials, and a page has such too.
 */
#pragma once
#include <stdbool.h>

#include "plan/plan.h"
#include "protocol/event.h"
#include "protocol/query.h"

enum peer_kind {
	PEER_LOCAL,  /* over ipc or loopback: acts as steward */
	PEER_PERSON, /* has shown a person's key */
	PEER_SYSTEM, /* has shown a system's key, or is the publisher of a subscribe entry */
};
struct peer {
	enum peer_kind kind;
	const struct person *person;	/* PEER_PERSON */
	const struct publisher *system; /* PEER_SYSTEM */
};

/* What a transport knows of a sender. */
struct credentials {
	bool keyed;	       /* the way in is for holders of a key, and for nobody else */
	const char *key;       /* that was shown, or NULL; looked at only when keyed */
	const char *publisher; /* of a subscribe entry: the id of its system, else NULL */
};

/* Who is it that the plan in force knows behind these? False: nobody, and nothing of it counts. */
bool access_peer(const struct plan *plan, const struct credentials *shown, struct peer *ret);
/* "/people/ID", "/systems/ID" or "/local". */
void access_identity(const struct peer *peer, char out[static SOURCE_MAX + 1]);
bool access_is_steward(const struct peer *peer);
/* One of everything: not a person with `steward_of`. */
bool access_is_full_steward(const struct peer *peer);
/* May the peer see this of a row or a page: the id of a measure, deadline, occurrence, assignment, body or person? A
 * narrower steward sees what is theirs (plan/stewardship.h), everybody else who is known all. */
bool access_may_see(const struct plan *plan, const struct peer *peer, const char *item);
/* Whose eyes rows are made for: the narrower steward; or NULL, for who sees all. */
const struct person *access_viewer(const struct peer *peer);
/* "steward", "person" or "system". */
const char *access_role_name(const struct peer *peer);

/* Does the source name somebody, and may the peer speak for them? REJECT_NONE or the code. */
enum reject_code access_source(const struct plan *plan, const struct peer *peer, const char *source,
			       struct rejection *ret_why);
/*
 * May the peer, whose source was found good, say this event? owes: the owner of the measure that it is
 * about, as it stands, or the responsible of the deadline, or who stands in for them while they are away;
 * "" when nobody owes it. REJECT_NONE or the code. What the plan does not have is passed
 * over, for that it is not there is the better answer.
 */
enum reject_code access_event(const struct plan *plan, const struct peer *peer,
			      const struct event *event, struct person_id owes,
			      struct rejection *ret_why);
/* May the peer ask this? REJECT_NONE or the code. */
enum reject_code access_request(const struct peer *peer, enum request which,
				struct rejection *ret_why);
