/* SPDX-License-Identifier: Apache-2.0 */
/* What has changed since the paper was frozen: measures, and what is proposed to be decided. */
#include <string.h>

#include "message/paper_view_internal.h"

/* An empty line ends a paragraph. */
void paper_put_paragraphs(struct template_view *v, const char *name, const char *text)
{
	json_t *list = json_array();

	while (text && *(text += strspn(text, " \t\r\n"))) {
		const char *end = strstr(text, "\n\n");
		const size_t length = end ? (size_t)(end - text) : strlen(text);

		json_array_append_new(list,
				      json_pack("{ss% sb}", "paragraph", text, length, "last",
						!text[length + strspn(text + length, " \t\r\n")]));
		text += length;
	}
	json_object_set_new(v->object, name, list);
}

/* Of what the body is proposed to decide: an entry that is no row's. */
static bool is_proposal(const json_t *change)
{
	return json_object_get(json_object_get(change, "is"), "proposal") != NULL;
}

static void put_proposal(struct template_view *v, const json_t *change)
{
	const char *now = paper_text_of(json_object_get(change, "is"), "proposal");

	template_view_put_flag(v, "proposal_changed", now != NULL);
	template_view_put_flag(v, "proposal_withdrawn", change && !now);
	paper_put_paragraphs(v, "proposal_now", now);
}

void paper_put_since_frozen(struct template_view *v, const json_t *report)
{
	const json_t *changes = json_object_get(report, "since_frozen"), *change, *proposal = NULL;
	json_t *list = json_array();
	size_t i;

	json_array_foreach (changes, i, change)
		if (is_proposal(change))
			proposal = change;
		else
			json_array_append_new(list, paper_entry_view(v, change));
	put_proposal(v, proposal);
	template_view_put_flag(v, "changed_since", json_array_size(changes) > 0);
	template_view_put_flag(v, "since_frozen_any", json_array_size(list) > 0);
	json_object_set_new(v->object, "since_frozen", list);
}
