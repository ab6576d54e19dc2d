/* SPDX-License-Identifier: Apache-2.0 */
/* What the daemon was started with. */
#pragma once
#include <stdbool.h>

#include "base/instant.h"
#include "protocol/civil.h"

struct options {
	const char *config, *store;
	const char *move_from, *move_to; /* places of stores; NULL: none is to be moved */
	bool check, accept_loss, rehearsal;
	struct local_time start; /* of a rehearsal */
	double speed;
	bool stands; /* the rehearsal does, at: */
	struct local_time stand;
};

/* Fill in what the command line says; ret holds what stands without it. A wrong one is explained on
 * standard error, --help and --version are answered, and the program ends. */
void options_parse(struct options *ret, int argc, char **argv);
/* When a rehearsal begins, and where it stands: INSTANT_NONE when it runs freely. The zone is set. */
struct instant options_start(const struct options *o);
struct instant options_stand(const struct options *o);
