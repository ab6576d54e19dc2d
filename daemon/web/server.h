/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libmicrohttpd in the loop: it reads the body of a request whose head is known to be good, and writes the
 * answer. Its descriptor for epoll is a source of the loop; it has no thread, no socket to listen to, and no
 * timeouts, which are the visitors' (its own count from the last byte, so that whoever sends one now and then
 * would stay for ever).
 */
#pragma once
#include "web/exchange_inside.h"
#include "web/visitor.h"

struct server;

int server_new(struct server **ret, struct web *w);
/* Closes all connections: nobody waits any more. */
struct server *server_free(struct server *s);
/* The visitor's socket from here on, with the exchange that the visitor has. When there is no memory for it, it
 * is closed and the visitor gone. */
void server_take(struct server *s, struct visitor *v);
/* The exchange was suspended, and has its answer now. */
void server_resume(struct exchange *x);
/* What can be read and written without waiting. */
void server_run(struct server *s);
