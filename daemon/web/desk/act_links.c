/* SPDX-License-Identifier: Apache-2.0 */
/* What can be done with a thing, as links of its page. */
#include <stdio.h>

#include "web/desk/acting.h"
#include "web/desk/desk.h"

void act_put_flag(json_t *object, const struct act *act)
{
	char flag[24];

	snprintf(flag, sizeof(flag), "act_%s", act->name);
	for (char *c = flag; *c; c++)
		*c = *c == '-' ? '_' : *c;
	page_put_flag(object, flag, true);
	page_put(object, "act", act->name);
}

void act_links_put(const struct page_reader *to, json_t *view, const char *id)
{
	json_t *links = json_array();
	struct subject about;

	json_object_set_new(view, "acts", links);
	for (size_t i = 0; i < act_count; i++) {
		json_t *link;

		if (!acts[i].subjects || acts[i].action == FORM_UNDO ||
		    !subject_find(to->web->engine->plan, acts[i].subjects, id, &about) ||
		    !act_is_for(&acts[i], &about))
			continue;
		link = json_object();
		act_put_flag(link, &acts[i]);
		page_put(link, "item", about.id);
		json_array_append_new(links, link);
	}
	page_put_flag(view, "any_acts", json_array_size(links) > 0);
}
