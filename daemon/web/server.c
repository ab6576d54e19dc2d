/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library calls on_access with the head, with each piece of the body, and when all is there. Then the
 * handler is called; when it has not answered, the connection is suspended, so that the library looks away
 * until exchange_reply has resumed it, and calls once more for the answer.
 *
 * Each connection is closed after its answer. Keeping it open would save a handshake for whoever asks twice
 * in ten seconds, and make one bound for a request two: for the request, and for the silence before it.
 */
#include "web/server.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "base/deferred.h"
#include "base/log.h"
#include "web/headers.h"

/* Of a connection, for its head, what is made of that, and a piece of the body. */
#define CONNECTION_MEMORY (3 * HEAD_MAX)
#define NO_LIMIT 65536u /* of its own: visitors are counted before they come here */

struct server {
	struct web *web;
	struct MHD_Daemon *daemon;
	sd_event_source *io;
	struct deferred *again;
	struct visitor *coming; /* whose connection is being added */
};

/* ---- answers ------------------------------------------------------------------------------------- */

/* The body is the reply's own, or the page of a refusal, which stays as long as the words do. */
static struct MHD_Response *response_of(struct exchange *x)
{
	const struct refusal_page *page;
	struct MHD_Response *response;

	if (x->refused) {
		page = refusal_page(x->web->refusals, x->refused, x->request.language);
		return MHD_create_response_from_buffer(page->length, page->html,
						       MHD_RESPMEM_MUST_COPY);
	}
	response = MHD_create_response_from_buffer(x->reply.length, x->reply.body,
						   MHD_RESPMEM_MUST_FREE);
	if (response)
		x->reply.body = NULL;
	return response;
}

static bool add_header(struct MHD_Response *response, const char *name, const char *value)
{
	return !value || MHD_add_response_header(response, name, value) == MHD_YES;
}

static bool add_headers(struct MHD_Response *response, const struct exchange *x)
{
	struct header_line common[HEADER_LINES];
	const size_t count = headers_common(x->web, common);
	bool ok = add_header(response, "Connection", "close") &&
		  add_header(response, "Content-Type", x->reply.type) &&
		  add_header(response, "Location", x->location) &&
		  add_header(response, "Content-Disposition", x->disposition) &&
		  add_header(response, "Set-Cookie", x->cookie) &&
		  add_header(response, "Retry-After", refusal_passes(x->refused) ? "10" : NULL);

	for (size_t i = 0; i < count && ok; i++)
		ok = add_header(response, common[i].name, common[i].value);
	return ok;
}

/* MHD_NO closes the connection. */
static enum MHD_Result queue_answer(struct MHD_Connection *connection, struct exchange *x)
{
	struct MHD_Response *response = response_of(x);
	enum MHD_Result r = MHD_NO;

	x->queued = true;
	if (response && add_headers(response, x))
		r = MHD_queue_response(connection, x->reply.status, response);
	if (response)
		MHD_destroy_response(response);
	visitor_is_answered(x->visitor);
	return r;
}

/* ---- what the library calls ---------------------------------------------------------------------- */

static struct visitor *visitor_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

static void put_first(struct MHD_Connection *connection, const char *name, const char *value)
{
	MHD_set_connection_value(connection, MHD_HEADER_KIND, name, value);
}

/*
 * The library has read the request line and none of the headers. Of those that it acts upon it looks at the
 * first of each name, so what stands first is what the head has been read to say: a Content-Length with a
 * blank behind it, or a cookie of some other program of theirs, which nobody reads here, are as good as any,
 * but would be answered by the library with a page of its own. To refuse them too was no way out: nobody who
 * has such a cookie could answer, nor know why.
 */
static void *on_request_line(void *userdata, const char *uri, struct MHD_Connection *connection)
{
	const struct visitor *v = visitor_of(connection);
	const struct exchange *x = v ? v->exchange : NULL;

	(void)userdata, (void)uri;
	put_first(connection, MHD_HTTP_HEADER_COOKIE, "");
	if (x && *x->length)
		put_first(connection, MHD_HTTP_HEADER_CONTENT_LENGTH, x->length);
	if (x && x->expects_leave)
		put_first(connection, MHD_HTTP_HEADER_EXPECT, "100-continue");
	return NULL;
}

static enum MHD_Result on_access(void *userdata, struct MHD_Connection *connection, const char *url,
				 const char *method, const char *version, const char *upload,
				 size_t *upload_size, void **request)
{
	struct visitor *v = visitor_of(connection);
	struct exchange *x = v ? v->exchange : NULL;

	(void)userdata, (void)url, (void)method, (void)version;
	if (!x || x->queued)
		return MHD_NO;
	if (!*request) {
		*request = x;
		x->connection = connection;
		return MHD_YES;
	}
	if (*upload_size > 0) {
		if (exchange_add(x, upload, *upload_size) < 0)
			return MHD_NO;
		*upload_size = 0;
		return MHD_YES;
	}
	if (!x->begun) {
		visitor_has_come(v);
		exchange_begin(x);
	}
	if (x->replied)
		return queue_answer(connection, x);
	x->suspended = true;
	MHD_suspend_connection(connection);
	return MHD_YES;
}

static void on_connection(void *userdata, struct MHD_Connection *connection, void **context,
			  enum MHD_ConnectionNotificationCode what)
{
	struct server *s = userdata;

	(void)connection;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = s->coming;
	} else if (*context) {
		if (s->coming == *context)
			s->coming = NULL; /* gone again before it was in */
		visitor_free(*context);
		*context = NULL;
	}
}

/* ---- in the loop ----------------------------------------------------------------------------------- */

void server_run(struct server *s)
{
	MHD_UNSIGNED_LONG_LONG timeout;

	MHD_run(s->daemon);
	if (MHD_get_timeout(s->daemon, &timeout) == MHD_YES && timeout == 0)
		deferred_ask(s->again);
}

static int on_io(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	(void)source, (void)fd, (void)events;
	server_run(userdata);
	return 0;
}

static void on_again(void *userdata)
{
	server_run(userdata);
}

static int start(struct server *s)
{
	const union MHD_DaemonInfo *info;

	s->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
		on_access, s, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
		MHD_OPTION_URI_LOG_CALLBACK, on_request_line, NULL,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_CONNECTION_LIMIT, NO_LIMIT, MHD_OPTION_END);
	if (!s->daemon)
		return errno ? -errno : -ENOMEM;
	info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	return sd_event_add_io(s->web->event, &s->io, info->epoll_fd, EPOLLIN, on_io, s);
}

int server_new(struct server **ret, struct web *w)
{
	struct server *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return -ENOMEM;
	s->web = w;
	r = deferred_new(&s->again, w->event, on_again, s);
	if (r == 0)
		r = start(s);
	if (r < 0) {
		server_free(s);
		return r;
	}
	*ret = s;
	return 0;
}

struct server *server_free(struct server *s)
{
	if (!s)
		return NULL;
	sd_event_source_disable_unref(s->io);
	deferred_free(s->again);
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	free(s);
	return NULL;
}

void server_take(struct server *s, struct visitor *v)
{
	const struct sockaddr_in6 peer = { .sin6_family = AF_INET6,
					   .sin6_addr = v->remote.address };
	enum MHD_Result r;

	s->coming = v;
	r = MHD_add_connection(s->daemon, v->fd, (const struct sockaddr *)&peer, sizeof(peer));
	if (r != MHD_YES && s->coming)
		visitor_free(v);
	s->coming = NULL;
}

void server_resume(struct exchange *x)
{
	x->suspended = false;
	MHD_resume_connection(x->connection);
	deferred_ask(x->web->server->again); /* it tells its own epoll fd nothing of that */
}
