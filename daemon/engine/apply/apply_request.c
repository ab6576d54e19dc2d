/* SPDX-License-Identifier: Apache-2.0 */
/* Somebody who owes something asks for a later date. */
#include "engine/apply/application.h"

int apply_request(struct application *a)
{
	return application_not_taken(a, "paminn.request");
}
