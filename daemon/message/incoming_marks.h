/* SPDX-License-Identifier: Apache-2.0 */
/* By which a mail shows who, or what, has sent it. */
#pragma once
#include "message/incoming_parts.h"

struct marks {
	char from[255];		/* the one address of From; "" */
	char subject[600];	/* in small letters, one line */
	bool null_sender;	/* Return-Path: <>, as reports and some answers have it */
	bool other_sender;	/* a Return-Path that is neither that nor a server's */
	bool server;		/* From is what mail servers call themselves */
	bool failed_recipients; /* X-Failed-Recipients */
	bool automatic;		/* something says that no person sent it */
	bool automatic_subject; /* its subject alone does */
};
void marks_read(const struct parts *parts, struct marks *ret);
