/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/closing.h"

#include "engine/obligation/state.h"

bool measure_is_closed_by_body(const struct measure_row *row)
{
	return row->closed_seq != 0;
}

bool measure_counts_as_closed(const struct measure *m, const struct measure_row *row)
{
	return m->closing == CLOSED_BY_BODY ? measure_is_closed_by_body(row)
					    : measure_is_closed(row);
}

bool measure_is_done_by_owner(const struct measure *m, const struct measure_row *row)
{
	return measure_is_closed(row) && !measure_counts_as_closed(m, row);
}
