/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is about the same deadlines is written of a group's `of` and, for each of these, of a list of measures
 * (protocol/forecast_groups.h). A list is told in full, or by its first measures and the number of the rest, or, where
 * it has all that there are, by their number alone.
 */
#include "protocol/forecast_phrase.h"

#include <string.h>

#include "protocol/forecast_groups.h"

#define NAMED 6	  /* measures of a list, */
#define FURTHER 3 /* and of more than so many further ones their number */
#define ALL 5	  /* from which on all of them are told by their number */

/* ---- words ---------------------------------------------------------------------------------------- */

/* "13th", "21st", "112th" */
static const char *ordinal_ending(json_int_t n)
{
	static const char *const endings[] = { "th", "st", "nd", "rd" };
	const bool teen = n % 100 / 10 == 1;

	return endings[!teen && n % 10 <= 3 ? n % 10 : 0];
}

void forecast_put_step(FILE *out, const json_t *item)
{
	static const char *const times[] = { "second", "third",	   "fourth", "fifth",
					     "sixth",  "seventh",  "eighth", "ninth",
					     "tenth",  "eleventh", "twelfth" };
	const json_int_t repeated = json_integer_value(json_object_get(item, "repetition"));

	fputs(forecast_text(item, "step"), out);
	if (repeated > 0 && repeated <= (json_int_t)(sizeof(times) / sizeof(times[0])))
		fprintf(out, ", %s time", times[repeated - 1]);
	else if (repeated > 0)
		fprintf(out, ", %lld%s time", (long long)repeated + 1,
			ordinal_ending(repeated + 1));
}

void forecast_put_step_of(struct forecast_phrase *p, const json_t *about)
{
	const bool zero = strcmp(forecast_text(about, "step"), "0") == 0;

	if (!*forecast_text(about, "step"))
		return;
	fputs(" (", p->out);
	forecast_put_step(p->out, about);
	/* Other steps count from it. Not the papers date: that may be the working day after. */
	if (zero && !*p->explained &&
	    json_integer_value(json_object_get(about, "repetition")) == 0) {
		fputs(", the last working day", p->out);
		*p->explained = true;
	}
	fputc(')', p->out);
}

/* "9 reminders", "reminder", "2 moved messages" */
void forecast_put_kind(FILE *out, const char *kind, size_t count)
{
	static const struct {
		const char *kind, *noun;
	} nouns[] = {
		{ "reminder", "reminder" },
		{ "escalation", "escalation" },
		{ "alert", "alert" },
		{ "confirmation", "confirmation" },
		{ "rereport", "frozen paper" }, /* as the pages and papers call it */
		{ "forward", "forwarded mail" },
	};
	const char *noun = NULL;

	for (size_t i = 0; !noun && i < sizeof(nouns) / sizeof(nouns[0]); i++)
		if (strcmp(kind, nouns[i].kind) == 0)
			noun = nouns[i].noun;
	if (count > 1)
		fprintf(out, "%zu ", count);
	fprintf(out, "%s%s%s", noun ? noun : kind, noun ? "" : " message", count > 1 ? "s" : "");
}

const char *forecast_joint(size_t i, size_t count)
{
	return i == 0 ? "" : i + 1 < count ? ", " : " and ";
}

/* ---- what a message is about ---------------------------------------------------------------------- */

bool forecast_one_step(const json_t *of)
{
	const json_t *first = json_array_get(of, 0), *about;
	size_t i;

	json_array_foreach (of, i, about)
		if (!forecast_agree(first, about, "step") ||
		    !forecast_agree(first, about, "repetition"))
			return false;
	return true;
}

/* Of each of these the measures are the same. */
static bool one_list(const json_t *lists)
{
	const json_t *list;
	size_t i;

	json_array_foreach (lists, i, list)
		if (!json_equal(json_array_get(lists, 0), list))
			return false;
	return true;
}

/* So many of what the group is about, as they share a list: "RS-58 and LAGE". */
struct subject {
	size_t first, count;
};

/* A measure by itself is asked for by no deadline. */
static size_t count_names(const struct forecast_phrase *p, struct subject s)
{
	size_t names = 0;

	for (size_t i = s.first; i < s.first + s.count; i++)
		names += *forecast_text(json_array_get(p->of, i), "deadline") != '\0';
	return names;
}

static void put_names(struct forecast_phrase *p, struct subject s, bool steps)
{
	const size_t names = count_names(p, s);

	for (size_t i = s.first, said = 0; i < s.first + s.count; i++) {
		const json_t *about = json_array_get(p->of, i);

		if (!*forecast_text(about, "deadline"))
			continue;
		fprintf(p->out, "%s%s", forecast_joint(said++, names),
			forecast_text(about, "deadline"));
		if (steps)
			forecast_put_step_of(p, about);
	}
}

static bool has_itself(const json_t *list)
{
	const char *first = json_string_value(json_array_get(list, 0));

	return first && !*first;
}

static size_t count_measures(const json_t *list)
{
	return json_array_size(list) - has_itself(list);
}

/* Are they too many to be named, and all there are? */
static bool are_all(const struct forecast_phrase *p, struct subject s, const json_t *list)
{
	const size_t count = count_measures(list);

	for (size_t i = s.first; i < s.first + s.count; i++)
		if (json_integer_value(json_object_get(json_array_get(p->of, i), "all")) !=
		    (json_int_t)count)
			return false;
	return count >= ALL;
}

/* "HSN-1, HSN-2"; "HSN-1, HSN-2, … HSN-6 and 3 more"; "all 14 measures" */
static void put_measures(struct forecast_phrase *p, struct subject s, const json_t *list)
{
	const size_t first = has_itself(list), count = count_measures(list);
	const size_t shown = count > NAMED + FURTHER ? NAMED : count;

	p->cut |= shown < count || are_all(p, s, list);
	if (are_all(p, s, list)) {
		fprintf(p->out, "all %zu measures", count);
		return;
	}
	for (size_t i = 0; i < shown; i++)
		fprintf(p->out, "%s%s", i ? ", " : "",
			json_string_value(json_array_get(list, first + i)));
	if (shown < count)
		fprintf(p->out, " and %zu more", count - shown);
}

/* Where the subject is not named before: "RS-58", "RS-58 HSN-1", "RS-58 itself and HSN-1", "all 14 measures of
 * RS-58"; "HSN-1" of no deadline. */
static void put_named(struct forecast_phrase *p, struct subject s, const json_t *list)
{
	const bool itself = has_itself(list), measures = count_measures(list) > 0;

	if (!itself && are_all(p, s, list)) {
		put_measures(p, s, list);
		fputs(" of ", p->out);
		put_names(p, s, false);
		return;
	}
	put_names(p, s, false);
	if (itself && measures)
		fputs(s.count == 1 ? " itself and " : " themselves and ", p->out);
	else if (measures && count_names(p, s) > 0)
		fputc(' ', p->out);
	if (measures)
		put_measures(p, s, list);
}

/* Is a deadline among them at two steps, or are two measures by themselves? The name alone doesn't tell which is meant
 * then. They may be a hundred thousand, so each is looked up among those before it. Without memory: no. */
static bool names_twice(const json_t *of)
{
	json_t *seen = json_object();
	const json_t *about;
	bool twice = false;
	size_t i;

	json_array_foreach (of, i, about) {
		const char *deadline = forecast_text(about, "deadline");

		twice = json_object_get(seen, deadline) != NULL;
		if (twice || json_object_set_new(seen, deadline, json_true()) < 0)
			break;
	}
	json_decref(seen);
	return twice;
}

/* A message of a group whose heading names the subject: "RS-58 itself and HSN-1"; "HSN-1"; "RS-58 HSN-1; LAGE HSN-2". */
void forecast_put_member(struct forecast_phrase *p, const json_t *lists)
{
	const struct subject all = { 0, json_array_size(p->of) };
	const json_t *list = json_array_get(lists, 0);

	if (!one_list(lists)) {
		const bool twice = names_twice(p->of);

		for (size_t i = 0; i < all.count; i++) {
			fputs(i ? "; " : "", p->out);
			put_named(p, (struct subject){ i, 1 }, json_array_get(lists, i));
			if (twice)
				forecast_put_step_of(p, json_array_get(p->of, i));
		}
		return;
	}
	if (has_itself(list)) {
		put_names(p, all, false);
		fputs(all.count == 1 ? " itself" : " themselves", p->out);
	}
	if (count_measures(list) > 0) {
		fputs(has_itself(list) ? " and " : "", p->out);
		put_measures(p, all, list);
	}
}

/* What a message is about without a heading: "RS-58 HSN-1 (-10wd), LAGE HSN-2 (0)"; "RS-58 and LAGE HSN-1 (-2wd)". */
void forecast_put_whole(struct forecast_phrase *p, const json_t *lists)
{
	const size_t count = json_array_size(p->of);
	const size_t each = one_list(lists) && forecast_one_step(p->of) ? count : 1;

	for (size_t i = 0; i < count; i += each) {
		fputs(i ? ", " : "", p->out);
		put_named(p, (struct subject){ i, each }, json_array_get(lists, i));
		forecast_put_step_of(p, json_array_get(p->of, i));
	}
}

/* ", RS-58 and LAGE (-2wd)"; ", RS-58 (0) and RS-LOP (-5wd)" */
void forecast_put_heading(struct forecast_phrase *p)
{
	const struct subject all = { 0, json_array_size(p->of) };
	const bool once = forecast_one_step(p->of);

	if (count_names(p, all) == 0)
		return;
	fputs(", ", p->out);
	put_names(p, all, !once);
	if (once)
		forecast_put_step_of(p, json_array_get(p->of, 0));
}
