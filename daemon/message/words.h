/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All the words: the templates of every kind of message in both languages, compiled when loaded. An
 * unknown name, an unclosed section or a missing file is refused then, never found when sending.
 */
#pragma once
#include <stddef.h>

#include "engine/notice.h"

struct words;

/* Load folder/{sv,en}/. On failure -EINVAL or -ENOENT and *ret_error (caller frees): "file:line: …". */
int words_new(struct words **ret, const char *folder, char **ret_error);
struct words *words_free(struct words *w);

/* Frozen bytes to hand over. */
struct composed {
	char *bytes;
	size_t length;
	char id[200]; /* Message-ID without brackets, or the webhook-id: the same for every copy */
};
/* A mail, complete with headers, CRLF line ends: for one recipient. 0 or a negative errno. */
int mail_compose(const struct words *w, const struct notice *n, const struct settings *settings,
		 const char *installation, struct instant now, struct composed *ret);
/* The CloudEvent paminn.reminder of a message: body of a webhook and of the feed. */
int hook_compose(const struct words *w, const struct notice *n, const char *installation, struct instant now,
		 struct composed *ret);
void composed_done(struct composed *c);
