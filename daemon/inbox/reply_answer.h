/* SPDX-License-Identifier: Apache-2.0 */
/* The answer by reply: one mail that says what was understood, and asks whether it is to be recorded. */
#pragma once
#include "inbox/reply_inside.h"

/*
 * Post that mail, where the first line reads as an answer to what the person may answer now, there are pages, and they
 * have had none within REPLY_ASKED_EVERY. One that waits is about the newest reply. 0 or a negative errno.
 */
int reply_answer(const struct replied *x);
