/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything that can fail without a trace is done first: reading, compiling the templates, opening
 * sockets. Adopting comes last, in one transaction. The timezone and the store are those of the
 * start until the next one.
 */
#include "control/reload.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/harmless.h"
#include "base/log.h"
#include "base/secret.h"
#include "engine/check.h"
#include "gate/not_stored.h"

struct reload {
	struct engine *engine;
	const char *path;
	const struct reload_calls *calls;
	void *userdata;
};

/* ---- reading --------------------------------------------------------------------------------- */

static void say_findings(const struct findings *findings, finding_fn *say,
			 struct rejection *ret_why)
{
	bool first = true;
	char text[1200];

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->list[i];

		finding_place(f, text, sizeof(text));
		say(f->warning, text, f->text);
		finding_format(f, text, sizeof(text));
		if (f->warning || !first)
			continue;
		first = false;
		if (findings->faults > 1)
			reject(ret_why, REJECT_BAD_DATA, "%s (and %zu more in the log)", text,
			       findings->faults - 1);
		else
			reject(ret_why, REJECT_BAD_DATA, "%s", text);
	}
}

/* Those of the pages too, where there are any: a folder of own templates may have been made before them. */
static int load_templates(struct templates **ret, const struct settings *settings, finding_fn *say,
			  struct rejection *ret_why)
{
	char *error = NULL;
	int r = templates_new(ret, settings->templates, &error);

	if (r == 0 && settings->web.listen)
		r = templates_add_pages(*ret, settings->templates, &error);
	if (r == 0 || r == -ENOMEM || !error)
		return r == 0 ? 0 : -ENOMEM;
	say(false, NULL, error);
	reject(ret_why, REJECT_BAD_DATA, "%s", error);
	free(error);
	return 1;
}

/* The bodies' own letterheads, each of which may be wrong. */
static int load_letterheads(struct templates *w, const struct plan *plan, finding_fn *say,
			    struct rejection *ret_why)
{
	bool faulty = false;

	for (size_t i = 0; i < plan->body_count; i++) {
		const struct body *body = &plan->bodies[i];
		const struct where *at = &body->paper_template_where;
		char *error = NULL, where[200];
		int r = body->paper_template
				? templates_add_letterhead(w, body->id.text, body->paper_template,
							   &error)
				: 0;

		if (r == -ENOMEM || (r < 0 && !error))
			return -ENOMEM;
		if (r == 0)
			continue;
		snprintf(where, sizeof(where), "%s:%u", at->file, at->line);
		say(false, where, error);
		if (!faulty)
			reject(ret_why, REJECT_BAD_DATA, "%s: %s", where, error);
		faulty = true;
		free(error);
	}
	return faulty;
}

/* That it can't be read again, a moment after the plan's reader did, is a fault like its own. */
static int load_links(struct links **ret, const struct web_settings *web, finding_fn *say,
		      struct rejection *ret_why)
{
	char where[200];
	int r = links_new(ret, web);

	if (r == 0 || r == -ENOMEM)
		return r;
	snprintf(where, sizeof(where), "%s:%u", web->where.file, web->where.line);
	reject(ret_why, REJECT_BAD_DATA, "secret_file %s can't be used: %s", web->secret_file,
	       secret_fault(r));
	say(false, where, ret_why->reason);
	return 1;
}

int configuration_load(struct configuration *ret, const struct plan_request *request,
		       finding_fn *say, struct rejection *ret_why)
{
	struct configuration c = { NULL };
	struct findings findings = { NULL };
	int r = plan_read(&c.plan, request, &findings);

	say_findings(&findings, say, ret_why);
	c.warnings = findings.count - findings.faults;
	findings_done(&findings);
	if (r == 0)
		r = load_templates(&c.templates, &c.plan->settings, say, ret_why);
	if (r == 0)
		r = load_letterheads(c.templates, c.plan, say, ret_why);
	if (r == 0)
		r = load_links(&c.links, &c.plan->settings.web, say, ret_why);
	if (r == -ENOMEM)
		reject(ret_why, RETRY_BUSY, "there is not enough memory to read the files");
	if (r == 0)
		*ret = c;
	else
		configuration_done(&c);
	return r;
}

/* A fault quotes what is wrong, which may be somebody's address: that is for who asks, and not for the log. */
void configuration_log(bool warning, const char *where, const char *text)
{
	char line[1200];

	harmless_line(line, sizeof(line), text, strlen(text));
	log_line(warning ? LOG_LEVEL_WARNING : LOG_LEVEL_ERROR, "%s%s%s", where ? where : "",
		 where ? ": " : "", line);
}

void configuration_print(bool warning, const char *where, const char *text)
{
	printf("%s%s%s%s\n", where ? where : "", where ? ": " : "", warning ? "warning: " : "",
	       text);
}

struct plan_request configuration_request(const struct options *o, struct instant now)
{
	return (struct plan_request){
		.path = o->config,
		.rehearsal = o->rehearsal,
		.first_load = o->check,
		.today = o->rehearsal ? o->start.date : CIVIL_NONE,
		.now = now,
	};
}

/* How mail will leave, since nobody needs a mail server before that. */
static void print_mail(const struct mail_settings *mail)
{
	static const char *const here[] = { "127.", "localhost:", "[::1]:" };
	const char *server = mail->server + strlen("smtp://");
	bool own = false;

	for (size_t i = 0; i < sizeof(here) / sizeof(*here); i++)
		own |= strncmp(server, here[i], strlen(here[i])) == 0;
	printf("Mail leaves by %s%s%s; a rehearsal needs none.\n",
	       own ? "this machine's own mail server, " : "the mail server ", server,
	       mail->tls == MAIL_PLAIN ? "" : ", encrypted");
}

int configuration_check(const struct configuration *c, const struct options *o)
{
	int r;

	if (o->rehearsal)
		clock_rehearse(options_start(o), o->speed);
	r = check_end(c->plan, c->warnings, clock_now(), o->config, stdout);
	if (r < 0)
		fprintf(stderr, "paminnd: the first morning can not be worked out: %s\n",
			strerror(-r));
	if (r == 0)
		print_mail(&c->plan->settings.mail);
	return r < 0 ? EX_OSERR : r > 0 ? EX_CONFIG : 0;
}

void configuration_done(struct configuration *c)
{
	plan_unref(c->plan);
	templates_free(c->templates);
	links_free(c->links);
	*c = (struct configuration){ NULL };
}

/* ---- putting into force ------------------------------------------------------------------------ */

int reload_new(struct reload **ret, struct engine *e, const char *path,
	       const struct reload_calls *calls, void *userdata)
{
	struct reload *r = calloc(1, sizeof(*r));

	if (!r)
		return -ENOMEM;
	*r = (struct reload){ e, path, calls, userdata };
	*ret = r;
	return 0;
}

struct reload *reload_free(struct reload *r)
{
	free(r);
	return NULL;
}

/* In a turn of its own: what others did in the present one stands whatever becomes of this. */
static int adopt(struct reload *r, struct plan *plan, struct plan_change *ret)
{
	struct engine *e = r->engine;
	struct plan *before = e->plan ? plan_ref(e->plan) : NULL;
	int error;

	turn_end_now(e->turn);
	error = turn_join(e->turn);
	if (error == 0)
		error = plan_change_apply(e, plan, clock_now(), ret);
	if (error == 0) /* before another daemon's turn can put another one into force */
		error = ledger_go_by_plan(e->ledger);
	if (error > 0)
		turn_end_now(e->turn); /* refused, with nothing written */
	else
		error = turn_finish(e->turn, error);
	if (error && e->plan != before) {
		plan_unref(e->plan);
		e->plan = before;
		before = NULL;
	}
	plan_unref(before);
	return error;
}

/* Says why, and returns a negative errno. */
static int not_adopted(int error, const struct plan_change *adoption, struct rejection *ret_why)
{
	if (error > 0) {
		reject(ret_why, REJECT_BAD_DATA, "%s", adoption->refused);
		return -EINVAL;
	}
	reject_not_stored(ret_why, error,
			  "the former plan stays; reload when that has been seen to");
	return error;
}

int reload_adopt(struct reload *r, struct plan *plan, struct plan_change *ret,
		 struct rejection *ret_why)
{
	struct plan *before = r->engine->plan ? plan_ref(r->engine->plan) : NULL;
	struct rejection unused;
	int error = r->calls->open(r->userdata, &plan->settings, ret_why);

	if (error == 0) {
		error = adopt(r, plan, ret);
		if (error != 0)
			error = not_adopted(error, ret, ret_why);
		if (error < 0 && before)
			r->calls->open(r->userdata, &before->settings, &unused);
		else if (error == 0)
			r->calls->adopted(r->userdata, before);
	}
	plan_unref(before);
	return error;
}

/* A setting that is taken up at a start only: if it differs, say so and add its name. */
static void compare_setting(json_t *names, const char *name, const char *before, const char *after)
{
	if (strcmp(before, after) == 0)
		return;
	log_warning("%s has changed from %s to %s; that takes effect at the next start", name,
		    before, after);
	json_array_append_new(names, json_string(name));
}

static json_t *waiting_settings(const struct settings *before, const struct settings *after)
{
	json_t *names = json_array();

	compare_setting(names, "store", before->store, after->store);
	compare_setting(names, "timezone", before->timezone, after->timezone);
	if (before->secret_key && after->secret_key &&
	    strcmp(before->secret_key, after->secret_key) != 0) {
		log_warning("secret_key_file holds another key; that takes effect at the next "
			    "start");
		json_array_append_new(names, json_string("secret_key_file"));
	}
	return names;
}

static json_t *reload_row(const struct plan_change *a, size_t warnings, json_t *waiting)
{
	return json_pack("{s:b, s:I, s:I, s:I, s:I, s:I, s:o}", "unchanged", a->unchanged,
			 "obligations_added", (json_int_t)a->obligations_added,
			 "obligations_withdrawn", (json_int_t)a->obligations_withdrawn,
			 "dates_moved", (json_int_t)a->dates_moved, "owners_changed",
			 (json_int_t)a->owners_changed, "warnings", (json_int_t)warnings, "restart",
			 waiting);
}

enum reject_code reload_run(struct reload *r, struct configuration *ret, json_t **ret_row,
			    struct rejection *ret_why)
{
	const struct plan_request request = { .path = r->path, .rehearsal = clock_is_rehearsal() };
	struct configuration c = { NULL };
	struct plan_change adoption;
	struct plan *before;
	int error;

	error = configuration_load(&c, &request, configuration_log, ret_why);
	if (error != 0)
		return ret_why->code;
	before = plan_ref(r->engine->plan);
	error = reload_adopt(r, c.plan, &adoption, ret_why);
	if (error == 0) {
		*ret_row = reload_row(&adoption, c.warnings,
				      waiting_settings(&before->settings, &c.plan->settings));
		plan_unref(c.plan);
		c.plan = NULL;
		*ret = c;
		c = (struct configuration){ NULL };
	}
	plan_unref(before);
	configuration_done(&c);
	return error == 0 ? REJECT_NONE : ret_why->code;
}
