/* SPDX-License-Identifier: Apache-2.0 */
#include "web/paths.h"

#include <string.h>

#include "web/answer_page.h"
#include "web/calendar_page.h"
#include "web/form.h"
#include "web/health.h"
#include "web/mine_page.h"

#define READ (METHOD_GET | METHOD_HEAD)

static const struct path paths[] = {
	{ "/healthz", NULL, READ, health_alive, NULL },
	{ "/readyz", NULL, READ, health_ready, NULL },
	{ "/calendar/", ".ics", READ, calendar_handle, NULL },
	{ "/a/", "", READ | METHOD_POST, answer_handle, form_rules },
	{ "/mine/", "", READ | METHOD_POST, mine_handle, form_rules },
};

static bool is_token_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '-' || c == '_';
}

/* What stands between before and after, when it may be a token. */
static bool token_of(const struct path *row, struct piece path, struct piece *ret)
{
	const size_t before = strlen(row->before), after = strlen(row->after);
	struct piece token;

	if (path.length <= before + after || memcmp(path.at, row->before, before) != 0 ||
	    memcmp(path.at + path.length - after, row->after, after) != 0)
		return false;
	token = (struct piece){ path.at + before, path.length - before - after };
	if (token.length > TOKEN_MAX)
		return false;
	for (size_t i = 0; i < token.length; i++)
		if (!is_token_char(token.at[i]))
			return false;
	*ret = token;
	return true;
}

const struct path *path_find(struct piece path, struct piece *ret_token)
{
	*ret_token = (struct piece){ path.at, 0 };
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (paths[i].after ? token_of(&paths[i], path, ret_token)
				   : piece_is(path, paths[i].before))
			return &paths[i];
	return NULL;
}

const char *path_allow(const struct path *row)
{
	return row->methods & METHOD_POST ? "GET, HEAD, POST" : "GET, HEAD";
}
