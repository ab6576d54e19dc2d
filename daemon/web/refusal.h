/* SPDX-License-Identifier: Apache-2.0 */
/* Why a request is not answered as it wished: the status of each, and its page. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "message/templates.h"
#include "plan/plan.h"

/*
 * The status of each with its phrase, what the template of errors calls it, whether it may be otherwise soon, and
 * the clause for the log. One list for enum and table, so that none can be without its page.
 *
 * NOT_FOUND: no such page, a token that is not ours, an item that is not there. FORM: fields that are not those of
 * the form. FOREIGN: a form of another site, or without the token that ours have. SIGNED_OUT: a form of a page
 * that one is to be signed in for. NOT_FOR_THEM: a page of stewards. MISDIRECTED: for another host. MANY: this
 * address has its share of connections, OFTEN: of links to sign in, BUSY: all are taken. CROWDED: as many pages are
 * being made as there may be. NOT_STORED: the disk is full, or the store is in use. POSED, FORGED: in the log, of one
 * that is answered as if it had not said who it is, or as not found.
 */
#define REFUSAL_LIST(ROW)                                                                         \
	ROW(NOT_FOUND, 404, "Not Found", "not_found", false, NULL)                                \
	ROW(MALFORMED, 400, "Bad Request", "malformed", false,                                    \
	    "its request is not HTTP as it should be")                                            \
	ROW(FORM, 400, "Bad Request", "form", false, "its form has fields that the page has not") \
	ROW(FOREIGN, 403, "Forbidden", "foreign", false,                                          \
	    "its form is not one of ours, or of another site")                                    \
	ROW(SIGNED_OUT, 403, "Forbidden", "signed_out", false,                                    \
	    "its form is of who is signed in, and nobody is")                                     \
	ROW(NOT_FOR_THEM, 403, "Forbidden", "not_for_them", false,                                \
	    "it asked for a page of stewards, and is signed in as somebody else")                 \
	ROW(METHOD, 405, "Method Not Allowed", "method", false,                                   \
	    "the page has not the method it asks for")                                            \
	ROW(LATE, 408, "Request Timeout", "late", false,                                          \
	    "its request was not there in 10 seconds")                                            \
	ROW(NO_LENGTH, 411, "Length Required", "malformed", false,                                \
	    "its request does not say its length")                                                \
	ROW(TOO_LARGE, 413, "Content Too Large", "too_large", false,                              \
	    "its form has more than 64 KiB")                                                      \
	ROW(NOT_A_FORM, 415, "Unsupported Media Type", "form", false,                             \
	    "what it sent is not a form")                                                         \
	ROW(MISDIRECTED, 421, "Misdirected Request", "misdirected", false,                        \
	    "it asked for another host than web.public_url has; a reverse "                       \
	    "proxy must pass the Host header on")                                                 \
	ROW(MANY, 429, "Too Many Requests", "many", true,                                         \
	    "it has as many connections as one address may have")                                 \
	ROW(OFTEN, 429, "Too Many Requests", "often", true,                                       \
	    "it asks for links to sign in again and again")                                       \
	ROW(HEAD_TOO_LARGE, 431, "Request Header Fields Too Large", "malformed", false,           \
	    "the head of its request has more than 8 KiB, or too many parts")                     \
	ROW(BROKEN, 500, "Internal Server Error", "broken", false, NULL)                          \
	ROW(BUSY, 503, "Service Unavailable", "busy", true,                                       \
	    "there are as many connections as there may be")                                      \
	ROW(CROWDED, 503, "Service Unavailable", "busy", true,                                    \
	    "as many pages are being made as there may be")                                       \
	ROW(NOT_STORED, 503, "Service Unavailable", "not_stored", true, NULL)                     \
	ROW(POSED, 403, "Forbidden", "foreign", false,                                            \
	    "its proxy_user_header was ignored: it is none of web.proxies, or said it twice")     \
	ROW(FORGED, 404, "Not Found", "not_found", false,                                         \
	    "the token in its link is none of ours: cut off, or made up")

enum refusal {
	REFUSAL_NONE,
#define REFUSAL_NAME(name, ...) REFUSAL_##name,
	REFUSAL_LIST(REFUSAL_NAME)
#undef REFUSAL_NAME
		REFUSALS,
};

unsigned refusal_status(enum refusal why);
/* "Bad Request" and so on. */
const char *refusal_phrase(enum refusal why);
/* For the log, as a clause; NULL when nothing is odd about it. */
const char *refusal_clause(enum refusal why);
/* Whoever is refused so may come again soon. */
bool refusal_passes(enum refusal why);

/* A page, written once. */
struct refusal_page {
	char *html;
	size_t length;
};
struct refusal_pages;

/* All of them in all languages. root: what links begin with; write_to: an address for who needs help, or NULL. 0
 * or a negative errno. */
int refusal_pages_new(struct refusal_pages **ret, const struct templates *templates,
		      const char *root, const char *write_to);
struct refusal_pages *refusal_pages_free(struct refusal_pages *p);
const struct refusal_page *refusal_page(const struct refusal_pages *p, enum refusal why,
					enum language language);
