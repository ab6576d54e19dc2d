/* SPDX-License-Identifier: Apache-2.0 */
#include "message/message_words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

static int read_hook(const struct composed *hook, char **ret_text)
{
	json_t *json = json_loadb(hook->bytes, hook->length, 0, NULL);

	*ret_text = json ? json_dumps(json, JSON_INDENT(2)) : NULL;
	json_decref(json);
	return *ret_text ? 0 : -ENOMEM;
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
