/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Views of pages: what their templates see (message/page.h has the names). What is told of an item is the
 * same as its mail tells: both are made by message/template_view.
 */
#pragma once
#include "web/asked.h"
#include "web/exchange.h"
#include "web/form.h"
#include "web/receipt.h"
#include "web/signed_in.h"
#include "web/site.h"

/* Where in the navigation a page of who is signed in is. */
enum desk_place {
	DESK_ELSEWHERE,
	DESK_TODAY,
	DESK_ITEMS,
	DESK_CALENDAR,
	DESK_FORECAST,
	DESK_OUTBOX,
	DESK_BOARD,
	DESK_PLACES,
};

/* For whom a page is, and when. */
struct page_reader {
	struct web *web;
	const struct person *person; /* NULL: they left the plan */
	enum language language;
	struct instant now;
};
struct page_reader page_reader(struct web *w, const struct exchange *x, const struct person *person,
			       struct instant now);

/* A view with what every page has. These return a new reference, or NULL when there is no memory. */
json_t *page_new(const struct page_reader *to);
/* A view of a page for who is signed in, whose frame is page_desk_top.html: with who they are, the navigation, which
 * has `place` as where they are, and the token that its forms must have. */
json_t *page_new_signed_in(const struct page_reader *to, const struct exchange *x,
			   enum desk_place place);
/* What is settled of an item. */
json_t *page_facts(const struct page_reader *to, const struct asked *a);

/* A form to be shown. */
struct page_form {
	const struct asked *asked;
	unsigned number;
	enum form_action action;
	const struct form *form; /* as it was sent, with its faults, or as it begins; NULL: empty */
	bool several; /* of several on the page: faults name theirs, and it has a link to its own */
	bool open;
};
/* Adds to the view's forms, and to its faults. 0 or a negative errno. */
int page_add_form(const struct page_reader *to, json_t *view, const struct page_form *f);

/* A fault, and where: the number is that of its field's name. */
struct page_fault_at {
	const struct form_fault *fault;
	enum form_entry entry;
	unsigned number;
};
/* To the field's `fault`, and to the view's faults, the summary at the top. 0 or -ENOMEM. */
int page_add_fault(const struct page_reader *to, json_t *view, json_t *field,
		   const struct page_fault_at *f);

/* Asking for a later date: the form's `groups` of meetings, and what is asked for already. 0 or a negative errno. */
int page_put_request(const struct page_reader *to, json_t *form, const struct asked *a,
		     const char *chosen);

/* Adds to the view's receipts. 0 or a negative errno. */
int page_add_receipt(const struct page_reader *to, json_t *view, const struct asked *a,
		     const struct receipt *r);

/* What something was typed about; each may be NULL. */
struct page_unsaved {
	const char *id, *title;
};
/* Adds what was typed and can't be recorded, if anything was, to the view's unsaved, so that it can be copied. 0 or
 * a negative errno. */
int page_add_unsaved(const struct page_reader *to, json_t *view, const struct form *form,
		     const struct page_unsaved *about);

/* Render and answer; takes the view. A NULL view, or one that can't be rendered, is answered as broken. */
void page_send(struct exchange *x, const struct page_reader *to, unsigned status, enum page page,
	       json_t *view);

/* Put what is something; nothing is left out. */
void page_put(json_t *object, const char *name, const char *text);
void page_put_flag(json_t *object, const char *name, bool on);
/* Nothing is put for none. */
void page_put_count(json_t *object, const char *name, size_t count);
void page_put_day(const struct page_reader *to, json_t *object, const char *name,
		  struct civil_date day);
/* What an event says is due: a date, or the meeting of a month, "meeting RF 2026-10". */
void page_put_due(const struct page_reader *to, json_t *object, const char *name, const char *due);
/* With its time of day: "tisdag 12 maj 2026 kl. 09.30". */
void page_put_instant(const struct page_reader *to, json_t *object, const char *name,
		      struct instant at);
void page_put_amount(const struct page_reader *to, json_t *object, const char *name,
		     const json_t *value);
/* An id as people read it: of an occurrence, its series and its day. */
void page_put_id(const struct page_reader *to, json_t *object, const char *name, const char *id);
/* To the item's own page. */
void page_put_link(const struct page_reader *to, json_t *object, const struct asked *a);
/* The name of who an event is from, for its reader: NULL for themself, and for who has none. */
const char *page_source_name(const struct page_reader *to, const char *source);
