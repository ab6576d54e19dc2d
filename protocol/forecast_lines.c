/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A group of messages is told in one of these ways:
 *
 *	reminder to akut: RS-58 HSN-03 (-10wd)		one message, or several that say the same
 *	9 reminders, RS-58 (-10wd)			and a line for each
 *	the same (-5wd)					as those just told
 *	the same 9 reminders, RS-58 (-2wd)		as the last ones of that kind about that deadline
 *	8 reminders, RS-58 (0): the same but for	and a line for each that is other than then
 *
 * What was told last is remembered by kind and deadlines, a single message by whom it reaches too; of a series by the
 * series, whose occurrences are told alike.
 */
#include "protocol/forecast_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/forecast_groups.h"
#include "protocol/forecast_phrase.h"
#include "protocol/text_stream.h"

#define BRIEF 3	  /* names of a line at most that is told again: "the same" is no shorter */
#define CHANGES 3 /* at most, and of no more than every third message */

char *forecast_step(const json_t *item)
{
	struct text_stream stream;

	if (text_stream_open(&stream))
		forecast_put_step(stream.file, item);
	return text_stream_close(&stream, NULL);
}

/* ---- who tells ------------------------------------------------------------------------------------ */

struct teller {
	/* Of one line after the other: a stream for each is dearer than what it takes. */
	struct text_stream text;
	json_t *lines;
	json_t *told; /* groups by what they are remembered by: the one that was told last */
	const json_t *before; /* the one that was told just now */
	bool explained;	      /* the step 0 */
	bool failed;
};

/* ---- what was told before ------------------------------------------------------------------------- */

/* All its messages say the same: one line tells it, with whom they reach. */
static bool is_one_line(json_t *to)
{
	const json_t *first = json_object_iter_value(json_object_iter(to));
	const char *name;
	json_t *lists;

	json_object_foreach (to, name, lists)
		if (!json_equal(first, lists))
			return false;
	return true;
}

/* What a group is remembered by. The caller frees it; NULL: out of memory. */
static char *memory_of(struct teller *teller, const json_t *group)
{
	FILE *out = teller->text.file;
	json_t *to = json_object_get(group, "to");
	const json_t *about;
	const char *memory;
	size_t i;

	fputs(forecast_text(group, "kind"), out);
	json_array_foreach (json_object_get(group, "of"), i, about) {
		const char *deadline = forecast_text(about, "deadline");

		fprintf(out, "\n%.*s", (int)strcspn(deadline, "@"), deadline);
	}
	if (json_object_size(to) == 1)
		fprintf(out, "\nto %s", json_object_iter_key(json_object_iter(to)));
	memory = text_stream_said(&teller->text);
	return memory ? strdup(memory) : NULL;
}

/* To how many it is other than then: more of them, fewer, or something else. */
static size_t count_changes(json_t *then, json_t *now)
{
	size_t changes = 0;
	const char *name;
	json_t *lists;

	json_object_foreach (now, name, lists)
		changes += !json_equal(json_object_get(then, name), lists);
	json_object_foreach (then, name, lists)
		changes += !json_object_get(now, name);
	return changes;
}

static bool is_brief(json_t *to)
{
	const json_t *lists = json_object_iter_value(json_object_iter(to)), *list;
	size_t names = json_object_size(to), i;

	json_array_foreach (lists, i, list)
		names += json_array_size(list);
	return is_one_line(to) && names <= BRIEF;
}

enum how {
	IN_FULL,
	AGAIN,
	THE_SAME,
	BUT_FOR_SOME,
};

/* Are both about the same deadlines, one occurrence of each, at one step? Then the step alone is new. */
static bool only_step_differs(const json_t *group, const json_t *then)
{
	const json_t *of = json_object_get(group, "of"), *of_then = json_object_get(then, "of");

	for (size_t i = 0; i < json_array_size(of); i++)
		if (!forecast_agree(json_array_get(of, i), json_array_get(of_then, i), "deadline"))
			return false;
	return forecast_one_step(of) && *forecast_text(json_array_get(of, 0), "step");
}

/* then: the group that it may be the same as, or NULL; just_told: nothing was told after it. */
static enum how how_to_tell(const json_t *group, const json_t *then, bool just_told)
{
	json_t *to = json_object_get(group, "to");
	const size_t changes = then ? count_changes(json_object_get(then, "to"), to) : 0;

	if (!then || is_brief(to))
		return IN_FULL;
	if (changes == 0)
		return just_told && only_step_differs(group, then) ? AGAIN : THE_SAME;
	if (is_one_line(to) || changes > CHANGES || changes * 3 > json_object_size(to))
		return IN_FULL;
	return BUT_FOR_SOME;
}

/* ---- the lines ------------------------------------------------------------------------------------ */

static void add_line(struct teller *teller, json_t *line, bool is_short)
{
	if (line && is_short)
		teller->failed |= json_object_set_new(line, "short", json_true()) < 0;
	teller->failed |= json_array_append_new(teller->lines, line) < 0;
}

static void put_receivers(FILE *out, json_t *to)
{
	const size_t count = json_object_size(to);
	const char *name;
	json_t *lists;
	size_t i = 0;

	json_object_foreach (to, name, lists)
		fprintf(out, "%s%s", i ? forecast_joint(i, count) : " to ", name), i++;
}

static void put_text(struct forecast_phrase *p, const json_t *group, enum how how)
{
	json_t *to = json_object_get(group, "to");
	const bool whole = is_one_line(to) && how == IN_FULL;

	if (how == AGAIN) {
		fputs("the same", p->out);
		forecast_put_step_of(p, json_array_get(p->of, 0));
		return;
	}
	fputs(how == THE_SAME ? "the same " : "", p->out);
	forecast_put_kind(p->out, forecast_text(group, "kind"), json_object_size(to));
	if (whole || json_object_size(to) == 1)
		put_receivers(p->out, to);
	if (whole && json_array_size(p->of) > 0) {
		fputs(": ", p->out);
		forecast_put_whole(p, json_object_iter_value(json_object_iter(to)));
	} else {
		forecast_put_heading(p);
	}
	fputs(how == BUT_FOR_SOME ? ": the same but for" : "", p->out);
}

static void tell_group(struct teller *teller, const json_t *group, enum how how)
{
	struct forecast_phrase p = { .out = teller->text.file,
				     .of = json_object_get(group, "of"),
				     .explained = &teller->explained };
	const char *text;

	put_text(&p, group, how);
	text = text_stream_said(&teller->text);
	add_line(teller, json_pack("{s:s,s:s}", "when", forecast_text(group, "when"), "text", text),
		 p.cut || how != IN_FULL);
}

static void tell_member(struct teller *teller, const json_t *group, const char *name,
			const json_t *lists)
{
	struct forecast_phrase p = { .out = teller->text.file,
				     .of = json_object_get(group, "of"),
				     .explained = &teller->explained };
	const char *text;

	forecast_put_member(&p, lists);
	text = text_stream_said(&teller->text);
	add_line(teller, json_pack("{s:s,s:s}", "to", name, "items", text), p.cut);
}

/* Those that are other than then; all of them without a then. */
static void tell_members(struct teller *teller, const json_t *group, const json_t *then)
{
	json_t *to = json_object_get(group, "to"), *before = json_object_get(then, "to"), *lists;
	const char *name;

	json_object_foreach (to, name, lists)
		if (!json_equal(json_object_get(before, name), lists))
			tell_member(teller, group, name, lists);
	json_object_foreach (before, name, lists)
		if (!json_object_get(to, name))
			add_line(teller, json_pack("{s:s,s:s}", "to", name, "items", "none"),
				 false);
}

static void tell(struct teller *teller, json_t *group)
{
	char *memory = memory_of(teller, group);
	const json_t *then = memory ? json_object_get(teller->told, memory) : NULL;
	const enum how how = how_to_tell(group, then, then && then == teller->before);

	tell_group(teller, group, how);
	if (how == BUT_FOR_SOME)
		tell_members(teller, group, then);
	else if (how == IN_FULL && !is_one_line(json_object_get(group, "to")))
		tell_members(teller, group, NULL);
	teller->failed |= !memory || json_object_set(teller->told, memory, group) < 0;
	teller->before = group;
	free(memory);
}

json_t *forecast_lines(const json_t *rows)
{
	struct teller teller = { .lines = json_array(), .told = json_object() };
	json_t *groups = forecast_groups(rows), *group;
	size_t i;

	teller.failed = !text_stream_open(&teller.text) || !groups || !teller.lines || !teller.told;
	if (!teller.text.file)
		json_array_clear(groups);
	json_array_foreach (groups, i, group)
		tell(&teller, group);
	json_decref(groups);
	json_decref(teller.told);
	free(text_stream_close(&teller.text, NULL));
	if (!teller.failed)
		return teller.lines;
	json_decref(teller.lines);
	return NULL;
}
