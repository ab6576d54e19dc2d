/* SPDX-License-Identifier: Apache-2.0 */
/* Whom an alert goes to. */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/recipient.h"

/* What it is about: a measure, who owns it now, and when. */
struct alert_about {
	const struct measure *measure;
	struct person_id owner;
	struct instant now;
};
/*
 * Those that the alert names, about a measure: `responsible` is that of each open
 * deadline which asks the measure; of a series, while an occurrence of it is open. Added to the list. 0 or a
 * negative errno.
 */
int alerted_find(struct engine *e, const struct alert *alert, const struct alert_about *about,
		 struct recipient_list *to);
