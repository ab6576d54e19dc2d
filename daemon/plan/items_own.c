/* SPDX-License-Identifier: Apache-2.0 */
/* What is a thing's own in the plan files: a measure's dates, a body's words. */
#include "plan/reader.h"

/* ---- a measure's dates ------------------------------------------------------------------------- */

#define LIGHT_DAYS_DEFAULT ((struct offset){ .days = 10, .workdays = true })

/* A date on which something is to be done has no time of day, and a meeting is one of a month: only a
 * deadline waits for the next one, whatever it is. */
static bool check_done_by(struct reader *r, struct where where, const struct measure *m)
{
	const struct due_spec *by = &m->done_by;
	const char *of = *m->id.text ? m->id.text : "the measure";

	if (by->kind == DUE_MONTH)
		fault(r, where,
		      "done_by of %s is a month: write a date, or \"meeting BODY %04d-%02d\"", of,
		      by->year, by->month);
	else if (by->next)
		fault(r, where, "done_by of %s is no meeting of a month: \"meeting %s YYYY-MM\"",
		      of, by->body->id.text);
	else if (by->time.minute >= 0)
		fault(r, where, "done_by of %s has a time of day: write the date alone", of);
	else
		return true;
	return false;
}

static struct civil_date month_end(const struct due_spec *due)
{
	return civil_from_ymd(due->year, due->month, civil_month_days(due->year, due->month));
}

void read_own_dates(struct reader *r, config_setting_t *group, struct measure *measure)
{
	const struct due_spec *by = &measure->done_by;
	const char *const of = *measure->id.text ? measure->id.text : "the measure";
	const bool given = config_setting_get_member(group, "done_by");
	struct civil_date last;
	char from[CIVIL_TEXT];

	if (!config_setting_get_member(group, "light_days"))
		measure->light_days = LIGHT_DAYS_DEFAULT;
	else if (!given)
		warning(r, where_key(r, group, "light_days"),
			"light_days has no effect: %s has no done_by", of);
	if (!by->text)
		return;
	if (!check_done_by(r, where_key(r, group, "done_by"), measure))
		return;
	last = by->kind == DUE_DATE ? by->date : month_end(by);
	if (!civil_is_none(measure->from) && civil_compare(last, measure->from) < 0)
		fault(r, where_key(r, group, "done_by"),
		      "%s is to be done by %s, before it begins on %s", of, by->text,
		      civil_format(measure->from, from));
}

/* ---- a body's words ---------------------------------------------------------------------------- */

#define WORD(word_, key_, what_)                                                      \
	[word_] = { key_, VALUE_NAME, .at = offsetof(struct body_words, text[word_]), \
		    .what = what_ }
static const struct field words_fields[] = {
	WORD(WORD_NOT_STARTED, "not-started", "of that status"),
	WORD(WORD_ON_TRACK, "on-track", "of that status"),
	WORD(WORD_AT_RISK, "at-risk", "of that status"),
	WORD(WORD_OFF_TRACK, "off-track", "of that status"),
	WORD(WORD_DONE, "done", "of that status, and of what the body has closed as done"),
	WORD(WORD_CANCELLED, "cancelled", "of that status"),
	WORD(WORD_STRUCK, "struck", "of what the body has struck"),
	WORD(WORD_DONE_BY_OWNER, "done-by-owner",
	     "of what is done according to its owner, and not closed by the body"),
	WORD(WORD_CANCELLED_BY_OWNER, "cancelled-by-owner",
	     "of what is cancelled according to its owner, and not closed by the body"),
	WORD(WORD_NO_DATA, "no-data", "where nothing was said"),
	WORD(WORD_GREEN, "green", "of that light"),
	WORD(WORD_YELLOW, "yellow", "of that light"),
	WORD(WORD_RED, "red", "of that light"),
};
static const struct table words_table = TABLE("words", NULL, words_fields);
_Static_assert(sizeof(words_fields) / sizeof(*words_fields) == WORD_COUNT, "each word has its key");
_Static_assert((int)WORD_CANCELLED == (int)STATUS_CANCELLED && (int)WORD_STRUCK == (int)STATUSES,
	       "the statuses come first, in their order");

void read_words(struct reader *r, config_setting_t *group, struct body *body)
{
	config_setting_t *words = config_setting_get_member(group, "words");

	if (!words || !config_setting_is_group(words))
		return;
	read_group(r, &words_table, words, &body->words);
	for (size_t i = 0; i < WORD_COUNT; i++)
		if (body->words.text[i] && text_is_blank(body->words.text[i]))
			fault(r, where_key(r, words, words_fields[i].key),
			      "%s is empty: write a word, or leave it out", words_fields[i].key);
}

const char *word_name(enum word word)
{
	return words_fields[word].key;
}

const char *body_word(const struct body *body, enum word word)
{
	return body ? body->words.text[word] : NULL;
}
