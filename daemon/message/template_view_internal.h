/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the view: template_view_vars.c has the names, template_view_item.c makes an item's
 * object, template_view_dates.c what it says of dates, template_view_common.c what several say, template_view_said.c what people and servers said of it,
 * template_view_desk.c where a steward deals with it, template_view.c the whole. */
#pragma once
#include "message/template_view.h"

/* The names of one thing that a message, or a page, speaks of. */
extern const struct template_var template_item_vars[];
/* Rows of tables of names. */
#define FILLED(text)                             \
	{                                        \
		.name = text, .kind = VAR_FILLED \
	}
#define OPTIONAL(text)                             \
	{                                          \
		.name = text, .kind = VAR_OPTIONAL \
	}
#define DRAWING(text)                             \
	{                                         \
		.name = text, .kind = VAR_DRAWING \
	}
#define FLAG(text)                             \
	{                                      \
		.name = text, .kind = VAR_FLAG \
	}
#define LIST(text, vars)                                         \
	{                                                        \
		.name = text, .kind = VAR_LIST, .inner = (vars), \
	}
#define END                  \
	{                    \
		.name = NULL \
	}

/* What all things of a message may have in common; the names are those of an item. */
extern const struct template_var template_common_vars[];

/* An object being filled. What is missing is left out, never put in blank. */
struct template_view {
	json_t *object;
	enum language language;
	const struct template_view_options *options;
	bool failed; /* out of memory */
};
void template_view_put(struct template_view *v, const char *name, const char *text);
void template_view_put_flag(struct template_view *v, const char *name, bool on);
void template_view_put_number(struct template_view *v, const char *name, size_t number);
/* In words up to twelve. */
void template_view_put_words(struct template_view *v, const char *name, size_t number);
/* For facts, with its year; for sentences, without it where it is this year's. */
void template_view_put_date(struct template_view *v, const char *name, struct civil_date d);
void template_view_put_near(struct template_view *v, const char *name, struct civil_date d);

#define TEMPLATE_NAMES_SHOWN 6 /* in a list of people; how many more there are follows */
/* Words as a sentence has them: "A, B och C"; where one holds a comma, but for the last, which ends what it
 * says: "A; B, chef; och C". At most TEMPLATE_NAMES_SHOWN + 2. */
void template_view_put_list(struct template_view *v, const char *name, const char *const *words,
			    size_t count);
/* What the answer must give, in words, and the options of the command that give it. */
void template_view_put_required(struct template_view *v, const struct content_item *item);
/* The options alone, of a status that must give the fields of `require`, bits 1 << enum status_field. */
void template_view_put_options(struct template_view *v, unsigned require, bool effect_planned);
/* Of a message whose items, `things`, ask the recipient for something or tell of what is asked of others:
 * how much it is, by when, and how commands answer it. `day_said` is put in each thing whose day that says. */
int template_view_put_asked(struct template_view *v, const struct message_content *n,
			    json_t *things);

/* What the message's things, which are in the view's "others" and "items" to be, have in common, or most of
 * them: taken out of each, and told once. 0 or -ENOMEM. */
int template_view_put_common(struct template_view *v, enum message_kind kind, json_t *things);

/* A date of the item's detail, CIVIL_NONE if that has none of the name. */
struct civil_date template_view_detail_date(const struct content_item *item, const char *name);
/* The day to go by: "day" for subjects, "date" for sentences. */
void template_view_put_day(struct template_view *v, const struct content_item *item);
/* All dates of an item, and what they were before they changed. */
void template_view_put_dates(struct template_view *v, const struct content_item *item);
/*
 * A step that comes after the day ladders count from, while the answer is still in time (a statutory
 * limit that falls on a closed day), speaks of the days left: "1 working day after the last day" would
 * deny the date beside it.
 */
bool template_view_speaks_of_days_left(const struct content_item *item);

/* A decision, as minutes and diaries name it; "§ 58" stays on one line. */
void template_view_put_reference(struct template_view *v, const char *name, const char *reference);
/* An id as people read it: of an occurrence, its series and its day: "IK, 30 september 2026". */
void template_view_put_shown(struct template_view *v, const char *name, const char *id);
/* What the item's detail says. */
void template_view_put_said(struct template_view *v, const struct content_item *item);

/* What the recipient's reply was understood as, and the link to where it is recorded. */
void template_view_put_reply(struct template_view *v, const struct message_content *n,
			     const struct content_item *item);

/* By when a measure is to be done, and of an alert about its light: which, and why. */
void template_view_put_light(struct template_view *v, const struct content_item *item);

/* Where the recipient, a steward, deals with it. */
void template_view_put_desk(struct template_view *v, const struct content_item *item);
/* Of things that lead to one page one after another, only the last does; where the desk begins, if any leads there. */
void template_view_desk_once(struct template_view *v, json_t *things);

/* Is it the recipient, a person, who is to answer it? */
bool template_view_may_answer(const struct message_content *n, const struct content_item *item);

/* One item of a message, as templates see it: a new object, or NULL when out of memory. */
json_t *template_view_item(const struct message_content *n, const struct content_item *item,
			   const struct template_view_options *options);
/* What a further deadline of the same measure adds to it. */
json_t *template_view_also(const struct message_content *n, const struct content_item *item,
			   const struct template_view_options *options);
