/* SPDX-License-Identifier: Apache-2.0 */
/* Which names are one person's, mistyped: a wrong yes gives a measure to somebody else. */
#include "client/import/ident.h"
#include "unit.h"

static const struct {
	int line;
	const char *a, *b;
	bool mistyped, known; /* and where it is known by more that they are one */
} names[] = {
	{ __LINE__, "Karin Andersson", "Karin Anderson", true, true },
	{ __LINE__, "Bo Almkvist", "Bo Almqvist", true, true },
	{ __LINE__, "Upphandlingschef", "Upphandlngschfe", false, false }, /* three letters */
	{ __LINE__, "Upphandlingschef", "Upphandlngschf", true, true },
	{ __LINE__, "Anna Ekström", "Anna Ekstömr", false, true },
	{ __LINE__, "Anna Ekström", "Anna Ekstrom", false, false }, /* they are one id */
	{ __LINE__, "Anna Ek", "Anna El", false, false },
	{ __LINE__, "Lisa Ahl", "Lisa Ahll", false, true },
	{ __LINE__, "Lisa Ahl", "Lisa Ekl", false, false },
	{ __LINE__, "Rektor norra skolan", "Rektor södra skolan", false, true },
	{ __LINE__, "Enhetschef A", "Enhetschef B", false, false },
	{ __LINE__, "Enhetschef 11", "Enhetschef 12", false, false },
	{ __LINE__, "Enhetschef11", "Enhetschef12", false, false },
	{ __LINE__, "Karin Andersson", "Karim Anderson", false, false }, /* both words */
	{ __LINE__, "Karin Andersson", "Andersson", false, false },
	{ __LINE__, "Andersson", "Anderson Karin", false, false },
	{ __LINE__, "Verksamhetschef skola", "Verksamhetschef förskola", false, false },
	{ __LINE__, "", "", false, false },
};

START_TEST(a_mistyped_name_is_told_from_another)
{
	struct keep keep = { 0 };
	const char *a = ident_make(&keep, names[_i].a), *b = ident_make(&keep, names[_i].b);

	ck_assert_msg(ident_is_mistyped(a, b, false) == names[_i].mistyped, "line %d",
		      names[_i].line);
	ck_assert_msg(ident_is_mistyped(a, b, true) == names[_i].known, "line %d: known",
		      names[_i].line);
	ck_assert(ident_is_mistyped(b, a, false) == names[_i].mistyped);
	keep_done(&keep);
}
END_TEST

UNIT_TESTS("client/import/ident",
	   UNIT_ROWS(a_mistyped_name_is_told_from_another, UNIT_COUNT(names)))
