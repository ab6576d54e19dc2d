/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of watch that tests look at. */
#pragma once
#include <jansson.h>
#include <stdio.h>

/* Where to connect to for what whoami calls `feed`: an endpoint that listens everywhere is looked for at
 * the host of server, or on this machine if that is no tcp. The caller frees it. */
char *watch_endpoint(const char *server, const char *feed);
/* An event for people, on one line. */
void watch_print(const json_t *event, FILE *out);
