/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/damage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

int damage_note(struct damage *d, const char *name)
{
	for (size_t i = 0; i < d->count; i++)
		if (strcmp(d->names[i], name) == 0)
			return 0;
	if (d->count == DAMAGE_NAMES)
		return 0;
	int r = array_grow(&d->names, d->count, &d->room);
	if (r == 0)
		snprintf(d->names[d->count++], DAMAGE_NAME, "%s", name);
	return r;
}

const char *damage_next(struct damage *d)
{
	return d->told < d->count ? d->names[d->told++] : NULL;
}

struct damage *damage_free(struct damage *d)
{
	if (d)
		free(d->names);
	free(d);
	return NULL;
}
