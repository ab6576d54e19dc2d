/* SPDX-License-Identifier: Apache-2.0 */
/* A steward refuses what was asked for. */
#include "engine/apply/application.h"

int apply_deny(struct application *a)
{
	return application_not_taken(a, "paminn.deny");
}
