/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The poll. A session is made, reads what is unread, and ends; the next begins mail.inbox.poll seconds later, or at once
 * when there was more than one session reads. One at a time, however long the server takes.
 *
 * A mailbox that can't be read is down from the first session that ends with a fault to the first that ends without:
 * one line of the log, then one an hour, and one when it is back. It is asked again at its poll, and at least once
 * a minute. The mails wait there meanwhile.
 *
 * Polling is a matter of real time, whatever the rehearsal's clock says: there it is each second, and of a
 * mailbox on this machine only.
 */
#include "inbox/imap.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/zone.h"
#include "net/address.h"
#include "protocol/text.h"

#define CONNECT 15 /* seconds until the network connection stands */
#define WHOLE 3600 /* of curl's own: each command has a limit */
#define DOWN_POLL_MAX 60
#define REHEARSAL_POLL 1
static const struct duration remind_every = HOURS(1);

struct imap {
	struct imap_setup with;
	struct imap_net net;
	struct plan *plan;  /* a reference, whose mailbox it is; NULL: none */
	struct plan *later; /* a reference, of the same mailbox, for the next session; NULL: none */
	struct imap_session *session; /* NULL between two */
	sd_event_source *next, *sweep;
	bool down;
	struct instant down_since,
		remind_at; /* remind_at: of the next line about it, while it is down */
	char fault[400];
};

static const struct inbox_settings *settings_of(const struct plan *plan)
{
	return &plan->settings.mail.inbox;
}

/* ---- down and back ------------------------------------------------------------------------------------------- */

/* It is asked once a minute at least: so this is the place for the line of the hour as well. */
static void note_fault(struct imap *m, const char *fault)
{
	const struct instant now = clock_now();
	char line[sizeof(m->fault) + 32], since[RFC3339_TEXT];

	snprintf(m->fault, sizeof(m->fault), "%s", fault);
	if (m->down && instant_compare(now, m->remind_at) < 0)
		return;
	m->remind_at = instant_add(now, remind_every);
	if (m->down) {
		log_warning("the inbox has been down since %s: %s; what came back waits there",
			    zone_format_second(m->down_since, since), m->fault);
		return;
	}
	m->down = true;
	m->down_since = now;
	log_error("the inbox is down: %s; what came back waits there, and it is asked again",
		  m->fault);
	snprintf(line, sizeof(line), "the inbox is down: %s", m->fault);
	m->with.status(m->with.userdata, line);
}

static void note_well(struct imap *m)
{
	char since[RFC3339_TEXT];

	if (!m->down)
		return;
	m->down = false;
	log_notice("the inbox is back; it was down since %s",
		   zone_format_second(m->down_since, since));
	m->with.status(m->with.userdata, NULL);
}

/* ---- sessions ---------------------------------------------------------------------------------------------------- */

static void look_again(struct imap *m, bool at_once)
{
	int seconds = settings_of(m->plan)->poll;

	if (m->down && seconds > DOWN_POLL_MAX)
		seconds = DOWN_POLL_MAX;
	if (clock_is_rehearsal())
		seconds = REHEARSAL_POLL;
	sd_event_source_set_time_relative(m->next, at_once ? 0 : (uint64_t)SECONDS(seconds).us);
	sd_event_source_set_enabled(m->next, SD_EVENT_ONESHOT);
}

static enum imap_fate on_mail(void *userdata, const struct mail_in *mail)
{
	struct imap *m = userdata;

	return m->with.mail(m->with.userdata, mail);
}

/* The session is in the middle of something, and is freed from the loop. */
static void on_ended(void *userdata, const char *fault, bool more)
{
	struct imap *m = userdata;

	if (fault)
		note_fault(m, fault);
	else
		note_well(m);
	sd_event_source_set_enabled(m->sweep, SD_EVENT_ONESHOT);
	look_again(m, more);
}

static int on_sweep(sd_event_source *source, void *userdata)
{
	struct imap *m = userdata;

	(void)source;
	m->session = imap_session_free(m->session);
	return 0;
}

static int on_next(sd_event_source *source, uint64_t usec, void *userdata)
{
	static const struct imap_calls calls = { on_mail, on_ended };
	struct imap *m = userdata;
	int r;

	(void)source, (void)usec;
	m->session = imap_session_free(m->session);
	sd_event_source_set_enabled(m->sweep, SD_EVENT_OFF);
	if (m->later) {
		plan_unref(m->plan);
		m->plan = m->later;
		m->later = NULL;
	}
	r = imap_session_new(&m->session, m->with.event, &m->net, settings_of(m->plan));
	if (r < 0) {
		note_fault(m, strerror(-r));
		look_again(m, false);
	} else {
		imap_session_tell(m->session, &calls, m);
	}
	return 0;
}

/* ---- whose mailbox ------------------------------------------------------------------------------------------------- */

static bool same_inbox(const struct inbox_settings *a, const struct inbox_settings *b)
{
	return a->tls == b->tls && a->poll == b->poll && text_same(a->server, b->server) &&
	       text_same(a->mailbox, b->mailbox) && text_same(a->ca_file, b->ca_file) &&
	       text_same(a->user, b->user) && text_same(a->password_file, b->password_file) &&
	       oauth_is_same(a->oauth, b->oauth);
}

static void let_go(struct imap *m)
{
	m->session = imap_session_free(m->session);
	m->net.oauth = oauth_free(m->net.oauth);
	sd_event_source_set_enabled(m->next, SD_EVENT_OFF);
	sd_event_source_set_enabled(m->sweep, SD_EVENT_OFF);
	if (m->down)
		m->with.status(m->with.userdata, NULL);
	m->down = false;
	plan_unref(m->later);
	plan_unref(m->plan);
	m->later = m->plan = NULL;
}

void imap_follow(struct imap *m, struct plan *plan)
{
	const struct inbox_settings *now = settings_of(plan);

	if (m->plan && same_inbox(settings_of(m->plan), now)) {
		plan_unref(m->later);
		m->later = plan_ref(plan);
		return;
	}
	let_go(m);
	if (!now->server)
		return;
	if (clock_is_rehearsal() && address_url_is_loopback(now->server) <= 0) {
		log_notice("the inbox is not read: a rehearsal speaks to this machine only");
		return;
	}
	if (now->oauth &&
	    oauth_new(&m->net.oauth, m->with.event, now->oauth, clock_is_rehearsal()) < 0) {
		log_error("the inbox is not read: there is not enough memory; reload again");
		return;
	}
	m->plan = plan_ref(plan);
	look_again(m, true);
}

/* ---- making and ending --------------------------------------------------------------------------------------------- */

static int add_sources(struct imap *m)
{
	const struct transfer_limits limits = { 1, CONNECT, WHOLE };
	int r = transfer_new(&m->net.transfer, m->with.event, &limits);

	if (r >= 0)
		r = sd_event_add_time_relative(m->with.event, &m->next, CLOCK_BOOTTIME, 0, 0,
					       on_next, m);
	if (r >= 0)
		r = sd_event_source_set_enabled(m->next, SD_EVENT_OFF);
	if (r >= 0)
		r = sd_event_add_defer(m->with.event, &m->sweep, on_sweep, m);
	if (r >= 0)
		r = sd_event_source_set_enabled(m->sweep, SD_EVENT_OFF);
	return r < 0 ? r : 0;
}

int imap_new(struct imap **ret, const struct imap_setup *with)
{
	struct imap *m = calloc(1, sizeof(*m));
	int r;

	if (!m)
		return -ENOMEM;
	m->with = *with;
	r = add_sources(m);
	if (r < 0) {
		imap_free(m);
		return r;
	}
	*ret = m;
	return 0;
}

struct imap *imap_free(struct imap *m)
{
	if (!m)
		return NULL;
	m->session = imap_session_free(m->session);
	sd_event_source_disable_unref(m->next);
	sd_event_source_disable_unref(m->sweep);
	oauth_free(m->net.oauth);
	transfer_free(m->net.transfer);
	plan_unref(m->later);
	plan_unref(m->plan);
	free(m);
	return NULL;
}
