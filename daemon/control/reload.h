/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files say, read whole and put into force whole: at start, for --check, and at a reload. A
 * bad file changes nothing.
 */
#pragma once
#include "base/options.h"
#include "engine/plan_change.h"
#include "message/link.h"
#include "message/templates.h"
#include "protocol/answer.h"

struct configuration {
	struct plan *plan;
	struct templates *templates;
	struct links *links; /* NULL: the plan's settings have no web */
	size_t warnings;
};

/* One finding: where is "file:line", or NULL when the text says it. */
typedef void finding_fn(bool warning, const char *where, const char *text);

/* What the options ask to be read. */
struct plan_request configuration_request(const struct options *o, struct instant now);
/*
 * Read the plan that is asked for, the templates it names and what links are signed with, and say each
 * finding. 0 with ret set; a positive number, the count of faults, with the first of them as a sentence
 * in ret_why; or -ENOMEM.
 */
int configuration_load(struct configuration *ret, const struct plan_request *request,
		       finding_fn *say, struct rejection *ret_why);
/* Says a finding in the log. */
finding_fn configuration_log;
/* Says it on standard output. */
finding_fn configuration_print;
/* The end of --check, with what of the options is about the clock: the exit code. */
int configuration_check(const struct configuration *c, const struct options *o);
void configuration_done(struct configuration *c);

struct reload;

/* What goes in and out of force with a plan. */
struct reload_calls {
	/* Open what these settings name: 0, or a negative errno with the sentence and nothing changed. */
	int (*open)(void *userdata, const struct settings *settings, struct rejection *ret_why);
	/* The engine's plan has taken the place of `before`, or NULL. */
	void (*adopted)(void *userdata, const struct plan *before);
};

/* All is borrowed. */
int reload_new(struct reload **ret, struct engine *e, const char *path,
	       const struct reload_calls *calls, void *userdata);
struct reload *reload_free(struct reload *r);
/*
 * Open what the plan names and adopt it in a turn of its own. 0; or a negative errno, the sentence in
 * ret_why, and everything as before.
 */
int reload_adopt(struct reload *r, struct plan *plan, struct plan_change *ret,
		 struct rejection *ret_why);
/*
 * Read the files again and put them into force. REJECT_NONE, what is new besides the plan, which the engine
 * has (ret: its plan is NULL), and a row that says what changed and which settings wait for a restart; or a
 * code with the sentence, all findings logged, and everything as before.
 */
enum reject_code reload_run(struct reload *r, struct configuration *ret, json_t **ret_row,
			    struct rejection *ret_why);
