/* SPDX-License-Identifier: Apache-2.0 */
/* Reaching the daemon, and what becomes of events when it can't be reached. */
#pragma once
#include "client/batch.h"
#include "client/command.h"
#include "client/connection.h"

/* A call's way to one of its servers, and when that one fails to another: each is tried once. */
struct reach {
	const struct call *call;
	struct connection *connection; /* NULL: none */
	size_t first;		       /* the number of the server to begin with */
	int errors[SETTINGS_SERVERS];  /* of those that have failed */
};
void reach_begin(struct reach *r, const struct call *call);
void reach_end(struct reach *r);

/* Connect to a server that has not failed, then send it what is kept for any of them, which is reported on standard
 * error. 0, or -ENOTCONN: there is none. */
int reach(struct reach *r);
/* The same without sending what is kept. */
int reach_only(struct reach *r);
/* The connected one has failed by such an errno, or can't take it now (-EAGAIN): let go of it. */
void reach_fail(struct reach *r, int error);
/* ... and is there another, connected as by reach? 0 or -ENOTCONN. */
int reach_another(struct reach *r, int error);
/* Is it an errno by which the connected one fails, rather than us? */
bool reach_failed_by(int error);
/* How many there are that have neither failed nor are connected. */
size_t reach_others(const struct reach *r);
/* The connected one does its work: those that have failed may be tried again. */
void reach_works(struct reach *r);
/* For events, which may be said again: wait for the connected one no longer than its share of the timeout. */
void reach_share(struct reach *r);
/* Say on standard error why each server was not reached; the exit code that goes with it. */
int reach_fault(const struct reach *r);
/* Is such an error for the person to see to, so that trying again would not help? */
bool reach_is_final(int error);
/* Is each server's? */
bool reach_is_hopeless(const struct reach *r);
int reach_exit_code(int error);

/* Keep those events of the batch whose answer is retry, or all without answers, stamped with the time.
 * How many, or a negative errno. */
int reach_keep(const struct call *call, const struct batch *b, const json_t *answers);
