/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A test under way: messages that leave as any other does, and a wait, bounded in real time, for what
 * becomes of them.
 */
#pragma once
#include "engine/engine.h"
#include "protocol/answer.h"

struct test_message;

/*
 * Post the test of COMMAND_TEST with these params (borrowed), and have it committed. 0; a positive enum
 * reject_code with the sentence, nothing sent; or a negative errno.
 */
int test_message_new(struct test_message **ret, struct engine *e, const json_t *params,
		     struct rejection *ret_why);
struct test_message *test_message_free(struct test_message *t);
/* Has every message ended, or the time for it? */
bool test_message_is_over(const struct test_message *t);
/* The rows of outbox of its messages, in the order of the person's channels, those of mail with "login": what
 * the mail server was logged in to with, since no mail leaves without. A new reference. */
json_t *test_message_rows(const struct test_message *t);
