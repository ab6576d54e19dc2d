/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libzmq asks a ZAP handler only where there is a domain, and without a handler lets every key in. So a
 * socket that serves has both, a domain, and the order to refuse when nobody handles it.
 */
#include "intake/curve.h"

#include <errno.h>
#include <string.h>

#define DOMAIN "paminn"
#define ENFORCE_DOMAIN 93 /* ZMQ_ZAP_ENFORCE_DOMAIN, which zmq.h shows to users of drafts only */
#define USER_ID "User-Id"

int curve_keys_of(const char *secret, struct curve_keys *ret)
{
	struct curve_keys keys;

	memcpy(keys.secret, secret, KEY_TEXT);
	if (zmq_curve_public(keys.public, keys.secret) < 0)
		return -errno;
	*ret = keys;
	return 0;
}

static int set_pair(void *zmq, const struct curve_keys *own)
{
	if (zmq_setsockopt(zmq, ZMQ_CURVE_PUBLICKEY, own->public, KEY_TEXT) < 0 ||
	    zmq_setsockopt(zmq, ZMQ_CURVE_SECRETKEY, own->secret, KEY_TEXT) < 0)
		return -errno;
	return 0;
}

int curve_serve(void *zmq, const struct curve_keys *own)
{
	const int one = 1;

	if (zmq_setsockopt(zmq, ZMQ_CURVE_SERVER, &one, sizeof(one)) < 0 ||
	    zmq_setsockopt(zmq, ZMQ_ZAP_DOMAIN, DOMAIN, strlen(DOMAIN)) < 0 ||
	    zmq_setsockopt(zmq, ENFORCE_DOMAIN, &one, sizeof(one)) < 0)
		return -errno;
	return set_pair(zmq, own);
}

int curve_call(void *zmq, const struct curve_keys *own, const char *server_key)
{
	if (zmq_setsockopt(zmq, ZMQ_CURVE_SERVERKEY, server_key, KEY_TEXT) < 0)
		return -errno;
	return set_pair(zmq, own);
}

const char *curve_sender(zmq_msg_t *frame)
{
	return zmq_msg_gets(frame, USER_ID);
}
