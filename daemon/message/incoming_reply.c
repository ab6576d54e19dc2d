/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A reply quotes what it answers, and programs have four ways to show it: ">" before each line; a line that introduces it
 * ("Den … skrev …:"); the old mail's header as text ("Från: … Skickat: …"); a line of dashes, or ">>>", with words. After the last two
 * all is quoted. After the first line of the second kind it is, unless ">" shows where the quotation ends: then it is read
 * on, since some answer below. The text is gone over once, line by line, and what is somebody's own is kept.
 */
#include "message/incoming_reply.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "message/incoming_decode.h"
#include "protocol/ascii.h"
#include "protocol/text.h"
#include "protocol/text_search.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LINE_TEXT 400  /* bytes of a line that are looked at */
#define INTRODUCTION 3 /* lines over which one may be folded */
#define OWN_MAX \
	(4 * NOTE_MAX) /* bytes that NOTE_MAX characters may have: what comes after is cut */
#define OLD_HEADER 8   /* lines within which an old mail's header shows itself */

/* All literals below are in small letters, as lines are compared. */

/* Lines of dashes have one of these between them. */
static const char *const dashed[] = {
	"original message",	 "ursprungligt meddelande", "originalmeddelande",
	"original meddelande",	 "forwarded message",	    "vidarebefordrat meddelande",
	"vidarebefordrat brev",	 "ursprungsmeddelande",	    "original appointment",
	"ursprunglig avtalstid",
};
/* Whole lines, or their beginnings, after which all is quoted. */
static const char *const forwards[] = { "begin forwarded message:", "vidarebefordrat brev:" };
static const char *const from_words[] = { "från:", "from:", "avsändare:" };
static const char *const sent_words[] = { "skickat:", "sent:", "datum:", "date:", "skickades:" };
static const char *const to_words[] = { "till:", "to:", "ämne:", "subject:" };
static const char *const wrote_words[] = { " skrev", " wrote" };
/* How a line begins that says on which day. */
static const char *const days[] = { "den ", "on ", "mån", "tis", "ons", "tors", "fre", "lör",
				    "sön",  "mon", "tue", "wed", "thu", "fri",	"sat", "sun" };
/* What programs add of themselves: the line begins with it. */
static const char *const added[] = {
	"skickat från min ",
	"skickat från mobil",
	"skickat från iphone",
	"skickat från ipad",
	"skickat från outlook",
	"skickat från e-post för",
	"skickat från yahoo",
	"skickat från samsung",
	"skickat med proton",
	"hämta outlook för",
	"skaffa outlook för",
	"hämta bluemail",
	"sent from my ",
	"sent from iphone",
	"sent from outlook",
	"sent from mail for",
	"sent from yahoo",
	"sent from samsung",
	"sent via ",
	"sent with proton",
	"get outlook for",
	"du får inte ofta e-post från",
	"you don't often get email from",
	"vissa personer som fått det här meddelandet får inte ofta",
	"some people who received this message don't often get",
};

/* ---- lines -------------------------------------------------------------------------------------- */

static bool begins(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static bool holds(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

static bool ends(const char *text, const char *with)
{
	const size_t length = strlen(text), n = strlen(with);

	return length >= n && strcmp(text + length - n, with) == 0;
}

static size_t line_length(struct slice rest)
{
	const char *end = memchr(rest.at, '\n', rest.length);

	return end ? (size_t)(end - rest.at) + 1 : rest.length;
}

static struct slice after_line(struct slice rest)
{
	const size_t n = line_length(rest);

	return (struct slice){ rest.at + n, rest.length - n };
}

/* The line that rest begins with: its beginning, in small letters, without marks of emphasis and blanks at its ends. */
static void look(struct slice rest, char out[static LINE_TEXT])
{
	size_t n = line_length(rest), from = 0;

	while (from < n && strchr(" \t*", rest.at[from]) && rest.at[from])
		from++;
	n -= from;
	n = n < LINE_TEXT ? n : LINE_TEXT - 1;
	memcpy(out, rest.at + from, n);
	while (n > 0 && strchr(" \t\n*", out[n - 1]))
		n--;
	out[n] = '\0';
	text_small(out);
}

static bool is_quoted(struct slice rest)
{
	return rest.length > 0 && rest.at[0] == '>';
}

/* The rest from its next line on that is not blank. */
static struct slice after_blanks(struct slice rest)
{
	char line[LINE_TEXT];

	while (rest.length > 0) {
		look(rest, line);
		if (line[0])
			break;
		rest = after_line(rest);
	}
	return rest;
}

/* ---- what begins a quotation -------------------------------------------------------------------- */

static bool is_dashed(const char *line)
{
	const char *words = line + strspn(line, "-_ ");

	return words - line >= 2 && (line[0] == '-' || line[0] == '_') &&
	       begins(words, dashed, COUNT(dashed));
}

/* "Från: … Skickat: … Till: …", as Outlook writes it. */
static bool is_old_header(struct slice rest)
{
	char line[LINE_TEXT];
	bool sent = false, to = false;

	look(rest, line);
	if (!begins(line, from_words, COUNT(from_words)))
		return false;
	rest = after_line(rest);
	for (int i = 0; i < OLD_HEADER && rest.length > 0 && !(sent && to); i++) {
		look(rest, line);
		sent |= begins(line, sent_words, COUNT(sent_words));
		to |= begins(line, to_words, COUNT(to_words));
		rest = after_line(rest);
	}
	return sent && to;
}

static bool is_rule(const char *line)
{
	return strlen(line) >= 20 && line[strspn(line, "_")] == '\0';
}

/* Who wrote, as Notes, "-----P <p@region.example> skrev: -----", and GroupWise, ">>> P <…> 2026-05-05 10:12 >>>", say it. */
static bool is_enclosed(const char *line)
{
	return (strncmp(line, "-----", 5) == 0 && ends(line, "-----") &&
		holds(line, wrote_words, COUNT(wrote_words))) ||
	       (strncmp(line, ">>> ", 4) == 0 && ends(line, " >>>"));
}

/* All that follows is quoted. */
static bool begins_the_old(struct slice rest, const char *line)
{
	return is_dashed(line) || is_enclosed(line) || begins(line, forwards, COUNT(forwards)) ||
	       is_old_header(rest) ||
	       (is_rule(line) && is_old_header(after_blanks(after_line(rest))));
}

/* Is there a time of day in it? */
static bool has_time(const char *line)
{
	for (const char *p = line; *p; p++)
		if (ascii_is_digit(p[0]) && (p[1] == ':' || p[1] == '.') && ascii_is_digit(p[2]) &&
		    ascii_is_digit(p[3]))
			return true;
	return false;
}

/* Does the text, that ends with ":", tell who wrote, and when? quoted: what comes after it is marked by ">". */
static bool introduces(const char *text, bool quoted)
{
	const char *open = strchr(text, '<');

	if (!holds(text, wrote_words, COUNT(wrote_words)))
		return false;
	if (!quoted) /* it may be somebody's own sentence */
		return has_time(text) && open && strchr(open, '@');
	return has_time(text) || strchr(text, '@') || ends(text, " skrev:") ||
	       ends(text, " wrote:");
}

/* How introductions begin: a day. */
static bool begins_with_day(const char *line)
{
	return (ascii_is_digit(line[0]) || begins(line, days, COUNT(days))) &&
	       line[strcspn(line, "0123456789")];
}

/* It ends on one of the lines that begin here: what comes after it. False: none does. */
static bool find_introduction(struct slice rest, struct slice *ret_rest)
{
	char all[INTRODUCTION * LINE_TEXT + 8] = "";
	char line[LINE_TEXT];
	size_t used = 0;

	for (int i = 0; i < INTRODUCTION && rest.length > 0; i++) {
		look(rest, line);
		rest = after_line(rest);
		if (!line[0] || line[0] == '>')
			return false;
		memcpy(all + used, line, strlen(line) + 1);
		used += strlen(line);
		if (all[used - 1] == ':' && introduces(all, is_quoted(after_blanks(rest)))) {
			*ret_rest = rest;
			return true;
		}
		strcpy(all + used++, " ");
	}
	return false;
}

/*
 * "Den tis 5 maj 2026 kl 10:12 skrev Påminn <paminn@region.example>:", also folded. Somebody's own words may stand right
 * above it: so it begins at the last line that names a day, or else at the last from which it is one. *ret_rest: what
 * comes after it.
 */
static bool is_introduction(struct slice rest, struct slice *ret_rest)
{
	struct slice from = rest, end, same;
	char line[LINE_TEXT];
	bool day;

	if (!find_introduction(rest, &end))
		return false;
	look(rest, line);
	day = begins_with_day(line);
	while ((from = after_line(from)).length > end.length) {
		look(from, line);
		if ((!day || begins_with_day(line)) && find_introduction(from, &same))
			return false;
	}
	*ret_rest = end;
	return true;
}

/* Where a picture stood, "[cid:image001.png@01DB1F2C]". */
static bool is_picture(const char *line)
{
	return strncmp(line, "[cid:", 5) == 0 && strcspn(line, "]") + 1 == strlen(line);
}

/* ---- what is somebody's own --------------------------------------------------------------------- */

static bool is_signature(struct slice rest)
{
	const size_t n = line_length(rest);

	return (n >= 3 && memcmp(rest.at, "-- ", 3) == 0 && rest.at[n - 1] == '\n' && n == 4) ||
	       (n == 3 && memcmp(rest.at, "--\n", 3) == 0);
}

/* The line, without blanks at its end; never two empty ones, nor one at the beginning. */
static int keep(struct slice rest, struct buffer *own)
{
	size_t n = line_length(rest);
	const bool empty_before =
		own->length == 0 || (own->length > 1 && own->bytes[own->length - 2] == '\n');

	while (n > 0 && strchr(" \t\n", rest.at[n - 1]))
		n--;
	if (n == 0 && empty_before)
		return 0;
	if (buffer_add(own, rest.at, n) < 0)
		return -ENOMEM;
	return buffer_add_text(own, "\n");
}

/* OpenPGP within the text: what encloses a text that is signed. After its fields an empty line comes. */
static bool begins_signed(const char *line, struct slice *rest)
{
	if (strcmp(line, "-----begin pgp signed message-----") != 0)
		return false;
	while (rest->length > 0 && *rest->at != '\n')
		*rest = after_line(*rest);
	return true;
}

/* The end of what is signed, or what is encrypted. */
static bool ends_signed(const char *line)
{
	static const char *const ends[] = { "-----begin pgp signature", "-----begin pgp message" };

	return begins(line, ends, COUNT(ends));
}

static int keep_own(struct slice rest, struct buffer *own)
{
	char line[LINE_TEXT];
	int r = 0;

	while (rest.length > 0 && r == 0 && own->length <= OWN_MAX) {
		look(rest, line);
		if (is_signature(rest) || begins_the_old(rest, line) || ends_signed(line))
			break;
		if (begins_signed(line, &rest))
			continue;
		if (is_quoted(rest) || is_picture(line) || begins(line, added, COUNT(added))) {
			rest = after_line(rest);
		} else if (is_introduction(rest, &rest)) {
			if (!is_quoted(after_blanks(rest)))
				break;
		} else {
			r = keep(rest, own);
			rest = after_line(rest);
		}
	}
	return r;
}

/* Where the character after the first `count` of them begins; the end when there are no more. */
static size_t place_of(const struct buffer *text, size_t count)
{
	size_t n = 0, characters = 0;

	for (; n < text->length; n++) {
		characters += ((unsigned char)text->bytes[n] & 0xc0) != 0x80;
		if (characters > count)
			break;
	}
	return n;
}

/* At most NOTE_MAX characters, the last of them a mark when that is not all. NULL: none. */
static int take(struct buffer *own, char **ret)
{
	int r = 0;

	while (own->length > 0 && own->bytes[own->length - 1] == '\n')
		own->length--;
	*ret = NULL;
	if (own->length == 0)
		return 0;
	if (place_of(own, NOTE_MAX) < own->length) {
		own->length = place_of(own, NOTE_MAX - 1);
		r = buffer_add_text(own, "…");
	}
	if (r == 0)
		*ret = buffer_take(own);
	return *ret ? 0 : -ENOMEM;
}

int reply_text(const struct parts *parts, char **ret)
{
	struct buffer text = { NULL }, own = { NULL };
	int r = parts_text(parts, &text);

	if (r == 0)
		r = keep_own((struct slice){ text.bytes, text.length }, &own);
	if (r == 0)
		r = take(&own, ret);
	buffer_done(&text);
	buffer_done(&own);
	return r;
}
