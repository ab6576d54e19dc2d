/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What pages are made of: a file page_NAME.html for each, in each language, and the names that it may use.
 * A page is rendered from a view, as a message is (template_render); who serves it makes the view.
 */
#pragma once
#include "message/template.h"

enum page {
	PAGE_ANSWER,  /* one thing that is asked, and its form */
	PAGE_REPLY,   /* what a reply by mail was understood as, and the button that records it */
	PAGE_RECEIPT, /* what was recorded of it, and what happens now */
	PAGE_MINE,    /* all that a person owes, each with its form */
	PAGE_ENDED,   /* a link that was good, and is not any more */
	PAGE_ERROR,   /* what could not be served at all */
	PAGE_SIGN_IN, /* a form for the address */
	PAGE_SIGN_IN_LINK,  /* the button of a link, or why it has none */
	PAGE_ACCESSIBILITY, /* how accessible the pages are, and whom to tell of what is not */
	PAGE_ONWARD,	    /* nothing but the way on */
	PAGE_DESK,	    /* what needs hands today */
	PAGE_DESK_ITEMS,    /* all that is owed */
	PAGE_DESK_ITEM,	    /* one thing of the plan */
	PAGE_DESK_OUTBOX,   /* messages out */
	PAGE_DESK_MESSAGE,  /* one of them */
	PAGE_DESK_HOLD,	    /* keeping all of them back */
	PAGE_DESK_FORECAST,
	PAGE_DESK_CALENDAR,
	PAGE_DESK_PEOPLE,
	PAGE_DESK_MEETINGS,
	PAGE_BOARD,    /* what the board sees of one follow-up */
	PAGE_BOARDS,   /* which there are */
	PAGE_ACT,      /* what a steward does: its form, and what would follow from it */
	PAGE_REQUESTS, /* the later dates that are asked for */
	PAGE_DONE,     /* what a steward has done */
	PAGES,
};
/* Its file, without the ending, and its names. */
struct page_kind {
	const char *file;
	const struct template_var *vars;
};
extern const struct page_kind page_kinds[PAGES];

/*
 * What can be wrong with what somebody has typed. The sentences are page_fault.html's, where each of
 * these is a flag of the name in page_fault_names.
 */
enum page_fault {
	FAULT_NONE,
	FAULT_STATUS_MISSING,
	FAULT_STATUS_UNKNOWN,
	FAULT_PROGRESS_MISSING,
	FAULT_PROGRESS_UNREADABLE, /* no whole number from 0 to 100 */
	FAULT_AMOUNT_MISSING,
	FAULT_AMOUNT_UNREADABLE,
	FAULT_AMOUNT_FRACTION,	/* not in whole kronor */
	FAULT_AMOUNT_AMBIGUOUS, /* 1,250 mnkr */
	FAULT_AMOUNT_TOO_LARGE,
	FAULT_TEXT_MISSING,
	FAULT_TEXT_TOO_LONG, /* `limit` characters at most; it has `count` */
	FAULT_REFERENCE_MISSING,
	FAULT_REFERENCE_TOO_LONG,
	FAULT_DATE_MISSING,
	FAULT_DATE_UNREADABLE,
	FAULT_DATE_AMBIGUOUS, /* 5/6 */
	FAULT_DATE_PAST,
	FAULT_DATE_AFTER,    /* `limit`, the last day */
	FAULT_DATE_TOO_FAR,  /* an absence of more than a year */
	FAULT_LATE_ALREADY,  /* no date can be promised of what is late */
	FAULT_NOT_ASKED,     /* nor of what nobody has asked for yet */
	FAULT_NOT_ALLOWED,   /* somebody else is to answer it */
	FAULT_NOTHING_GIVEN, /* of several things none is filled in */
	FAULT_TWO_ANSWERS,   /* to one question, in two forms */
	FAULT_CHOICE_MISSING,
	FAULT_CHOICE_UNKNOWN, /* none of those that the list has */
	FAULT_LINK_UNREADABLE,
	FAULT_TEXT_HOLE,	/* something in it is to be filled in yet */
	FAULT_DATE_BEFORE,	/* the last day is before the first */
	FAULT_DATE_NOT_LATER,	/* than `limit`, the day that stands */
	FAULT_TWO_DATES,	/* a day and a meeting */
	FAULT_DUE_NOT_RETURNED, /* a date for what is not to be handed in again */
	FAULT_TOO_MANY,		/* `limit` of them at most; there are `count` */
	FAULT_PAPERS_PAST,	/* the papers for that meeting are past */
	FAULT_NOTHING_LEFT,	/* all of it is answered */
	FAULT_GIVEN_WAY,	/* a later occurrence stands instead */
	FAULT_BEFORE_ORIGINAL,	/* an extension is corrected to no day before that of the plan */
	FAULT_DECIDED,		/* a request is decided on already */
	FAULT_HAS_LEFT,		/* what is to be undone is on its way */
	FAULT_STANDS_ON,	/* something later stands on what is to be undone */
	FAULT_BODY_BEFORE,	/* a meeting of a body that the matter passes before its own */
	FAULT_NOT_ITS_BODY,	/* a body that the matter does not pass */
	FAULT_WHICH_DEADLINE,	/* one of a measure's is to be named */
	FAULT_CLOSED,		/* the measure is done or cancelled */
	FAULT_OWN_DEPUTY,	/* who is away stands in for themselves */
	FAULT_NOT_AWAY,		/* the absence is over, or cancelled already */
	FAULT_UNDONE,		/* already */
	FAULT_TOO_LATE_TO_UNDO, /* older than what can be undone, or too much */
	FAULT_NOT_THERE,	/* the plan has it no more */
	FAULT_REFUSED,		/* for a reason that the page knows no words for */
	PAGE_FAULTS,
};
extern const char *const page_fault_names[PAGE_FAULTS]; /* [FAULT_NONE] is NULL */
