/* SPDX-License-Identifier: Apache-2.0 */
#include "delivery/kind.h"

/* Real seconds. */
#define CONNECT 15
#define HOOK_CONNECTIONS 4
#define HOOK_WHOLE 30	/* for a post and its answer */
#define MAIL_WHOLE 3600 /* for a mail, however slowly it is taken */

/* ---- mail --------------------------------------------------------------------------------------- */

static struct send_request mail_server(const struct plan *plan, const struct channel *channel)
{
	const struct mail_settings *mail = &plan->settings.mail;

	(void)channel;
	return (struct send_request){
		.url = mail->server,
		.ca_file = mail->ca_file,
		.from = mail->from,
		.tls = mail->tls,
		.user = mail->user,
		.password_file = mail->password_file,
		.oauth = mail->oauth,
		.private_allowed = true,
	};
}

static struct limits mail_limits(const struct plan *plan)
{
	return (struct limits){ { plan->settings.mail.connections, CONNECT, MAIL_WHOLE },
				smtp_patience };
}

/* ---- hooks -------------------------------------------------------------------------------------- */

static struct send_request hook_server(const struct plan *plan, const struct channel *channel)
{
	(void)plan;
	return (struct send_request){
		.url = channel->url,
		.ca_file = channel->ca_file,
		.secret_file = channel->secret_file,
		.private_allowed = channel->allow_private,
	};
}

static struct limits hook_limits(const struct plan *plan)
{
	(void)plan;
	return (struct limits){ { HOOK_CONNECTIONS, CONNECT, HOOK_WHOLE }, smtp_patience };
}

/* ---- the rows ----------------------------------------------------------------------------------- */

static const struct channel_kind mail_kind = { &transport_smtp, true, mail_server, mail_limits };
static const struct channel_kind hook_kind = { &transport_webhook, false, hook_server,
					       hook_limits };

const struct channel_kind *kind_of(const struct channel *channel)
{
	return channel->type == CHANNEL_MAIL ? &mail_kind : &hook_kind;
}

struct send_request kind_server(const struct plan *plan, const struct channel *channel)
{
	struct send_request server = kind_of(channel)->server(plan, channel);

	server.channel = channel->name;
	return server;
}
