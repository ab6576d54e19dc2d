/* SPDX-License-Identifier: Apache-2.0 */
/* Off track is not late: a bad answer raises an alert as its measure enters the condition. */
#pragma once
#include "engine/engine.h"

/*
 * Judge a measure's newest status: fire what it enters, forget what it leaves. row: as it stood
 * before; its `alerts` is brought up to date. by: who reported.
 */
int alert_on_status(struct engine *e, const struct measure *m, struct measure_row *row,
		    const struct event_status *status, const char *by, struct instant now);
