/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The daemon's rhythm: sleep until something is due, decide it in slices of one turn each, and let
 * messages leave only when nothing more is to be decided for that instant. In a rehearsal it also
 * holds the clock: it stands at each due instant until the decisions are committed and what could
 * leave has been tried.
 */
#pragma once
#include "engine/engine.h"

struct schedule;

struct schedule_calls {
	/* Decisions up to now are committed: let what is ready leave. */
	void (*deliver)(void *userdata);
	/* Attempts under way? A rehearsal's clock waits for them. */
	bool (*busy)(void *userdata);
};

int schedule_new(struct schedule **ret, struct engine *e, sd_event *event,
		 const struct schedule_calls *calls, void *userdata);
struct schedule *schedule_free(struct schedule *s);
/* Look again: an attempt ended, hold was lifted, a plan was adopted. Ends of turns are seen anyway. */
void schedule_wake(struct schedule *s);
/* Nothing is due now, and nothing under way, but for attempts that hang: nothing more happens until the
 * clock goes on or somebody says something. */
bool schedule_is_quiet(struct schedule *s);
