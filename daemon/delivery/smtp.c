/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail over SMTP, one recipient a mail. Curl connects, greets (and, where that is asked for, encrypts
 * and logs in): CURLOPT_CONNECT_ONLY. The mail transaction is spoken in session.c, because curl waits
 * for the answer to the end of DATA, and to QUIT, without returning to the loop (lib/smtp.c of 7.88:
 * smtp_block_statemach): one silent server would stop the daemon.
 *
 * A mail waits until a session takes it; there are at most as many sessions as connections allowed.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>

#include "base/clock.h"
#include "delivery/smtp_connect.h"
#include "protocol/text.h"

/* A new session, for the first mail that waits. */
static int open_session(struct mailer *m)
{
	struct smtp_job *l = TAILQ_FIRST(&m->waiting);
	struct session *s;
	int r = smtp_connect(&s, m, &l->request);

	if (r < 0)
		return r;
	s->job = l;
	TAILQ_REMOVE(&m->waiting, l, link);
	return 0;
}

static void mailer_assign(struct mailer *m)
{
	struct session *s;
	struct smtp_job *l;

	while (!TAILQ_EMPTY(&m->waiting)) {
		LIST_FOREACH (s, &m->sessions, link) {
			if (s->phase == IDLE)
				break;
		}
		if (!s) {
			if (m->session_count >= m->limits.net.connections || open_session(m) < 0)
				return;
			continue;
		}
		l = TAILQ_FIRST(&m->waiting);
		TAILQ_REMOVE(&m->waiting, l, link);
		if (!session_begin(s, l)) {
			TAILQ_INSERT_HEAD(&m->waiting, l, link);
			session_free(s);
		}
	}
}

static void mailer_ended(struct mailer *m, struct smtp_job *l, const struct result *result)
{
	done_fn done = l->done;
	void *userdata = l->userdata;

	free(l);
	mailer_assign(m); /* the session may be free for another */
	done(userdata, result);
}

static int mailer_send(void *self, const struct send_request *request, done_fn done, void *userdata,
		       struct result *ret)
{
	struct mailer *m = self;
	struct smtp_job *l = calloc(1, sizeof(*l));

	(void)ret;
	if (!l)
		return -ENOMEM;
	/* They are written into commands: a line end in one would be a command of its own. */
	assert(text_is_address(request->from));
	assert(text_is_address(request->to));
	assert(!request->envid || text_is_id(request->envid));
	l->request = *request;
	l->done = done;
	l->userdata = userdata;
	TAILQ_INSERT_TAIL(&m->waiting, l, link);
	mailer_assign(m);
	if (LIST_EMPTY(&m->sessions)) {
		TAILQ_REMOVE(&m->waiting, l, link);
		free(l);
		return -ENOMEM;
	}
	return SENT_BEGUN;
}

/* One session after another; each may end others, so each is looked for anew. */
static void act_on(struct mailer *m, const struct curl_waitfd *fd)
{
	struct session *s;
	uint32_t events = 0;

	if (fd->revents & CURL_WAIT_POLLIN)
		events |= EPOLLIN;
	if (fd->revents & CURL_WAIT_POLLOUT)
		events |= EPOLLOUT;
	LIST_FOREACH (s, &m->sessions, link) {
		if (s->phase != CONNECTING && s->fd == fd->fd) {
			if (events != 0)
				session_act(s, events);
			else if (clock_mono().us >= s->deadline.us)
				session_lost(s, "the server did not answer in time");
			return;
		}
	}
}

static void mailer_run(void *self, struct duration longest)
{
	struct mailer *m = self;
	struct curl_waitfd *fds = calloc((size_t)m->session_count + 1, sizeof(*fds));
	struct session *s;
	unsigned n = 0;

	if (!fds)
		return;
	LIST_FOREACH (s, &m->sessions, link) {
		if (s->phase == CONNECTING)
			continue;
		fds[n].fd = s->fd;
		fds[n++].events = s->out_sent < s->out_length ? CURL_WAIT_POLLIN | CURL_WAIT_POLLOUT
							      : CURL_WAIT_POLLIN;
	}
	transfer_run(m->transfer, fds, n, longest);
	if (m->oauth)
		oauth_run(m->oauth);
	for (unsigned i = 0; i < n; i++)
		act_on(m, &fds[i]);
	free(fds);
}

static void give_up(struct smtp_job *l, enum verdict verdict)
{
	done_fn done = l->done;
	void *userdata = l->userdata;

	free(l);
	done(userdata, &(struct result){ .verdict = verdict, .answer = GIVEN_UP });
}

static void mailer_abandon(void *self)
{
	struct mailer *m = self;
	struct session *s;
	struct smtp_job *l;
	enum verdict verdict;

	while ((l = TAILQ_FIRST(&m->waiting))) {
		TAILQ_REMOVE(&m->waiting, l, link);
		give_up(l, VERDICT_UNBEGUN);
	}
	while ((s = LIST_FIRST(&m->sessions))) {
		verdict = session_given_up(s);
		l = s->job;
		session_free(s);
		if (l)
			give_up(l, verdict);
	}
}

static void mailer_free(void *self)
{
	struct mailer *m = self;
	struct session *s;
	struct smtp_job *l;

	while ((s = LIST_FIRST(&m->sessions))) {
		free(s->job);
		session_free(s);
	}
	while ((l = TAILQ_FIRST(&m->waiting))) {
		TAILQ_REMOVE(&m->waiting, l, link);
		free(l);
	}
	oauth_free(m->oauth);
	transfer_free(m->transfer);
	sd_event_unref(m->event);
	free(m);
}

static int mailer_new(void **ret, sd_event *event, const struct limits *limits)
{
	struct mailer *m = calloc(1, sizeof(*m));
	int r = m ? transfer_new(&m->transfer, event, &limits->net) : -ENOMEM;

	if (r < 0) {
		free(m);
		return r;
	}
	m->event = sd_event_ref(event);
	m->limits = *limits;
	TAILQ_INIT(&m->waiting);
	m->assign = mailer_assign;
	m->ended = mailer_ended;
	*ret = m;
	return 0;
}

const struct transport transport_smtp = { mailer_new, mailer_free, mailer_abandon, mailer_send,
					  mailer_run };
