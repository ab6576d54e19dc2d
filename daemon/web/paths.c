/* SPDX-License-Identifier: Apache-2.0 */
#include "web/paths.h"

#include <string.h>

#include "web/accessibility_page.h"
#include "web/answer_page.h"
#include "web/board_page.h"
#include "web/calendar_page.h"
#include "web/desk/desk.h"
#include "web/form.h"
#include "web/health.h"
#include "web/mine_page.h"
#include "web/sign_in_page.h"

#define READ (METHOD_GET | METHOD_HEAD)

static const struct path paths[] = {
	{ "/healthz", NULL, READ, health_alive, NULL },
	{ "/readyz", NULL, READ, health_ready, NULL },
	{ "/calendar/", ".ics", READ, calendar_handle, NULL },
	{ "/a/", "", READ | METHOD_POST, answer_handle, form_rules },
	{ "/mine", NULL, READ, mine_lead, .may = FOR_SIGNED_IN },
	{ "/mine/", "", READ | METHOD_POST, mine_handle, form_rules },
	{ "/board", NULL, READ, board_handle, .query = board_rules, .may = FOR_SIGNED_IN },
	{ "/board/", "", READ, board_handle_link, .query = board_rules },
	{ "/accessibility", NULL, READ, accessibility_handle },
	{ "/", NULL, READ, sign_in_home },
	{ "/login", NULL, READ | METHOD_POST, sign_in_login, sign_in_login_rules },
	{ "/in/", "", READ | METHOD_POST, sign_in_link, sign_in_link_rules },
	{ "/out", NULL, METHOD_POST, sign_in_out, sign_in_out_rules, .may = FOR_SIGNED_IN },
	{ "/desk", NULL, READ, desk_today, .may = FOR_STEWARD },
	{ "/desk/items", NULL, READ, desk_items, .query = desk_items_query, .may = FOR_STEWARD },
	{ "/desk/item", NULL, READ, desk_item, .query = desk_item_query, .may = FOR_STEWARD },
	{ "/desk/outbox", NULL, READ | METHOD_POST, desk_outbox, desk_outbox_fields,
	  desk_outbox_query, FOR_STEWARD },
	{ "/desk/message", NULL, READ, desk_message, .query = desk_message_query,
	  .may = FOR_STEWARD },
	{ "/desk/hold", NULL, READ | METHOD_POST, desk_hold, desk_hold_fields,
	  .may = FOR_FULL_STEWARD },
	{ "/desk/forecast", NULL, READ, desk_forecast, .query = desk_forecast_query,
	  .may = FOR_STEWARD },
	{ "/desk/calendar", NULL, READ, desk_calendar, .query = desk_calendar_query,
	  .may = FOR_STEWARD },
	{ "/desk/people", NULL, READ, desk_people, .query = desk_people_query, .may = FOR_STEWARD },
	{ "/desk/meetings", NULL, READ, desk_meetings, .may = FOR_STEWARD },
	{ "/desk/requests", NULL, READ, desk_requests, .may = FOR_STEWARD },
	{ "/desk/do", NULL, READ | METHOD_POST, desk_act, desk_act_fields, desk_act_query,
	  FOR_STEWARD },
	{ "/desk/done", NULL, READ, desk_done, .query = desk_done_query, .may = FOR_STEWARD },
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

static bool is_ours(const struct links *links, const struct path *row, struct piece token,
		    struct link *ret)
{
	char text[TOKEN_MAX + 1];

	memcpy(text, token.at, token.length);
	text[token.length] = '\0';
	for (enum link_purpose purpose = 0; links && purpose < LINK_PURPOSES; purpose++)
		if (strcmp(row->before, link_prefix(purpose)) == 0)
			return links_read(links, purpose, text, ret);
	return false;
}

void path_find(const struct links *links, struct piece path, struct place *ret)
{
	*ret = (struct place){ .token = { path.at, 0 } };
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const struct path *row = &paths[i];

		if (!(row->after ? token_of(row, path, &ret->token) : piece_is(path, row->before)))
			continue;
		ret->forged = row->after && !is_ours(links, row, ret->token, &ret->link);
		ret->row = ret->forged ? NULL : row;
		return;
	}
}

const char *path_allow(const struct path *row)
{
	if (!(row->methods & METHOD_GET))
		return "POST";
	return row->methods & METHOD_POST ? "GET, HEAD, POST" : "GET, HEAD";
}
