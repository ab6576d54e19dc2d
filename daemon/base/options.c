/* SPDX-License-Identifier: Apache-2.0 */
/* One table, from which parsing and --help come; the manual is checked against it. */
#include "base/options.h"

#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/zone.h"

#define SPEED_MAX 1e6

/* There are no short forms. */
enum { OPTION_CONFIG = 256, OPTION_CHECK, OPTION_STORE, OPTION_CLOCK };

static const struct argp_option option_table[] = {
	{ "config", OPTION_CONFIG, "FILE", 0, "Read FILE instead of /etc/paminn/paminnd.conf", 0 },
	{ "check", OPTION_CHECK, NULL, 0, "Check the files, say every fault, and end", 0 },
	{ "store", OPTION_STORE, "FILE", 0,
	  "Use FILE instead of the store that the configuration names", 0 },
	{ "clock", OPTION_CLOCK, "START@SPEED", 0,
	  "Rehearse: begin at START, local time, and run SPEED times faster, as "
	  "2026-05-11T07:59@600",
	  0 },
	{ 0 },
};

/* "2026-05-11T07:59@600" or "2026-05-11T07:59:30@600". */
static bool parse_clock(const char *text, struct options *o)
{
	char date[11], time[6], end;
	int n = 0;

	if (sscanf(text, "%10[0-9-]T%5[0-9:]%n", date, time, &n) != 2 ||
	    civil_parse(date, &o->start_date) < 0 || civil_parse_time(time, &o->start_time) < 0)
		return false;
	text += n;
	if (*text == ':' && sscanf(text, ":%2[0-9]%n", date, &n) == 1 && n == 3) {
		o->start_second = atoi(date);
		text += n;
	}
	return o->start_second < 60 && sscanf(text, "@%lf%c", &o->speed, &end) == 1 &&
	       isfinite(o->speed) && o->speed >= 1 && o->speed <= SPEED_MAX;
}

static error_t parse_option(int key, char *value, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case OPTION_CONFIG:
		o->config = value;
		break;
	case OPTION_CHECK:
		o->check = true;
		break;
	case OPTION_STORE:
		o->store = value;
		break;
	case OPTION_CLOCK:
		o->rehearsal = true;
		if (!parse_clock(value, o))
			argp_error(state,
				   "--clock %s is not START@SPEED: write a local time, an at sign, "
				   "and how many times faster, 1 to 1000000, as "
				   "2026-05-11T07:59@600",
				   value);
		break;
	case ARGP_KEY_ARG:
		argp_error(state, "\"%s\" is no option; paminnd takes options only", value);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

const char *argp_program_version = "paminnd " PAMINN_VERSION;

static const struct argp argp = { option_table, parse_option,
				  NULL,		"Reminds of what was decided until it is answered.",
				  NULL,		NULL,
				  NULL };

struct instant options_start(const struct options *o)
{
	return instant_add(zone_instant(o->start_date, o->start_time), SECONDS(o->start_second));
}

void options_parse(struct options *ret, int argc, char **argv)
{
	argp_err_exit_status = EX_USAGE;
	argp_parse(&argp, argc, argv, 0, NULL, ret);
}
