/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mail: multipart/alternative of the text and the HTML, UTF-8, quoted-printable, CRLF; within
 * multipart/mixed, when entries for a calendar come with it. Nothing in it is random: the same notice,
 * settings and Date give the same bytes, so that every copy is the same mail.
 */
#include <assert.h>
#include <errno.h>
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "message/calendar_entry.h"
#include "message/layout.h"
#include "message/mail_head.h"
#include "message/paper_file.h"
#include "message/template_view.h"
#include "message/templates.h"

/* The rendered parts. */
struct rendered {
	char *text[PARTS];
	char *entries[CALENDAR_METHODS]; /* for a calendar; NULL: none */
	struct paper_file *papers;	 /* of each item; without bytes: none */
	size_t paper_count;
	size_t entries_length[CALENDAR_METHODS];
};

static void rendered_done(struct rendered *rendered)
{
	for (size_t i = 0; i < PARTS; i++)
		free(rendered->text[i]);
	for (size_t i = 0; i < CALENDAR_METHODS; i++)
		free(rendered->entries[i]);
	for (size_t i = 0; i < rendered->paper_count; i++)
		paper_file_done(&rendered->papers[i]);
	free(rendered->papers);
}

/* The papers that the message tells of, as Word documents. */
static int render_papers(const struct composing *with, const struct message_content *n,
			 struct rendered *ret)
{
	int r = 0;

	if (n->message.kind != KIND_REREPORT)
		return 0;
	ret->papers = calloc(n->count, sizeof(*ret->papers));
	ret->paper_count = ret->papers ? n->count : 0;
	if (!ret->papers)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < n->count; i++)
		if (n->items[i].paper)
			r = paper_file_new(n->items[i].paper, PAPER_WORD, with,
					   zone_date(composed_at(with, n)), &ret->papers[i]);
	return r;
}

/* An element of which nothing is left, since what it would say was said before, is none. */
static void drop_empty(char *page, const char *name)
{
	char begin[16], end[16];

	snprintf(begin, sizeof(begin), "<%s ", name);
	snprintf(end, sizeof(end), "</%s>", name);
	for (char *at = page; (at = strstr(at, begin)) != NULL;) {
		char *rest = at + strcspn(at, ">");

		rest += *rest == '>';
		rest += strspn(rest, " \n");
		if (strncmp(rest, end, strlen(end)) != 0) {
			at = rest;
			continue;
		}
		rest += strlen(end);
		rest += *rest == '\n';
		memmove(at, rest, strlen(rest) + 1);
	}
}

static int render(const struct composing *with, const struct message_content *n,
		  struct rendered *ret)
{
	const struct template_view_options options = {
		.now = composed_at(with, n),
		.reply_to = with->settings->mail.reply_to,
		.replies_heard = with->settings->mail.return_path != NULL,
		.notes = true,
		.web = with->settings->web.listen != NULL,
		.links = with->links,
	};
	struct template_key key = { n->language, n->message.kind, 0 };
	json_t *view;
	char *loose;
	int r = template_view_new(&view, n, &options);

	if (r < 0)
		return r;
	for (key.part = 0; r == 0 && key.part < PARTS; key.part++)
		r = templates_render(with->templates, key, view, &ret->text[key.part]);
	json_decref(view);
	if (r < 0)
		return r;
	drop_empty(ret->text[PART_HTML], "p");
	drop_empty(ret->text[PART_HTML], "table");
	loose = ret->text[PART_TEXT];
	ret->text[PART_TEXT] = NULL;
	r = layout_text(loose, LAYOUT_MAIL, &ret->text[PART_TEXT]);
	free(loose);
	for (enum calendar_method m = 0; r == 0 && m < CALENDAR_METHODS; m++)
		r = calendar_of_message(with, n, m, &ret->entries[m], &ret->entries_length[m]);
	return r == 0 ? render_papers(with, n, ret) : r;
}

/* ---- the MIME tree ---------------------------------------------------------------------------- */

/* By stream: set as a string, a text that fits would be sent as iso-8859-1. */
static GMimeObject *text_part(const char *subtype, const char *text, const char *language)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, strlen(text));
	GMimeDataWrapper *content =
		g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);

	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	g_mime_part_set_content(GMIME_PART(part), content);
	g_mime_object_set_header(GMIME_OBJECT(part), "Content-Language", language, "utf-8");
	g_object_unref(content);
	g_object_unref(stream);
	return GMIME_OBJECT(part);
}

static GMimeObject *both_parts(const struct rendered *rendered, const char *language,
			       const char *boundary)
{
	GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
	GMimeObject *text = text_part("plain", rendered->text[PART_TEXT], language);
	GMimeObject *html = text_part("html", rendered->text[PART_HTML], language);

	g_mime_multipart_set_boundary(both, boundary);
	g_mime_multipart_add(both, text);
	g_mime_multipart_add(both, html);
	g_object_unref(text);
	g_object_unref(html);
	return GMIME_OBJECT(both);
}

/* As an attachment: programs that know calendars show it as an entry, others as a file. In base64, since its
 * bytes, line ends included, are to arrive as they are. */
static GMimeObject *calendar_part(const struct rendered *rendered, enum calendar_method method,
				  enum language language)
{
	GMimePart *part = g_mime_part_new_with_type("text", "calendar");
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(rendered->entries[method],
								rendered->entries_length[method]);
	GMimeDataWrapper *content =
		g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);

	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "method",
						 calendar_method_name(method));
	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
	g_mime_object_set_disposition(GMIME_OBJECT(part), "attachment");
	g_mime_part_set_filename(part, calendar_file_name(method, language));
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
	g_mime_part_set_content(part, content);
	g_object_unref(content);
	g_object_unref(stream);
	return GMIME_OBJECT(part);
}

/* A paper: a Word document by the name of its deadline. */
static GMimeObject *paper_part(const struct paper_file *file, const char *deadline)
{
	GMimePart *part = g_mime_part_new_with_type(
		"application", "vnd.openxmlformats-officedocument.wordprocessingml.document");
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(file->bytes, file->length);
	GMimeDataWrapper *content =
		g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
	char name[ITEM_ID + sizeof(".docx")];

	snprintf(name, sizeof(name), "%s.docx", deadline);
	g_mime_object_set_disposition(GMIME_OBJECT(part), "attachment");
	g_mime_part_set_filename(part, name);
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
	g_mime_part_set_content(part, content);
	g_object_unref(content);
	g_object_unref(stream);
	return GMIME_OBJECT(part);
}

/* What comes with what is read: *mixed becomes the whole, once there is anything. part is stolen. */
static void attach(GMimeMultipart **mixed, GMimeObject *both, GMimeObject *part,
		   const char *boundary)
{
	char outer[160];

	if (!*mixed) {
		/* Neither boundary may begin as the other does (RFC 2046 § 5.1.1). */
		snprintf(outer, sizeof(outer), "=_mixed%s", boundary + strlen("="));
		*mixed = g_mime_multipart_new_with_subtype("mixed");
		g_mime_multipart_set_boundary(*mixed, outer);
		g_mime_multipart_add(*mixed, both);
		g_object_unref(both);
	}
	g_mime_multipart_add(*mixed, part);
	g_object_unref(part);
}

/* What is read, and the entries and papers that come with it, if any. */
static GMimeObject *whole_body(const struct rendered *rendered, const struct message_content *n,
			       const char *boundary)
{
	GMimeObject *both = both_parts(rendered, mail_language(n->language), boundary);
	GMimeMultipart *mixed = NULL;

	for (enum calendar_method m = 0; m < CALENDAR_METHODS; m++)
		if (rendered->entries[m])
			attach(&mixed, both, calendar_part(rendered, m, n->language), boundary);
	for (size_t i = 0; i < rendered->paper_count; i++)
		if (rendered->papers[i].bytes)
			attach(&mixed, both,
			       paper_part(&rendered->papers[i], n->items[i].deadline.text),
			       boundary);
	return mixed ? GMIME_OBJECT(mixed) : both;
}

/* The message's bytes with CRLF line ends, to be freed; NULL when out of memory. */
static char *bytes_of(GMimeMessage *mail, size_t *ret_length)
{
	GMimeFormatOptions *format = g_mime_format_options_new();
	GMimeStream *stream = g_mime_stream_mem_new();
	GByteArray *written;
	char *bytes;

	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
	g_mime_object_write_to_stream(GMIME_OBJECT(mail), format, stream);
	written = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	bytes = malloc(written->len + 1);
	if (bytes) {
		memcpy(bytes, written->data, written->len);
		bytes[written->len] = '\0';
		*ret_length = written->len;
	}
	g_object_unref(stream);
	g_mime_format_options_free(format);
	return bytes;
}

int mail_compose(const struct composing *with, const struct message_content *n,
		 struct composed *ret)
{
	struct rendered rendered __attribute__((cleanup(rendered_done))) = { 0 };
	struct composed c = { 0 };
	char boundary[120];
	GMimeMessage *mail;
	GMimeObject *body;
	int r;

	assert(n->count > 0 && n->to.person && n->to.person->mail);
	r = render(with, n, &rendered);
	if (r < 0)
		return r;
	g_mime_init();
	/* "=_" never comes out of quoted-printable (RFC 2045 § 6.7). */
	snprintf(boundary, sizeof(boundary), "=_paminn_%.60s_%lld", with->installation,
		 (long long)n->message.id.n);
	mail = g_mime_message_new(false);
	mail_head(mail, with, n, rendered.text[PART_SUBJECT], &c);
	body = whole_body(&rendered, n, boundary);
	g_mime_message_set_mime_part(mail, body);
	c.bytes = bytes_of(mail, &c.length);
	g_object_unref(body);
	g_object_unref(mail);
	if (!c.bytes)
		return -ENOMEM;
	c.text = rendered.text[PART_TEXT];
	rendered.text[PART_TEXT] = NULL;
	*ret = c;
	return 0;
}
