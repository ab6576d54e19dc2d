/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of templates: what is shipped loads, and any fault in it is found when loading. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "message/calendar_view.h"
#include "message/template_view.h"
#include "message/templates.h"
#include "unit.h"

static char folder[] = "/tmp/paminn-words-XXXXXX";

static void copy_templates(void)
{
	char command[100];

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(command, sizeof(command), "cp -r conf/templates/. %s", folder);
	ck_assert_int_eq(system(command), 0);
}

static void remove_templates(void)
{
	char command[100];

	snprintf(command, sizeof(command), "rm -r %s", folder);
	ck_assert_int_eq(system(command), 0);
}

static void write_file(const char *name, const char *text, size_t size)
{
	char path[200];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text, 1, size, file), size);
	ck_assert_int_eq(fclose(file), 0);
}

/* Loading fails with r and a sentence that begins with the folder and goes on with `rest`. */
static void ck_refused(int r, const char *rest)
{
	struct templates *w = NULL;
	char *error = NULL;

	ck_assert_int_eq(templates_new(&w, folder, &error), r);
	ck_assert_ptr_null(w);
	ck_assert_ptr_nonnull(error);
	ck_assert_msg(!strncmp(error + strlen(folder) + 1, rest, strlen(rest)), "got: %s", error);
	free(error);
}

START_TEST(loads_what_is_shipped)
{
	struct templates *w = NULL;
	char *error = NULL;

	ck_assert_msg(templates_new(&w, "conf/templates", &error) == 0, "%s", error);
	templates_free(w);
}
END_TEST

START_TEST(finds_a_missing_file)
{
	char path[200];

	copy_templates();
	snprintf(path, sizeof(path), "%s/en/moved.html", folder);
	ck_assert_int_eq(unlink(path), 0);
	ck_refused(-EINVAL, "en/moved.html:1: the template does not exist");
	remove_templates();
}
END_TEST

START_TEST(finds_a_missing_folder)
{
	struct templates *w = NULL;
	char *error = NULL;

	ck_assert_int_eq(templates_new(&w, "conf/none", &error), -EINVAL);
	ck_assert_str_eq(error, "conf/none/sv/card.json:1: the template does not exist");
	free(error);
}
END_TEST

START_TEST(finds_an_unknown_name_in_a_partial)
{
	copy_templates();
	write_file("sv/foot.txt", "x\n{{phone}}\n", 12);
	ck_refused(-EINVAL, "sv/foot.txt:2: {{phone}} is not known here; known: recipient, items,");
	remove_templates();
}
END_TEST

/* What both languages use stands once; a language's own file of the name comes before it. */
START_TEST(takes_from_shared_what_a_language_lacks)
{
	static const char shared[] = "shared\n", own[] = "own\n", text[] = "{{> both}}\n";
	const struct template_key keys[] = { { LANGUAGE_SV, KIND_TEST, PART_TEXT },
					     { LANGUAGE_EN, KIND_TEST, PART_TEXT } };
	static const char *const said[] = { shared, own };
	json_t *view = json_object();

	copy_templates();
	write_file("shared/both.txt", shared, strlen(shared));
	write_file("en/both.txt", own, strlen(own));
	write_file("sv/test.txt", text, strlen(text));
	write_file("en/test.txt", text, strlen(text));
	for (size_t i = 0; i < UNIT_COUNT(keys); i++) {
		struct templates *w = NULL;
		char *error = NULL, *out = NULL;

		ck_assert_msg(templates_new(&w, folder, &error) == 0, "%s", error);
		ck_assert_int_eq(templates_render(w, keys[i], view, &out), 0);
		ck_assert_str_eq(out, said[i]);
		free(out);
		templates_free(w);
	}
	json_decref(view);
	remove_templates();
}
END_TEST

START_TEST(finds_what_is_no_text)
{
	static char large[70000];

	copy_templates();
	write_file("sv/alert.subject", "\xff", 1);
	ck_refused(-EINVAL, "sv/alert.subject:1: the template is not text in UTF-8");
	memset(large, 'a', sizeof(large));
	write_file("sv/alert.subject", large, sizeof(large));
	ck_refused(-EINVAL, "sv/alert.subject:1: the template is larger than 64 KiB");
	remove_templates();
}
END_TEST

START_TEST(takes_line_ends_of_either_kind)
{
	struct templates *w = NULL;
	char *error = NULL, *out = NULL;
	json_t *view = json_pack("{s[{}]}", "first");

	copy_templates();
	write_file("sv/alert.txt", "{{#first}}\r\na\r\n{{/first}}\r\nb\r\n", 30);
	ck_assert_msg(templates_new(&w, folder, &error) == 0, "%s", error);
	ck_assert_int_eq(
		templates_render(w, (struct template_key){ LANGUAGE_SV, KIND_ALERT, PART_TEXT },
				 view, &out),
		0);
	ck_assert_str_eq(out, "a\nb\n");
	free(out);
	json_decref(view);
	templates_free(w);
	remove_templates();
}
END_TEST

/* Whoever edits a template finds every name it may use in the folder's own page. */
static void ck_documented(const char *page, const struct template_var *vars)
{
	for (; vars->name; vars++) {
		char name[80];

		snprintf(name, sizeof(name), "`%s`", vars->name);
		ck_assert_msg(strstr(page, name) != NULL, "conf/templates/README.md lacks %s",
			      name);
		if (vars->inner)
			ck_documented(page, vars->inner);
	}
}

START_TEST(is_documented)
{
	static char page[40000];
	FILE *file = fopen("conf/templates/README.md", "r");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_gt(fread(page, 1, sizeof(page) - 1, file), 0);
	fclose(file);
	ck_documented(page, template_card_vars);
	ck_documented(page, calendar_entry_vars);
	ck_documented(page, calendar_feed_vars);
}
END_TEST

UNIT_TESTS_APART("message/templates", UNIT(loads_what_is_shipped), UNIT(finds_a_missing_file),
		 UNIT(finds_a_missing_folder), UNIT(finds_an_unknown_name_in_a_partial),
		 UNIT(takes_from_shared_what_a_language_lacks), UNIT(finds_what_is_no_text),
		 UNIT(takes_line_ends_of_either_kind), UNIT(is_documented))
