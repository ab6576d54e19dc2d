/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone.h"
#include "engine/outbox/sign_in.h"
#include "engine/preview/internal.h"

json_t *preview_sign_in(const struct previewing *p)
{
	char until[RFC3339_TEXT];

	zone_format_second(instant_add(p->now, MINUTES(SIGN_IN_MINUTES)), until);
	return json_pack("{ss ss}", "login", "preview", "until", until);
}
