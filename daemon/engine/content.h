/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The content of one message, gathered when it leaves: from the outbox row, the ledger as it stands
 * and the plan. Words are message/'s business, bytes delivery/'s. Strings belong to the notice.
 */
#pragma once
#include "engine/engine.h"
#include "engine/obligation/agenda.h"
#include "engine/outbox/post.h"

/* What the recipient owes in that of which a message tells other dates. */
struct content_owed {
	struct obligation_id obligation;
	struct measure_id measure; /* NULL: the deliverable */
	const char *title;	   /* the measure's, or the deadline's; both are the plan's */
	unsigned require;	   /* what a status must give, bits 1 << enum status_field */
	bool effect_planned;	   /* has the measure one? */
	bool answerable; /* is it to be answered now? Before its window opens that counts for nothing */
};

/* A body that the matter passes, or the one that closes it. */
struct content_link {
	struct body_id id;
	const char *body;	       /* its name */
	struct civil_date due, papers; /* CIVIL_NONE: nothing is known of its meeting */
	bool provisional;
	enum outcome outcome; /* what it decided, or OUTCOME_NONE */
	char reference[LINE_MAX_BYTES + 1];
};

struct content_item {
	enum item_what what;
	struct obligation_id obligation;
	struct deadline_id deadline; /* NULL: none */
	const char *deadline_title;
	struct measure_id measure; /* NULL: the deliverable, or the deadline as a whole */
	const char *measure_title;
	const char *decision; /* the deadline's, else the measure's; NULL when neither has one */
	const char *body;     /* name of the body whose meeting it is for, or NULL */
	const char *owner;    /* name of who owes or owns it, or NULL */
	const char *step;     /* NULL when no step */
	unsigned repetition;  /* of the step; 0 the first time */
	bool promised;	      /* the step after a promise, which is in no ladder */
	struct civil_date
		promised_by; /* an answer was promised by that day, which is past; or CIVIL_NONE */
	struct civil_date
		away_until; /* whoever owes it is away till then, and another is asked; or CIVIL_NONE */
	bool from_given;    /* is the step's distance known in one unit, and its day come? */
	struct offset from; /* that distance from papers, repetition counted in */
	bool in_time;	    /* the step is after what ladders count from, and not after papers */
	struct civil_date due, papers, practical;	 /* CIVIL_NONE when there is no deadline */
	struct civil_date due_original, papers_original; /* CIVIL_NONE while unchanged */
	struct time_of_day time; /* of day that ends papers; TIME_OF_DAY_NONE: its midnight */
	struct time_of_day
		time_original; /* that ended papers_original, while an extension stands */
	bool squeeze_day; /* papers is a working day between two closed ones: practical is before it */
	struct civil_date
		stated; /* a limit that falls on a closed day, where papers is the next working
				     day; else CIVIL_NONE */
	bool provisional;
	bool other_body; /* its meeting is another body's than the plan says, or the plan has a date */
	bool month_over; /* the month of its meeting is over: unbound, it stays where it is */
	bool has_measures, has_responsible; /* of the deadline: what is to be handed in */
	/* Of a deliverable that is owed: how many are asked for reports to it, and how many have answered. */
	size_t answerers, answered;
	struct instant opens; /* from when an answer counts; INSTANT_NONE: it does now */
	bool is_late;	      /* the obligation is late now */
	bool is_frozen; /* the paper of the deadline's papers date is frozen: an answer changes it no more */
	unsigned require; /* what the answer must give, bits 1 << enum status_field */
	bool sent_late;	  /* the step was past when it was decided, or leaves after its day */
	int asked;	  /* times asked before this message */
	struct instant last_asked; /* INSTANT_NONE */
	/* What happens next if no answer comes: when (INSTANT_NONE: nothing more) and to whom. */
	struct instant next_at;
	const struct recipient *next_to;
	size_t next_count;
	/* Of what has other dates, or was returned: what of it the recipient owes, the deliverable last. */
	const struct content_owed *own;
	size_t own_count;
	const struct content_link *passing; /* of a chain: its bodies, the deadline's own last */
	size_t passing_count;
	bool goes_on; /* of a chain: its next body has others after it */
	const char *
		own_for; /* name of who is away and owes it, whom the recipient stands in for; or NULL */
	bool unreached; /* no reminder of the obligation's round has reached who owes it */
	/* What is asked for in place of its last day, by what the item tells of, or by a request that is open
	 * still: a date, or a meeting of the body of this name; or nothing. */
	struct event_due asked_for;
	const char *asked_body;
	enum measure_status status; /* the newest of the measure, or STATUS_NONE */
	struct instant status_at;   /* when that was; INSTANT_NONE */
	struct optional progress, effect_planned, effect_achieved,
		effect_forecast; /* last reported */
	/* By when the measure is to be done, as it stands, and before that was changed; is its meeting not known
	 * yet? When it is expected to be. Each CIVIL_NONE: not said. */
	struct civil_date done_by, done_by_before, done_forecast;
	bool done_by_provisional;
	bool is_own;  /* the recipient owns the measure */
	bool on_desk; /* the recipient is a steward of it, and has a page of it when signed in */
	/* Of a light that the owner is told of: the deadline in which they may answer now, and its papers; or no
	 * id. */
	struct deadline_id answer_in;
	struct civil_date answer_papers;
	json_t *paper; /* ITEM_FROZEN: the report as it was frozen, with its hash; or NULL. Borrowed */
	json_t *detail; /* of the item, as engine/outbox/post.h says; NULL when none. Borrowed */
	const char *by, *person,
		*deputy; /* names of those whom the detail knows by id; NULL when none has one */
	/* ITEM_HOLD: messages that wait, or leave now. ITEM_AWAY: of who is away, what they are to answer until they
	 * are back; of who is back, what waited for them, and what went to who stood in. */
	size_t waiting, passed;
};
struct message_content {
	struct message message;
	struct recipient to;
	const struct channel *via;
	enum language language;
	const struct content_item *items; /* those not moot, soonest papers date first */
	size_t count;
	struct agenda agenda; /* what of it stands in the recipient's calendar */
	struct content_private *private;
};
enum {
	CONTENT_NOTHING = 1
}; /* left to tell: all moot, or the recipient or channel left the plan */
/* 0 or CONTENT_NOTHING. */
int message_content_load(struct engine *e, const struct message *m, struct instant now,
			 struct message_content **ret);

/* What is told of without a message in the outbox: a page's item, or a message that is only looked at. */
struct content_about {
	struct recipient to; /* who reads it */
	enum message_kind kind;
	enum language language;	  /* LANGUAGES: the recipient's own */
	const struct item *items; /* as rows of a message would be; borrowed */
	size_t count;		  /* at least 1 */
};
/* The same content, as if it left now: its message has the id 0. 0 or a negative errno. */
int message_content_about(struct engine *e, const struct content_about *about, struct instant now,
			  struct message_content **ret);
/* An item about an obligation as it stands, without a step and without a detail. */
struct item content_item_about(const struct obligation *o, enum item_what what);
struct message_content *message_content_free(struct message_content *n);
