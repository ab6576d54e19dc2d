/* SPDX-License-Identifier: Apache-2.0 */
/* Who comes in, within a budget of descriptors. */
#pragma once
#include <sys/socket.h>

/* As accept4(2), for the pages. A negative return is an errno, ECONNABORTED for one who is turned away. */
int let_in_visitor(int fd, struct sockaddr *peer, socklen_t *length);
