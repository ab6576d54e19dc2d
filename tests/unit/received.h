/* SPDX-License-Identifier: Apache-2.0 */
/* A mail that comes in to the world of a test, in a turn of its own: a reply becomes a note, through the gate. */
#pragma once
#include <systemd/sd-event.h>

#include "inbox/receive.h"
#include "tests/unit/engine_fixture.h"

static inline void on_fatal(void *userdata, int error)
{
	(void)userdata;
	ck_abort_msg("the turn failed: %d", error);
}

/* As receive_mail; nobody is told of notes. */
static inline int receive_in_turn(struct world *w, const struct mail_in *mail, struct receipt *ret)
{
	sd_event *event = NULL;
	int r;

	ck_assert_int_eq(ledger_commit(w->e.ledger), 0);
	ck_assert_int_ge(sd_event_new(&event), 0);
	ck_assert_int_eq(turn_new(&w->e.turn, w->e.ledger, event, on_fatal, NULL), 0);
	ck_assert_int_eq(turn_join(w->e.turn), 0);
	r = receive_mail(&w->e, mail, w->now, NULL, ret);
	ck_assert_int_eq(turn_finish(w->e.turn, r < 0 ? r : 0), r < 0 ? r : 0);
	w->e.turn = turn_free(w->e.turn);
	sd_event_unref(event);
	ck_assert_int_eq(ledger_begin(w->e.ledger), 0);
	return r;
}
