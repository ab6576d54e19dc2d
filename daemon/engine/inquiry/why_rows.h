/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the answer to `why`. */
#pragma once
#include "engine/inquiry/inquirer.h"

/* A row; a text of it may be "" where there is none. */
struct reminder {
	struct instant when;
	struct recipient_id person;
	struct deadline_id deadline;
	struct measure_id measure;
	const char *step;
	unsigned repetition; /* of the step */
	enum decision decision;
	const char *reason;
};
int why_rows_new(struct why_rows **ret);
/* Put them in order of time; those of one instant stay as they were found. */
void why_rows_sort(struct why_rows *w);
/* As of an inquirer. */
size_t why_count(const struct inquiry *q);
json_t *why_row(const struct inquiry *q, size_t i);
/* Add it, unless it is about somebody else than was asked for; the texts are copied. */
int why_add_row(struct inquiry *q, const struct reminder *row);
/* Why a light is what it is, each reason a clause: detail as engine/outbox/item.h has it of ITEM_LIGHT.
 * Returns out. */
char *why_light(const char *detail, char *out, size_t size);
/* What time alone will make of a measure's light, while nothing is said of it: a row for each who is told. */
int why_add_lights(struct inquiry *q, const struct measure *m);
