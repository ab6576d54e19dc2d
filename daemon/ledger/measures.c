/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/measures.h"

#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct measure_row, member, roles)
static const struct field fields[] = {
	F(id, FIELD_KEY),
	F(owner, FIELD_FROM_LOG),
	F(status, FIELD_FROM_LOG),
	F(time, FIELD_FROM_LOG),
	F(seq, 0),
	F(progress, FIELD_FROM_LOG),
	F(effect_achieved, FIELD_FROM_LOG),
	F(effect_forecast, FIELD_FROM_LOG),
	F(alerts, FIELD_FROM_LOG),
	F(needs_support, 0),
	F(note, 0),
	F(closed_as, FIELD_FROM_LOG),
	F(closed_at, FIELD_FROM_LOG),
	F(closed_seq, 0),
	F(closed_reference, FIELD_FROM_LOG),
	F(closed_link, FIELD_FROM_LOG),
	F(added_at, 0),
};
const struct row_type measure_type = ROW_TYPE("measure", struct measure_row, fields);

int ledger_put_measure(struct ledger *l, const struct measure_row *m)
{
	return set_put(l, SET_MEASURES, m);
}

int ledger_measure(struct ledger *l, struct measure_id id, struct measure_row *ret)
{
	return row_must(l, set_get(l, SET_MEASURES, id.text, ret));
}

int ledger_find_measure(struct ledger *l, struct measure_id id, struct measure_row *ret,
			bool *ret_found)
{
	return row_found(set_get(l, SET_MEASURES, id.text, ret), ret_found);
}

void measure_row_done(struct measure_row *m)
{
	row_done(&measure_type, m);
}
