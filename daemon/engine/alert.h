/* SPDX-License-Identifier: Apache-2.0 */
/* Off track is not late: a bad answer raises an alert as its measure enters the condition. */
#pragma once
#include "engine/engine.h"

/* A measure's newest status, and who reported it: a source. */
struct reported {
	const struct measure *measure;
	const struct event_status *status;
	const char *by;
};
/*
 * Judge it: fire what the measure enters, forget what it leaves. row: as the measure stood before; its
 * `alerts` is brought up to date.
 */
int alert_on_status(struct engine *e, const struct reported *reported, struct measure_row *row,
		    struct instant now);
