/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amounts of money as people write them in a spreadsheet: "12 000 000", "1,2 mnkr", "-500 tkr", "(500)",
 * "12,000,000", "1 234,50 kr". What can be read two ways is not read.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define AMOUNT_KRONOR 1
#define AMOUNT_MOST INT64_C(1000000000000000) /* that a plan takes */

enum amount_fault {
	AMOUNT_READ,
	AMOUNT_NONE,	  /* it is no amount */
	AMOUNT_TWO_WAYS,  /* "1,200" and "1.200": thousands, or a decimal sign? */
	AMOUNT_NO_UNIT,	  /* nothing says whether these are kronor, thousands or millions */
	AMOUNT_SHORTENED, /* "1,2E+07": the spreadsheet has kept some digits to itself */
	AMOUNT_TOO_LARGE,
};

/* Which sign stands before decimals in a column, by the cells of it that can be read one way only. */
struct amount_style {
	bool comma, point;
};

struct amount {
	int64_t kronor; /* whole ones */
	int64_t unit;	/* that the cell itself names: 1, 1000, 1000000, 1000000000; 0: none */
	bool rounded;	/* there was a part of a krona */
};

/* The unit that the word is: "kr" 1, "tkr" 1000, "mnkr" 1000000 and others in use; 0 when it is none. */
int64_t amount_unit(const char *word);
/* The word for such a unit, "tkr"; "" for another, and for 0. */
const char *amount_unit_word(int64_t unit);
/* Is there a word in the cell that is a unit, amount or not? */
bool amount_names_unit(const char *cell);
/* See what the cell tells of the column's style. */
void amount_see(const char *cell, struct amount_style *style);
/* Read the cell, clean and not empty; unit: that of the column, for a cell without one; 0: none. */
enum amount_fault amount_read(const char *cell, int64_t unit, const struct amount_style *style,
			      struct amount *ret);
/* Is the only number in the cell, "ca 1,5" or "3 000?", so many kronor in some unit? kronor: more than 0. */
bool amount_may_be(const char *cell, int64_t kronor, const struct amount_style *style);
