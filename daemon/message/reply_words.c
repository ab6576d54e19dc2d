/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The line is made plain (lower case, single spaces, one kind of dash) and read from its beginning, one thing
 * after another: the id of an item, a day by which it will be done, a status, an amount, a per cent, or words
 * that say nothing more. What is none of these ends it. It is an answer when a status was said, nothing was
 * said in two ways, and what ended it was the end of the line or of a sentence.
 *
 * A value is the longest run of words that its reader takes, so that "1,2 mnkr, 40 %" are two.
 */
#include "message/reply_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "message/reply_phrases.h"
#include "protocol/text.h"

#define LINE_MAX_PLAIN 400 /* bytes of a line that may be an answer */
#define VALUE_MAX 64	   /* bytes of an amount, a date or a per cent */
#define NAME_WORDS 3	   /* of whom a greeting greets, or of who signs */
#define LINES_SKIPPED 4	   /* greetings and empty lines before the answer */

struct line {
	const char *at;
	const struct reply_reading *with;
	struct reply_words said;
	bool contradicts; /* the same was said in two ways */
};

/* ---- what stands between words -------------------------------------------------------------------------- */

static const char *skip_spaces(const char *at)
{
	return at + strspn(at, " ");
}

/* Pictures: the faces and signs that people put behind a word. */
static size_t picture(const char *at)
{
	const unsigned char *b = (const unsigned char *)at;

	if (b[0] == 0xf0 && b[1] == 0x9f && b[2] && b[3])
		return 4;
	/* U+2600-27BF, and what chooses how they are drawn (U+FE0F). */
	if ((b[0] == 0xe2 && b[1] >= 0x98 && b[1] <= 0x9e && b[2]) ||
	    (b[0] == 0xef && b[1] == 0xb8 && b[2] == 0x8f))
		return 3;
	return 0;
}

/* Over all that says nothing; *ret_ended: a sentence ended there. */
static const char *skip_between(const char *at, bool *ret_ended)
{
	for (size_t n = 1; n > 0;) {
		*ret_ended |= *at == '.' || *at == '!';
		n = *at && strchr(" .!,;:-*\"'_()=|\t", *at) ? 1 : picture(at);
		at += n;
	}
	return at;
}

/* ---- values --------------------------------------------------------------------------------------------- */

typedef bool value_fn(struct line *l, const char *text);

/* The longest run of words from `at` on that the reader takes: its end, or NULL. */
static const char *value(struct line *l, const char *at, value_fn *read)
{
	char text[VALUE_MAX];
	size_t end = strnlen(at, sizeof(text) - 1);

	for (; end > 0; end--) {
		if ((at[end] && !strchr(" ,;.!)", at[end])) || strchr(" ,;.!(", at[end - 1]))
			continue;
		memcpy(text, at, end);
		text[end] = '\0';
		if (read(l, text))
			return at + end;
	}
	return NULL;
}

static bool put(struct line *l, struct optional *number, int64_t value)
{
	l->contradicts |= number->given && number->value != value;
	*number = (struct optional){ true, value };
	return true;
}

static bool read_forecast(struct line *l, const char *text)
{
	int64_t amount;

	return typed_amount(text, l->with->language, &amount) == FAULT_NONE &&
	       put(l, &l->said.effect_forecast, amount);
}

static bool read_achieved(struct line *l, const char *text)
{
	int64_t amount;

	return typed_amount(text, l->with->language, &amount) == FAULT_NONE &&
	       put(l, &l->said.effect_achieved, amount);
}

/* With its sign: a number alone may be anything. */
static bool read_per_cent(struct line *l, const char *text)
{
	int64_t per_cent;

	return strspn(text, "0123456789") < strlen(text) &&
	       typed_percent(text, &per_cent) == FAULT_NONE && put(l, &l->said.progress, per_cent);
}

static bool read_done_by(struct line *l, const char *text)
{
	struct civil_date day;

	if (typed_date(text, l->with->language, l->with->today, &day) != FAULT_NONE ||
	    civil_compare(day, l->with->today) < 0)
		return false;
	l->contradicts |= !civil_is_none(l->said.done_forecast) &&
			  civil_compare(l->said.done_forecast, day) != 0;
	l->said.done_forecast = day;
	return true;
}

/* One of the phrases, and its value behind it. */
static bool take_value(struct line *l, const char *const *phrases, value_fn *read)
{
	size_t n = reply_phrase(l->at, phrases);
	const char *at = skip_spaces(l->at + n), *end;

	if (n == 0)
		return false;
	if (*at == ':' || *at == '=')
		at = skip_spaces(at + 1);
	if (strncmp(at, "- ", 2) == 0) /* a dash, or a minus */
		return false;
	end = value(l, at, read);
	if (!end && (n = reply_phrase(at, reply_links)) > 0)
		end = value(l, skip_spaces(at + n), read);
	if (!end)
		return false;
	l->at = end;
	return true;
}

/* "40 %", "40 % klart": with what it is of. All of it is a status, which is read next. */
static bool take_per_cent(struct line *l)
{
	const char *end = value(l, l->at, read_per_cent);
	const char *after = end ? skip_spaces(end) : NULL;

	if (!end)
		return false;
	l->at = l->said.progress.value < 100 ? after + reply_phrase(after, reply_of_per_cent) : end;
	return true;
}

/* ---- words ---------------------------------------------------------------------------------------------- */

/* A body's own words for a status. */
static size_t own_status(const struct line *l, enum measure_status *ret)
{
	char plain[LINE_MAX_PLAIN];
	size_t longest = 0;

	for (size_t i = 0; i < l->with->own_count; i++)
		for (enum word word = WORD_NOT_STARTED; word <= WORD_CANCELLED; word++) {
			const char *text = l->with->own[i]->text[word];
			const size_t n = text && typed_plain(text, plain, sizeof(plain))
						 ? reply_phrase_is(l->at, plain)
						 : 0;

			if (n > longest) {
				longest = n;
				*ret = (enum measure_status)(word - WORD_NOT_STARTED);
			}
		}
	return longest;
}

static bool take_status(struct line *l)
{
	enum measure_status status = STATUS_NONE, own = STATUS_NONE;
	const size_t common = reply_phrase_status(l->at, &status), n = own_status(l, &own);

	if (common == 0 && n == 0)
		return false;
	if (n >= common)
		status = own;
	l->contradicts |= l->said.status != STATUS_NONE && l->said.status != status;
	l->said.status = status;
	l->at += n >= common ? n : common;
	return true;
}

/* What an id goes on with: it is a longer one. */
static bool is_of_id(const char *at)
{
	return reply_is_word(*at) || *at == '_' || *at == '@' ||
	       ((*at == '-' || *at == '.') && reply_is_word(at[1]));
}

/* Bytes of the item's id, or of its series', that the text begins with, whatever its case; 0: it doesn't. */
static size_t begins_with_id(const char *text, const char *item)
{
	const size_t whole = strlen(item), series = strcspn(item, "@");

	if (whole > 0 && strncasecmp(text, item, whole) == 0 && !is_of_id(text + whole))
		return whole;
	return series > 0 && strncasecmp(text, item, series) == 0 && !is_of_id(text + series)
		       ? series
		       : 0;
}

static bool take_item(struct line *l)
{
	for (size_t i = 0; i < l->with->item_count; i++) {
		const size_t n = begins_with_id(l->at, l->with->items[i]);

		l->at += n;
		if (n > 0)
			return true;
	}
	return false;
}

static bool take_filler(struct line *l)
{
	const size_t n = reply_phrase(l->at, reply_fillers);

	l->at += n;
	return n > 0;
}

/* "/Anna Ek": who signs on the same line, and nothing after it. */
static bool take_signature(struct line *l)
{
	const char *at = l->at;

	if (*at++ != '/')
		return false;
	for (int words = 0; words < NAME_WORDS; words++) {
		at = skip_spaces(at);
		while (reply_is_word(*at) && !isdigit((unsigned char)*at))
			at++;
	}
	at = skip_spaces(at);
	if (*at)
		return false;
	l->at = at;
	return true;
}

/* ---- a line --------------------------------------------------------------------------------------------- */

/* Days stand before statuses: "klar till 3 juni" is not done. */
static bool take_one(struct line *l)
{
	return take_item(l) || take_value(l, reply_done_by, read_done_by) ||
	       take_value(l, reply_forecasts, read_forecast) ||
	       take_value(l, reply_achieved, read_achieved) ||
	       take_value(l, reply_progress, read_per_cent) || take_per_cent(l) || take_status(l) ||
	       take_filler(l) || take_signature(l);
}

/* A word anywhere in the text that turns what was said. */
static bool has_reservation(const char *text)
{
	for (const char *at = text; *at; at++)
		if ((at == text || !reply_is_word(at[-1])) && reply_phrase(at, reply_reservations))
			return true;
	return false;
}

/* What is done has no day to come, and all of it is done. */
static bool makes_sense(const struct reply_words *said)
{
	const bool over = said->status == STATUS_DONE || said->status == STATUS_CANCELLED;

	if (said->status == STATUS_NONE || (over && !civil_is_none(said->done_forecast)))
		return false;
	if (said->status == STATUS_DONE && said->progress.given)
		return said->progress.value == 100;
	return said->status != STATUS_NOT_STARTED || !said->progress.given ||
	       said->progress.value == 0;
}

/* "Är åtgärden klar": a question, also without its mark. */
static bool asks(const struct line *l)
{
	const size_t n = reply_phrase(l->at, reply_asks);
	struct line behind = *l;

	behind.at = skip_spaces(l->at + n);
	return n > 0 && (reply_phrase(behind.at, reply_asked) > 0 || take_item(&behind));
}

static bool read_line(const char *plain, const struct reply_reading *with, struct reply_words *ret)
{
	struct line l = { .at = plain,
			  .with = with,
			  .said = { .status = STATUS_NONE, .done_forecast = CIVIL_NONE } };
	const size_t greeting = reply_phrase(plain, reply_greetings);
	bool between = false;

	if (strchr(plain, '?'))
		return false;
	if (plain[greeting] && strchr(",!.", plain[greeting])) /* not in "Hej Klara" */
		l.at += greeting;
	l.at = skip_between(l.at, &between);
	if (asks(&l))
		return false;
	do {
		between = false;
		l.at = skip_between(l.at, &between);
	} while (*l.at && take_one(&l));
	if (*l.at && (!between || has_reservation(l.at)))
		return false;
	if (l.contradicts || !makes_sense(&l.said))
		return false;
	*ret = l.said;
	return true;
}

/* A greeting alone: with a name, perhaps, and not a word of the matter. */
static bool is_greeting(const char *plain)
{
	const char *at = plain + reply_phrase(plain, reply_greetings);
	enum measure_status status;
	bool ended = false;
	int words = 0;

	if (at == plain || strpbrk(at, "?0123456789") || has_reservation(at))
		return false;
	for (at = skip_between(at, &ended); *at; at = skip_between(at, &ended)) {
		if (!reply_is_word(*at) || reply_phrase_status(at, &status) > 0 ||
		    ++words > NAME_WORDS)
			return false;
		while (reply_is_word(*at))
			at++;
	}
	return true;
}

/* Does the line right below turn what this one says? "Klar," "men inte prognosen" */
static bool is_turned(const char *below)
{
	const char *at = below + strspn(below, "\r");
	char word[VALUE_MAX] = "", plain[VALUE_MAX];
	size_t n;

	at += *at == '\n';
	at = skip_spaces(at);
	n = strcspn(at, " \t\r\n,.!");
	memcpy(word, at, n < sizeof(word) ? n : 0);
	return typed_plain(word, plain, sizeof(plain)) && reply_phrase(plain, reply_reservations);
}

/* ---- the text ------------------------------------------------------------------------------------------- */

bool reply_words_read(const char *text, const struct reply_reading *reading,
		      struct reply_words *ret)
{
	char line[LINE_MAX_PLAIN], plain[LINE_MAX_PLAIN];
	struct reply_words said;

	for (int skipped = 0; *text && skipped <= LINES_SKIPPED; skipped++) {
		const size_t n = strcspn(text, "\r\n");

		if (n >= sizeof(line))
			return false;
		memcpy(line, text, n);
		line[n] = '\0';
		if (!typed_plain(line, plain, sizeof(plain)))
			return false;
		if (read_line(plain, reading, &said)) {
			if (is_turned(text + n))
				return false;
			*ret = said;
			return true;
		}
		text += n + strspn(text + n, "\r\n");
		if (plain[0] && !is_greeting(plain))
			return false;
	}
	return false;
}

bool reply_names(const char *text, const char *item)
{
	for (const char *at = text; *at; at++)
		if ((at == text || !(reply_is_word(at[-1]) || strchr("-._@", at[-1]))) &&
		    begins_with_id(at, item) > 0)
			return true;
	return false;
}
