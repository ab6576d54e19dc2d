/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include "delivery/session.h"

/* A new session of the mailer that begins to connect to this request's server. 0 or -ENOMEM. */
int smtp_connect(struct session **ret, struct mailer *m, const struct send_request *request);
