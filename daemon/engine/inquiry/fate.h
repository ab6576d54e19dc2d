/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a message, for who asks why: the decision it comes to, and in words how it went. */
#pragma once
#include "engine/inquiry/inquirer.h"
#include "ledger/ledger.h"

struct fate {
	enum decision decision;
	char words[360];
};

/* Of a message; on_hold: nothing leaves at present. */
struct fate fate_of(const struct message *m, bool on_hold);
/* Of the item that a mark of DECISION_SENT put into its message, which may have been struck out since. 0 or a
 * negative errno. */
int fate_of_mark(struct inquiry *q, const struct mark *mark, struct fate *ret);
