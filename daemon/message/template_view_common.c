/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What several things have in common is told once, before them: it is taken out of each. So is what most of
 * them have in common, where at most two say another thing and at least three say this: those keep their own.
 * What a thing does not have at all it can't say otherwise, so nothing is told of most where one lacks it. In
 * a reminder that tells of others' answers too, what these have in common stands before them.
 */
#include <errno.h>
#include <string.h>

#include "message/template_view_internal.h"

#define EXCEPTIONS_MAX 2 /* that say another thing than most */
#define MOST_MIN 3	 /* that say the same */

/* What may be taken out of each thing and told once. Dates go together only if all are late or none is,
 * and a meeting's only with its body; what comes next only as a whole. */
enum of_most {
	IN_ALL,		  /* told once when it is the same in all */
	IN_MOST,	  /* and when it is in most, in reminders and escalations */
	IN_MOST_OF_OTHERS /* of what others owe only */
};
static const struct shared {
	const char *name, *with[3]; /* with: what must be the same too, for it to be told once */
	bool is_date;
	bool of_ladder; /* in reminders and escalations only */
	enum of_most of_most;
} shared[] = {
	{ "answer_by", { NULL }, true },
	{ "formal", { NULL }, true },
	{ "squeeze_day", { "formal" }, true },
	{ "stated", { NULL }, true },
	{ "formal_before", { NULL }, true },
	{ "expected_before", { NULL }, true },
	{ "chain", { "body" }, true },
	{ "meeting", { "body" }, true, false, IN_MOST },
	{ "meeting_before", { "body" }, true },
	{ "provisional", { "body" }, true },
	{ "month_over", { "body" }, true },
	{ "last_today", { NULL }, true },
	{ "one_day_left", { NULL }, true },
	{ "days_left", { NULL }, true },
	{ "part_of", { NULL }, false, false, IN_MOST },
	{ "decision", { NULL }, false, false, IN_MOST },
	{ "done_by", { "done_by_expected", "done_by_before" }, false, true, IN_MOST },
	{ "day_said", { NULL }, true, true },
	{ "owner", { "escalated" }, false, true, IN_MOST_OF_OTHERS },
	{ "opens", { NULL }, false, true },
	{ "promised_by", { NULL }, false, true },
	{ "stands_in_for", { "away_until", "promised_by" }, false, true },
	{ "required", { NULL }, false, true },
	{ "paper_frozen", { NULL }, false, true },
	{ "why", { "escalated" }, false, true },
	{ "sent_late", { "escalated" }, false, true },
	{ "asked_once", { "last_asked", "escalated" }, false, true },
	{ "asked_times", { "last_asked", "escalated" }, false, true, IN_MOST_OF_OTHERS },
	{ "next", { "next_to", "next_to_you", "escalated" }, false, true },
	{ "last", { "escalated" }, false, true },
};
#define SHARED (sizeof(shared) / sizeof(shared[0]))

/* What goes with what is shared: of no use without it. */
static const char *const companions[][2] = {
	{ "stands_in_for", "away_until" }, { "asked_once", "last_asked" },
	{ "asked_times", "last_asked" },   { "next", "next_to" },
	{ "next", "next_to_others" },	   { "next", "next_to_you" },
	{ "done_by", "done_by_expected" }, { "done_by", "done_by_before" },
	{ "done_by", "done_by_past" },
};

/* A deadline's own deliverable is no part of the deadline, is done when it is handed in, and what is said of
 * reports is not said of it. */
static bool has_no_say(const json_t *thing, const char *name)
{
	static const char *const of_reports[] = { "part_of", "required", "paper_frozen",
						  "done_by" };

	for (size_t i = 0; i < sizeof(of_reports) / sizeof(of_reports[0]); i++)
		if (strcmp(name, of_reports[i]) == 0)
			return !json_object_get(thing, "measure");
	return false;
}

/* The same in all of them: the value, or NULL when none has it. *ret_same: is it so? */
static json_t *same_in_all(const json_t *things, const char *name, bool *ret_same)
{
	const json_t *deadline = json_object_get(json_array_get(things, 0), "deadline");
	json_t *first = NULL, *thing;
	bool any = false;
	size_t i;

	*ret_same = true;
	json_array_foreach (things, i, thing) {
		json_t *value = json_object_get(thing, name);

		if (has_no_say(thing, name) &&
		    json_equal(json_object_get(thing, "deadline"), deadline))
			continue;
		if (!any)
			first = value;
		any = true;
		*ret_same &= value && first ? json_equal(value, first) : !value && !first;
	}
	return first;
}

static bool may_share(const json_t *things, const struct shared *what)
{
	bool same, late_same, with_same = true;
	const json_t *value = same_in_all(things, what->name, &same);

	same_in_all(things, "late", &late_same);
	for (size_t i = 0; i < 3 && what->with[i] && with_same; i++)
		same_in_all(things, what->with[i], &with_same);
	return value && same && with_same && (late_same || !what->is_date);
}

static void take_out(json_t *things, const char *name)
{
	json_t *thing;
	size_t i;

	json_array_foreach (things, i, thing)
		json_object_del(thing, name);
}

static int copy_name(json_t *common, const json_t *things, const char *name)
{
	bool same;
	json_t *value = same_in_all(things, name, &same);

	return value && same ? json_object_set(common, name, value) : 0;
}

static int share(json_t *common, json_t *things, const char *name)
{
	int r = copy_name(common, things, name);

	take_out(things, name);
	for (size_t i = 0; i < sizeof(companions) / sizeof(companions[0]); i++) {
		if (r < 0 || strcmp(companions[i][0], name) != 0)
			continue;
		r = copy_name(common, things, companions[i][1]);
		take_out(things, companions[i][1]);
	}
	return r;
}

/* ---- what most of them have ------------------------------------------------------------------------- */

static bool same_name(const json_t *a, const json_t *b, const char *name)
{
	const json_t *x = json_object_get(a, name), *y = json_object_get(b, name);

	return x && y ? json_equal(x, y) : !x && !y;
}

static bool is_like(const json_t *a, const json_t *b, const struct shared *what)
{
	bool like = same_name(a, b, what->name);

	for (size_t i = 0; i < sizeof(what->with) / sizeof(*what->with) && what->with[i]; i++)
		like = like && same_name(a, b, what->with[i]);
	return like;
}

/* Do most say the same as this one, and the others another thing? */
static bool is_of_most(const json_t *things, const json_t *one, const struct shared *what)
{
	size_t i, alike = 0, others = 0;
	json_t *thing;

	json_array_foreach (things, i, thing) {
		if (has_no_say(thing, what->name))
			continue;
		if (!json_object_get(thing, what->name))
			return false;
		if (is_like(thing, one, what))
			alike++;
		else
			others++;
	}
	return alike >= MOST_MIN && others > 0 && others <= EXCEPTIONS_MAX;
}

/* The one that most are like; borrowed. NULL: there is none. Where so few say another thing, it is among the
 * first that say anything. */
static json_t *find_of_most(const json_t *things, const struct shared *what)
{
	size_t i, tried = 0;
	bool late_same;
	json_t *thing;

	same_in_all(things, "late", &late_same);
	if (what->is_date && !late_same)
		return NULL;
	json_array_foreach (things, i, thing) {
		if (has_no_say(thing, what->name))
			continue;
		if (is_of_most(things, thing, what))
			return thing;
		if (++tried > EXCEPTIONS_MAX)
			break;
	}
	return NULL;
}

static int move_name(json_t *common, json_t *thing, const char *name)
{
	json_t *value = json_object_get(thing, name);
	const int r = value ? json_object_set(common, name, value) : 0;

	json_object_del(thing, name);
	return r;
}

static int move_all(json_t *common, json_t *thing, const char *name)
{
	int r = move_name(common, thing, name);

	for (size_t i = 0; i < sizeof(companions) / sizeof(companions[0]); i++)
		if (strcmp(companions[i][0], name) == 0)
			r |= move_name(common, thing, companions[i][1]);
	return r;
}

/* What is taken out of those that are like the one; they keep their body, which is said with a meeting. */
static int share_of_most(json_t *common, json_t *things, json_t *one, const struct shared *what)
{
	json_t *like = json_copy(one), *thing, *body = json_object_get(one, "body");
	int r = like ? 0 : -1;
	size_t i;

	if (what->is_date && body)
		r |= json_object_set(common, "body", body);
	json_array_foreach (things, i, thing)
		if (r == 0 && is_like(thing, like, what))
			r = move_all(common, thing, what->name);
	json_decref(like);
	return r;
}

/* ---- the whole of it -------------------------------------------------------------------------------- */

/* Has it a line in the table of facts? A day in the first sentence has one only beside another day; who is
 * asked, and how often, only where others are. */
static bool has_facts(const json_t *common, bool of_others)
{
	static const char *const always[] = { "stated",	     "formal_before", "expected_before",
					      "meeting",     "part_of",	      "decision",
					      "provisional", "chain",	      "done_by" };
	static const char *const asked[] = { "owner", "asked_once", "asked_times" };
	const bool said = json_object_get(common, "day_said") != NULL;
	bool any = json_object_get(common, "formal") && !(said && json_object_get(common, "late"));

	any |= json_object_get(common, "answer_by") && !said;
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		any |= json_object_get(common, always[i]) != NULL;
	for (size_t i = 0; of_others && i < 3; i++)
		any |= json_object_get(common, asked[i]) != NULL;
	return any;
}

/* Is a deadline's own deliverable among them, beside measures? */
static bool is_whole_among(const json_t *things)
{
	json_t *thing;
	size_t i;

	json_array_foreach (things, i, thing)
		if (!json_object_get(thing, "measure"))
			return true;
	return false;
}

/* Of which things, and what of them may be told once. */
struct group {
	const char *name; /* of the view's list */
	json_t *things;
	bool of_ladder;
	bool of_others; /* all of it is what others owe */
	bool mixed;	/* beside what the recipient owes there is what others do */
};

/* In a reminder that tells of others' answers too, what a deadline's deliverable is part of would name what the
 * first sentence has named: it is said of the reports. */
static bool is_said_already(const struct group *g, const struct shared *what)
{
	return g->mixed && strcmp(what->name, "part_of") == 0 && is_whole_among(g->things);
}

/* Take out what may be told once; *ret_dates: a date is, *ret_mostly: some say another thing. */
static int gather(const struct group *g, json_t *common, bool *ret_dates, bool *ret_mostly)
{
	int r = 0;

	for (size_t i = 0; r == 0 && json_array_size(g->things) > 1 && i < SHARED; i++) {
		const struct shared *what = &shared[i];
		json_t *one;

		if ((what->of_ladder && !g->of_ladder) || is_said_already(g, what))
			continue;
		if (may_share(g->things, what)) {
			*ret_dates |= what->is_date;
			r = share(common, g->things, what->name);
			continue;
		}
		one = g->of_ladder && what->of_most != IN_ALL &&
				      (what->of_most == IN_MOST || g->of_others)
			      ? find_of_most(g->things, what)
			      : NULL;
		*ret_mostly |= one != NULL;
		if (one)
			r = share_of_most(common, g->things, one, what);
	}
	return r;
}

static int put_group(struct template_view *v, const struct group *g)
{
	struct template_view common = { json_object(), v->language, v->options, false };
	bool dates = false, mostly = false;
	json_t *list;
	int r = common.object ? gather(g, common.object, &dates, &mostly) : -1;

	if (r == 0 && dates) { /* "late" stays: the sentences of each thing turn on it */
		r = copy_name(common.object, g->things, "body") |
		    copy_name(common.object, g->things, "late") |
		    copy_name(common.object, g->things, "passed");
		take_out(g->things, "passed");
	}
	if (json_object_size(common.object) > 0) {
		template_view_put_flag(&common, "facts_shared",
				       has_facts(common.object, g->of_others));
		template_view_put_flag(&common, "whole",
				       json_object_get(common.object, "part_of") &&
					       is_whole_among(g->things));
		template_view_put_flag(&common, "both", json_array_size(g->things) == 2);
		template_view_put_flag(&common, "mostly", mostly);
		list = r == 0 && !common.failed ? json_pack("[O]", common.object) : NULL;
		r = list ? json_object_set_new(v->object, g->name, list) : -1;
	}
	json_decref(common.object);
	return r;
}

/* Those that others owe: the same objects in a list of their own. */
static json_t *others_of(const json_t *things)
{
	json_t *others = json_array(), *thing;
	size_t i;

	json_array_foreach (things, i, thing)
		if (json_object_get(thing, "escalated"))
			json_array_append(others, thing);
	return others;
}

int template_view_put_common(struct template_view *v, enum message_kind kind, json_t *things)
{
	const bool mixed = json_object_get(v->object, "others") != NULL;
	json_t *others = mixed ? others_of(things) : NULL;
	int r = put_group(v, &(struct group){ "common", things, kind_is_ladder(kind),
					      kind == KIND_ESCALATION, mixed });

	if (r == 0 && json_array_size(others) > 1)
		r = put_group(v, &(struct group){ "others_common", others, true, true, false });
	json_decref(others);
	return r < 0 ? -ENOMEM : 0;
}
