/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a composed message, for others than its reader. */
#pragma once
#include "message/link.h"
#include "message/templates.h"

/*
 * Of a mail its headers, a line each, and its plain text; of what is posted its JSON, a line a member, and no headers.
 * Links by which somebody answers are cut (links_conceal). The caller frees both; each is NULL when there is none.
 * 0 or a negative errno.
 */
int message_words(enum channel_type type, const struct composed *composed,
		  const struct links *links, char **ret_headers, char **ret_text);
