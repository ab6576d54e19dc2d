/* SPDX-License-Identifier: Apache-2.0 */
/* CURVE on a socket: encrypted, and only for peers whose key the ZAP handler lets in. */
#pragma once
#include <zmq.h>

#include "protocol/key.h"

struct curve_keys {
	char public[KEY_TEXT], secret[KEY_TEXT]; /* Z85; both "" when there are none */
};

/* The pair of a secret key; 0 or a negative errno. */
int curve_keys_of(const char *secret, struct curve_keys *ret);
/* Before bind or connect, since the options hold for later ones: 0 or a negative errno. */
int curve_serve(void *zmq, const struct curve_keys *own);
int curve_call(void *zmq, const struct curve_keys *own, const char *server_key);
/* The key that the sender of a frame, not of the routing id, has shown to a socket that serves; it lives
 * as long as the frame. On another socket it is worth nothing: a peer may say there what it likes. */
const char *curve_sender(zmq_msg_t *frame);
