/* SPDX-License-Identifier: Apache-2.0 */
/* The templates of pages: that they load, what a folder may share, and that no fault is left without words. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message/templates.h"
#include "unit.h"
#include "web/refusal.h"

static struct templates *load(void)
{
	struct templates *w;
	char *error = NULL;

	ck_assert_msg(templates_new(&w, "conf/templates", &error) == 0, "%s", error);
	ck_assert_msg(templates_add_pages(w, "conf/templates", &error) == 0, "%s", error);
	return w;
}

static char *render(const struct templates *w, enum language language, enum page page, json_t *view)
{
	char *html = NULL;

	ck_assert_int_eq(templates_page(w, language, page, view, &html), 0);
	json_decref(view);
	return html;
}

START_TEST(refusals_have_a_heading_in_each_language)
{
	struct templates *w = load();
	struct refusal_pages *pages;

	ck_assert_int_eq(refusal_pages_new(&pages, w, "/", NULL), 0);
	for (enum language language = 0; language < LANGUAGES; language++)
		for (enum refusal why = REFUSAL_NONE + 1; why < REFUSALS; why++) {
			const struct refusal_page *page = refusal_page(pages, why, language);
			const char *heading = strstr(page->html, "<h1>");

			ck_assert_msg(heading && heading[4] != '<', "%s", refusal_phrase(why));
			ck_assert(strstr(page->html,
					 language == LANGUAGE_SV ? "lang=\"sv\"" : "lang=\"en\""));
			ck_assert_uint_ge(refusal_status(why), 400);
		}
	refusal_pages_free(pages);
	templates_free(w);
}
END_TEST

/* Between the link to the field and its end. */
static bool says_something(const char *html, const char *href)
{
	const char *at = strstr(html, href), *end = at ? strstr(at, "</a>") : NULL;
	size_t letters = 0;

	for (at = at ? strchr(at, '>') + 1 : NULL; at && at < end; at++)
		letters += *at > ' ';
	return letters > 10;
}

START_TEST(every_fault_has_its_sentence)
{
	static const char *const fields[] = { "at_progress",  "at_achieved", "at_forecast",
					      "at_note",      "at_support",  "at_reference",
					      "at_answer_by", "at_until",    "at_owner" };
	struct templates *w = load();

	for (enum language language = 0; language < LANGUAGES; language++)
		for (enum page_fault fault = FAULT_NONE + 1; fault < PAGE_FAULTS; fault++) {
			json_t *one = json_pack("{ss sb ss}", "at", "x", page_fault_names[fault], 1,
						"limit", "4 000");
			char *html;

			for (size_t i = 0; i < UNIT_COUNT(fields); i++)
				json_object_set_new(one, fields[i], json_true());
			html = render(
				w, language, PAGE_ANSWER,
				json_pack("{ss sb s[o]}", "root", "/", "faulty", 1, "faults", one));
			ck_assert_msg(says_something(html, "href=\"#x\""), "%s",
				      page_fault_names[fault]);
			free(html);
		}
	templates_free(w);
}
END_TEST

START_TEST(what_is_typed_comes_back_as_text)
{
	struct templates *w = load();
	char *html = render(w, LANGUAGE_SV, PAGE_ANSWER,
			    json_pack("{ss s[{ss ss ss sb ss ss}]}", "root", "/", "forms", "n", "1",
				      "item", "7", "event", "e", "asks_status", 1, "progress",
				      "\"><b>", "note", "</textarea>\n<script>"));

	ck_assert(strstr(html, "value=\"&quot;&gt;&lt;b&gt;\"") != NULL);
	ck_assert(strstr(html, "\n&lt;/textarea&gt;\n&lt;script&gt;</textarea>") != NULL);
	free(html);
	templates_free(w);
}
END_TEST

/* A view of a page with what is always there. */
static json_t *least_view(enum page page)
{
	json_t *view = json_pack("{sb sb sb}", "nothing", 1, "faulty", 1, "not_stored", 1);

	for (const struct template_var *var = page_kinds[page].vars; var->name; var++)
		if (var->kind == VAR_FILLED)
			json_object_set_new(view, var->name, json_string("/"));
	return view;
}

START_TEST(no_page_loads_anything_or_runs_anything)
{
	static const char *const never[] = { "<script",	 "<link",   "<img",    "url(",	  "@import",
					     "style=\"", "onclick", "http://", "https://" };
	struct templates *w = load();

	for (enum language language = 0; language < LANGUAGES; language++)
		for (enum page page = 0; page < PAGES; page++) {
			char *html = render(w, language, page, least_view(page));

			for (size_t i = 0; i < UNIT_COUNT(never); i++)
				ck_assert_msg(!strstr(html, never[i]), "%s", never[i]);
			free(html);
		}
	templates_free(w);
}
END_TEST

static void write_file(const char *folder, const char *name, const char *text)
{
	char path[200];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	ck_assert(file != NULL);
	fputs(text, file);
	fclose(file);
}

START_TEST(a_missing_page_is_named_with_its_line)
{
	char folder[] = "/tmp/paminn-pages-XXXXXX", error_path[100], *error = NULL;
	struct templates *w;
	static const char *const folders[] = { "/sv", "/en", "/shared" };
	static const char *const files[] = { "shared/page_shared.html", "sv/page_answer.html" };
	char path[64];

	ck_assert(mkdtemp(folder) != NULL);
	for (size_t i = 0; i < UNIT_COUNT(folders); i++) {
		snprintf(path, sizeof(path), "%s%s", folder, folders[i]);
		ck_assert_int_eq(mkdir(path, 0700), 0);
	}
	ck_assert_int_eq(templates_new(&w, "conf/templates", &error), 0);
	ck_assert_int_eq(templates_add_pages(w, folder, &error), -EINVAL);
	snprintf(error_path, sizeof(error_path), "%s/sv/page_answer.html:1: ", folder);
	ck_assert_msg(strncmp(error, error_path, strlen(error_path)) == 0, "%s", error);
	free(error);

	/* What shared/ has serves every language. */
	write_file(folder, files[0], "{{#nobody}}\n{{/nobody}}\n");
	write_file(folder, files[1], "Hej\n{{> page_shared}}\n");
	ck_assert_int_eq(templates_add_pages(w, folder, &error), -EINVAL);
	snprintf(error_path, sizeof(error_path), "%s/sv/page_shared.html:1: ", folder);
	ck_assert_msg(strncmp(error, error_path, strlen(error_path)) == 0, "%s", error);
	free(error);
	templates_free(w);

	for (size_t i = 0; i < UNIT_COUNT(files); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
		ck_assert_int_eq(unlink(path), 0);
	}
	for (size_t i = 0; i < UNIT_COUNT(folders); i++) {
		snprintf(path, sizeof(path), "%s%s", folder, folders[i]);
		ck_assert_int_eq(rmdir(path), 0);
	}
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

UNIT_TESTS("message/pages", UNIT(refusals_have_a_heading_in_each_language),
	   UNIT(every_fault_has_its_sentence), UNIT(what_is_typed_comes_back_as_text),
	   UNIT(no_page_loads_anything_or_runs_anything),
	   UNIT(a_missing_page_is_named_with_its_line))
