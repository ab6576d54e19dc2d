/* SPDX-License-Identifier: Apache-2.0 */
/* Opening the store at the daemon's start, and closing it at its end. */
#pragma once
#include "base/options.h"
#include "ledger/ledger.h"
#include "plan/plan.h"

/*
 * Open the store that the command line names, or else the settings: 0 with the ledger in ret; or an exit code
 * (sysexits), ret untouched, with what is to be done about it as an error in the log.
 */
int store_open(struct ledger **ret, const struct options *o, const struct settings *settings);
/* The exit code for a result of ledger_open that is not LEDGER_OPENED, or a negative errno, of the store at `at`; what is to
 * be done about it is an error in the log. */
int store_explain(const char *at, int r, const struct store_refusal *why, bool rehearsal);
/* A shared one learns that this daemon is gone, so that the others need not wait for its lease to end. */
void store_close(struct ledger *l);
