/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>

#include "message/layout.h"
#include "message/template.h"
#include "unit.h"

static const struct template_var inner[] = { { .name = "id", .kind = VAR_FILLED },
					     { .name = "note", .kind = VAR_OPTIONAL },
					     { .name = "late", .kind = VAR_FLAG },
					     { .name = NULL } };
static const struct template_var vars[] = {
	{ .name = "name", .kind = VAR_FILLED },
	{ .name = "reply", .kind = VAR_OPTIONAL },
	{ .name = "note", .kind = VAR_OPTIONAL },
	{ .name = "many", .kind = VAR_FLAG },
	{ .name = "plot", .kind = VAR_DRAWING },
	{ .name = "items", .kind = VAR_LIST, .inner = inner },
	{ .name = NULL },
};

/* Files that partials are read from: the path is what is asked for, the text what is there. */
static const struct {
	const char *path, *text;
} files[] = {
	{ "t/foot.txt", "{{#reply}}\nReply to {{reply}}.\n{{/reply}}\n" },
	{ "t/item.txt", "- {{id}}\n" },
	{ "t/loop.txt", "{{> loop}}" },
	{ "t/closes.txt", "a\n{{/items}}" },
	{ "t/wrong.txt", "a\n\n{{foo}}" },
};

static int read_text(void *userdata, const char *path, char **ret)
{
	const char *text = strcmp(path, "t/a.txt") ? NULL : userdata;

	for (size_t i = 0; !text && i < UNIT_COUNT(files); i++)
		if (!strcmp(path, files[i].path))
			text = files[i].text;
	if (!text)
		return -ENOENT;
	*ret = strdup(text);
	return *ret ? 0 : -ENOMEM;
}

static int compile(struct template **ret, enum template_context context, const char *text,
		   char **ret_error)
{
	char copy[4000];

	snprintf(copy, sizeof(copy), "%s", text);
	return template_new(ret,
			    &(struct template_source){ "t/a.txt", context, vars, read_text, copy },
			    ret_error);
}

#define VIEW                                                                               \
	"{\"name\":\"Karin\",\"reply\":\"stod@x\",\"items\":[{\"id\":\"A\",\"late\":true," \
	"\"note\":\"n\"},{\"id\":\"B\"}]}"

static const struct {
	int line;
	enum template_context context;
	const char *view, *text, *expected;
} renders[] = {
	{ __LINE__, TEMPLATE_TEXT, VIEW, "Hi {{name}}!", "Hi Karin!" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "Hi {{ name\t}}!", "Hi Karin!" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "{{! said once }}x", "x" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "a { b }} c", "a { b }} c" },
	/* what the daemon has drawn itself */
	{ __LINE__, TEMPLATE_HTML, "{\"name\":\"<K>\",\"plot\":\"<svg/>\"}",
	  "{{#plot}}{{plot}}{{/plot}}{{name}}", "<svg/>&lt;K&gt;" },
	{ __LINE__, TEMPLATE_HTML, "{\"name\":\"K\"}", "x{{#plot}}{{plot}}{{/plot}}", "x" },
	/* sections */
	{ __LINE__, TEMPLATE_TEXT, VIEW, "{{#items}}{{id}},{{/items}}", "A,B," },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "{{#items}}{{id}}{{#late}}!{{/late}} {{/items}}",
	  "A! B " },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "{{#items}}{{^late}}{{id}}{{/late}}{{/items}}", "B" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "{{#items}}{{name}} {{/items}}", "Karin Karin " },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "x{{#many}}y{{/many}}{{^many}}z{{/many}}", "xz" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "{{#reply}}to {{reply}}{{/reply}}", "to stod@x" },
	{ __LINE__, TEMPLATE_TEXT, "{\"name\":\"K\"}", "x{{#reply}}{{reply}}{{/reply}}", "x" },
	{ __LINE__, TEMPLATE_TEXT, "{\"name\":\"K\",\"items\":[]}", "x{{^items}}0{{/items}}",
	  "x0" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "{{^items}}0{{/items}}x", "x" },
	/* a name is that of the innermost list that has it, also where it is missing */
	{ __LINE__, TEMPLATE_TEXT, "{\"note\":\"out\",\"items\":[{\"id\":\"A\"}]}",
	  "{{#items}}[{{#note}}{{note}}{{/note}}]{{/items}}", "[]" },
	{ __LINE__, TEMPLATE_TEXT, "{\"note\":\"\",\"name\":\"K\"}",
	  "{{#note}}no{{/note}}{{^note}}{{name}}{{/note}}", "K" },
	/* a tag alone on its line takes the line */
	{ __LINE__, TEMPLATE_TEXT, VIEW, "a\n{{#items}}\n- {{id}}\n{{/items}}\nb\n",
	  "a\n- A\n- B\nb\n" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "a\n  {{! c }}  \nb", "a\nb" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "a\n{{! two\nlines }}\nb", "a\nb" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "{{#reply}}\nx\n{{/reply}}", "x\n" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "a {{#reply}}\nx{{/reply}}", "a \nx" },
	/* partials */
	{ __LINE__, TEMPLATE_TEXT, VIEW, "a\n{{> foot}}\nb", "a\nReply to stod@x.\nb" },
	{ __LINE__, TEMPLATE_TEXT, VIEW, "{{#items}}\n{{> item}}\n{{/items}}\n", "- A\n- B\n" },
	/* contexts */
	{ __LINE__, TEMPLATE_HTML, "{\"name\":\"<a href='x'>&\\\"</a>\"}", "<p>{{name}}",
	  "<p>&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;" },
	{ __LINE__, TEMPLATE_HTML, "{\"name\":\"a\\u0007\\u0085\\r\\nb å\"}", "{{name}}",
	  "a\nb å" },
	{ __LINE__, TEMPLATE_TEXT, "{\"name\":\"<a> & \\u001b[1mb\\u009b\"}", "{{name}}",
	  "<a> & [1mb" },
	{ __LINE__, TEMPLATE_TEXT, "{\"name\":\"a\\r\\nb\\nc\"}", "x\n  {{name}}\ny",
	  "x\n  a\n  b\n  c\ny" },
	{ __LINE__, TEMPLATE_HEADER, "{\"name\":\"a\\r\\nBcc: x@y\\n\\tz\"}", "S: {{name}}\n",
	  "S: a Bcc: x@y z" },
	/* Markdown: what would be markup is escaped, and little else */
	{ __LINE__, TEMPLATE_MARKDOWN, "{\"name\":\"a*b* `c` <d> [e](f) |g ~h~ \\\\i\"}",
	  "{{name}}", "a\\*b\\* \\`c\\` \\<d> \\[e\\](f) \\|g \\~h\\~ \\\\i" },
	{ __LINE__, TEMPLATE_MARKDOWN, "{\"name\":\"snake_case _x_ å_ä Q&A A & B &amp;\"}",
	  "{{name}}", "snake_case \\_x\\_ å_ä Q\\&A A & B \\&amp;" },
	{ __LINE__, TEMPLATE_MARKDOWN, "{\"name\":\"# a # - b\"}", "{{name}} {{name}}",
	  "\\# a # - b # a # - b" },
	{ __LINE__, TEMPLATE_MARKDOWN, "{\"name\":\"12. a 3.5\"}", "- {{name}}\n{{name}}",
	  "- 12\\. a 3.5\n12\\. a 3.5" },
	{ __LINE__, TEMPLATE_MARKDOWN, "{\"name\":\"---\\n===\\n> q\"}", "{{name}}",
	  "\\---  \n\\===  \n\\> q" },
	{ __LINE__, TEMPLATE_MARKDOWN, "{\"name\":\" a \\r\\n  b\\n \\n\\n    c\\u0007\\n\"}",
	  "> {{name}}\n", "> a   \n> b\n> \n> c\n" },
	{ __LINE__, TEMPLATE_MARKDOWN, "{\"name\":\"a\\nb\\n\\n1. c\"}", "- {{name}}\n",
	  "- a  \n  b\n  \n  1\\. c\n" },
	{ __LINE__, TEMPLATE_MARKDOWN, "{\"name\":\"a\\nb | c\"}", "| {{name}} | {{name}} |\n",
	  "| a b \\| c | a b \\| c |\n" },
	{ __LINE__, TEMPLATE_HEADER, VIEW, "\n{{#items}}\n {{id}}\n{{/items}}\n\n", "A B" },
};

START_TEST(renders_what_is_written)
{
	struct template *t = NULL;
	char *error = NULL, *out = NULL;
	json_t *view = json_loads(renders[_i].view, 0, NULL);
	int r = compile(&t, renders[_i].context, renders[_i].text, &error);

	ck_assert_msg(r == 0, "line %d: %s", renders[_i].line, error);
	r = template_render(t, view, &out);
	ck_assert_msg(r == 0 && !strcmp(out, renders[_i].expected), "line %d: %d, got: %s",
		      renders[_i].line, r, out ? out : "nothing");
	free(out);
	json_decref(view);
	template_free(t);
}
END_TEST

static const struct {
	int line;
	const char *text, *error;
} faults[] = {
	{ __LINE__, "a\n{{foo}}",
	  "t/a.txt:2: {{foo}} is not known here; known: name, reply, note, many, plot, items" },
	{ __LINE__, "{{#items}}{{x}}{{/items}}",
	  "t/a.txt:1: {{x}} is not known here; known: id, note, late, name, reply, note, many, "
	  "plot, "
	  "items" },
	{ __LINE__, "{{id}}", "t/a.txt:1: {{id}} is not known here; known: " },
	{ __LINE__, "{{#foo}}", "t/a.txt:1: {{foo}} is not known here; known: " },
	{ __LINE__, "a\n\n{{#many}}\nb\n", "t/a.txt:3: {{#many}} is not closed by {{/many}}" },
	{ __LINE__, "{{#many}}{{^reply}}{{/many}}",
	  "t/a.txt:1: {{/many}} where {{/reply}} is expected" },
	{ __LINE__, "a\n{{/many}}", "t/a.txt:2: {{/many}} closes nothing" },
	{ __LINE__, "a {{name", "t/a.txt:1: {{ is not closed by }}" },
	{ __LINE__, "{{{name}}}", "t/a.txt:1: {{{ is not supported: values are always escaped" },
	{ __LINE__, "{{&name}}", "t/a.txt:1: {{& is not supported" },
	{ __LINE__, "{{=<% %>=}}", "t/a.txt:1: {{= is not supported" },
	{ __LINE__, "{{}}", "t/a.txt:1: a name is 1 to 63 of the letters a-z and _" },
	{ __LINE__, "{{my name}}",
	  "t/a.txt:1: a name is 1 to 63 of the letters a-z and _, which this is not: my name" },
	{ __LINE__, "{{#items}}{{.}}{{/items}}", "t/a.txt:1: a name is 1 to 63" },
	{ __LINE__, "{{many}}", "t/a.txt:1: {{many}} is no text: write {{#many}}…{{/many}}" },
	{ __LINE__, "{{items}}", "t/a.txt:1: {{items}} is no text" },
	{ __LINE__, "{{plot}}", "t/a.txt:1: {{plot}} may be missing: use it inside" },
	{ __LINE__, "{{#plot}}{{plot}}{{/plot}}",
	  "t/a.txt:1: {{plot}} is a drawing: it is for HTML alone" },
	{ __LINE__, "{{#name}}x{{/name}}",
	  "t/a.txt:1: {{name}} is always there: it makes no section" },
	{ __LINE__, "{{reply}}",
	  "t/a.txt:1: {{reply}} may be missing: use it inside {{#reply}}…{{/reply}}" },
	{ __LINE__, "{{^reply}}{{reply}}{{/reply}}", "t/a.txt:1: {{reply}} may be missing" },
	/* the outer note is tested, the inner one used */
	{ __LINE__, "{{#note}}{{#items}}{{note}}{{/items}}{{/note}}",
	  "t/a.txt:1: {{note}} may be missing" },
	{ __LINE__, "\n{{> bar}}", "t/a.txt:2: {{> bar}}: the file t/bar.txt does not exist" },
	{ __LINE__, "{{> loop}}",
	  "t/loop.txt:1: {{> loop}}: more than 4 partials within each other" },
	{ __LINE__, "{{#items}}{{> closes}}",
	  "t/closes.txt:2: a section is closed that was opened in t/a.txt" },
	{ __LINE__, "{{> wrong}}", "t/wrong.txt:3: {{foo}} is not known here" },
};

START_TEST(refuses_with_file_and_line)
{
	struct template *t = NULL;
	char *error = NULL;
	int r = compile(&t, TEMPLATE_TEXT, faults[_i].text, &error);

	ck_assert_msg(r == -EINVAL && t == NULL && error &&
			      !strncmp(error, faults[_i].error, strlen(faults[_i].error)),
		      "line %d: %d, got: %s", faults[_i].line, r, error ? error : "nothing");
	free(error);
}
END_TEST

START_TEST(refuses_too_many_open_sections)
{
	struct template *t = NULL;
	char *error = NULL, text[2000] = "";

	for (int i = 0; i < 17; i++)
		strcat(text, "{{#many}}");
	ck_assert_int_eq(compile(&t, TEMPLATE_TEXT, text, &error), -EINVAL);
	ck_assert_str_eq(error, "t/a.txt:1: more than 16 sections are open");
	free(error);
}
END_TEST

START_TEST(names_a_missing_file)
{
	const struct template_source none = { "t/none.txt", TEMPLATE_TEXT, vars, read_text, NULL };
	struct template *t = NULL;
	char *error = NULL;

	ck_assert_int_eq(template_new(&t, &none, &error), -EINVAL);
	ck_assert_str_eq(error, "t/none.txt:1: the template does not exist");
	free(error);
}
END_TEST

/* What comes out is never blank, and no field of it is. */
static const struct {
	int line;
	const char *view, *text;
} blanks[] = {
	{ __LINE__, "{}", "a {{name}}" },
	{ __LINE__, "{\"name\":\"\"}", "a {{name}}" },
	{ __LINE__, "{\"name\":\" \\n\"}", "a {{name}}" },
	{ __LINE__, "{\"name\":3}", "a {{name}}" },
	{ __LINE__, "{\"items\":[{\"id\":\"A\"},{}]}", "{{#items}}{{id}}{{/items}}" },
	{ __LINE__, "{}", "" },
	{ __LINE__, "{}", " \n\n" },
	{ __LINE__, "{}", "{{#reply}}x{{/reply}}\n" },
};

START_TEST(leaves_no_blank_field)
{
	struct template *t = NULL;
	char *error = NULL, *out = NULL;
	json_t *view = json_loads(blanks[_i].view, 0, NULL);

	ck_assert_int_eq(compile(&t, TEMPLATE_TEXT, blanks[_i].text, &error), 0);
	ck_assert_msg(template_render(t, view, &out) == -ENODATA, "line %d", blanks[_i].line);
	ck_assert_ptr_null(out);
	json_decref(view);
	template_free(t);
}
END_TEST

static const struct {
	int line;
	size_t width;
	const char *text, *expected;
} layouts[] = {
	{ __LINE__, 20, "", "" },
	{ __LINE__, 20, "\n \n", "" },
	{ __LINE__, 20, "a\nb", "a b\n" },
	{ __LINE__, 20, "\n\na\n\n\n\nb\n\n", "a\n\nb\n" },
	{ __LINE__, 12, "one two three four", "one two\nthree four\n" },
	{ __LINE__, 8, "åäö åäö åäö", "åäö åäö\nåäö\n" },
	{ __LINE__, 5, "a verylongword b", "a\nverylongword\nb\n" },
	{ __LINE__, LAYOUT_WIDE, "one two\nthree four", "one two three four\n" },
	{ __LINE__, 12, "x\n  one two three\n  four", "x\n  one two\n  three\n  four\n" },
	{ __LINE__, 12, "- one two three\n- four\nfive", "- one two\n  three\n- four five\n" },
	{ __LINE__, 12, "- \n  - \n-\n  -", "-\n  -\n-\n  -\n" },
	{ __LINE__, 8, "x\n    one two three\ny", "x\n    one two three\ny\n" },
};

START_TEST(lays_text_out)
{
	char *out = NULL;

	ck_assert_int_eq(layout_text(layouts[_i].text, layouts[_i].width, &out), 0);
	ck_assert_msg(!strcmp(out, layouts[_i].expected), "line %d: got\n%s", layouts[_i].line,
		      out);
	free(out);
}
END_TEST

UNIT_TESTS("message/template", UNIT_ROWS(renders_what_is_written, UNIT_COUNT(renders)),
	   UNIT_ROWS(refuses_with_file_and_line, UNIT_COUNT(faults)),
	   UNIT(refuses_too_many_open_sections), UNIT(names_a_missing_file),
	   UNIT_ROWS(leaves_no_blank_field, UNIT_COUNT(blanks)),
	   UNIT_ROWS(lays_text_out, UNIT_COUNT(layouts)))
