/* SPDX-License-Identifier: Apache-2.0 */
/* What support is told to look at, by the last answer of the server. */
#include "message/undelivered.h"

#include "unit.h"

static const struct {
	int line;
	const char *answer;
	enum undelivered means;
} answers[] = {
	{ __LINE__, "550 5.1.1 <x@region.se>: Recipient address rejected: User unknown",
	  UNDELIVERED_ADDRESS },
	{ __LINE__, "550 5.1.10 RESOLVER.ADR.RecipientNotFound", UNDELIVERED_ADDRESS },
	{ __LINE__, "550 5.4.1 Recipient address rejected: Access denied", UNDELIVERED_ADDRESS },
	{ __LINE__, "550 5.2.1 The account is disabled", UNDELIVERED_ADDRESS },
	{ __LINE__, "550 No such user here", UNDELIVERED_ADDRESS },
	{ __LINE__, "550 unknown", UNDELIVERED_ADDRESS },
	{ __LINE__, "553 sorry", UNDELIVERED_ADDRESS },
	{ __LINE__, "556 5.7.18 Domain has another owner", UNDELIVERED_ADDRESS },
	/* It exists, and takes nothing from us. */
	{ __LINE__, "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", UNDELIVERED_SENDER },
	{ __LINE__, "550 5.7.1 Delivery not authorized, message refused", UNDELIVERED_SENDER },
	{ __LINE__, "554 5.7.124 Sender not in allowed-senders list", UNDELIVERED_SENDER },
	{ __LINE__, "550 5.1.8 Bad sender's system address", UNDELIVERED_SENDER },
	{ __LINE__, "550 Administrative prohibition", UNDELIVERED_SENDER },
	{ __LINE__, "550 5.0.0 Relaying denied", UNDELIVERED_SENDER },
	{ __LINE__, "552 5.2.2 Mailbox full", UNDELIVERED_FULL },
	{ __LINE__, "552 Requested mail action aborted", UNDELIVERED_FULL },
	{ __LINE__, "550 Over quota", UNDELIVERED_FULL },
	{ __LINE__, "552 5.3.4 Message size exceeds fixed limit", UNDELIVERED_OTHER },
	{ __LINE__, "554 Transaction failed", UNDELIVERED_OTHER },
	/* A number that begins anew after 2^32 would be 1. */
	{ __LINE__, "554 5.4294967297.1 no", UNDELIVERED_OTHER },
	{ __LINE__, "HTTP/1.1 404 Not Found", UNDELIVERED_CHANNEL },
	/* As reports have it. */
	{ __LINE__, "5.1.1 unknown user: \"anna\"", UNDELIVERED_ADDRESS },
	{ __LINE__, "5.2.2", UNDELIVERED_FULL },
	{ __LINE__, "5.0.0 unknown user", UNDELIVERED_ADDRESS },
	{ __LINE__, "5.0.0", UNDELIVERED_OTHER },
	{ __LINE__, "4.4.7 delivery time expired", UNDELIVERED_GIVEN_UP },
	{ __LINE__, "the report does not say why", UNDELIVERED_GIVEN_UP },
	/* Nobody refused it. */
	{ __LINE__, "451 4.3.0 Try again later", UNDELIVERED_GIVEN_UP },
	{ __LINE__, "Connection refused", UNDELIVERED_GIVEN_UP },
	{ __LINE__, "5", UNDELIVERED_GIVEN_UP },
	{ __LINE__, "", UNDELIVERED_GIVEN_UP },
	{ __LINE__, NULL, UNDELIVERED_GIVEN_UP },
};

START_TEST(the_answer_says_whether_the_address_is_wrong)
{
	ck_assert_msg(undelivered_why(answers[_i].answer) == answers[_i].means, "line %d: %s is %u",
		      answers[_i].line, answers[_i].answer ? answers[_i].answer : "none",
		      undelivered_why(answers[_i].answer));
}
END_TEST

UNIT_TESTS("message/undelivered",
	   UNIT_ROWS(the_answer_says_whether_the_address_is_wrong, UNIT_COUNT(answers)))
