/* SPDX-License-Identifier: Apache-2.0 */
/* The mailbox of mail.inbox: looked at every now and then, and told of when it can't be. */
#pragma once
#include <systemd/sd-event.h>

#include "inbox/imap_session.h"
#include "plan/plan.h"

struct imap;
struct imap_setup {
	sd_event *event;
	/* As of imap_calls. */
	enum imap_fate (*mail)(void *userdata, const struct mail_in *mail);
	/* One line for the service manager's status, or NULL when all is well again. */
	void (*status)(void *userdata, const char *line);
	void *userdata;
};

/* 0 or a negative errno. */
int imap_new(struct imap **ret, const struct imap_setup *with);
/* Poll the mailbox of this plan from now on, or none; what is under way with another is cut off. */
void imap_follow(struct imap *m, struct plan *plan);
struct imap *imap_free(struct imap *m);
