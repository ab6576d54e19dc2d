/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The event: CloudEvents 1.0 (JSON, structured mode), strict both ways. One parse of the JSON, then
 * two decodings into one typed struct: the envelope first, since a duplicate is decided after
 * envelope and identity and before data; the data second.
 *
 * Strings point into what was parsed and live as long as that does.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol/answer.h"
#include "protocol/civil.h"
#include "protocol/parsed.h"
#include "protocol/rfc3339.h"
#include "protocol/text.h"

#define EVENT_MAX 65536	      /* bytes of one event */
#define FRAME_MAX 1048576     /* bytes of one frame */
#define FRAME_EVENTS_MAX 1000 /* events in one array */

enum event_type {
	EVENT_STATUS,
	EVENT_SUBMIT,
	EVENT_OUTCOME,
	EVENT_SEEN,
	EVENT_EXTEND,
	EVENT_ASSIGN,
	EVENT_ABSENCE,
	EVENT_MEETING,
	EVENT_NOTE,
	EVENT_CLOSE,
	EVENT_REQUEST,
	EVENT_DENY,
	EVENT_PROPOSAL,
	EVENT_UNDO,
	EVENT_TYPES,
};

enum measure_status {
	STATUS_NONE = -1, /* no status has been given */
	STATUS_NOT_STARTED,
	STATUS_ON_TRACK,
	STATUS_AT_RISK,
	STATUS_OFF_TRACK,
	STATUS_DONE,
	STATUS_CANCELLED,
	STATUSES,
};

/* What the receiving body decided about what was handed over. */
enum outcome {
	OUTCOME_NONE = -1, /* nothing yet */
	OUTCOME_NOTED,
	OUTCOME_APPROVED,
	OUTCOME_RETURNED,
	OUTCOMES,
};

/* As what a body closes a measure or an assignment. */
enum closure {
	CLOSURE_NONE = -1, /* it has not */
	CLOSURE_DONE,
	CLOSURE_STRUCK,
	CLOSURES,
};

/*
 * What a deadline may require of a status besides the status itself; sets of them are bits 1 << field. A
 * status may tell more: what the answering page has no field for is not required either.
 */
enum status_field {
	FIELD_PROGRESS,
	FIELD_EFFECT_ACHIEVED,
	FIELD_EFFECT_FORECAST,
	FIELD_NEEDS_SUPPORT,
	FIELD_NOTE,
	STATUS_FIELDS,
};

/* A whole number that may be left out. */
struct optional {
	bool given;
	int64_t value;
};

/* When something is to be there: on a date, or at a body's meeting of a month; or it is left out. */
struct event_due {
	struct civil_date date; /* CIVIL_NONE: a meeting, or left out */
	char body[ID_MAX + 1];	/* whose meeting; "" when a date, or left out */
	int year, month;	/* the meeting's */
};
static inline bool event_due_is_meeting(const struct event_due *due)
{
	return due->body[0] != '\0';
}
static inline bool event_due_is_given(const struct event_due *due)
{
	return event_due_is_meeting(due) || !civil_is_none(due->date);
}
/* "2026-10-20" or "meeting RF 2026-10", as it is written in an event; "" when left out. Returns out. */
#define EVENT_DUE_TEXT (ID_MAX + 20)
char *event_due_format(const struct event_due *due, char out[static EVENT_DUE_TEXT]);
/* The same read; false: it is neither. */
bool event_due_parse(const char *text, struct event_due *ret);

/* Is the line a link to evidence, as an event may have one: an https address or a diary number? */
bool event_is_link(const char *text);

#define EVENT_IDS_MAX 500 /* ids of events that one event names */
/* Ids of other events: a list of distinct strings, each 1 to EVENT_ID_MAX printable characters. Walk it with
 * parsed_foreach(ids.list, id) and parsed_string(id). */
struct event_ids {
	const struct parsed *list; /* NULL: left out */
};

struct event_status {
	enum measure_status status;
	struct optional progress; /* per cent, 0-100 */
	struct optional effect_achieved,
		effect_forecast;	  /* whole currency units, the full year's */
	const char *needs_support, *note; /* NULL when left out */
	struct civil_date done_forecast;  /* when it will be done; CIVIL_NONE when left out */
	const char *link; /* evidence: an https address or a diary number; or NULL */
};
struct event_submit {
	const char *reference, *note, *link; /* note, link: NULL when left out */
};
struct event_outcome {
	enum outcome outcome;
	const char *reference;
	const char *body;     /* who decided: one of a chain; NULL: the deadline's own */
	struct event_due due; /* OUTCOME_RETURNED: when it is to be handed in again */
	const char *link;     /* or NULL */
};
struct event_seen {
	struct civil_date answer_by;
};
struct event_assign {
	const char *owner;
};
struct event_absence {
	struct civil_date from, until; /* inclusive */
	const char *deputy;	       /* NULL: the plan's */
	bool cancelled; /* it ends: an absence of these days, or what is left of one */
};
struct event_extend {
	const char *deadline; /* NULL when the subject is the deadline itself */
	struct event_due due; /* left out only beside `grants`: each request's own */
	const char *reference, *reason;
	struct event_ids grants; /* the requests that it grants */
};
struct event_meeting {
	struct civil_date from, until, replaces; /* until, replaces: CIVIL_NONE when left out */
	bool cancelled;
	const char *place;
};
struct event_note {
	const char *note;
	bool not_mine; /* whoever says it is asked for what they say is not theirs */
};

struct event_close {
	enum closure as;
	const char *reference, *link; /* link: or NULL */
};
struct event_request {
	const char *
		deadline; /* NULL when the subject is the deadline itself, or a measure's own date */
	struct event_due due;
	const char *reason;
	struct optional progress; /* per cent, 0-100 */
};
/* What the receiving body is proposed to decide: prose, of several paragraphs where it is long. */
struct event_proposal {
	const char *text;
};
struct event_deny {
	struct event_ids requests;
	const char *reason;
};

struct event_undo {
	struct optional seq; /* of the event that is taken back */
};

struct event {
	const struct parsed *json; /* borrowed; as it stands there it is stored and fed on */
	enum event_type type;
	const char *id, *source, *subject;
	struct instant time; /* INSTANT_NONE when left out */
	struct optional sequence;
	union {
		struct event_status status;
		struct event_submit submit;
		struct event_outcome outcome;
		struct event_seen seen;
		struct event_assign assign;
		struct event_absence absence;
		struct event_extend extend;
		struct event_meeting meeting;
		struct event_note note;
		struct event_close close;
		struct event_request request;
		struct event_deny deny;
		struct event_undo undo;
		struct event_proposal proposal;
	};
};

/* "paminn.status" and so on; "not-started" and so on; event_status_parse: STATUS_NONE if unknown */
const char *event_type_name(enum event_type type);
const char *event_status_name(enum measure_status status);
/* Does it say that the measure is over: done or cancelled? */
bool event_status_is_over(enum measure_status status);
enum measure_status event_status_parse(const char *name);
/* "noted" and so on; OUTCOME_NONE if unknown. */
const char *event_outcome_name(enum outcome outcome);
enum outcome event_outcome_parse(const char *name);
/* "done", "struck"; CLOSURE_NONE if unknown. */
const char *event_closure_name(enum closure closure);
enum closure event_closure_parse(const char *name);
/* "effect_forecast" and so on, as in data; and the set of those that a status gives. */
extern const char *const event_field_names[STATUS_FIELDS + 1]; /* ends with NULL */
unsigned event_fields(const struct event_status *status);

/* A value as a sentence quotes it: `"on-trak"`, `12.5`, `null`, `an object`; cut if it is long. */
struct excerpt event_value(const json_t *value);

/* Parse the bytes of a query or command, or of whatever is to be changed: as parser_parse, which events go
 * through, into jansson's JSON. A new reference; NULL with the reason. */
json_t *event_json(const char *bytes, size_t length, struct rejection *ret_why);

/*
 * Decode the envelope of json, which is borrowed for as long as the event is used, into ret. REJECT_NONE, or
 * the code, with a sentence in ret_why; ret is set either way, and ret->id is set even then whenever it could
 * be read, else NULL. now bounds `time` (5 minutes ahead at most). That data is there is checked here, what
 * it holds is not. Checking the event's size is for the caller.
 */
enum reject_code event_envelope(const struct parsed *json, struct instant now, struct event *ret,
				struct rejection *ret_why);
/* Decode data into event, once, after event_envelope has said REJECT_NONE. Strict: unknown keys,
 * wrong types and limits are REJECT_BAD_DATA. */
enum reject_code event_data(struct event *event, struct rejection *ret_why);
