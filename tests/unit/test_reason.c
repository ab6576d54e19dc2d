/* SPDX-License-Identifier: Apache-2.0 */
/* Reasons in Swedish: clause by clause, and what is not known stays as it is. */
#include "message/reason.h"

#include <string.h>

#include "unit.h"

static const struct {
	int line;
	const char *reason, *swedish, *rest;
} rows[] = {
	{ __LINE__, "5 working days before the papers date 2026-05-15; accepted 2026-05-08 08:00",
	  "5 arbetsdagar före sista dagen 2026-05-15; levererades 2026-05-08 08:00", "" },
	{ __LINE__, "1 working day after the papers date 2026-05-15; failed: 550 5.1.1 unknown",
	  "1 arbetsdag efter sista dagen 2026-05-15; misslyckades: 550 5.1.1 unknown", "" },
	{ __LINE__, "on the papers date 2026-05-15; the mail came back: 550 5.1.1 unknown",
	  "på sista dagen 2026-05-15; mejlet kom tillbaka: 550 5.1.1 unknown", "" },
	{ __LINE__, "held: the reminder that had reached anna came back",
	  "väntar: påminnelsen som hade nått anna kom tillbaka", "" },
	{ __LINE__, "held: no reminder of this round has reached anna yet",
	  "väntar: ingen påminnelse har nått anna än", "" },
	{ __LINE__, "held: anna was reached only now; it goes on the next working day",
	  "väntar: anna nåddes först nu; skickas nästa arbetsdag", "" },
	{ __LINE__, "on 2026-10-30 (late after 2026-11-02)",
	  "2026-10-30 (försenat efter 2026-11-02)", "" },
	{ __LINE__, "answered 2026-05-12 09:00 (seq 42)",
	  "besvarades 2026-05-12 09:00 (händelse 42)", "" },
	{ __LINE__, "absent 2026-07-06 to 2026-07-31 without a deputy; held until 2026-08-03",
	  "frånvarande 2026-07-06 till 2026-07-31 utan ersättare; väntar till 2026-08-03", "" },
	{ __LINE__,
	  "alert: the light turns red; it is off track; 2026-06-30, by which it is to be done, has "
	  "passed",
	  "varning: ljuset blir rött; åtgärden avviker från planen; dagen då åtgärden ska vara "
	  "klar "
	  "har passerat: 2026-06-30",
	  "" },
	{ __LINE__,
	  "alert: the light turns yellow; it is at risk; it is expected to be done only by "
	  "2026-09-30; 2026-06-30, by which it is to be done, is near",
	  "varning: ljuset blir gult; åtgärden riskerar att avvika från planen; åtgärden väntas "
	  "klar "
	  "först 2026-09-30; dagen då åtgärden ska vara klar är nära: 2026-06-30",
	  "" },
	{ __LINE__, "failed: 450 busy; try again", "misslyckades: 450 busy", "try again" },
	{ __LINE__, "something new", "", "something new" },
	{ __LINE__, "accepted ", "", "accepted " },
	{ __LINE__, "", "", "" },
};

START_TEST(reasons_are_said_in_swedish)
{
	char out[REASON_TEXT];
	const char *rest;

	reason_in(LANGUAGE_SV, rows[_i].reason, out, &rest);
	ck_assert_msg(strcmp(out, rows[_i].swedish) == 0 && strcmp(rest, rows[_i].rest) == 0,
		      "line %d: %s | %s", rows[_i].line, out, rest);
	reason_in(LANGUAGE_EN, rows[_i].reason, out, &rest);
	ck_assert_str_eq(out, rows[_i].reason);
	ck_assert_str_eq(rest, "");
}
END_TEST

UNIT_TESTS("message/reason", UNIT_ROWS(reasons_are_said_in_swedish, UNIT_COUNT(rows)))
