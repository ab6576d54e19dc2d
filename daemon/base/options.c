/* SPDX-License-Identifier: Apache-2.0 */
/* One table, from which parsing and --help come; the manual is checked against it. */
#include "base/options.h"

#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/zone.h"

/* Free: a year in half a minute. What stands where it is told to can't overshoot. */
#define SPEED_FREE 1e6
#define SPEED_STANDING 1e9

/* There are no short forms. */
enum {
	OPTION_CONFIG = 256,
	OPTION_CHECK,
	OPTION_STORE,
	OPTION_CLOCK,
	OPTION_MOVE_STORE,
	OPTION_ACCEPT_LOSS
};

static const struct argp_option option_table[] = {
	{ "config", OPTION_CONFIG, "FILE", 0, "Read FILE instead of /etc/paminn/paminnd.conf", 0 },
	{ "check", OPTION_CHECK, NULL, 0, "Check the files, say every fault, and end", 0 },
	{ "store", OPTION_STORE, "FILE", 0,
	  "Use FILE instead of the store that the configuration names", 0 },
	{ "clock", OPTION_CLOCK, "START@SPEED[..STAND]", 0,
	  "Rehearse: begin at START, local time, and run SPEED times faster, as "
	  "2026-05-11T07:59@600; stand at STAND until \"paminn go TIME\" moves it on",
	  0 },
	{ "move-store", OPTION_MOVE_STORE, "FROM TO", 0,
	  "Move a store from one place to another, each a file or postgresql://…, compare the two, "
	  "and end",
	  0 },
	{ "accept-loss", OPTION_ACCEPT_LOSS, NULL, 0,
	  "Say what the store has lost, let it go on with what is whole, and end", 0 },
	{ 0 },
};

/* "2026-05-11T07:59@600", "2026-05-11T07:59:30@600..2026-05-12T09:00". text is taken apart. */
static bool parse_clock(char *text, struct options *o)
{
	char *speed = strchr(text, '@'), *stand = strstr(text, ".."), end;

	o->stands = stand != NULL;
	if (!speed || (stand && stand < speed))
		return false;
	*speed++ = '\0';
	if (stand)
		*stand = '\0';
	return civil_parse_local(text, &o->start) == 0 &&
	       (!stand || civil_parse_local(stand + strlen(".."), &o->stand) == 0) &&
	       sscanf(speed, "%lf%c", &o->speed, &end) == 1 && isfinite(o->speed) &&
	       o->speed >= 1 && o->speed <= (stand ? SPEED_STANDING : SPEED_FREE);
}

/* In local time: of the hour that comes twice in autumn, the same or a later reading. */
static int compare_local(const struct local_time *a, const struct local_time *b)
{
	int order = civil_compare(a->date, b->date);

	if (order == 0)
		order = a->time.minute - b->time.minute;
	return order ? order : a->second - b->second;
}

static void no_memory(void)
{
	log_error("there is not enough memory to read the options");
	exit(EX_OSERR);
}

static void take_clock(const char *value, struct options *o, struct argp_state *state)
{
	char *text = strdup(value);
	bool good;

	if (!text)
		no_memory();
	good = parse_clock(text, o);
	free(text);
	if (!good)
		argp_error(
			state,
			"--clock %s is not START@SPEED[..STAND]: write a local time, an at sign, "
			"and how many times faster, 1 to 1000000, as 2026-05-11T07:59@600; with "
			"two dots and a local time to stand at, up to 1000000000 times",
			value);
	if (o->stands && compare_local(&o->stand, &o->start) < 0)
		argp_error(state, "--clock stands at %s, before it begins at %.*s",
			   strstr(value, "..") + strlen(".."), (int)strcspn(value, "@"), value);
}

/* A folder is none, though paminn-rehearse takes one. */
static void take_config(char *value, struct options *o, struct argp_state *state)
{
	size_t length = strlen(value);
	struct stat status;

	while (length > 1 && value[length - 1] == '/')
		length--;
	if (stat(value, &status) == 0 && S_ISDIR(status.st_mode))
		argp_error(state, "--config %s is a folder: give the file in it, %.*s/paminnd.conf",
			   value, (int)length, value);
	o->config = value;
}

static error_t parse_option(int key, char *value, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case OPTION_CONFIG:
		take_config(value, o, state);
		break;
	case OPTION_CHECK:
		o->check = true;
		break;
	case OPTION_STORE:
		o->store = value;
		break;
	case OPTION_CLOCK:
		o->rehearsal = true;
		take_clock(value, o, state);
		break;
	case OPTION_MOVE_STORE:
		o->move_from = value;
		break;
	case OPTION_ACCEPT_LOSS:
		o->accept_loss = true;
		break;
	case ARGP_KEY_ARG:
		if (o->move_from && !o->move_to) {
			o->move_to = value;
			break;
		}
		argp_error(state, "\"%s\" is no option; paminnd takes options only", value);
		break;
	case ARGP_KEY_END:
		if (o->move_from && !o->move_to)
			argp_error(state,
				   "--move-store takes two places: FROM, where the store is, and "
				   "TO, where it shall be");
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
	return zone_local(o->start);
}

struct instant options_stand(const struct options *o)
{
	return o->stands ? zone_local(o->stand) : INSTANT_NONE;
}

void options_parse(struct options *ret, int argc, char **argv)
{
	argp_err_exit_status = EX_USAGE;
	if (argp_parse(&argp, argc, argv, 0, NULL, ret) != 0)
		no_memory(); /* of any other fault it has told, and ended */
}
