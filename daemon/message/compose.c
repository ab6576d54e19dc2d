/* SPDX-License-Identifier: Apache-2.0 */
#include "message/compose.h"

typedef int compose_fn(const struct composing *with, const struct message_content *n,
		       struct composed *ret);

/* Of a webhook, by its format. */
static compose_fn *const hooks[] = {
	[FORMAT_CLOUDEVENTS] = hook_compose,
	[FORMAT_TEAMS] = card_compose,
};

int message_compose(const struct composing *with, const struct message_content *n,
		    struct composed *ret)
{
	compose_fn *compose = n->via->type == CHANNEL_MAIL ? mail_compose : hooks[n->via->format];

	return compose(with, n, ret);
}
