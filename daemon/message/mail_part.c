/* SPDX-License-Identifier: Apache-2.0 */
#include "message/mail_part.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

static const char *const subtypes[MAIL_PARTS] = {
	[MAIL_TEXT] = "plain",
	[MAIL_HTML] = "html",
	[MAIL_CALENDAR] = "calendar",
};

struct wanted {
	const char *subtype;
	GMimePart *found; /* borrowed from the mail */
};

static void look(GMimeObject *parent, GMimeObject *part, void *userdata)
{
	struct wanted *wanted = userdata;

	(void)parent;
	if (!wanted->found && GMIME_IS_PART(part) &&
	    g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text",
					wanted->subtype))
		wanted->found = GMIME_PART(part);
}

/* A copy that free() can take; "\r\n" becomes "\n". */
static char *copy(const char *bytes, size_t length)
{
	char *text = malloc(length + 1), *to = text;

	for (size_t i = 0; text && i < length; i++)
		if (bytes[i] != '\r' || i + 1 == length || bytes[i + 1] != '\n')
			*to++ = bytes[i];
	if (text)
		*to = '\0';
	return text;
}

static int read_content(GMimePart *part, char **ret)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream = g_mime_stream_mem_new();
	GByteArray *bytes;

	g_mime_data_wrapper_write_to_stream(content, stream);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	*ret = copy((const char *)bytes->data, bytes->len);
	g_object_unref(stream);
	return *ret ? 0 : -ENOMEM;
}

/* ---- the head ---------------------------------------------------------------------------------- */

/* One line, wherever it was folded; line: "Name: value" and its line end. */
static void add_header(GString *text, const char *line, size_t length)
{
	const size_t name = (size_t)((const char *)memchr(line, ':', length) - line) + 1;
	char *raw = g_strndup(line + name, length - name), *value = g_mime_utils_header_unfold(raw);
	char *decoded = strstr(value, "=?") ? g_mime_utils_header_decode_text(NULL, value) : NULL;
	size_t from = text->len;

	g_string_append_len(text, line, (gssize)name);
	g_string_append_c(text, ' ');
	g_string_append(text, decoded ? decoded : value);
	for (; from < text->len; from++)
		if (strchr("\t\r\n", text->str[from]))
			text->str[from] = ' ';
	g_string_append_c(text, '\n');
	g_free(decoded);
	g_free(value);
	g_free(raw);
}

/* The line end of a field, behind those that continue it. */
static const char *field_end(const char *at, const char *end)
{
	do
		at = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
	while (at < end && (*at == ' ' || *at == '\t'));
	return at;
}

static void add_headers(GString *text, const char *head, const char *end, bool of_content)
{
	static const char content[] = "Content-";

	for (const char *at = head, *next; at < end; at = next) {
		next = field_end(at, end);
		if ((strncmp(at, content, sizeof(content) - 1) == 0) == of_content)
			add_header(text, at, (size_t)(next - at));
	}
}

/*
 * The head is ours, and its lines are read as they stand: a parser's tree of objects is as dear as to write the mail.
 * The fields of the content stand last.
 */
static int read_headers(const struct composed *mail, char **ret)
{
	const char *end = memmem(mail->bytes, mail->length, "\r\n\r\n", 4);
	GString *text;

	if (!end)
		return -EBADMSG;
	text = g_string_sized_new((size_t)(end - mail->bytes));
	add_headers(text, mail->bytes, end + 2, false);
	add_headers(text, mail->bytes, end + 2, true);
	*ret = copy(text->str, text->len);
	g_string_free(text, true);
	return *ret ? 0 : -ENOMEM;
}

/* ---- a part ------------------------------------------------------------------------------------ */

static int read_part(GMimeMessage *mail, enum mail_part part, char **ret)
{
	struct wanted wanted = { .subtype = subtypes[part] };

	g_mime_message_foreach(mail, look, &wanted);
	if (wanted.found)
		return read_content(wanted.found, ret);
	*ret = NULL;
	return 0;
}

int mail_part_read(const struct composed *composed, enum mail_part part, char **ret)
{
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeMessage *mail;
	int r = -EBADMSG;

	if (part == MAIL_WHOLE) {
		*ret = strndup(composed->bytes, composed->length);
		return *ret ? 0 : -ENOMEM;
	}
	g_mime_init();
	if (part == MAIL_HEADERS)
		return read_headers(composed, ret);
	stream = g_mime_stream_mem_new_with_buffer(composed->bytes, composed->length);
	parser = g_mime_parser_new_with_stream(stream);
	mail = g_mime_parser_construct_message(parser, NULL);
	if (mail) {
		r = read_part(mail, part, ret);
		g_object_unref(mail);
	}
	g_object_unref(parser);
	g_object_unref(stream);
	return r;
}
