/* SPDX-License-Identifier: Apache-2.0 */
/* What connection.c and connection_open.c share. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <zmq.h>

#include "client/connection.h"

struct connection {
	void *context, *socket, *monitor;
	size_t server; /* its number in the settings */
	int timeout;   /* milliseconds */
	bool lost;
};

int64_t connection_now_ms(void);
/* The next event of a socket's monitor, 0 if there is none now. */
unsigned connection_event(void *monitor);
/* A socket and its monitor, each of which may be NULL. */
void connection_close(void *socket, void *monitor);
