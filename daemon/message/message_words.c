/* SPDX-License-Identifier: Apache-2.0 */
#include "message/message_words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "message/mail_part.h"
#include "message/return_token.h"

static int read_mail(const struct composed *mail, char **ret_headers, char **ret_text)
{
	int r = mail_part_read(mail, MAIL_HEADERS, ret_headers);

	if (r < 0 || !mail->text)
		return r < 0 ? r : mail_part_read(mail, MAIL_TEXT, ret_text);
	*ret_text = strdup(mail->text);
	return *ret_text ? 0 : -ENOMEM;
}

static int put_line_end(struct buffer *out, int depth)
{
	int r = buffer_add_text(out, "\n");

	while (r == 0 && depth-- > 0)
		r = buffer_add_text(out, "  ");
	return r;
}

/* A string, with its quotes: up to the quote that no backslash escapes. */
static size_t string_length(const char *json)
{
	const char *at = json + 1;

	while (*at != '"')
		at += *at == '\\' ? 2 : 1;
	return (size_t)(at + 1 - json);
}

/* What stands between the strings: each bracket, comma and colon with the space that goes with it. */
static int put_mark(struct buffer *out, const char *json, int *depth)
{
	const bool opens = *json == '{' || *json == '[', closes = *json == '}' || *json == ']';
	const bool empty = closes && (json[-1] == '{' || json[-1] == '[');
	int r = 0;

	*depth += opens - closes;
	if (closes && !empty)
		r = put_line_end(out, *depth);
	if (r == 0)
		r = buffer_add(out, json, 1);
	if (r == 0 && *json == ':')
		r = buffer_add_text(out, " ");
	if (r == 0 && (*json == ',' || (opens && json[1] != '}' && json[1] != ']')))
		r = put_line_end(out, *depth);
	return r;
}

/* The JSON that was sent, which is ours and compact, a member a line: as it stands, since to parse it and to write it
 * anew is as dear as to compose it. */
static int read_hook(const struct composed *hook, char **ret_text)
{
	struct buffer out = { 0 };
	int r = 0, depth = 0;

	for (const char *at = hook->bytes; r == 0 && *at;) {
		const size_t length = *at == '"' ? string_length(at) : 1;

		r = *at == '"' ? buffer_add(&out, at, length) : put_mark(&out, at, &depth);
		at += length;
	}
	if (r == 0)
		r = (*ret_text = buffer_take(&out)) ? 0 : -ENOMEM;
	buffer_done(&out);
	return r;
}

int message_words(enum channel_type type, const struct composed *composed,
		  const struct links *links, char **ret_headers, char **ret_text)
{
	int r;

	*ret_headers = *ret_text = NULL;
	r = type == CHANNEL_MAIL ? read_mail(composed, ret_headers, ret_text)
				 : read_hook(composed, ret_text);
	if (r < 0) {
		free(*ret_headers);
		free(*ret_text);
		*ret_headers = *ret_text = NULL;
		return r;
	}
	links_conceal(links, *ret_headers);
	links_conceal(links, *ret_text);
	return_tokens_conceal(*ret_headers);
	return 0;
}
