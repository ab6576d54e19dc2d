/* SPDX-License-Identifier: Apache-2.0 */
/* What support is told to look at, by the last answer of the server. */
#include "message/refusal.h"

#include "unit.h"

static const struct {
	int line;
	const char *answer;
	enum refusal means;
} answers[] = {
	{ __LINE__, "550 5.1.1 <x@region.se>: Recipient address rejected: User unknown",
	  REFUSAL_ADDRESS },
	{ __LINE__, "550 5.1.10 RESOLVER.ADR.RecipientNotFound", REFUSAL_ADDRESS },
	{ __LINE__, "550 5.4.1 Recipient address rejected: Access denied", REFUSAL_ADDRESS },
	{ __LINE__, "550 5.2.1 The account is disabled", REFUSAL_ADDRESS },
	{ __LINE__, "550 No such user here", REFUSAL_ADDRESS },
	{ __LINE__, "550 unknown", REFUSAL_ADDRESS },
	{ __LINE__, "553 sorry", REFUSAL_ADDRESS },
	{ __LINE__, "556 5.7.18 Domain has another owner", REFUSAL_ADDRESS },
	/* It exists, and takes nothing from us. */
	{ __LINE__, "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", REFUSAL_SENDER },
	{ __LINE__, "550 5.7.1 Delivery not authorized, message refused", REFUSAL_SENDER },
	{ __LINE__, "554 5.7.124 Sender not in allowed-senders list", REFUSAL_SENDER },
	{ __LINE__, "550 5.1.8 Bad sender's system address", REFUSAL_SENDER },
	{ __LINE__, "550 Administrative prohibition", REFUSAL_SENDER },
	{ __LINE__, "550 5.0.0 Relaying denied", REFUSAL_SENDER },
	{ __LINE__, "552 5.2.2 Mailbox full", REFUSAL_FULL },
	{ __LINE__, "552 Requested mail action aborted", REFUSAL_FULL },
	{ __LINE__, "550 Over quota", REFUSAL_FULL },
	{ __LINE__, "552 5.3.4 Message size exceeds fixed limit", REFUSAL_OTHER },
	{ __LINE__, "554 Transaction failed", REFUSAL_OTHER },
	{ __LINE__, "HTTP/1.1 404 Not Found", REFUSAL_CHANNEL },
	/* Nobody refused it. */
	{ __LINE__, "451 4.3.0 Try again later", REFUSAL_NONE },
	{ __LINE__, "Connection refused", REFUSAL_NONE },
	{ __LINE__, "5", REFUSAL_NONE },
	{ __LINE__, "", REFUSAL_NONE },
	{ __LINE__, NULL, REFUSAL_NONE },
};

START_TEST(the_answer_says_whether_the_address_is_wrong)
{
	ck_assert_msg(refusal_of(answers[_i].answer) == answers[_i].means, "line %d: %s is %u",
		      answers[_i].line, answers[_i].answer ? answers[_i].answer : "none",
		      refusal_of(answers[_i].answer));
}
END_TEST

UNIT_TESTS("message/refusal",
	   UNIT_ROWS(the_answer_says_whether_the_address_is_wrong, UNIT_COUNT(answers)))
