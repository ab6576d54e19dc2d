/* SPDX-License-Identifier: Apache-2.0 */
#include "web/refusal_send.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/socket.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/log.h"
#include "web/headers.h"
#include "web/paths.h"

#define TELL_TIME SECONDS(10)

/* ---- the log ----------------------------------------------------------------------------------------- */

void refusal_tell(struct web *w, const struct remote *who, enum refusal why)
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

static const char *allowed(const struct web *w, const struct head *head)
{
	struct place place;

	path_find(w->links, head->path, &place);
	return path_allow(place.row);
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
	char line[200];

	snprintf(line, sizeof(line),
		 "HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: %zu\r\n",
		 refusal_status(why), refusal_phrase(why), page->length);
	buffer_add_text(out, line);
	add_line(out, "Content-Type", "text/html; charset=utf-8");
	if (refusal_passes(why))
		add_line(out, "Retry-After", "10");
	if (why == REFUSAL_METHOD)
		add_line(out, "Allow", allowed(w, head));
	for (size_t i = 0; i < count; i++)
		add_line(out, common[i].name, common[i].value);
	buffer_add_text(out, "\r\n");
	if (head && head->method == METHOD_HEAD)
		return 0;
	return buffer_add(out, page->html, page->length);
}

void refusal_send(const struct web *w, int fd, enum refusal why, const struct head *head)
{
	struct buffer text = { NULL };

	if (write_refusal(w, why, head, &text) == 0 &&
	    send(fd, text.bytes, text.length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		errno = 0; /* they have left */
	buffer_done(&text);
}
