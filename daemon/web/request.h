/* SPDX-License-Identifier: Apache-2.0 */
/* What a handler sees of a request: checked, bounded, and the handler's until it has answered. */
#pragma once
#include <stdbool.h>

#include "plan/plan.h"
#include "web/fields.h"

enum method {
	METHOD_GET = 1,
	METHOD_HEAD = 2, /* answered as GET would be, without the body: handlers need not care */
	METHOD_POST = 4,
	METHOD_OTHER = 8,
};

#define TOKEN_MAX 512

struct web_request {
	enum method method;
	const char *path; /* begins with "/"; no "%", no query */
	const char *
		token; /* of the path, as its row in paths.c says; letters, digits, - and _; else "" */
	const char *query; /* what stands behind the "?", as it came; "" when nothing does */
	enum language
		language; /* of who is signed in, else what their browser asks for, else the settings' */
	const char *address; /* who asks, for the log */
	struct fields
		asked; /* of the query: those that the row in paths.c names, each at most once */
	struct fields
		fields; /* of a POST: those that the row in paths.c names, each at most once */
};
