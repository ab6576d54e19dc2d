/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A layout is tried with samples when it is loaded: whatever a message may hold or lack, what comes out
 * is a JSON object.
 */
#include "message/card.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "message/template_view.h"

int card_render(const struct template *t, const json_t *view, char **ret, json_error_t *error)
{
	const size_t failures = memory_failures();
	char *text = NULL;
	json_t *card;
	int r = template_render(t, view, &text);

	*error = (json_error_t){ .line = 1 };
	if (r < 0)
		return r;
	card = json_loads(text, JSON_REJECT_DUPLICATES, error);
	free(text);
	*ret = json_is_object(card) ? json_dumps(card, JSON_COMPACT) : NULL;
	r = memory_failures() != failures ? -ENOMEM : json_is_object(card) ? 0 : -EBADMSG;
	json_decref(card);
	return r;
}

static bool has(const struct template_var *vars, const struct template_var *var)
{
	for (; vars->name; vars++)
		if (vars == var)
			return true;
	return false;
}

/* An object with what is always there, and `only` wherever it has a place; or with all there is. */
static json_t *sample(const struct template_var *vars, const struct template_var *only, bool all)
{
	json_t *o = json_object();

	for (const struct template_var *w = vars; w->name; w++) {
		const bool inside = w->kind == VAR_LIST && only && has(w->inner, only);
		json_t *value;

		if (!all && w != only && w->kind != VAR_FILLED && !inside)
			continue;
		if (w->kind == VAR_FLAG)
			value = json_true();
		else if (w->kind == VAR_LIST)
			value = json_pack("[o, o]", sample(w->inner, only, all),
					  sample(w->inner, inside ? only : NULL, false));
		else
			value = json_string("a \"quoted\" \\ text,\nof <two> lines");
		if (json_object_set_new(o, w->name, value) < 0) {
			json_decref(o);
			return NULL;
		}
	}
	return o;
}

static int check_one(const struct template *t, const char *path, const struct template_var *only,
		     bool all, char **ret_error)
{
	json_t *view = sample(template_card_vars, only, all);
	json_error_t error = { .line = 1 };
	char *text = NULL;
	int r = view ? card_render(t, view, &text, &error) : -ENOMEM;

	json_decref(view);
	free(text);
	if (r == 0 || r == -ENOMEM)
		return r;
	if (asprintf(
		    ret_error,
		    "%s:1: with %s%s the card is not JSON: line %d of it: %s; each value stands in "
		    "quotes, and a comma belongs to what may be missing",
		    path,
		    all	   ? "everything there is"
		    : only ? only->name
			   : "nothing optional",
		    only ? " alone" : "", error.line, *error.text ? error.text : "it is blank") < 0)
		*ret_error = NULL;
	return -EINVAL;
}

/* What the card has no place for cannot break it. */
static int check_each(const struct template *t, const char *path, const struct template_var *vars,
		      char **ret_error)
{
	int r = 0;

	for (const struct template_var *w = vars; r == 0 && w->name; w++) {
		if (template_uses(t, w->name))
			r = check_one(t, path, w, false, ret_error);
		if (r == 0 && w->kind == VAR_LIST)
			r = check_each(t, path, w->inner, ret_error);
	}
	return r;
}

int card_check(const struct template *t, const char *path, char **ret_error)
{
	int r = check_one(t, path, NULL, true, ret_error);

	if (r == 0)
		r = check_one(t, path, NULL, false, ret_error);
	return r < 0 ? r : check_each(t, path, template_card_vars, ret_error);
}
