/* SPDX-License-Identifier: Apache-2.0 */
#include "web/visitor.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/log.h"
#include "web/headers.h"
#include "web/screen.h"
#include "web/server.h"

#define SWEEP_US 250000 /* how often time is looked at, while anybody is there */
#define LEAVE_TIME SECONDS(2)
#define LEAVE_BYTES (4 * (size_t)BODY_MAX) /* that are thrown away for somebody, and no more */
#define TELL_TIME SECONDS(10)
/* Read together and looked at in one piece, never kept: one is enough for all. */
static char scratch[HEAD_MAX];

/* ---- the log ----------------------------------------------------------------------------------------- */

void visitor_tell(struct web *w, const struct remote *who, enum refusal why)
{
	struct refusals_told *told = &w->told[why];
	const struct mono now = clock_mono();
	char address[INET6_ADDRSTRLEN], more[64] = "";

	if (!refusal_clause(why))
		return;
	if (told->at.us && now.us - told->at.us < TELL_TIME.us) {
		told->unsaid++;
		return;
	}
	if (told->unsaid)
		snprintf(more, sizeof(more), " (and %" PRIu64 " more since this was last said)",
			 told->unsaid);
	*told = (struct refusals_told){ .at = now };
	remote_format(who, address);
	log_warning("web: %s was refused: %s%s", address, refusal_clause(why), more);
}

/* ---- answers that libmicrohttpd has no part in ------------------------------------------------------- */

static void add_line(struct buffer *b, const char *name, const char *value)
{
	buffer_add_text(b, name);
	buffer_add_text(b, ": ");
	buffer_add_text(b, value);
	buffer_add_text(b, "\r\n");
}

/* Memory that is short makes it shorter, and then nothing of it is sent. */
static int write_refusal(const struct web *w, enum refusal why, const struct head *head,
			 struct buffer *out)
{
	const enum language language =
		head && head->language_given ? head->language : w->engine->plan->settings.language;
	const struct refusal_page *page = refusal_page(w->refusals, why, language);
	struct header_line common[HEADER_LINES];
	const size_t count = headers_common(w, common);
	struct piece token;
	char line[200];

	snprintf(line, sizeof(line),
		 "HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: %zu\r\n",
		 refusal_status(why), refusal_phrase(why), page->length);
	buffer_add_text(out, line);
	add_line(out, "Content-Type", "text/html; charset=utf-8");
	if (refusal_passes(why))
		add_line(out, "Retry-After", "10");
	if (why == REFUSAL_METHOD)
		add_line(out, "Allow", path_allow(path_find(head->path, &token)));
	for (size_t i = 0; i < count; i++)
		add_line(out, common[i].name, common[i].value);
	buffer_add_text(out, "\r\n");
	if (head && head->method == METHOD_HEAD)
		return 0;
	return buffer_add(out, page->html, page->length);
}

/* As much as the socket takes at once: an answer of this kind is smaller than any socket's buffer. */
static void send_refusal(const struct web *w, int fd, enum refusal why, const struct head *head)
{
	struct buffer text = { NULL };

	if (write_refusal(w, why, head, &text) == 0 &&
	    send(fd, text.bytes, text.length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		errno = 0; /* they have left */
	buffer_done(&text);
}

/* ---- time -------------------------------------------------------------------------------------------- */

static void give_time(struct visitor *v, struct duration time)
{
	v->until = (struct mono){ clock_mono().us + time.us };
}

static void refuse(struct visitor *v, enum refusal why, const struct head *head);

static void time_is_up(struct visitor *v)
{
	switch (v->state) {
	case VISITOR_READING:
		if (v->begun)
			refuse(v, REFUSAL_LATE, NULL);
		else
			visitor_free(v); /* has said nothing: a browser that connected in case */
		break;
	case VISITOR_SERVED:
		if (!v->whole) {
			visitor_tell(v->web, &v->remote, REFUSAL_LATE);
			send_refusal(v->web, v->fd, REFUSAL_LATE, NULL);
		}
		/* libmicrohttpd sees that nothing more will come, and closes it. */
		shutdown(v->fd, SHUT_RDWR);
		v->until = (struct mono){ INT64_MAX };
		break;
	case VISITOR_LEAVING:
		visitor_free(v);
		break;
	}
}

static int arm_sweep(struct web *w)
{
	int r = sd_event_source_set_time_relative(w->sweep, SWEEP_US);

	return r < 0 ? r : sd_event_source_set_enabled(w->sweep, SD_EVENT_ONESHOT);
}

static int on_sweep(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct web *w = userdata;
	const struct mono now = clock_mono();
	struct visitor *v, *next;

	(void)source, (void)usec;
	for (v = LIST_FIRST(&w->visitors); v; v = next) {
		next = LIST_NEXT(v, link);
		if (v->until.us <= now.us)
			time_is_up(v);
	}
	return w->visitor_count > 0 ? arm_sweep(w) : 0;
}

int visitors_begin(struct web *w)
{
	int r = sd_event_add_time_relative(w->event, &w->sweep, CLOCK_BOOTTIME, 0, SWEEP_US / 4,
					   on_sweep, w);

	return r < 0 ? r : sd_event_source_set_enabled(w->sweep, SD_EVENT_OFF);
}

void visitor_has_come(struct visitor *v)
{
	v->whole = true;
	v->until = (struct mono){ INT64_MAX }; /* the turn ends soon */
}

void visitor_is_answered(struct visitor *v)
{
	give_time(v, ANSWER_TIME);
}

/* ---- leaving ----------------------------------------------------------------------------------------- */

static int on_leaving(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct visitor *v = userdata;
	ssize_t n;

	(void)source, (void)events;
	n = recv(fd, scratch, sizeof(scratch), MSG_DONTWAIT);
	if (n > 0)
		v->thrown += (size_t)n;
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR) || v->thrown > LEAVE_BYTES)
		visitor_free(v);
	return 0;
}

static int watch(struct visitor *v, uint32_t events, sd_event_io_handler_t heard)
{
	v->io = sd_event_source_disable_unref(v->io);
	return sd_event_add_io(v->web->event, &v->io, v->fd, events, heard, v);
}

static void refuse(struct visitor *v, enum refusal why, const struct head *head)
{
	visitor_tell(v->web, &v->remote, why);
	send_refusal(v->web, v->fd, why, head);
	shutdown(v->fd, SHUT_WR);
	v->state = VISITOR_LEAVING;
	give_time(v, LEAVE_TIME);
	if (watch(v, EPOLLIN, on_leaving) < 0)
		visitor_free(v);
}

/* ---- who it is --------------------------------------------------------------------------------------- */

static bool is_proxy(const struct web *w, const struct remote *who)
{
	const struct web_settings *settings = web_settings(w);
	struct remote proxy;

	for (size_t i = 0; i < settings->proxy_count; i++)
		if (remote_parse(settings->proxies[i], strlen(settings->proxies[i]), &proxy) &&
		    remote_is(&proxy, who))
			return true;
	return false;
}

/* Has the address of v as many connections as it may have, besides v? */
static bool has_its_share(const struct visitor *v)
{
	const struct web *w = v->web;
	const struct visitor *other;
	int count = 0;

	LIST_FOREACH (other, &w->visitors, link)
		count += other != v && other->known && remote_counts_as(&other->remote, &v->remote);
	return count >= web_settings(w)->connections_per_address;
}

/*
 * The last address of the header that is not a proxy of ours: what stands before it is whatever a stranger
 * wrote there. Nobody is known when there is none.
 */
static void learn_of_proxy(struct visitor *v, struct piece forwarded)
{
	while (forwarded.at && forwarded.length > 0) {
		const char *comma = memrchr(forwarded.at, ',', forwarded.length);
		struct piece last = forwarded;
		struct remote who;

		if (comma) {
			last.at = comma + 1;
			last.length = forwarded.length - (size_t)(last.at - forwarded.at);
			forwarded.length = (size_t)(comma - forwarded.at);
		} else {
			forwarded.length = 0;
		}
		last = piece_trimmed(last);
		if (!remote_parse(last.at, last.length, &who))
			return;
		v->remote = who;
		if (!is_proxy(v->web, &who)) {
			v->known = true;
			return;
		}
	}
}

/* ---- reading ----------------------------------------------------------------------------------------- */

/* Its head is good: libmicrohttpd goes on. */
static void serve(struct visitor *v, const struct head *head, const struct path *row,
		  struct piece token)
{
	if (exchange_new(&v->exchange, v, head, row, token) < 0) {
		refuse(v, REFUSAL_BROKEN, head);
		return;
	}
	v->io = sd_event_source_disable_unref(v->io);
	v->state = VISITOR_SERVED;
	server_take(v->web->server, v);
}

static void let_in(struct visitor *v, const struct head *head)
{
	struct piece token;
	const struct path *row = path_find(head->path, &token);
	enum refusal why = screen(web_settings(v->web), head, row);

	if (v->proxied)
		learn_of_proxy(v, head->forwarded);
	if (v->proxied && v->known && has_its_share(v))
		why = REFUSAL_MANY;
	if (why != REFUSAL_NONE)
		refuse(v, why, head);
	else
		serve(v, head, row, token);
}

/* Each time something has come, all that is there is looked at from the beginning: that is little, and a
 * reader that goes on where it stopped would be another state for each visitor. */
static int on_reading(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct visitor *v = userdata;
	struct head head;
	enum refusal why;
	ssize_t n;

	(void)source, (void)events;
	n = recv(fd, scratch, sizeof(scratch), MSG_PEEK | MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n <= 0) {
		visitor_free(v);
		return 0;
	}
	v->begun = true;
	switch (head_read(scratch, (size_t)n, &head, &why)) {
	case HEAD_COMPLETE:
		let_in(v, &head);
		break;
	case HEAD_REFUSED:
		refuse(v, why, &head);
		break;
	case HEAD_INCOMPLETE:
		break;
	}
	return 0;
}

/* ---- coming and going -------------------------------------------------------------------------------- */

static void turn_away(struct web *w, int fd, const struct remote *who, enum refusal why)
{
	visitor_tell(w, who, why);
	send_refusal(w, fd, why, NULL);
	close(fd);
}

static size_t connections_of(const struct web *w)
{
	return (size_t)web_settings(w)->connections;
}

void visitor_new(struct web *w, int fd, const struct sockaddr *peer)
{
	struct visitor *v = calloc(1, sizeof(*v));

	if (!v || !remote_of(peer, &v->remote)) {
		free(v);
		close(fd);
		return;
	}
	v->web = w;
	v->fd = fd;
	v->proxied = is_proxy(w, &v->remote);
	v->known = !v->proxied;
	if (w->visitor_count >= connections_of(w) || (v->known && has_its_share(v))) {
		turn_away(w, fd, &v->remote,
			  w->visitor_count >= connections_of(w) ? REFUSAL_BUSY : REFUSAL_MANY);
		free(v);
		return;
	}
	give_time(v, REQUEST_TIME);
	LIST_INSERT_HEAD(&w->visitors, v, link);
	if (w->visitor_count++ == 0)
		arm_sweep(w);
	/* Edge-triggered: what has been looked at stays in the socket. */
	if (watch(v, EPOLLIN | EPOLLRDHUP | EPOLLET, on_reading) < 0)
		visitor_free(v);
}

struct visitor *visitor_free(struct visitor *v)
{
	if (!v)
		return NULL;
	LIST_REMOVE(v, link);
	v->web->visitor_count--;
	sd_event_source_disable_unref(v->io);
	if (v->state != VISITOR_SERVED)
		close(v->fd);
	exchange_free(v->exchange);
	free(v);
	return NULL;
}

void visitors_turn_out(struct web *w)
{
	struct visitor *v, *next;

	for (v = LIST_FIRST(&w->visitors); v; v = next) {
		next = LIST_NEXT(v, link);
		if (v->state != VISITOR_SERVED)
			visitor_free(v);
	}
}
