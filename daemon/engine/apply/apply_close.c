/* SPDX-License-Identifier: Apache-2.0 */
/* The body closes a measure or an assignment. */
#include "engine/apply/application.h"

int apply_close(struct application *a)
{
	return application_not_taken(a, "paminn.close");
}
