/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libpq's pipeline mode: statements are sent one behind the other, and their results are read when somebody
 * needs one. So what a turn writes costs no round trip each, but one at its commit.
 *
 * After an error the server skips what follows until the next synchronisation point. There is one behind each
 * statement whose result is wanted, so an error is known at the latest then, and is that of the transaction.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/postgres.h"

#define PENDING_MAX 400 /* then their results are read, before the server waits for us to */

/* ---- what the server says of a statement ----------------------------------------------------- */

/* SQLSTATE, or the first two of its five characters, for the class. Others make the store unusable. */
static const struct {
	const char *state;
	int error;
} errors[] = {
	{ "08", -EAGAIN },    /* the connection */
	{ "25P03", -EAGAIN }, /* idle in the transaction for too long */
	{ "25006", -EAGAIN }, /* read-only: a standby */
	{ "40", -EAGAIN },    /* rolled back for the sake of others */
	{ "53100", -ENOSPC }, /* the disk is full */
	{ "53", -EAGAIN },    /* out of memory, too many connections */
	{ "55P03", -EAGAIN }, /* the others' turn took too long */
	{ "57", -EAGAIN },    /* shut down, cancelled, killed, starting up */
	{ "23505", -EEXIST }, /* a unique key is taken */
	{ "22", -EINVAL },    /* data that does not fit */
	{ "23", -EINVAL },    /* a constraint */
};

static int error_of(struct postgres *p, const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

	postgres_note_failure(p, text ? text : PQresultErrorMessage(result));
	if (!state) /* libpq's own: the connection broke */
		return -EAGAIN;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strncmp(state, errors[i].state, strlen(errors[i].state)) == 0)
			return errors[i].error;
	return -EIO;
}

static void hear(struct postgres *p, const PGresult *result)
{
	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
	case PGRES_PIPELINE_SYNC:
	case PGRES_PIPELINE_ABORTED: /* for an error before it */
		break;
	default:
		if (p->error == 0)
			p->error = error_of(p, result);
	}
}

/* All results of one command; the last of them into *ret, or cleared. */
static int read_command(struct postgres *p, PGresult **ret)
{
	PGresult *last = NULL, *result;
	int r;

	while ((r = postgres_next_result(p, &result)) == 0 && result) {
		hear(p, result);
		PQclear(last);
		last = result;
		/* It ends alone, without a NULL behind it. */
		if (PQresultStatus(result) == PGRES_PIPELINE_SYNC)
			break;
	}
	if (r < 0 || !ret)
		PQclear(last);
	else
		*ret = last;
	return r;
}

int postgres_settle(struct postgres *p, PGresult **ret)
{
	PGresult *last = NULL;
	int r = 0, error;

	if (!p->ready)
		return -EAGAIN;
	if (!PQpipelineSync(p->conn))
		r = postgres_lose(p, PQerrorMessage(p->conn));
	if (r == 0)
		r = postgres_flush(p);
	while (r == 0 && p->pending > 0) {
		PGresult **keep = postgres_answer_of(p, p->sent - p->pending + 1);
		if (!keep && ret && p->pending == 1)
			keep = &last;
		r = read_command(p, keep);
		if (r == 0)
			p->pending--;
	}
	if (r == 0)
		r = read_command(p, NULL); /* of the synchronisation */
	error = r < 0 ? r : p->error;
	p->error = 0;
	if (r == 0 && PQstatus(p->conn) != CONNECTION_OK)
		error = postgres_lose(p, p->db.failure ? p->db.failure
						       : "the database has ended the connection");
	if (error < 0 || !ret)
		PQclear(last);
	else
		*ret = last;
	return error;
}

int postgres_sent(struct postgres *p, int taken)
{
	if (!taken)
		return postgres_lose(p, PQerrorMessage(p->conn));
	p->sent++;
	p->pending++;
	return 0;
}

int postgres_make_room(struct postgres *p)
{
	return p->pending < PENDING_MAX ? 0 : postgres_settle(p, NULL);
}

int postgres_send(struct postgres *p, const char *text)
{
	if (!p->ready)
		return -EAGAIN;
	return postgres_sent(p, PQsendQueryParams(p->conn, text, 0, NULL, NULL, NULL, NULL, 0));
}

int postgres_number(struct postgres *p, const char *text, int64_t *ret)
{
	PGresult *result = NULL;
	int r = postgres_send(p, text);

	if (r == 0)
		r = postgres_settle(p, &result);
	if (r < 0)
		return r;
	*ret = PQntuples(result) > 0 ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 0;
	PQclear(result);
	return 0;
}

int postgres_script(struct postgres *p, const char *text)
{
	PGresult *result = NULL;
	int r = postgres_settle(p, NULL);

	if (r < 0)
		return r;
	if (!PQexitPipelineMode(p->conn) || !PQsendQuery(p->conn, text))
		return postgres_lose(p, PQerrorMessage(p->conn));
	r = postgres_flush(p);
	while (r == 0 && (r = postgres_next_result(p, &result)) == 0 && result) {
		hear(p, result);
		PQclear(result);
	}
	if (r == 0 && !PQenterPipelineMode(p->conn))
		r = postgres_lose(p, PQerrorMessage(p->conn));
	if (r == 0)
		r = p->error;
	p->error = 0;
	return r;
}
