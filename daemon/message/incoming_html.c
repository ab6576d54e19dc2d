/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTML as mail programs write it, read for its text alone. Of marks only their names count: those that begin a line, those
 * whose content nobody sees, blockquote and pre. Blanks are one space, as a browser has them. A mark, a comment or an
 * invisible element that does not end takes all that is left with it.
 */
#include "message/incoming_html.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "protocol/ascii.h"

enum effect {
	EFFECT_BREAK, /* ends the line */
	EFFECT_BLOCK, /* stands on lines of its own */
	EFFECT_SPACE, /* is parted from what comes next */
	EFFECT_HIDE,  /* is not seen, nor what is in it */
	EFFECT_LIST,
	EFFECT_QUOTE,
	EFFECT_PRE,
};

static const struct mark {
	const char *name;
	enum effect effect;
} marks[] = {
	{ "br", EFFECT_BREAK },	     { "p", EFFECT_BLOCK },	 { "div", EFFECT_BLOCK },
	{ "tr", EFFECT_BLOCK },	     { "table", EFFECT_BLOCK },	 { "ul", EFFECT_BLOCK },
	{ "ol", EFFECT_BLOCK },	     { "dl", EFFECT_BLOCK },	 { "dt", EFFECT_BLOCK },
	{ "dd", EFFECT_BLOCK },	     { "hr", EFFECT_BLOCK },	 { "h1", EFFECT_BLOCK },
	{ "h2", EFFECT_BLOCK },	     { "h3", EFFECT_BLOCK },	 { "h4", EFFECT_BLOCK },
	{ "h5", EFFECT_BLOCK },	     { "h6", EFFECT_BLOCK },	 { "section", EFFECT_BLOCK },
	{ "article", EFFECT_BLOCK }, { "header", EFFECT_BLOCK }, { "footer", EFFECT_BLOCK },
	{ "center", EFFECT_BLOCK },  { "body", EFFECT_BLOCK },	 { "td", EFFECT_SPACE },
	{ "th", EFFECT_SPACE },	     { "li", EFFECT_LIST },	 { "blockquote", EFFECT_QUOTE },
	{ "pre", EFFECT_PRE },	     { "head", EFFECT_HIDE },	 { "title", EFFECT_HIDE },
	{ "style", EFFECT_HIDE },    { "script", EFFECT_HIDE },	 { "template", EFFECT_HIDE },
};

static const struct entity {
	const char *name;
	const char *text;
} entities[] = {
	{ "nbsp", "\u00a0" },	{ "amp", "&" },	      { "lt", "<" },	    { "gt", ">" },
	{ "quot", "\"" },	{ "apos", "'" },      { "aring", "å" },	    { "auml", "ä" },
	{ "ouml", "ö" },	{ "Aring", "Å" },     { "Auml", "Ä" },	    { "Ouml", "Ö" },
	{ "eacute", "é" },	{ "Eacute", "É" },    { "egrave", "è" },    { "agrave", "à" },
	{ "uuml", "ü" },	{ "Uuml", "Ü" },      { "aelig", "æ" },	    { "AElig", "Æ" },
	{ "oslash", "ø" },	{ "Oslash", "Ø" },    { "ndash", "–" },	    { "mdash", "—" },
	{ "hellip", "…" },	{ "lsquo", "‘" },     { "rsquo", "’" },	    { "ldquo", "“" },
	{ "rdquo", "”" },	{ "bdquo", "„" },     { "laquo", "«" },	    { "raquo", "»" },
	{ "bull", "•" },	{ "middot", "·" },    { "sect", "§" },	    { "deg", "°" },
	{ "plusmn", "±" },	{ "frac12", "½" },    { "euro", "€" },	    { "pound", "£" },
	{ "copy", "©" },	{ "reg", "®" },	      { "times", "×" },	    { "minus", "−" },
	{ "thinsp", "\u2009" }, { "ensp", "\u2002" }, { "emsp", "\u2003" }, { "shy", "\u00ad" },
};

struct page {
	const char *at, *end;
	struct buffer *out;
	size_t quote, pre; /* how many are open */
	bool space;	   /* a blank came, and is written before what is seen next */
	bool begun;	   /* the line has something in it */
	bool listed;	   /* the next thing that is seen is listed */
	int r;
};

static void put(struct page *p, const char *text, size_t length)
{
	if (p->r == 0)
		p->r = buffer_add(p->out, text, length);
}

static void end_line(struct page *p)
{
	put(p, "\n", 1);
	p->begun = p->space = p->listed = false;
}

/* Something that is seen. */
static void put_seen(struct page *p, const char *text, size_t length)
{
	if (!p->begun && p->quote > 0)
		put(p, "> ", 2);
	if (!p->begun && p->listed)
		put(p, "- ", 2);
	if (p->begun && p->space)
		put(p, " ", 1);
	put(p, text, length);
	p->begun = true;
	p->space = p->listed = false;
}

static void put_byte(struct page *p, char c)
{
	if (p->pre > 0 && c == '\n') {
		end_line(p);
	} else if (p->pre > 0 && (c == ' ' || c == '\t')) {
		put_seen(p, &c, 1);
	} else if (c == '\0' || strchr(" \t\r\n\f", c)) {
		p->space = p->begun;
	} else {
		put_seen(p, &c, 1);
	}
}

/* ---- entities ----------------------------------------------------------------------------------- */

static size_t write_utf8(uint32_t code, char out[static 4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

/* "#229", "#xe5": its character; 0: it is none. */
static uint32_t number_of(const char *name, size_t length)
{
	const bool hex = length > 1 && (name[1] == 'x' || name[1] == 'X');
	const char *digits = hex ? "0123456789abcdef" : "0123456789";
	uint32_t code = 0;

	for (size_t i = hex ? 2 : 1; i < length; i++) {
		const char c = name[i] >= 'A' && name[i] <= 'F' ? (char)(name[i] + 32) : name[i];
		const char *digit = c ? strchr(digits, c) : NULL;

		if (!digit || code > 0x10ffff)
			return 0;
		code = code * (hex ? 16 : 10) + (uint32_t)(digit - digits);
	}
	return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? 0 : code;
}

/* p->at is at "&". */
static void take_entity(struct page *p)
{
	const char *name = p->at + 1;
	const size_t left = (size_t)(p->end - name);
	const char *semicolon = memchr(name, ';', left < 12 ? left : 12);
	const size_t length = semicolon ? (size_t)(semicolon - name) : 0;
	char utf8[4];

	if (length > 1 && name[0] == '#') {
		const uint32_t code = number_of(name, length);

		put_seen(p, code ? utf8 : "?", code ? write_utf8(code, utf8) : 1);
		p->at = semicolon + 1;
		return;
	}
	for (size_t i = 0; length > 0 && i < sizeof(entities) / sizeof(entities[0]); i++)
		if (strlen(entities[i].name) == length &&
		    memcmp(name, entities[i].name, length) == 0) {
			put_seen(p, entities[i].text, strlen(entities[i].text));
			p->at = semicolon + 1;
			return;
		}
	put_seen(p, p->at++, 1);
}

/* ---- marks -------------------------------------------------------------------------------------- */

/* Move on to what comes after this text; to the end when it is not there. */
static void pass(struct page *p, const char *text)
{
	const size_t n = strlen(text);
	const char *found = memmem(p->at, (size_t)(p->end - p->at), text, n);

	p->at = found ? found + n : p->end;
}

/* To what comes after the mark that p->at is in: a ">" in quotation marks does not end it. */
static void pass_mark(struct page *p)
{
	char quote = '\0';

	for (; p->at < p->end; p->at++) {
		const char c = *p->at;

		if (quote) {
			quote = c == quote ? '\0' : quote;
		} else if ((c == '"' || c == '\'') && p->at[-1] == '=') {
			quote = c;
		} else if (c == '>') {
			p->at++;
			return;
		}
	}
}

/* To the mark that ends the element of this name. */
static void pass_element(struct page *p, const char *name)
{
	const size_t n = strlen(name);

	while (p->at < p->end) {
		pass(p, "</");
		if ((size_t)(p->end - p->at) > n && strncasecmp(p->at, name, n) == 0 &&
		    !ascii_is_letter(p->at[n]))
			break;
	}
	pass_mark(p);
}

static void count(size_t *open, bool ends)
{
	if (!ends)
		(*open)++;
	else if (*open > 0)
		(*open)--;
}

static void apply_mark(struct page *p, const struct mark *mark, bool ends)
{
	if (mark->effect == EFFECT_HIDE) {
		if (!ends)
			pass_element(p, mark->name);
		return;
	}
	if (mark->effect == EFFECT_SPACE) {
		p->space = p->begun;
		return;
	}
	if (p->begun || (mark->effect == EFFECT_BREAK && !ends))
		end_line(p);
	p->listed = mark->effect == EFFECT_LIST && !ends;
	if (mark->effect == EFFECT_QUOTE)
		count(&p->quote, ends);
	if (mark->effect == EFFECT_PRE)
		count(&p->pre, ends);
}

/* p->at is at "<", before a letter or "/". */
static void take_mark(struct page *p)
{
	const char *name = ++p->at;
	const bool ends = *name == '/';
	char small[12];
	size_t n = 0;

	name += ends;
	while (name + n < p->end && n + 1 < sizeof(small) && ascii_is_among(name[n], "")) {
		small[n] = name[n] >= 'A' && name[n] <= 'Z' ? (char)(name[n] + 32) : name[n];
		n++;
	}
	small[n] = '\0';
	p->at = name + n;
	if (p->at < p->end)
		pass_mark(p);
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strcmp(small, marks[i].name) == 0)
			apply_mark(p, &marks[i], ends);
}

static void take(struct page *p)
{
	const size_t left = (size_t)(p->end - p->at);

	if (*p->at == '&') {
		take_entity(p);
	} else if (left >= 4 && memcmp(p->at, "<!--", 4) == 0) {
		p->at += 4;
		pass(p, "-->");
	} else if (left >= 2 && *p->at == '<' && (p->at[1] == '!' || p->at[1] == '?')) {
		pass(p, ">");
	} else if (left >= 2 && *p->at == '<' && (p->at[1] == '/' || ascii_is_letter(p->at[1]))) {
		take_mark(p);
	} else {
		put_byte(p, *p->at++);
	}
}

int html_text(struct slice page, struct buffer *out)
{
	struct page p = { .at = page.at, .end = page.at + page.length, .out = out };

	while (p.at < p.end && p.r == 0)
		take(&p);
	if (p.begun)
		end_line(&p);
	return p.r;
}
