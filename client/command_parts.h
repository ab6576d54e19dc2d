/* SPDX-License-Identifier: Apache-2.0 */
/* What several commands of the table take (commands.c). */
#pragma once

#define REFERENCE(what_)                                                       \
	{                                                                      \
		"reference", "R", "reference", .required = true, .what = what_ \
	}

#define DUE_IS "a date, or \"meeting RF 2026-10\""

#define LINK                                                                                   \
	{                                                                                      \
		"link", "LINK", "link", .what = "evidence: an https address or a diary number" \
	}

#define DRY_RUN                                                                  \
	{                                                                        \
		"dry-run", .what = "print what would follow, and change nothing" \
	}

/* Of import alone, but most of the table otherwise. */
#define IMPORT_OPTIONS                                                                         \
	{ "column", "FIELD=HEADING", .many = true,                                             \
	  .what = "which column holds a field, as in title=Åtgärd; as often as needed" },      \
		{ "plan", "FILE", .many = true,                                                \
		  .what = "a plan file or a folder of them: tell what has changed, instead" }, \
		{ "unit", "UNIT", .what = "of amounts that have none: kr, tkr or mnkr" },      \
		{ "prefix", "TEXT", .what = "before each measure's id, as in HSN-" },          \
		{ "body", "ID", .what = "of the body that is answered; NAMND unless given" },  \
		{ "body-name", "NAME", .what = "what that body is called" },                   \
		{ "meeting", "DATE", .what = "its next meeting" },                             \
		{ "asked", "TITLE", .what = "what it is answered, as in \"Lägesrapport\"" },   \
	{                                                                                      \
		"support", "MAILBOX", .what = "who helps those who answer"                     \
	}
