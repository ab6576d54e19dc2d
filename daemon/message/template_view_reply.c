/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the recipient's reply was understood as, and where it is recorded: the page of what they answer, which is told
 * by the number of this message what to show. What it says is kept in the message's item, so that the link holds
 * nothing that could be changed in it.
 */
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"
#include "message/link.h"
#include "message/template_view_internal.h"

static void put_amount(struct template_view *v, const char *name, const json_t *amount)
{
	char words[CATALOGUE_AMOUNT];

	if (json_is_integer(amount))
		template_view_put(v, name,
				  catalogue_amount(v->language, json_integer_value(amount), words));
}

/* What the answer must give besides what was said, in words. */
static void put_missing(struct template_view *v, const struct content_item *item,
			const json_t *data)
{
	static const char *const members[STATUS_FIELDS] = {
		[FIELD_PROGRESS] = "progress",
		[FIELD_EFFECT_ACHIEVED] = "effect_achieved",
		[FIELD_EFFECT_FORECAST] = "effect_forecast",
		[FIELD_NEEDS_SUPPORT] = "needs_support",
		[FIELD_NOTE] = "note",
	};
	const char *missing[STATUS_FIELDS];
	size_t count = 0;

	for (enum status_field i = 0; i < STATUS_FIELDS; i++)
		if (item->require & 1U << i && !json_object_get(data, members[i]))
			missing[count++] = catalogue_field(v->language, i);
	template_view_put_list(v, "missing", missing, count);
}

static void put_link(struct template_view *v, const struct message_content *n,
		     const struct content_item *item, bool understood)
{
	const struct link link =
		link_answer(n->to.person->id, item->deadline, item->measure, item->papers);
	char url[LINK_URL + 40];
	size_t length;

	if (!v->options->links || civil_compare(link.until, zone_date(v->options->now)) < 0)
		return;
	length = strlen(links_url(v->options->links, &link, url));
	if (understood)
		snprintf(url + length, sizeof(url) - length, "?reply=%lld",
			 (long long)n->message.id.n);
	template_view_put(v, "link", url);
}

void template_view_put_reply(struct template_view *v, const struct message_content *n,
			     const struct content_item *item)
{
	const json_t *data = json_object_get(item->detail, "data");
	const char *status = json_string_value(json_object_get(data, "status"));
	const json_t *progress = json_object_get(data, "progress");
	const char *day = json_string_value(json_object_get(data, "done_forecast"));
	struct civil_date done;

	if (item->what != ITEM_REPLIED)
		return;
	template_view_put_flag(v, "understood", status != NULL);
	if (status && event_status_parse(status) != STATUS_NONE)
		template_view_put(v, "reply_status",
				  catalogue_status(v->language, event_status_parse(status)));
	if (json_is_integer(progress))
		template_view_put_number(v, "reply_progress", (size_t)json_integer_value(progress));
	put_amount(v, "reply_achieved", json_object_get(data, "effect_achieved"));
	put_amount(v, "reply_forecast", json_object_get(data, "effect_forecast"));
	if (day && civil_parse(day, &done) == 0)
		template_view_put_date(v, "reply_done_by", done);
	if (status)
		put_missing(v, item, data);
	if (template_view_may_answer(n, item))
		put_link(v, n, item, status != NULL);
}
