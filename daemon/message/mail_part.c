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

/* One line, wherever it was folded. */
static void add_header(GString *text, GMimeHeader *header)
{
	size_t from = text->len;

	g_string_append_printf(text, "%s: %s", g_mime_header_get_name(header),
			       g_mime_header_get_value(header));
	for (; from < text->len; from++)
		if (strchr("\t\r\n", text->str[from]))
			text->str[from] = ' ';
	g_string_append_c(text, '\n');
}

static void add_headers(GString *text, GMimeObject *object)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(object);

	for (int i = 0; i < g_mime_header_list_get_count(list); i++)
		add_header(text, g_mime_header_list_get_header_at(list, i));
}

/* Those of the content, which GMime keeps apart, stand last. */
static int read_headers(GMimeMessage *mail, char **ret)
{
	GString *text = g_string_new(NULL);

	add_headers(text, GMIME_OBJECT(mail));
	add_headers(text, g_mime_message_get_mime_part(mail));
	*ret = copy(text->str, text->len);
	g_string_free(text, true);
	return *ret ? 0 : -ENOMEM;
}

static int read_part(GMimeMessage *mail, enum mail_part part, char **ret)
{
	struct wanted wanted = { .subtype = subtypes[part] };

	if (part == MAIL_HEADERS)
		return read_headers(mail, ret);
	g_mime_message_foreach(mail, look, &wanted);
	if (wanted.found)
		return read_content(wanted.found, ret);
	*ret = NULL;
	return 0;
}

/* How many of its bytes have to be parsed: to parse a mail is as dear as to write it. */
static size_t length_of(const struct composed *composed, enum mail_part part)
{
	const char *end = part == MAIL_HEADERS
				  ? memmem(composed->bytes, composed->length, "\r\n\r\n", 4)
				  : NULL;

	return end ? (size_t)(end - composed->bytes) + 4 : composed->length;
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
	stream = g_mime_stream_mem_new_with_buffer(composed->bytes, length_of(composed, part));
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
