/* SPDX-License-Identifier: Apache-2.0 */
/* How the names of pages are listed: page_vars.c has those of who answers, page_sign_in_vars.c of who signs in,
 * page_desk_vars.c of who has. */
#pragma once
#include "message/page.h"
#include "message/template_view_internal.h"

/* root: what links to our own pages begin with, "/" or "/p/". */
#define PAGE_VARS FILLED("root"), OPTIONAL("recipient"), OPTIONAL("reply_to")

/* Of pages with the frame page_desk_top.html: who is signed in, the token of their forms, where they are. */
#define SIGNED_IN_VARS                                                                          \
	PAGE_VARS, FILLED("signed_in"), FILLED("form_token"), FLAG("steward"), FLAG("answers"), \
		FLAG("at_today"), FLAG("at_items"), FLAG("at_calendar"), FLAG("at_forecast"),   \
		FLAG("at_outbox"), FLAG("at_board"), FLAG("on_hold"), FLAG("full")

extern const struct template_var page_desk_outbox_vars[], page_desk_message_vars[],
	page_desk_people_vars[], page_desk_meetings_vars[], page_desk_forecast_vars[],
	page_desk_calendar_vars[];
extern const struct template_var page_desk_vars[], page_desk_items_vars[], page_desk_item_vars[];
/* page_board_vars.c: of one follow-up, and of which there are. */
extern const struct template_var page_board_vars[], page_boards_vars[];
extern const struct template_var page_sign_in_vars[], page_sign_in_link_vars[], page_onward_vars[],
	page_accessibility_vars[];
extern const struct template_var page_act_vars[], page_done_vars[], page_desk_requests_vars[];

/* What can be done with a thing: the list `acts`, for page_acts.html. */
extern const struct template_var page_act_link_vars[];
#define ACT_LINKS FLAG("any_acts"), LIST("acts", page_act_link_vars)

/* A group of the options of a list. */
extern const struct template_var page_group_vars[];
/* One thing that is wrong. */
extern const struct template_var page_fault_vars[];
