/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of the desk's pages have in common. */
#pragma once
#include "message/page_vars.h"

/* A thing of the plan: page_thing.html; and somebody, with their id where they are in the plan: page_who.html. */
extern const struct template_var page_thing_vars[], page_who_vars[];
#define THING(name) LIST(name, page_thing_vars)
#define WHO(name) LIST(name, page_who_vars)

/* Of an obligation: page_state.html. */
#define STATE_VARS                                                                             \
	FLAG("state_late"), FLAG("state_open"), FLAG("state_waiting"), FLAG("state_answered"), \
		FLAG("state_withdrawn")
/* Its measure's light and the word of its status: page_status.html. */
#define STATUS_VARS                                                                       \
	OPTIONAL("status"), OPTIONAL("light"), FLAG("light_green"), FLAG("light_yellow"), \
		FLAG("light_red")
#define ASKED_VARS \
	FLAG("asked_never"), FLAG("asked_once"), OPTIONAL("asked_times"), OPTIONAL("last_asked")
/* Of a message: page_kind.html, page_sending.html. */
#define KIND_VARS                                                                                 \
	FLAG("kind_reminder"), FLAG("kind_escalation"), FLAG("kind_alert"), FLAG("kind_moved"),   \
		FLAG("kind_confirmation"), FLAG("kind_assigned"), FLAG("kind_rereport"),          \
		FLAG("kind_hold"), FLAG("kind_absence"), FLAG("kind_test"), FLAG("kind_sign_in"), \
		FLAG("kind_reply"), FLAG("kind_forward")
#define SENDING_VARS                                                           \
	FLAG("state_pending"), FLAG("state_started"), FLAG("state_delivered"), \
		FLAG("state_retry"), FLAG("state_failed"), FLAG("state_held"), \
		FLAG("state_expired"), FLAG("state_dropped"), FLAG("state_bounced")
/* A list that is shown a page at a time: page_pages.html. */
#define PAGES_VARS OPTIONAL("page"), OPTIONAL("pages"), OPTIONAL("before"), OPTIONAL("after")
