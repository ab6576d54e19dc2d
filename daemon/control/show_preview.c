/* SPDX-License-Identifier: Apache-2.0 */
#include "control/show_preview.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/zone.h"
#include "engine/preview.h"
#include "message/mail_part.h"
#include "message/return_token.h"

typedef int compose_fn(const struct composing *with, const struct message_content *n,
		       struct composed *ret);

/* What can be looked at. */
static const struct shown {
	const char *name;
	compose_fn *compose;
	enum mail_part part; /* of a mail */
} parts[] = {
	{ "text", mail_compose, MAIL_TEXT },	   { "html", mail_compose, MAIL_HTML },
	{ "headers", mail_compose, MAIL_HEADERS }, { "ics", mail_compose, MAIL_CALENDAR },
	{ "mail", mail_compose, MAIL_WHOLE },	   { "webhook", hook_compose, MAIL_WHOLE },
	{ "card", card_compose, MAIL_WHOLE },
};
#define PARTS_KNOWN (sizeof(parts) / sizeof(parts[0]))

static const char *param(const struct command *c, const char *name)
{
	return json_string_value(json_object_get(c->params, name));
}

static int find_part(const struct command *c, const struct shown **ret, struct rejection *ret_why)
{
	const char *name = param(c, "part");
	struct text_list known = { "" };

	for (size_t i = 0; i < PARTS_KNOWN; i++) {
		text_list_add(&known, parts[i].name);
		if (!name || strcmp(name, parts[i].name) == 0) {
			*ret = &parts[i];
			return 0;
		}
	}
	return (int)reject(ret_why, REJECT_BAD_DATA, "a message has no part %s: the parts are %s",
			   text_excerpt(name).text, known.text);
}

static int find_language(const struct command *c, enum language *ret, struct rejection *ret_why)
{
	static const char *const names[] = { [LANGUAGE_SV] = "sv", [LANGUAGE_EN] = "en" };
	const char *name = param(c, "language");

	*ret = LANGUAGES;
	if (!name)
		return 0;
	*ret = (enum language)text_find(name, names, LANGUAGES);
	return *ret < LANGUAGES ? 0
				: (int)reject(ret_why, REJECT_BAD_DATA,
					      "there is no language %s: it is sv or en",
					      text_excerpt(name).text);
}

static int compose(const struct command *c, const struct shown *part, const struct preview *p,
		   char **ret)
{
	char installation[100];
	struct return_key returns;
	struct composing with = { .settings = &c->engine->plan->settings,
				  .installation = installation,
				  .now = p->when,
				  .returns = &returns };
	struct composed composed = { 0 };
	int r = ledger_meta(c->engine->ledger, META_INSTALLATION, installation,
			    sizeof(installation));

	if (r == 0)
		r = return_key_load(c->engine->ledger, &returns);
	c->calls->words(c->userdata, &with);
	if (r == 0)
		r = part->compose(&with, p->content, &composed);
	if (r == 0)
		r = mail_part_read(&composed, part->part, ret);
	composed_done(&composed);
	return r;
}

static int read_text(const struct command *c, const struct shown *part, const struct preview *p,
		     char **ret, struct rejection *ret_why)
{
	const struct person *to = p->content->to.person;
	int r;

	if (part->compose == mail_compose && !to->mail)
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "%s has no mail address in the plan: look at --part webhook or "
				   "--part card",
				   to->id.text);
	r = compose(c, part, p, ret);
	if (r == 0 && !*ret)
		return (int)reject(ret_why, REJECT_BAD_DATA, "this message has no part %s",
				   part->name);
	return r;
}

static json_t *row_of(const struct preview *p, const struct shown *part, const char *text)
{
	char when[RFC3339_TEXT];

	return json_pack("{ss ss ss ss ss}", "kind", message_kind_name(p->content->message.kind),
			 "to", p->content->to.person->id.text, "when", zone_format(p->when, when),
			 "part", part->name, "text", text);
}

json_t *show_preview(const struct command *c)
{
	struct preview_request request = { param(c, "kind"), person_id(param(c, "person")),
					   param(c, "item"), LANGUAGES };
	struct preview p = { NULL };
	const struct shown *part;
	struct rejection why;
	char *text = NULL;
	json_t *row = NULL;
	int r = find_part(c, &part, &why);

	if (r == 0)
		r = find_language(c, &request.language, &why);
	if (r == 0)
		r = preview_new(&p, c->engine, &request, clock_now(), &why);
	if (r == 0)
		r = read_text(c, part, &p, &text, &why);
	if (r == 0)
		row = row_of(&p, part, text);
	free(text);
	message_content_free(p.content);
	if (r < 0)
		reject(&why, RETRY_BUSY, "it could not be composed (%s): see the log",
		       strerror(-r));
	return r == 0 ? answer_rows(json_pack("[o]", row), NULL) : answer_refused(NULL, &why);
}
