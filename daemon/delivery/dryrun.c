/* SPDX-License-Identifier: Apache-2.0 */
/* The transport of a rehearsal whose server is not this machine: recorded as sent, to nobody. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "delivery/address.h"
#include "delivery/transport.h"

static int dryrun_new(void **ret, sd_event *event, const struct limits *limits)
{
	(void)event;
	(void)limits;
	*ret = NULL;
	return 0;
}

static void dryrun_free(void *self)
{
	(void)self;
}

static void dryrun_abandon(void *self)
{
	(void)self;
}

static int dryrun_send(void *self, const struct send_request *request, done_fn done, void *userdata,
		       struct result *ret)
{
	(void)self;
	(void)request;
	(void)done;
	(void)userdata;
	*ret = (struct result){ .verdict = VERDICT_ACCEPTED,
				.answer = "rehearsal: sent to nobody" };
	return SENT_ENDED;
}

static void dryrun_run(void *self, struct duration longest)
{
	(void)self;
	(void)longest;
}

const struct transport transport_dryrun = { dryrun_new, dryrun_free, dryrun_abandon, dryrun_send,
					    dryrun_run };

static bool host_is_loopback(const char *host)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
	char literal[INET6_ADDRSTRLEN + 2];
	size_t length = strlen(host);

	if (strcasecmp(host, "localhost") == 0)
		return true;
	if (inet_pton(AF_INET, host, &four.sin_addr) == 1)
		return address_is_loopback((const struct sockaddr *)&four);
	if (length < 3 || length >= sizeof(literal) || host[0] != '[')
		return false;
	memcpy(literal, host + 1, length - 2);
	literal[length - 2] = '\0';
	return inet_pton(AF_INET6, literal, &six.sin6_addr) == 1 &&
	       address_is_loopback((const struct sockaddr *)&six);
}

bool dryrun_is_loopback(const char *url)
{
	CURLU *parsed = curl_url();
	char *host = NULL;
	bool is = false;

	if (parsed &&
	    curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
	    curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK)
		is = host_is_loopback(host);
	curl_free(host);
	curl_url_cleanup(parsed);
	return is;
}
