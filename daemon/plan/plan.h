/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan: what is owed, by whom, by when, and the settings it is run with. Read from paminnd.conf
 * and the files it names; built whole or not at all; immutable and reference-counted after that.
 *
 * All strings and arrays belong to the plan. Arrays keep the files' order. References between things
 * are pointers within the same plan.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plan/calendar.h"
#include "plan/id.h"
#include "plan/plan_settings.h"
#include "plan/words.h"
#include "protocol/event.h"
#include "protocol/text.h"

struct body {
	struct where where;
	struct body_id id;
	const char *name;
	struct offset papers; /* negative or 0: before the meeting; 0 when left out */
	bool papers_given;
	struct offset papers_late; /* likewise, of what is sent to the body a second time */
	bool papers_late_given;
	struct body_words words;    /* its own */
	const char *paper_template; /* a Word document that its papers are filled into; or NULL */
	struct where paper_template_where;
};

struct meeting {
	struct where where;
	const struct body *body;
	struct civil_date from, until; /* until = from when left out */
	const char *place;	       /* or NULL */
};

struct person {
	struct where where;
	struct person_id id;
	const char *name, *mail;	       /* mail NULL only when no channel is mail */
	const struct person *manager, *deputy; /* or NULL */
	const char *const *roles;
	size_t role_count;
	enum language language;
	const struct channel *const *channels; /* at least one */
	size_t channel_count;
	const char *key;	       /* the public key, Z85, or NULL */
	const char *const *steward_of; /* patterns; none: a steward is one of everything */
	size_t steward_of_count;
};

/* What ladders, alerts and inform name as role:NAME, with all who hold it, in the plan's order. */
struct role_holders {
	struct where where; /* of the first of them */
	const char *name;
	const struct person **people;
	size_t count; /* at least 1 */
};

/* A source of events that is not a person. */
struct publisher {
	struct where where;
	const char *id;
	const char *const *may_report; /* patterns of measures */
	size_t may_report_count;
	const char *key; /* the public key, Z85, or NULL */
};

/* Whose key it is: one of person and publisher. */
struct key_holder {
	struct where where;
	const char *key;
	const struct person *person;
	const struct publisher *publisher;
};

/* Whose word closes a measure or an assignment: paminn-rules(7), Closing that counts. */
enum closed_by { CLOSED_BY_OWNER, CLOSED_BY_BODY };
enum due_kind { DUE_DATE, DUE_MONTH, DUE_MEETING };
struct due_spec {
	enum due_kind kind;
	struct civil_date date;	 /* DUE_DATE; one that was counted from another, too */
	struct time_of_day time; /* DUE_DATE; TIME_OF_DAY_NONE when only a date */
	int year, month;	 /* DUE_MONTH, DUE_MEETING; of "next" 0 until plan_settle */
	bool next;		 /* DUE_MEETING: "meeting BODY next"; date: not before that one */
	const struct body *body; /* DUE_MEETING */
	const char *text;	 /* as written */
};

/* A part of what a measure is planned to give. */
struct effect_part {
	struct where where;
	int year, month; /* month 0: of the whole year */
	int64_t amount;	 /* whole currency units */
};

struct measure {
	struct where where;
	struct measure_id id;
	const char *title, *decision; /* decision "" when left out */
	const struct person *owner;
	const struct assignment *assignment; /* that it is part of, or NULL */
	enum closed_by closing;
	/* It was over when the plan came to have it: done or cancelled; STATUS_NONE: nothing says so. */
	enum measure_status over;
	struct where over_where;
	bool effect_given;
	int64_t effect_planned; /* whole currency units, the full year's, of any year; or */
	const struct effect_part *effects; /* in order of time; NULL: effect_planned */
	size_t effect_count;
	const char *const *tags;
	size_t tag_count;
	struct civil_date from;	  /* when it begins; CIVIL_NONE when left out */
	struct due_spec done_by;  /* DUE_DATE without a time, or DUE_MEETING; text NULL: none */
	struct offset light_days; /* so long before done_by its light may turn yellow */
};

enum target_kind {
	TARGET_OWNER,
	TARGET_DEPUTY,
	TARGET_MANAGER,
	TARGET_RESPONSIBLE,
	TARGET_ROLE,
	TARGET_PERSON,
	TARGET_CHANNEL,
};
struct target {
	enum target_kind kind;
	const char *role;	       /* TARGET_ROLE */
	const struct person *person;   /* TARGET_PERSON */
	const struct channel *channel; /* TARGET_CHANNEL */
};

struct step {
	struct where where;
	struct offset at; /* from the papers date */
	const struct target *to;
	size_t to_count;
	bool repeats;
	struct offset repeat, until;
	const char *text; /* as written: "-10wd"; unique in its ladder, so that marks can name it */
};
struct ladder {
	struct where where;
	const char *name;
	struct time_of_day time;
	const struct step *steps; /* in time order */
	size_t step_count;
};

enum alert_when { ALERT_OFF_TRACK, ALERT_NEEDS_SUPPORT, ALERT_EFFECT_BELOW, ALERT_LIGHT };
struct alert {
	struct where where;
	enum alert_when when;
	int percent; /* ALERT_EFFECT_BELOW */
	const struct target *to;
	size_t to_count;
};

/* A deadline that comes again is a series; what is owed are its occurrences. */
enum every_kind { EVERY_NEVER, EVERY_MEETING, EVERY_RULE };
struct every {
	enum every_kind kind;
	const char *text;	 /* as written */
	const struct body *body; /* EVERY_MEETING */
	/* EVERY_MEETING: not all of the body's. months: bits 1 << 1 to 1 << 12, 0: of any; each: every
	 * n-th, 2 or more; 0: all. Never both. */
	unsigned months;
	int each;
	struct recurrence *rule;       /* EVERY_RULE: plan/recur.h; its dates are not yet rounded */
	struct occurrence_list *known; /* those that plan_deadline finds */
};

enum rounding { ROUND_BACK, ROUND_FORWARD };
/* With which of a body's two sendings the papers leave. */
enum sending { SENDING_FIRST, SENDING_SECOND };

#define VIA_MAX 8
/* A link of a chain: a body that the matter passes before its deadline's own. */
struct via {
	struct where where;
	const struct body *body;
	int year, month;  /* 0: its last meeting before that of the next body in the chain */
	const char *text; /* as written */
};
/* Where a chain stands, of a deadline in force (engine/obligation/chain.h): how soon papers are due to the first
 * of the bodies that have not decided yet. */
struct chain_counted {
	bool given;
	struct civil_date papers;
	bool provisional; /* its meeting is not known */
};

struct deadline {
	struct where where;
	struct deadline_id id;
	const char *title, *decision;
	const char *proposal; /* what its body is proposed to decide; "" when left out */
	struct due_spec due;
	enum rounding round;
	bool papers_given;
	struct offset papers; /* before the meeting; the body's when not given */
	enum sending sending; /* which of the body's */
	bool opens_given;
	struct where opens_where;
	struct offset opens;		       /* from the papers date, or */
	struct civil_date opens_date;	       /* a date; CIVIL_NONE when an offset */
	const struct assignment *assignment;   /* that it answers, or NULL */
	const struct measure *const *measures; /* what answers_from matches */
	size_t measure_count;
	const struct person *responsible; /* or NULL: then it has no deliverable */
	const struct target *inform;	  /* persons, roles, channels */
	size_t inform_count;
	const struct target *officials; /* likewise, who signs its paper; none: the responsible */
	size_t official_count;
	const struct ladder *ladder;
	struct every every;	       /* of a series */
	const struct deadline *series; /* of an occurrence; NULL otherwise */
	unsigned require;      /* what a status must give to answer: bits 1 << enum status_field */
	const struct via *via; /* in the order in which the matter passes them */
	size_t via_count;
	struct chain_counted chain; /* never in the plan itself */
};

/*
 * What one body gave to another, or to itself, and wants answered. Below it are the measures and the
 * deadlines, series included, that name it.
 */
struct assignment {
	struct where where;
	struct assignment_id id;
	const char *title;
	const char *decision, *reference, *origin; /* "" when left out */
	const char *proposal;	 /* what its body is proposed to decide on it; "" when left out */
	struct civil_date given; /* CIVIL_NONE when left out */
	const struct body *given_by, *given_to; /* or NULL */
	struct due_spec answer_by;		/* text NULL when left out; never "next" */
	enum closed_by closing;
	const struct measure *const *measures; /* in the plan's order, as are deadlines */
	size_t measure_count;
	const struct deadline *const *deadlines;
	size_t deadline_count;
};

/* A part of the year that is looked back on, such as "T1 2026"; both days included. */
struct period {
	struct where where;
	const char *name;
	struct civil_date from, until;
};

/* What the measures of an assignment are to give together in a year. */
struct requirement {
	struct where where;
	const struct assignment *assignment;
	int year;
	int64_t amount; /* whole currency units */
};

struct plan {
	unsigned references;
	struct settings settings;
	struct calendar *calendar;
	const struct channel *channels;
	const struct ladder *ladders;
	const struct alert *alerts;
	const struct body *bodies;
	const struct meeting *meetings;
	const struct person *people;
	const struct publisher *publishers;
	const struct measure *measures;
	const struct deadline *deadlines;
	const struct assignment *assignments;
	const struct period *periods;
	const struct requirement *requirements;
	size_t period_count, requirement_count;
	size_t channel_count, ladder_count, alert_count, body_count, meeting_count, person_count,
		publisher_count, measure_count, deadline_count, assignment_count;
	/* Does it use anything of paminn-rules(7) from "Meetings as dates" on? One that doesn't gives
	 * the same reports as before these were. */
	bool decisions;
	struct plan_private *private;
};

/* One fault or warning. */
struct finding {
	struct where where; /* line 0: the file as a whole */
	bool warning;
	const char *text;
};
struct findings {
	struct finding *list;
	size_t count, faults;
};

/* What is to be read. */
struct plan_request {
	const char *path;
	bool rehearsal; /* reserved domains are allowed */
	/*
	 * As for a first load: what only that shows is found as well, a deadline that is past and
	 * "meeting BODY next" without one. On `today`, or, when that is CIVIL_NONE, at `now` in the
	 * plan's zone.
	 */
	bool first_load;
	struct civil_date today;
	struct instant now;
};

/* A finding as a line, "file:line: reason", or "file: reason" of the file as a whole. Returns out. */
char *finding_format(const struct finding *finding, char *out, size_t size);
/* Only the place: "file:line", or the file. */
char *finding_place(const struct finding *finding, char *out, size_t size);

/*
 * Read a path and all it names. Returns 0 with *ret set, also
 * when there are warnings; a positive number, the count of faults, with *ret untouched; or -ENOMEM.
 * Every fault and warning is in ret_findings (findings_done frees it), in order of file and line.
 * Sets the zone on success, unless one is set already: a change of `timezone` needs a restart, which
 * is for the caller to say (settings.timezone against zone_name).
 */
int plan_read(struct plan **ret, const struct plan_request *request, struct findings *ret_findings);
/*
 * The files' text as one JSON document for the log, and a plan read back from it (faults that only
 * the present can judge, such as missing files, are passed over). plan_text: new reference, NULL
 * for ENOMEM. plan_from_text: as plan_read, findings NULL: nobody asks; -EINVAL, without findings,
 * when text is no such document.
 */
json_t *plan_text(const struct plan *plan);
int plan_from_text(struct plan **ret, const json_t *text, struct findings *ret_findings);

struct plan *plan_ref(struct plan *plan);
struct plan *plan_unref(struct plan *plan);
void findings_done(struct findings *findings);

/* Look-ups by id, hashed; NULL when there is none. */
const struct body *plan_body(const struct plan *plan, struct body_id id);
const struct person *plan_person(const struct plan *plan, struct person_id id);
const struct publisher *plan_publisher(const struct plan *plan, const char *id);
const struct measure *plan_measure(const struct plan *plan, struct measure_id id);
const struct deadline *plan_deadline(const struct plan *plan, struct deadline_id id);
const struct assignment *plan_assignment(const struct plan *plan, struct assignment_id id);
const struct channel *plan_channel(const struct plan *plan, const char *name);
const struct role_holders *plan_role(const struct plan *plan,
				     const char *name); /* NULL: nobody holds it */
/*
 * What only the ledger knows of the plan: the first meeting that "meeting BODY next" was bound to, and
 * the occurrences there are. plan_deadline finds an occurrence by its id once it is added; that it is
 * there already is no error. -ENOMEM.
 */
void plan_settle(struct plan *plan, const struct deadline *deadline, struct civil_date meeting);
int plan_add_occurrence(struct plan *plan, const struct deadline *series, struct deadline_id id,
			struct civil_date date);
/* Occurrences that are added during a trial are known until it ends. */
void plan_trial_begin(struct plan *plan);
void plan_trial_end(struct plan *plan);
/*
 * An occurrence as a deadline of its own: everything the series says, but dated. date: the rule's, or
 * one of the month that its meeting is looked for in. id is borrowed.
 */
struct deadline deadline_occurrence(const struct deadline *series, struct deadline_id id,
				    struct civil_date date);
/* May a meeting of that day be one of a series'? By its month alone. */
bool every_has_month(const struct every *every, struct civil_date meeting);
/* Whose public key it is, Z85; NULL when nobody's. */
const struct key_holder *plan_key_holder(const struct plan *plan, const char *key);
bool person_has_role(const struct person *person, const char *role);
/* Does the deadline ask the measure? */
bool deadline_asks(const struct deadline *deadline, const struct measure *measure);
/* What it is planned to give in a year; not given: nothing is planned, or nothing for that year. */
struct optional measure_effect(const struct measure *measure, int year);
/* By its name; NULL when there is none. */
const struct period *plan_period(const struct plan *plan, const char *name);
bool publisher_may_report(const struct publisher *publisher, struct measure_id measure);
