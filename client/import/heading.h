/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A heading is compared as an id is made of it, so that case, marks and punctuation don't matter, without the
 * words that say a unit or a year: "Planerad effekt (tkr), 2026" is "planerad effekt" in thousands, of 2026. It
 * has to be a name of the table whole: a column whose heading merely begins like one ("Effekt uppnådd") is another.
 */
#pragma once
#include "client/import/column.h"

/* Sets the field, unit and year that it names, and returns its strength, which is less where that is stronger; 0: unknown. */
int heading_recognise(const char *heading, struct column *ret);
/* Does it say by itself that its column is of the field? */
bool heading_is_plain(const char *heading, enum column_kind field);
