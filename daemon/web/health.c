/* SPDX-License-Identifier: Apache-2.0 */
#include "web/health.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "web/site.h"

static void say(struct exchange *x, unsigned status, const char *sentence)
{
	char *line = NULL;
	const int length = asprintf(&line, "%s\n", sentence);

	if (length < 0) {
		exchange_refuse(x, REFUSAL_BROKEN);
		return;
	}
	exchange_reply(x, &(struct reply){ .status = status,
					   .type = "text/plain; charset=utf-8",
					   .body = line,
					   .length = (size_t)length });
}

void health_alive(struct web *w, struct exchange *x)
{
	(void)w;
	say(x, 200, "alive");
}

void health_ready(struct web *w, struct exchange *x)
{
	const char *why = w->calls->unready(w->userdata);

	say(x, why ? 503 : 200, why ? why : "ready");
}
