/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 2046 in one pass over the bytes, with a stack of the multiparts that are open. GMime's own parser goes 1024 levels
 * deep and makes an object of every part, however many: 10 MB of empty parts became 2 GB. So the mail is cut up here, and
 * GMime reads the fields and decodes what is wanted of the texts.
 *
 *	a header ─▶ multipart: its boundary is pushed; what comes before the boundary's line is passed over
 *	         ─▶ anything else: its body ends at the next line that is a boundary of the stack
 *	boundary of level n ─▶ the levels within n have ended; closed ("--"): n has too; else the next header begins
 */
#include "message/incoming_parts.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "protocol/ascii.h"

bool slice_is(struct slice s, const char *text)
{
	return s.length == strlen(text) && strncasecmp(s.at, text, s.length) == 0;
}

/* ---- headers ------------------------------------------------------------------------------------ */

/* The line that bytes begin with, with its end. */
static size_t line_length(struct slice bytes)
{
	const char *end = memchr(bytes.at, '\n', bytes.length);

	return end ? (size_t)(end - bytes.at) + 1 : bytes.length;
}

static bool is_empty_line(const char *line, size_t length)
{
	return length > 0 &&
	       (line[0] == '\n' || (line[0] == '\r' && length > 1 && line[1] == '\n'));
}

static struct slice after(struct slice s, size_t n)
{
	return (struct slice){ s.at + n, s.length - n };
}

struct slice head_of(struct slice bytes)
{
	struct slice rest = bytes;

	while (rest.length > 0) {
		const size_t n = line_length(rest);

		if (is_empty_line(rest.at, n))
			break;
		rest = after(rest, n);
	}
	return (struct slice){ bytes.at, bytes.length - rest.length };
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* How long a field's name is, with which the line begins; 0: it is none (RFC 5322 § 2.2). */
static size_t name_length(const char *line, size_t length)
{
	size_t n = 0, name;

	while (n < length && line[n] > ' ' && line[n] < 0x7f && line[n] != ':')
		n++;
	name = n;
	while (n < length && is_blank(line[n]))
		n++;
	return n < length && line[n] == ':' ? name : 0;
}

bool head_next(struct slice *rest, struct slice *ret_name, struct slice *ret_value)
{
	while (rest->length > 0) {
		size_t n = line_length(*rest);
		const size_t name = name_length(rest->at, n);
		const struct slice all = *rest;

		while (n < all.length && is_blank(all.at[n]))
			n += line_length(after(all, n));
		*rest = after(all, n);
		if (name > 0) {
			const size_t colon =
				(size_t)((const char *)memchr(all.at + name, ':', n) - all.at);

			*ret_name = (struct slice){ all.at, name };
			*ret_value = (struct slice){ all.at + colon + 1, n - colon - 1 };
			return true;
		}
	}
	return false;
}

bool head_field(struct slice head, const char *name, struct slice *ret_value)
{
	struct slice found, value;

	while (head_next(&head, &found, &value))
		if (slice_is(found, name)) {
			*ret_value = value;
			return true;
		}
	return false;
}

bool head_text(struct slice head, const char *name, char out[static FIELD_VALUE])
{
	struct slice value = { "", 0 };
	size_t used = 0;
	bool found = head_field(head, name, &value), space = false;

	for (size_t i = 0; i < value.length && used + 2 < FIELD_VALUE; i++) {
		const char c = value.at[i];

		if (c == '\0' || strchr(" \t\r\n", c)) {
			space = used > 0;
			continue;
		}
		if (space)
			out[used++] = ' ';
		space = false;
		out[used++] = c;
	}
	out[used] = '\0';
	return found;
}

/* ---- a part's own header ------------------------------------------------------------------------ */

static void put_lower(char out[static PART_PARAMETER], const char *text)
{
	snprintf(out, PART_PARAMETER, "%s", text ? text : "");
	for (; *out; out++)
		if (*out >= 'A' && *out <= 'Z')
			*out = (char)(*out + ('a' - 'A'));
}

static void read_type(struct part *p)
{
	char value[FIELD_VALUE], del_sp[PART_PARAMETER];
	GMimeContentType *type;
	const char *boundary;

	head_text(p->head, "Content-Type", value);
	/* What has none is plain text (RFC 2045 § 5.2). */
	type = g_mime_content_type_parse(NULL, value[0] ? value : "text/plain");
	put_lower(p->type, g_mime_content_type_get_media_type(type));
	put_lower(p->subtype, g_mime_content_type_get_media_subtype(type));
	put_lower(p->charset, g_mime_content_type_get_parameter(type, "charset"));
	put_lower(p->format, g_mime_content_type_get_parameter(type, "format"));
	put_lower(p->method, g_mime_content_type_get_parameter(type, "method"));
	put_lower(p->report, g_mime_content_type_get_parameter(type, "report-type"));
	put_lower(del_sp, g_mime_content_type_get_parameter(type, "delsp"));
	p->del_sp = strcmp(del_sp, "yes") == 0;
	p->attached = g_mime_content_type_get_parameter(type, "name") != NULL;
	boundary = g_mime_content_type_get_parameter(type, "boundary");
	if (boundary && strlen(boundary) < PART_BOUNDARY)
		strcpy(p->boundary, boundary);
	g_object_unref(type);
}

static void read_head(struct part *p)
{
	char value[FIELD_VALUE];

	read_type(p);
	head_text(p->head, "Content-Transfer-Encoding", value);
	put_lower(p->encoding, value);
	head_text(p->head, "Content-Disposition", value);
	if (strncasecmp(value, "inline", strlen("inline")) != 0)
		p->attached |= value[0] != '\0';
}

/* ---- parting ------------------------------------------------------------------------------------ */

#define DASHES_MAX 20000 /* lines of a mail that begin as a boundary does */

struct parting {
	struct parts *parts;
	struct slice rest;	  /* what is not parted yet; it begins a line */
	size_t open[PARTS_DEPTH]; /* the multiparts that are open, outermost first */
	int levels;
	int dashes; /* lines that began as a boundary does, so far */
};

struct found {
	const char *line; /* where the boundary's line begins; the end when there is none */
	int level;	  /* whose boundary it is; -1: none */
	bool closed;
};

/* Is the line, after "--", this boundary? Blanks may follow it. */
static bool is_boundary(const char *line, const char *end, const char *boundary, bool *ret_closed)
{
	const size_t n = strlen(boundary);

	if ((size_t)(end - line) < n || line[0] != boundary[0] || memcmp(line, boundary, n) != 0)
		return false;
	line += n;
	*ret_closed = end - line >= 2 && line[0] == '-' && line[1] == '-';
	if (*ret_closed)
		line += 2;
	while (line < end && (is_blank(*line) || *line == '\r'))
		line++;
	return line == end || *line == '\n';
}

static bool judge_line(const struct parting *p, const char *line, const char *end,
		       struct found *ret)
{
	for (int level = p->levels - 1; level >= 0; level--)
		if (is_boundary(line + 2, end, p->parts->part[p->open[level]].boundary,
				&ret->closed)) {
			ret->line = line;
			ret->level = level;
			return true;
		}
	return false;
}

/* The next boundary of those that are open. */
static struct found find_boundary(struct parting *p)
{
	const char *end = p->rest.at + p->rest.length, *line = p->rest.at;
	struct found found = { .line = end, .level = -1 };

	if (p->levels == 0)
		return found;
	if (p->rest.length >= 2 && line[0] == '-' && line[1] == '-' &&
	    judge_line(p, line, end, &found))
		return found;
	while (p->dashes <= DASHES_MAX &&
	       (line = memmem(line, (size_t)(end - line), "\n--", 3)) != NULL) {
		line++;
		p->dashes++;
		if (judge_line(p, line, end, &found))
			return found;
	}
	return found;
}

/* Up to the end, less the line end that belongs to the boundary (RFC 2046 § 5.1.1). */
static struct slice body_until(const char *begin, const char *end, bool boundary)
{
	if (boundary && end > begin && end[-1] == '\n')
		end--;
	if (boundary && end > begin && end[-1] == '\r')
		end--;
	return (struct slice){ begin, (size_t)(end - begin) };
}

/* A header: up to the empty line, which is taken too, or the next boundary. */
static bool take_head(struct parting *p, struct part *ret)
{
	const size_t most = p->levels == 0 ? HEAD_MAX : PART_HEAD_MAX;
	const char *begin = p->rest.at;
	struct slice all = p->rest;
	struct found found;

	all.length = all.length > most ? most : all.length;
	ret->head = head_of(all);
	if (ret->head.length == most)
		return false;
	p->rest.length = ret->head.length;
	found = find_boundary(p);
	p->rest.length = all.length;
	ret->head.length = (size_t)(found.line - begin);
	return true;
}

/* The part whose header begins here. *ret_multi: it holds others. */
static bool take_part(struct parting *p, bool *ret_multi)
{
	struct parts *parts = p->parts;
	const struct slice all = p->rest;
	struct part *part = &parts->part[parts->count];

	if (parts->count == PARTS_MAX)
		return false;
	memset(part, 0, sizeof(*part));
	part->depth = p->levels;
	part->parent = p->levels > 0 ? p->open[p->levels - 1] : 0;
	if (!take_head(p, part))
		return false;
	p->rest = after(all, part->head.length);
	if (is_empty_line(p->rest.at, p->rest.length))
		p->rest = after(p->rest, line_length(p->rest));
	part->body = p->rest;
	read_head(part);
	*ret_multi = strcmp(part->type, "multipart") == 0 && part->boundary[0];
	if (*ret_multi) {
		if (p->levels == PARTS_DEPTH)
			return false;
		p->open[p->levels++] = parts->count;
	}
	parts->count++;
	return true;
}

bool parts_read(struct parts *ret, struct slice mail)
{
	struct parting p = { .parts = ret, .rest = mail };
	bool multi;

	ret->count = 0;
	for (;;) {
		struct part *part = &ret->part[ret->count];
		struct found found;

		if (!take_part(&p, &multi))
			return false;
		found = find_boundary(&p);
		if (!multi)
			part->body = body_until(part->body.at, found.line, found.level >= 0);
		while (found.level >= 0 &&
		       found.closed) { /* and what comes after it is passed over */
			p.rest = after(p.rest, (size_t)(found.line - p.rest.at));
			p.rest = after(p.rest, line_length(p.rest));
			p.levels = found.level;
			found = find_boundary(&p);
		}
		if (found.level < 0)
			return p.dashes <= DASHES_MAX;
		p.rest = after(p.rest, (size_t)(found.line - p.rest.at));
		p.rest = after(p.rest, line_length(p.rest));
		p.levels = found.level + 1;
	}
}

bool part_is(const struct part *part, const char *type, const char *subtype)
{
	return strcmp(part->type, type) == 0 && (!subtype || strcmp(part->subtype, subtype) == 0);
}

const struct part *parts_find(const struct parts *parts, const char *type, const char *subtype)
{
	for (size_t i = 0; i < parts->count; i++)
		if (part_is(&parts->part[i], type, subtype))
			return &parts->part[i];
	return NULL;
}
