/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts as officials write them: what each is in kronor, or why it is not read. */
#include "client/import/amount.h"
#include "unit.h"

#include <string.h>

#define KR 1
#define TKR 1000
#define MNKR 1000000

static const struct {
	int line;
	const char *cell;
	int64_t unit; /* of the column */
	enum amount_fault fault;
	int64_t kronor;
	bool rounded;
} cells[] = {
	{ __LINE__, "12000000", KR, AMOUNT_READ, 12000000 },
	{ __LINE__, "12 000 000", KR, AMOUNT_READ, 12000000 },
	{ __LINE__, "12 000 000 kr", 0, AMOUNT_READ, 12000000 },
	{ __LINE__, "12 000 000,00 kr", 0, AMOUNT_READ, 12000000 },
	{ __LINE__, "1,2", MNKR, AMOUNT_READ, 1200000 },
	{ __LINE__, "1,2 mnkr", 0, AMOUNT_READ, 1200000 },
	{ __LINE__, "1,2mnkr", 0, AMOUNT_READ, 1200000 },
	{ __LINE__, "1.2 MSEK", TKR, AMOUNT_READ, 1200000 },
	{ __LINE__, "1,25 miljoner kronor", 0, AMOUNT_READ, 1250000 },
	{ __LINE__, "1,2 mn kr", 0, AMOUNT_READ, 1200000 },
	{ __LINE__, "kr 500", 0, AMOUNT_READ, 500 },
	{ __LINE__, "SEK 12,000,000.00", 0, AMOUNT_READ, 12000000 },
	{ __LINE__, "12,000,000", KR, AMOUNT_READ, 12000000 },
	{ __LINE__, "12.000.000", KR, AMOUNT_READ, 12000000 },
	{ __LINE__, "12.000.000,50", KR, AMOUNT_READ, 12000001, true },
	{ __LINE__, "1 200,500", KR, AMOUNT_READ, 1201, true },
	{ __LINE__, "0,500", MNKR, AMOUNT_READ, 500000 },
	{ __LINE__, "1200,500", TKR, AMOUNT_READ, 1200500 },
	{ __LINE__, "-500", TKR, AMOUNT_READ, -500000 },
	{ __LINE__, "−500", TKR, AMOUNT_READ, -500000 },
	{ __LINE__, "–500", TKR, AMOUNT_READ, -500000 },
	{ __LINE__, "- 500", TKR, AMOUNT_READ, -500000 },
	{ __LINE__, "(500)", TKR, AMOUNT_READ, -500000 },
	{ __LINE__, "(500 tkr)", 0, AMOUNT_READ, -500000 },
	{ __LINE__, "500:-", TKR, AMOUNT_READ, 500000 },
	{ __LINE__, "+500", TKR, AMOUNT_READ, 500000 },
	{ __LINE__, "0", 0, AMOUNT_READ, 0 },
	{ __LINE__, "0,5", KR, AMOUNT_READ, 1, true },
	{ __LINE__, "-0,5", KR, AMOUNT_READ, -1, true },
	{ __LINE__, "1000000000", MNKR, AMOUNT_READ, AMOUNT_MOST },
	{ __LINE__, "1000000001", MNKR, AMOUNT_TOO_LARGE },
	{ __LINE__, "99999999999999999999999999999999", KR, AMOUNT_TOO_LARGE },
	{ __LINE__, "1,200", MNKR, AMOUNT_TWO_WAYS },
	{ __LINE__, "1.200", MNKR, AMOUNT_TWO_WAYS },
	{ __LINE__, "12", 0, AMOUNT_NO_UNIT },
	{ __LINE__, "1,2E+07", KR, AMOUNT_SHORTENED },
	{ __LINE__, "1e7", KR, AMOUNT_SHORTENED },
	{ __LINE__, "ca 2 mnkr", 0, AMOUNT_NONE },
	{ __LINE__, "5-6 mnkr", 0, AMOUNT_NONE },
	{ __LINE__, "5–6 mnkr", 0, AMOUNT_NONE },
	{ __LINE__, "1 20 000", KR, AMOUNT_NONE },
	{ __LINE__, "1 2", KR, AMOUNT_NONE },
	{ __LINE__, "1,2,3", KR, AMOUNT_NONE },
	{ __LINE__, "1.234,5,6", KR, AMOUNT_NONE },
	{ __LINE__, "12 %", KR, AMOUNT_NONE },
	{ __LINE__, "#REF!", KR, AMOUNT_NONE },
	{ __LINE__, "--5", KR, AMOUNT_NONE },
	{ __LINE__, "(5", KR, AMOUNT_NONE },
	{ __LINE__, "5 EUR", KR, AMOUNT_NONE },
	{ __LINE__, "tkr", KR, AMOUNT_NONE },
	{ __LINE__, ",5", KR, AMOUNT_NONE },
	{ __LINE__, "utreds", KR, AMOUNT_NONE },
};

START_TEST(each_amount_is_read_one_way_or_not_at_all)
{
	const struct amount_style none = { 0 };
	struct amount amount;
	const enum amount_fault fault = amount_read(cells[_i].cell, cells[_i].unit, &none, &amount);

	ck_assert_msg(fault == cells[_i].fault, "line %d: %s: fault %d", cells[_i].line,
		      cells[_i].cell, (int)fault);
	if (fault != AMOUNT_READ)
		return;
	ck_assert_msg(amount.kronor == cells[_i].kronor, "line %d: %lld", cells[_i].line,
		      (long long)amount.kronor);
	ck_assert_msg(amount.rounded == cells[_i].rounded, "line %d", cells[_i].line);
}
END_TEST

/* What other cells of the column tell decides between two ways, unless they tell of both. */
static const struct {
	int line;
	const char *others[3], *cell;
	enum amount_fault fault;
	int64_t kronor;
} styles[] = {
	{ __LINE__, { "1,2" }, "1,200", AMOUNT_READ, 1200 },
	{ __LINE__, { "1.2" }, "1,200", AMOUNT_READ, 1200000 },
	{ __LINE__, { "1,2" }, "1.200", AMOUNT_READ, 1200000 },
	{ __LINE__, { "12,000,000" }, "1.200", AMOUNT_READ, 1200 },
	{ __LINE__, { "12.000.000" }, "1.200", AMOUNT_READ, 1200000 },
	{ __LINE__, { "1,2", "1.2" }, "1,200", AMOUNT_TWO_WAYS },
	{ __LINE__, { "12", "", "utreds" }, "1,200", AMOUNT_TWO_WAYS },
};

START_TEST(a_column_says_how_it_is_written)
{
	struct amount_style style = { 0 };
	struct amount amount;
	enum amount_fault fault;

	for (int i = 0; i < 3 && styles[_i].others[i]; i++)
		amount_see(styles[_i].others[i], &style);
	fault = amount_read(styles[_i].cell, TKR, &style, &amount);
	ck_assert_msg(fault == styles[_i].fault, "line %d: fault %d", styles[_i].line, (int)fault);
	if (fault == AMOUNT_READ)
		ck_assert_msg(amount.kronor == styles[_i].kronor, "line %d: %lld", styles[_i].line,
			      (long long)amount.kronor);
}
END_TEST

static const struct {
	int line;
	const char *cell;
	int64_t kronor;
	bool may;
} guesses[] = {
	{ __LINE__, "ca 1,5", 1500000, true },
	{ __LINE__, "ca 1,5", 1500, true },
	{ __LINE__, "ca 1,5", 15000, false },
	{ __LINE__, "ca 1,5", 2, false }, /* rounded */
	{ __LINE__, "ca 3 000", 3000000, true },
	{ __LINE__, "ca 3 000", 3700000, false },
	{ __LINE__, "3 000?", 3000, true },
	{ __LINE__, "typ 4 (mdkr)", INT64_C(4000000000), true },
	{ __LINE__, "1,200 eller så", 1200, false }, /* two ways */
	{ __LINE__, "3-4", 3, false },
	{ __LINE__, "3-4", 4, false },
	{ __LINE__, "-4 ?", 4, false },
	{ __LINE__,
	  "\u2013"
	  "4 ?",
	  4, false },
	{ __LINE__, "oklart", 4, false },
	{ __LINE__, "", 4, false },
	{ __LINE__, "1 2 ca", 12, false },
	{ __LINE__, "1234567890123456789012345678901234567890 ca", 12, false },
};

START_TEST(an_unread_cell_may_be_an_amount_of_its_digits)
{
	const struct amount_style none = { 0 };

	ck_assert_msg(amount_may_be(guesses[_i].cell, guesses[_i].kronor, &none) == guesses[_i].may,
		      "line %d: %s", guesses[_i].line, guesses[_i].cell);
}
END_TEST

UNIT_TESTS("client/import/amount",
	   UNIT_ROWS(an_unread_cell_may_be_an_amount_of_its_digits, UNIT_COUNT(guesses)),
	   UNIT_ROWS(each_amount_is_read_one_way_or_not_at_all, UNIT_COUNT(cells)),
	   UNIT_ROWS(a_column_says_how_it_is_written, UNIT_COUNT(styles)))
