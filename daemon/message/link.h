/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Links: a URL by which a person answers from a mail without an account. The token in it says for whom and
 * about what, and is signed, so that nothing is stored for it:
 *
 *	TOKEN = base64url( the first 16 bytes of HMAC-SHA256(key of the purpose, TEXT) ‖ TEXT )
 *	TEXT  = WHO "/" DEADLINE "/" MEASURE "/" UNTIL
 *
 * There is nothing random in it: the same link has the same URL, as a mail whose bytes are frozen needs. It
 * is neither secret from its reader nor encrypted; whoever has it may answer, so it stands in no log.
 */
#pragma once
#include "ledger/types.h"
#include "plan/plan.h"

enum link_purpose {
	LINK_ANSWER,   /* /a/TOKEN: one item, for one person to answer */
	LINK_MINE,     /* /mine/TOKEN: all that a person owes */
	LINK_CALENDAR, /* /calendar/TOKEN.ics: a person's or a body's calendar */
	LINK_BOARD,    /* /board/TOKEN: what the board sees, for one person who only reads */
	LINK_SIGN_IN,  /* /in/TOKEN: to sign in, once: who is the id of its row */
	LINK_PURPOSES
};

#define LINK_DAYS 30	       /* that an answer's link works after the papers date */
#define LINK_CALENDAR_DAYS 730 /* that a calendar's link works after it was made */
#define LINK_BOARD_DAYS \
	400 /* that a board's link works after it was made: from one year's follow-up to the next */
#define LINK_TOKEN 328 /* bytes of the longest token and its NUL */
#define LINK_URL (LINK_TOKEN + 220)

struct link {
	enum link_purpose purpose;
	bool of_body; /* LINK_CALENDAR: who is a body's id, not a person's */
	char who[ITEM_ID];
	char deadline[ITEM_ID];	 /* LINK_ANSWER; of an occurrence, its own id. Else "" */
	char measure[ITEM_ID];	 /* LINK_ANSWER; "": the deadline's own deliverable. Else "" */
	struct civil_date until; /* the last day on which it works */
};

/* For one person, to answer one item of these papers; measure's text may be NULL or "": the deliverable. */
struct link link_answer(struct person_id who, struct deadline_id deadline,
			struct measure_id measure, struct civil_date papers);
/* For one person, to all that they owe; papers: the latest that it was made for. */
struct link link_mine(struct person_id who, struct civil_date papers);
/* To the calendar of a person, or of a body, from today. */
struct link link_calendar(struct person_id who, struct civil_date today);
struct link link_body_calendar(struct body_id who, struct civil_date today);
/* To the board, for a person, from today. */
struct link link_board(struct person_id who, struct civil_date today);

/* To sign in with, by the id of its row in the ledger, which says for whom, and until when to the minute. */
struct link link_sign_in(const char *login, struct civil_date until);

/* What links are made and read with: keys, and what they begin with. */
struct links;

/*
 * From the settings' secret_file, which is read here and forgotten. 0 with *ret set, NULL where the settings
 * have no web; or a negative errno, of which secret_fault tells.
 */
int links_new(struct links **ret, const struct web_settings *web);
struct links *links_free(struct links *l);

/* What comes before a token in the path, "/a/", and after it, "" or ".ics". */
const char *link_prefix(enum link_purpose purpose);
const char *link_suffix(enum link_purpose purpose);

/* The token; the whole URL. Both return out. */
char *links_token(const struct links *l, const struct link *link, char out[static LINK_TOKEN]);
char *links_url(const struct links *l, const struct link *link, char out[static LINK_URL]);
/* The URL of a page for who is signed in: its path, and the id, or "", that ends its query. Returns out. */
char *links_page(const struct links *l, const char *path, const char *id,
		 char out[static LINK_URL]);
/* Cut, in place, each link that somebody could answer by, or have their calendar by, before its token: "…" stands
 * for it. l, text: NULL, nothing is done. */
void links_conceal(const struct links *l, char *text);
#define LINK_SECRET 44 /* bytes of one, base64url, and its NUL */
/* What nobody can make who has not the secret: 256 bits that follow from it, and from what is said to be kept apart by
 * the first words of text. Returns out. */
char *links_secret(const struct links *l, const char *text, char out[static LINK_SECRET]);
/*
 * Read a token from outside, without prefix and suffix. False, with *ret untouched, unless it was made with
 * these keys for this purpose: nothing tells what is wrong with it. Whether it is past its last day, and
 * whether its person and item are there still, is for whoever asks: a page has a sentence for each.
 */
bool links_read(const struct links *l, enum link_purpose purpose, const char *token,
		struct link *ret);
