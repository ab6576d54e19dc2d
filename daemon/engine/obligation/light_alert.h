/* SPDX-License-Identifier: Apache-2.0 */
/* Telling that a light has turned yellow or red: the alert "light". */
#pragma once
#include "engine/engine.h"
#include "engine/obligation/light.h"
#include "engine/outbox/sink.h"

/* What is told of it; note and by: NULL, there is none, or time made it so. Borrowed. */
struct light_told {
	const struct light_facts *facts;
	struct lit lit;
	const char *note, *by;
};
/* As engine/outbox/item.h has it; new reference, NULL: no memory. */
json_t *light_alert_detail(const struct light_told *told);
/*
 * Time passes, or something else than a status has changed its light: judge it at the sink's instant and tell,
 * through that, whom the alerts say, if it has got worse. The row is brought up to date and not put.
 */
int light_alert(struct engine *e, struct sink *sink, const struct measure *m,
		struct measure_row *row);
