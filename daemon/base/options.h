/* SPDX-License-Identifier: Apache-2.0 */
/* What the daemon was started with. */
#pragma once
#include <stdbool.h>

#include "base/instant.h"
#include "protocol/civil.h"

struct options {
	const char *config, *store;
	bool check, rehearsal;
	struct civil_date start_date; /* of a rehearsal, local */
	struct time_of_day start_time;
	int start_second;
	double speed;
};

/* Fill in what the command line says; ret holds what stands without it. A wrong one is explained on
 * standard error, --help and --version are answered, and the program ends. */
void options_parse(struct options *ret, int argc, char **argv);
/* When a rehearsal begins. */
struct instant options_start(const struct options *o);
