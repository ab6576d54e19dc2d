/* SPDX-License-Identifier: Apache-2.0 */
/* What a message is on its channel: a mail, an event for a webhook, a card. */
#pragma once
#include "message/templates.h"

/* Compose it for the channel that it leaves by. The errors of mail_compose, hook_compose and card_compose. */
int message_compose(const struct composing *with, const struct message_content *n,
		    struct composed *ret);
