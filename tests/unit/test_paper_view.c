/* SPDX-License-Identifier: Apache-2.0 */
/* What a paper says of a report: the names that its template has, with what stands there. */
#include "message/paper_view.h"

#include <string.h>

#include "message/catalogue.h"
#include "unit.h"

#define TOTALS(text) "{\"of\":\"deadline\",\"totals\":{" text "}}"
#define OF_MEASURES(text, rows) "{\"of\":\"deadline\",\"totals\":{" text "},\"rows\":[" rows "]}"
#define ONE "{\"measure\":\"M-1\"}"
#define FORECAST(planned, of, without)                                              \
	TOTALS("\"same\":{\"of\":" of ",\"effect_planned\":" planned                \
	       ",\"deviation\":-11400000,\"more\":2600000,\"late\":9600000,"        \
	       "\"less\":4400000},\"effect_planned\":{\"of\":15,\"sum\":67700000}," \
	       "\"without_forecast\":{\"of\":1,\"effect_planned\":" without "},"    \
	       "\"largest_shortfall\":{\"measure\":\"HSN-10\",\"title\":\"Byte\","  \
	       "\"deviation\":-6000000}")
#define HISTORY(what, at, reference)                                                       \
	"{\"of\":\"deadline\",\"body\":{\"name\":\"Regionstyrelsen\"},\"via\":[{\"body\":" \
	"\"HSN\",\"body_name\":\"Socialnämnden\",\"meeting\":\"2026-09-17\"}],"           \
	"\"history\":[{\"what\":\"" what "\",\"at\":\"" at "T09:00:00+02:00\","            \
	"\"reference\":\"" reference "\"}]}"
#define REASON(text) \
	"{\"of\":\"deadline\",\"requests\":[{\"measure\":\"M-1\",\"reason\":\"" text "\"}]}"
#define ASSIGNED(members)                                                       \
	"{\"of\":\"deadline\",\"description\":{\"assignment\":{\"id\":\"U-1\"," \
	"\"decision\":\"RS 2026-04-22 § 58\",\"reference\":\"RS 2026/0217\","  \
	"\"state\":\"open\",\"answer_by\":\"2026-05-26\","                      \
	"\"answer_by_original\":\"2026-05-27\"" members "}}}"
#define UNANSWERED(first, second)                                          \
	"{\"of\":\"deadline\",\"unanswered\":[{\"measure\":\"M-1\"," first \
	"},{\"measure\":\"M-2\"," second "}]}"
#define OF(assignment, word)                                              \
	"{\"measure\":\"M-1\",\"title\":\"T\",\"assignment\":" assignment \
	",\"assignment_title\":\"U\"," word "}"
#define PERIODS(first, second)                                                      \
	"\"periods\":[{\"name\":\"T1\",\"status\":" first ",\"word\":\"no-data\"}," \
	"{\"name\":\"T2\",\"status\":" second ",\"word\":\"on-track\"}]"
#define IN_PERIODS(rows) "{\"of\":\"body\",\"periods\":[\"T1\",\"T2\"],\"rows\":[" rows "]}"
#define TOLD PERIODS("null", "\"on-track\"")
#define SEVERAL TOLD ",\"one_of_several\":true"
#define NO_DATA "\"word\":\"no-data\""
#define LIVE(word) "{\"of\":\"body\",\"live\":[" OF("\"U-1\"", word) "]}"

#define LARGEST(late)                                                            \
	TOTALS("\"same\":{\"of\":2},\"largest_shortfall\":{\"measure\":\"M-1\"," \
	       "\"title\":\"T\",\"deviation\":-6000000,\"late\":" late "}")
#define REQUIRED(planned, more)                                                        \
	"{\"of\":\"deadline\",\"year\":2026,\"totals\":{\"effect_planned\":{\"of\":2," \
	"\"sum\":67700000}},\"requirements\":[{\"year\":2027,\"amount\":1000000,"      \
	"\"covered\":0},{\"year\":2026,\"amount\":97500000,\"covered\":" planned       \
	",\"struck\":4400000}" more "]}"
#define SECOND ",{\"year\":2026,\"amount\":1000000,\"covered\":0}"

/* path: members and places, "history 0 at"; NULL for expected: it is not there. */
static const struct {
	int line;
	const char *report, *path, *expected;
} rows[] = {
	/* Two numbers that are compared have one form. */
	{ __LINE__, TOTALS("\"asked\":15,\"answered\":12"), "answered_part", "12" },
	{ __LINE__, TOTALS("\"asked\":15,\"answered\":12"), "of_asked_words", "15" },
	{ __LINE__, TOTALS("\"asked\":12,\"answered\":4"), "answered_part", "fyra" },
	{ __LINE__, TOTALS("\"asked\":12,\"answered\":4"), "of_asked_words", "tolv" },
	{ __LINE__, TOTALS("\"asked\":12,\"answered\":4"), "answered_whole", NULL },
	/* All is all of what is told only when all of that was asked. */
	{ __LINE__, OF_MEASURES("\"asked\":1,\"answered\":1", ONE), "answered_whole", "yes" },
	{ __LINE__, OF_MEASURES("\"asked\":1,\"answered\":1", ONE), "asked_all", "yes" },
	{ __LINE__, OF_MEASURES("\"asked\":1,\"answered\":1", ONE "," ONE), "asked_all", NULL },
	{ __LINE__, TOTALS("\"asked\":1,\"answered\":1"), "answered_part", NULL },
	/* Less than half without a forecast isn't so much that nothing can be told. */
	{ __LINE__, FORECAST("65700000", "14", "2000000"), "without_most", NULL },
	{ __LINE__, FORECAST("30000000", "9", "37700000"), "without_most", "yes" },
	/* The parts add up to the deviation. */
	{ __LINE__, FORECAST("65700000", "14", "2000000"), "sum_deviation", "−11,4" },
	{ __LINE__, FORECAST("65700000", "14", "2000000"), "sum_more", "+2,6" },
	{ __LINE__, FORECAST("65700000", "14", "2000000"), "sum_late", "−9,6" },
	{ __LINE__, FORECAST("65700000", "14", "2000000"), "sum_less", "−4,4" },
	/* Of one there is no largest. */
	{ __LINE__, FORECAST("65700000", "14", "2000000"), "largest_less", "6,0" },
	{ __LINE__, FORECAST("65700000", "14", "2000000"), "largest_id_held", "HSN‑10" },
	{ __LINE__, FORECAST("65700000", "1", "2000000"), "largest_less", NULL },
	/* What only comes later isn't lost. */
	{ __LINE__, LARGEST("6000000"), "largest_late", "yes" },
	{ __LINE__, LARGEST("5000000"), "largest_late", NULL },
	{ __LINE__, FORECAST("65700000", "14", "2000000"), "largest_late", NULL },
	/* What is required in the paper's year, of one; and its plan, where that is the paper's too. */
	{ __LINE__, REQUIRED("63300000", ""), "required", "97,5" },
	{ __LINE__, REQUIRED("63300000", ""), "required_planned", "67,7" },
	{ __LINE__, REQUIRED("63300000", ""), "required_struck", "4,4" },
	{ __LINE__, REQUIRED("67700000", ""), "required", "97,5" },
	{ __LINE__, REQUIRED("67700000", ""), "required_planned", NULL },
	{ __LINE__, REQUIRED("63300000", SECOND), "required", NULL },
	/* A number that ends a title stays with its word. */
	{ __LINE__, "{\"of\":\"deadline\",\"title\":\"R, tertial 2\"}", "title_held",
	  "R, tertial\u00a02" },
	{ __LINE__, "{\"of\":\"deadline\",\"title\":\"R, tertial 2\"}", "title", "R, tertial 2" },
	{ __LINE__, "{\"of\":\"deadline\",\"title\":\"R 2 av\"}", "title_held", "R 2 av" },
	/* The paper's day is the one at whose end it was frozen. */
	{ __LINE__,
	  "{\"of\":\"deadline\",\"frozen_at\":\"2027-02-13T00:00:00+01:00\",\"dated\":"
	  "\"2027-02-12\"}",
	  "dated", "12\u00a0februari\u00a02027" },
	{ __LINE__, "{\"of\":\"deadline\",\"frozen_at\":\"2027-02-13T00:00:00+01:00\"}", "dated",
	  "13\u00a0februari\u00a02027" },
	{ __LINE__,
	  "{\"of\":\"deadline\",\"frozen_at\":\"2027-02-13T00:00:00+01:00\",\"dated\":"
	  "\"2027-02-12\"}",
	  "frozen", "12\u00a0februari\u00a02027" },
	{ __LINE__, "{\"of\":\"deadline\"}", "frozen", NULL },
	/* To whom it went, and who decided: the day is told once. */
	{ __LINE__, HISTORY("submitted", "2026-09-11", "R 1"), "history 0 to_body_within",
	  "socialnämnden" },
	{ __LINE__, HISTORY("submitted", "2026-09-25", "HSN 2026-09-17 § 101"),
	  "history 0 to_body_within", "regionstyrelsen" },
	{ __LINE__, HISTORY("submitted", "2026-09-25", "HSN 2026-09-17 § 101"),
	  "history 0 reference_held", "HSN\u00a02026‑09‑17\u00a0§\u00a0101" },
	{ __LINE__, HISTORY("noted", "2026-09-29", "RS 2026-09-29 § 71"), "history 0 decided_by",
	  "Regionstyrelsen" },
	{ __LINE__, HISTORY("noted", "2026-09-29", "RS 2026-09-29 § 71"), "history 0 reference",
	  "§ 71" },
	/* It was decided on its day, whenever that was written down; and not on a day to come. */
	{ __LINE__, HISTORY("noted", "2026-09-30", "RS 2026-09-29 § 71"), "history 0 reference",
	  "§ 71" },
	{ __LINE__, HISTORY("noted", "2026-09-30", "RS 2026-09-29 § 71"), "history 0 at",
	  "29\u00a0september\u00a02026" },
	{ __LINE__, HISTORY("noted", "2026-09-30", "RS 2026-10-01 § 71"), "history 0 reference",
	  "RS 2026-10-01 § 71" },
	{ __LINE__, HISTORY("noted", "2026-09-30", "RS 2026-10-01 § 71"), "history 0 at",
	  "30\u00a0september\u00a02026" },
	{ __LINE__, HISTORY("noted", "2026-09-30", "RS 2026-99-01 § 71"), "history 0 reference",
	  "RS 2026-99-01 § 71" },
	{ __LINE__, HISTORY("submitted", "2026-09-30", "RS 2026-09-29 § 71"), "history 0 at",
	  "30\u00a0september\u00a02026" },
	/* What somebody wrote ends as a sentence where more is said behind it. */
	{ __LINE__, REASON("Sjukdom"), "requests 0 reason", "Sjukdom." },
	{ __LINE__, REASON("Sjukdom."), "requests 0 reason", "Sjukdom." },
	{ __LINE__, REASON("Sjukdom (två av tre)"), "requests 0 reason", "Sjukdom (två av tre)." },
	{ __LINE__, REASON("Sjukdom (två!)"), "requests 0 reason", "Sjukdom (två!)" },
	{ __LINE__, REASON("”Sjukdom …”"), "requests 0 reason", "”Sjukdom …”" },
	{ __LINE__, REASON(")"), "requests 0 reason", ")." },
	{ __LINE__, HISTORY("noted", "2026-09-30", "§ 71"), "history 0 reference", "§ 71" },
	/* That a meeting was moved gave nobody more time. */
	{ __LINE__, ASSIGNED(""), "answer_by_before", NULL },
	{ __LINE__, ASSIGNED(",\"extended\":true"), "answer_by_before", "27\u00a0maj\u00a02026" },
	{ __LINE__, ASSIGNED(""), "diary", "RS 2026/0217" },
	{ __LINE__, ASSIGNED(""), "assignment_decision_held", "RS\u00a02026‑04‑22\u00a0§\u00a058" },
	{ __LINE__, "{\"of\":\"body\"}", "diary", NULL },
	{ __LINE__, "{\"of\":\"body\",\"description\":{\"reference\":\"RS 1\"}}", "diary", "RS 1" },
	{ __LINE__, "{\"of\":\"deadline\"}", "diary_any", NULL },
	{ __LINE__, "{\"of\":\"body\",\"body\":{\"name\":\"R\"}}", "diary_any", "yes" },
	{ __LINE__, "{\"of\":\"deadline\",\"body\":{\"name\":\"R\"}}", "diary_any", "yes" },
	/* A day for what was asked once, on one day. */
	{ __LINE__,
	  UNANSWERED("\"asked\":1,\"last_asked\":\"2026-05-06T08:00:00Z\"",
		     "\"asked\":1,\"last_asked\":\"2026-05-06T09:00:00Z\""),
	  "asked_on", "6\u00a0maj\u00a02026" },
	{ __LINE__,
	  UNANSWERED("\"asked\":1,\"last_asked\":\"2026-05-06T08:00:00Z\"",
		     "\"asked\":1,\"last_asked\":\"2026-05-07T09:00:00Z\""),
	  "asked_on", NULL },
	{ __LINE__,
	  UNANSWERED("\"asked\":2,\"last_asked\":\"2026-05-06T08:00:00Z\"",
		     "\"asked\":1,\"last_asked\":\"2026-05-06T09:00:00Z\""),
	  "asked_on", NULL },
	/* A period in which nobody has said anything has no column. */
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", TOLD)), "period_names 0 name", "T2" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", TOLD)), "period_names 1 name", NULL },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", TOLD)), "rows 0 periods 0 cell", "Enligt plan" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", TOLD)), "rows 0 periods 1 cell", NULL },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", PERIODS("null", "null"))), "any_periods", NULL },
	/* Whose measure it is, where there are several assignments: a heading for several measures, else the assignment. */
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", SEVERAL) "," OF("\"U-1\"", SEVERAL)), "by_both",
	  NULL },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", SEVERAL) "," OF("\"U-1\"", SEVERAL)),
	  "rows 0 group 0 item", NULL },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", SEVERAL) "," OF("\"U-2\"", TOLD)), "by_both", "yes" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", SEVERAL) "," OF("\"U-2\"", TOLD)),
	  "rows 0 group 0 item", "U (U-1)" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", SEVERAL) "," OF("\"U-2\"", TOLD)),
	  "rows 0 assigned 0 item", NULL },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", SEVERAL) "," OF("\"U-2\"", TOLD)),
	  "rows 1 assigned 0 item", "U (U-2)" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", SEVERAL) "," OF("\"U-2\"", TOLD)),
	  "rows 1 group 0 item", NULL },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", SEVERAL) "," OF("null", TOLD)), "rows 1 group_other",
	  "yes" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", TOLD) "," OF("\"U-2\"", TOLD)), "by_assignment",
	  "yes" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", TOLD) "," OF("\"U-2\"", TOLD)), "by_both", NULL },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", TOLD) "," OF("\"U-2\"", TOLD)),
	  "rows 0 assigned 0 item", "U (U-1)" },
	/* Who was asked and said nothing has given no answer; of the rest there is nothing to say. */
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", NO_DATA)), "rows 0 status", "–" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", NO_DATA ",\"is_asked\":true")), "rows 0 status",
	  "Inget svar" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", NO_DATA ",\"words\":\"Okänt\"")), "rows 0 status",
	  "Okänt" },
	{ __LINE__, LIVE(NO_DATA), "live 0 status_cell", "–" },
	{ __LINE__, LIVE(NO_DATA ",\"is_asked\":true"), "live 0 status_cell", "Inget svar" },
	{ __LINE__, LIVE(NO_DATA), "live 0 status", "Inga data" },
	{ __LINE__, LIVE("\"word\":\"on-track\",\"light\":\"green\""), "live 0 status_cell",
	  "Enligt plan (grön)" },
	/* Tables have the numbers of those that there are. */
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", TOLD)), "number_counts", "1" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", TOLD)), "number_periods", "2" },
	{ __LINE__, IN_PERIODS(OF("\"U-1\"", TOLD)), "number_rows", NULL },
	{ __LINE__, OF_MEASURES("\"asked\":1", ONE), "number_rows", "1" },
};

static const json_t *member(const json_t *view, const char *path)
{
	char part[40];
	size_t length;

	for (; *path && view; path += length + (path[length] == ' ')) {
		length = strcspn(path, " ");
		snprintf(part, sizeof(part), "%.*s", (int)length, path);
		view = json_is_array(view) ? json_array_get(view, (size_t)atoi(part))
					   : json_object_get(view, part);
	}
	return view;
}

START_TEST(a_paper_says)
{
	json_t *report = json_loads(rows[_i].report, 0, NULL), *view;
	const json_t *found;
	const char *text;

	ck_assert_msg(report != NULL, "line %d is no JSON", rows[_i].line);
	view = paper_view(report, LANGUAGE_SV, civil_from_ymd(2026, 9, 25));
	found = member(view, rows[_i].path);
	text = json_is_true(found) ? "yes" : json_string_value(found);
	ck_assert_msg(rows[_i].expected ? text && strcmp(text, rows[_i].expected) == 0
					: !found || json_is_false(found),
		      "line %d: %s is %s", rows[_i].line, rows[_i].path, text ? text : "(none)");
	json_decref(view);
	json_decref(report);
}
END_TEST

UNIT_TESTS("message/paper_view", UNIT_ROWS(a_paper_says, UNIT_COUNT(rows)))
