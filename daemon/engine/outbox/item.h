/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An item is one thing that a message speaks of. What it says, and what follows from that, is a row of
 * a table: in which kind of message it belongs, and what its arrival or its absence means.
 */
#pragma once
#include "ledger/ledger.h"

/* What an item says. The comment lists the members of its `detail`; "by" is a source. */
enum item_what {
	ITEM_OWED,	    /* theirs to answer */
	ITEM_ESCALATED,	    /* somebody else has not answered */
	ITEM_OFF_TRACK,	    /* {"status","note"?,"by"} */
	ITEM_NEEDS_SUPPORT, /* {"status","needs_support","by"} */
	ITEM_EFFECT_BELOW,  /* {"status","effect_planned","effect_forecast","percent","by"} */
	ITEM_UNREACHED,	    /* {"person","answer"?}: nobody was reached; the server's answer */
	ITEM_UNBOUND,	    /* the month ended without the meeting */
	/* {"due","papers","provisional"?,"extension"?:{"reference","reason"?},"body"?}: dates before;
	 * those that stand are in the obligation, and "extension" is the latest decision on one; "body": whose
	 * meeting it was for ("": none), where that is another body's now */
	ITEM_MOVED,
	ITEM_SUBMITTED,	 /* {"reference","note"?,"by","supplement":bool} */
	ITEM_TEST,	 /* nothing but that messages arrive: no deadline, no measure */
	ITEM_GONE,	 /* {"channel"}: its server wants nothing more; about no deadline */
	ITEM_ASSIGNED,	 /* theirs now, in place of the steps already past: {"by"} */
	ITEM_UNASSIGNED, /* no longer theirs: {"by"} */
	ITEM_ABSENT,	 /* {"person","from","until","held_until"}: what waits for their return */
	ITEM_OUTCOME,	 /* {"outcome","reference","by"}: what the body decided */
	ITEM_RETURNED, /* {"due","papers","reference","by","extension"?,"body"?}: open anew; dates before */
	ITEM_NOT_MINE, /* {"note","by"}: they say that what they are asked for is not theirs */
	/* {"asked","reason","progress"?,"request","by"}: a later date is asked for, "2026-10-20" or
	 * "meeting RF 2026-10", by the event of that id */
	ITEM_REQUESTED,
	ITEM_GRANTED,	/* {"asked","reference","by"}: what was asked for is given */
	ITEM_DENIED,	/* {"asked","reason","by"}: it is not */
	ITEM_PASSED,	/* {"outcome","reference","body","by"}: a body of the chain; its name */
	ITEM_UNDECIDED, /* {"body","body_id","meeting"?}: it met, and nobody said what it decided */
	ITEM_DISORDER,	/* {"body","meeting","next","next_meeting"}: names, in the wrong order */
	/* {"light","reasons":[...],"status"?,"progress"?,"done_by"?,"done_forecast"?,"note"?,"by"?}: why
	 * it is yellow or red; without "by" it is time that made it so */
	ITEM_LIGHT,
	/* {"done_by","provisional","extension"?}: the day before, by which a measure was to be done */
	ITEM_DONE_BY,
	ITEM_SIGN_IN, /* {"login","until"}: a one-time link, by the id of its row; until when it is good */
	ITEM_FROZEN,	 /* {"n"}: a deadline's paper, the n-th, which goes with it */
	ITEM_UNPROPOSED, /* its papers date is past, and nobody has written what is to be decided */
	/*
	 * What its recipient has replied about it: {"data"} is what that was understood as, of an event; without, they
	 * are led to the form, since it is a "deliverable" or about "several", true. In a KIND_FORWARD: {"incoming",
	 * "person"}, the reply and who wrote it.
	 */
	ITEM_REPLIED,
	ITEM_UNFORWARDED, /* {"person","answer"}: what they replied could not be passed on to mail.reply_to */
	/* {"on","since","until"?,"by"?,"waits"?}: hold is on, or was; who put it on or ended it; how many
	 * messages leave now */
	ITEM_HOLD,
	/* {"away","person","from","until","deputy"?,"held_until"?,"waited"?,"passed"?}: away, or back; of who is
	 * back, how much had waited, and how many messages went to who stood in */
	ITEM_AWAY,
	ITEM_WHATS,
};

struct item_traits {
	const char *name;	/* what templates know it by: "off_track" */
	enum message_kind kind; /* of the message it belongs in */
	bool asks;    /* once accepted, whoever owes the obligation counts as asked by it */
	bool reaches; /* once accepted, whoever owes the obligation counts as reached */
	bool settled; /* nothing is to be handed in any more: no day to do it by */
	bool tells_failure; /* when it fails support hears nothing: it is about a failure, or about no item */
	bool tells_absence; /* it is itself about what waits: of it a manager hears nothing */
};
const struct item_traits *item_traits(enum item_what what);

static inline enum message_kind item_kind(enum item_what what)
{
	return item_traits(what)->kind;
}

/* Is it of a ladder? Its messages have an instant of their own; others leave when they can. */
bool kind_is_ladder(enum message_kind kind);
/* May an item of one kind join a message of the other? Those of a ladder only at the same instant. */
bool kinds_merge(enum message_kind a, enum message_kind b);
/* What a message of two kinds that merge is: a reminder, if any of it is theirs to answer. */
enum message_kind kind_merged(enum message_kind a, enum message_kind b);
