/* SPDX-License-Identifier: Apache-2.0 */
/* The socket that visitors come to. */
#pragma once
#include "web/site.h"

struct listener;

/* 0; or a negative errno with the sentence. */
int listener_new(struct listener **ret, struct web *w, const struct web_settings *settings,
		 struct rejection *ret_why);
/* Is it where these settings say? */
bool listener_is_at(const struct listener *l, const struct web_settings *settings);
struct listener *listener_free(struct listener *l);
