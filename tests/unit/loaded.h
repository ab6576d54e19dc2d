/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_LOADED_H
#define TESTS_UNIT_LOADED_H

/*
 * The templates of conf/templates, loaded once for a file, before Check forks for each test: to load them
 * is most of the work of a test that composes one mail. Nobody frees them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/zone.h"
#include "message/templates.h"
#include "tests/unit/unit.h"

static struct templates *loaded;

static void load_once(void)
{
	char *error = NULL;

	if (zone_set("Europe/Stockholm") == 0 &&
	    templates_new(&loaded, "conf/templates", &error) == 0)
		return;
	fprintf(stderr, "the templates can't be loaded: %s\n", error ? error : "no such zone");
	exit(EXIT_FAILURE);
}
UNIT_FIRST(load_once)

#endif
