/* SPDX-License-Identifier: Apache-2.0 */
/* Where links stand in a message: in a mail, to the one who is to answer, while they work. */
#include <string.h>
#include <unistd.h>

#include "message/template_view.h"
#include "tests/unit/notices.h"
#include "tests/unit/unit.h"

static struct links *new_links(void)
{
	char path[] = "/tmp/paminn-unit-links-XXXXXX";
	const struct web_settings web = { .listen = "127.0.0.1:1",
					  .public_url = "https://paminn.region.se",
					  .secret_file = path };
	static const char secret[] = "0123456789abcdef0123456789abcdef";
	const int fd = mkstemp(path);
	struct links *links = NULL;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, secret, strlen(secret)), (int)strlen(secret));
	close(fd);
	ck_assert_int_eq(links_new(&links, &web), 0);
	unlink(path);
	return links;
}

static json_t *view_of(const struct sample *s, const struct links *links, const char *now)
{
	const struct template_view_options options = { .now = sample_instant(now),
						       .reply_to = "stod@region.se",
						       .links = links };
	json_t *view = NULL;

	ck_assert_int_eq(template_view_new(&view, &s->notice, &options), 0);
	return view;
}

#define BEFORE "2026-05-11T08:00:00+02:00"

static const char *link_of(const json_t *view, size_t item)
{
	return json_string_value(
		json_object_get(json_array_get(json_object_get(view, "items"), item), "link"));
}

/* The link that the URL holds, which was made for this purpose. */
static struct link read_url(const struct links *links, enum link_purpose purpose, const char *url)
{
	char before[LINK_URL];
	struct link link;

	snprintf(before, sizeof(before), "https://paminn.region.se%s", link_prefix(purpose));
	ck_assert_ptr_nonnull(url);
	ck_assert_int_eq(strncmp(url, before, strlen(before)), 0);
	ck_assert(links_read(links, purpose, url + strlen(before), &link));
	return link;
}

START_TEST(what_is_owed_has_the_link_of_its_reader)
{
	struct links *links = new_links();
	struct sample s;
	json_t *view;
	struct link link;

	sample_reminder(&s, LANGUAGE_SV);
	view = view_of(&s, links, BEFORE);
	link = read_url(links, LINK_ANSWER, link_of(view, 0));
	ck_assert_str_eq(link.who, "chef-akut");
	ck_assert_str_eq(link.deadline, "RS-58");
	ck_assert_str_eq(link.measure, "HSN-03");
	ck_assert(civil_equal(link.until, sample_date("2026-06-14")));
	ck_assert_ptr_null(json_object_get(view, "mine"));
	json_decref(view);
	sample_done(&s);
	links_free(links);
}
END_TEST

START_TEST(several_have_one_link_to_all_of_them)
{
	struct links *links = new_links();
	struct sample s;
	json_t *view;
	struct link link;

	sample_begin(&s, KIND_REMINDER, LANGUAGE_SV);
	sample_add(&s, ITEM_OWED)->papers = sample_date("2026-05-29");
	sample_add(&s, ITEM_OWED)->measure = measure_id(NULL);
	view = view_of(&s, links, BEFORE);
	link = read_url(links, LINK_MINE, json_string_value(json_object_get(view, "mine")));
	ck_assert_str_eq(link.who, "chef-akut");
	ck_assert(civil_equal(link.until, sample_date("2026-06-28")));
	ck_assert_str_eq(read_url(links, LINK_ANSWER, link_of(view, 0)).measure, "HSN-03");
	ck_assert_str_eq(read_url(links, LINK_ANSWER, link_of(view, 1)).measure, "");
	json_decref(view);
	sample_done(&s);
	links_free(links);
}
END_TEST

/* What is returned or has other dates has them for what is the reader's own in it, and to be answered now. */
START_TEST(what_is_returned_or_moved_has_those_of_what_is_the_readers_own)
{
	static struct content_owed own[] = {
		{ { 7 }, { "HSN-03" }, "Färre inhyrda", .answerable = true },
		{ { 9 }, { NULL }, "Återredovisning", .answerable = true },
	};
	const enum item_what what = _i ? ITEM_MOVED : ITEM_RETURNED;
	struct links *links = new_links();
	struct sample s;
	json_t *view, *list;
	const char *url;

	sample_begin(&s, KIND_MOVED, LANGUAGE_SV);
	*sample_add(&s, what) = (struct content_item){
		.what = what,
		.deadline = deadline_id("RS-58"),
		.deadline_title = "Återredovisning",
		.due = sample_date("2026-05-26"),
		.papers = sample_date("2026-05-15"),
		.practical = sample_date("2026-05-13"),
		.asked_for = { .date = CIVIL_NONE },
		.own = own,
		.own_count = 2,
	};
	view = view_of(&s, links, BEFORE);
	list = json_object_get(json_array_get(json_object_get(view, "items"), 0), "own");
	url = json_string_value(json_object_get(json_array_get(list, 0), "link"));
	ck_assert_str_eq(read_url(links, LINK_ANSWER, url).measure, "HSN-03");
	url = json_string_value(json_object_get(json_array_get(list, 1), "link"));
	ck_assert_str_eq(read_url(links, LINK_ANSWER, url).deadline, "RS-58");
	url = json_string_value(json_object_get(view, "mine"));
	ck_assert_str_eq(read_url(links, LINK_MINE, url).who, "chef-akut");
	ck_assert(json_is_true(json_object_get(view, "pages")));
	json_decref(view);
	s.items[0].own_count = 1;
	view = view_of(&s, links, BEFORE);
	ck_assert_ptr_null(json_object_get(view, "mine"));
	ck_assert(json_is_true(json_object_get(view, "pages")));
	json_decref(view);
	own[0].answerable = false;
	view = view_of(&s, links, BEFORE);
	list = json_object_get(json_array_get(json_object_get(view, "items"), 0), "own");
	ck_assert_ptr_null(json_object_get(json_array_get(list, 0), "link"));
	ck_assert(!json_object_get(view, "pages"));
	json_decref(view);
	own[0].answerable = true;
	links_free(links);
}
END_TEST

/* Somebody else's, what only tells, and what goes to a channel. */
START_TEST(nobody_else_has_one)
{
	static const enum item_what told[] = { ITEM_ESCALATED, ITEM_OFF_TRACK, ITEM_MOVED,
					       ITEM_SUBMITTED, ITEM_UNASSIGNED };
	struct links *links = new_links();
	struct sample s;
	json_t *view;

	sample_begin(&s, KIND_REMINDER, LANGUAGE_SV);
	sample_add(&s, told[_i]);
	sample_add(&s, ITEM_OWED);
	view = view_of(&s, links, BEFORE);
	ck_assert_ptr_null(link_of(view, 0));
	ck_assert_ptr_nonnull(link_of(view, 1));
	ck_assert_ptr_null(json_object_get(view, "mine"));
	json_decref(view);
	s.notice.to = (struct recipient){ .channel = &s.channel };
	view = view_of(&s, links, BEFORE);
	ck_assert_ptr_null(link_of(view, 1));
	json_decref(view);
	sample_done(&s);
	links_free(links);
}
END_TEST

/* A page that says "too late" is no place to send anybody to. */
START_TEST(one_that_would_not_work_is_left_out)
{
	struct links *links = new_links();
	struct sample s;
	json_t *view;

	sample_begin(&s, KIND_REMINDER, LANGUAGE_SV);
	sample_add(&s, ITEM_OWED);
	sample_add(&s, ITEM_OWED)->measure = measure_id(NULL);
	view = view_of(&s, links, "2026-06-14T16:00:00+02:00");
	ck_assert_ptr_nonnull(link_of(view, 0));
	ck_assert_ptr_nonnull(json_object_get(view, "mine"));
	json_decref(view);
	view = view_of(&s, links, "2026-06-15T08:00:00+02:00");
	ck_assert_ptr_null(link_of(view, 0));
	ck_assert_ptr_null(json_object_get(view, "mine"));
	json_decref(view);
	sample_done(&s);
	links_free(links);
}
END_TEST

/* A card or a hook's text is read by more than one: anybody of them could answer with it. */
START_TEST(what_is_posted_to_a_channel_has_none)
{
	struct links *links = new_links();
	struct templates *templates = NULL;
	struct composed composed = { 0 };
	struct composing with;
	struct sample s;
	char *error = NULL;

	ck_assert_int_eq(templates_new(&templates, "conf/templates", &error), 0);
	with = sample_composing(templates, SAMPLE_NOW);
	with.links = links;
	sample_reminder(&s, LANGUAGE_SV);
	ck_assert_int_eq(hook_compose(&with, &s.notice, &composed), 0);
	ck_assert_ptr_null(strstr(composed.bytes, "https://paminn.region.se"));
	composed_done(&composed);
	ck_assert_int_eq(card_compose(&with, &s.notice, &composed), 0);
	ck_assert_ptr_null(strstr(composed.bytes, "https://paminn.region.se"));
	composed_done(&composed);
	sample_done(&s);
	templates_free(templates);
	links_free(links);
}
END_TEST

/* What is told, of a measure or of a deadline itself, and the page where a steward deals with it. */
static const struct {
	int line;
	enum item_what what;
	const char *measure, *page;
} dealt_with[] = {
	{ __LINE__, ITEM_UNBOUND, NULL, "/desk/do?act=extend&item=RS-58" },
	{ __LINE__, ITEM_UNPROPOSED, NULL, "/desk/do?act=proposal&item=RS-58" },
	{ __LINE__, ITEM_UNDECIDED, NULL, "/desk/do?act=outcome&item=RS-58" },
	{ __LINE__, ITEM_NOT_MINE, "HSN-03", "/desk/do?act=assign&item=HSN-03" },
	{ __LINE__, ITEM_NOT_MINE, NULL, "/desk/item?item=RS-58" },
	{ __LINE__, ITEM_ABSENT, "HSN-03", "/desk/do?act=absence&item=chef-akut" },
	{ __LINE__, ITEM_REQUESTED, "HSN-03", "/desk/requests" },
	{ __LINE__, ITEM_GONE, NULL, "/desk/outbox" },
	{ __LINE__, ITEM_OFF_TRACK, "HSN-03", "/desk/item?item=HSN-03" },
	{ __LINE__, ITEM_ESCALATED, NULL, "/desk/item?item=RS-58" },
	{ __LINE__, ITEM_OWED, "HSN-03", NULL },
	{ __LINE__, ITEM_LIGHT, "HSN-03", "/desk/item?item=HSN-03" },
};

static const char *desk_of(const json_t *view, size_t item)
{
	return json_string_value(
		json_object_get(json_array_get(json_object_get(view, "items"), item), "desk"));
}

START_TEST(a_steward_is_led_to_the_desk)
{
	struct links *links = new_links();
	struct content_item *item;
	struct sample s;
	char url[200];
	json_t *view;

	sample_begin(&s, KIND_ALERT, LANGUAGE_SV);
	item = sample_add(&s, dealt_with[_i].what);
	item->measure = measure_id(dealt_with[_i].measure);
	item->detail = json_pack("{ssss}", "person", "chef-akut", "channel", "teams");
	for (int steward = 0; steward < 2; steward++) {
		item->on_desk = steward;
		snprintf(url, sizeof(url), "https://paminn.region.se%s",
			 dealt_with[_i].page ? dealt_with[_i].page : "");
		view = view_of(&s, links, BEFORE);
		ck_assert_msg(steward && dealt_with[_i].page
				      ? desk_of(view, 0) && strcmp(desk_of(view, 0), url) == 0
				      : !desk_of(view, 0),
			      "line %d: %s", dealt_with[_i].line, desk_of(view, 0));
		json_decref(view);
	}
	/* Without pages nothing leads there; nor for who is to answer for their own measure. */
	view = view_of(&s, NULL, BEFORE);
	ck_assert_ptr_null(desk_of(view, 0));
	json_decref(view);
	item->is_own = true;
	view = view_of(&s, links, BEFORE);
	ck_assert(!desk_of(view, 0) == (item->what == ITEM_LIGHT || !dealt_with[_i].page));
	json_decref(view);
	sample_done(&s);
	links_free(links);
}
END_TEST

START_TEST(of_several_that_lead_to_one_page_the_last_does)
{
	static const enum item_what told[] = { ITEM_REQUESTED, ITEM_REQUESTED, ITEM_UNBOUND,
					       ITEM_REQUESTED };
	struct links *links = new_links();
	struct sample s;
	json_t *view;

	sample_begin(&s, KIND_ALERT, LANGUAGE_SV);
	for (size_t i = 0; i < 4; i++) {
		struct content_item *item = sample_add(&s, told[i]);

		item->on_desk = true;
		item->detail = json_pack("{ss}", "asked", "2026-06-30");
	}
	view = view_of(&s, links, BEFORE);
	ck_assert_ptr_null(desk_of(view, 0));
	for (size_t i = 1; i < 4; i++)
		ck_assert_ptr_nonnull(desk_of(view, i));
	ck_assert_str_eq(json_string_value(json_object_get(view, "desk_today")),
			 "https://paminn.region.se/desk");
	json_decref(view);
	sample_done(&s);
	links_free(links);
}
END_TEST

/* Commands beside a button would be two ways to do the same. */
START_TEST(a_steward_with_the_desk_is_given_no_commands)
{
	static const char *const steward[] = { "steward" };
	struct links *links = new_links();
	struct settings settings = sample_settings;
	struct templates *templates = NULL;
	struct composed composed = { 0 };
	struct composing with;
	struct sample s;
	char *error = NULL;

	ck_assert_int_eq(templates_new(&templates, "conf/templates", &error), 0);
	settings.web.listen = "127.0.0.1:1";
	with = sample_composing(templates, SAMPLE_NOW);
	with.settings = &settings;
	with.links = links;
	for (int key = 0; key < 2; key++) {
		sample_alert(&s, _i ? LANGUAGE_SV : LANGUAGE_EN);
		s.person.roles = steward;
		s.person.role_count = 1;
		s.person.key = key ? "key" : NULL;
		for (size_t i = 0; i < s.notice.count; i++)
			s.items[i].on_desk = true;
		ck_assert_int_eq(mail_compose(&with, &s.notice, &composed), 0);
		ck_assert_ptr_null(strstr(composed.bytes, "    paminn "));
		ck_assert_ptr_nonnull(
			strstr(composed.bytes, "    https://paminn.region.se/desk/do?act"));
		composed_done(&composed);
		sample_done(&s);
	}
	templates_free(templates);
	links_free(links);
}
END_TEST

#define DEALT_WITH (sizeof(dealt_with) / sizeof(dealt_with[0]))

UNIT_TESTS("links in messages", UNIT(what_is_owed_has_the_link_of_its_reader),
	   UNIT(several_have_one_link_to_all_of_them),
	   UNIT_ROWS(what_is_returned_or_moved_has_those_of_what_is_the_readers_own, 2),
	   UNIT_ROWS(nobody_else_has_one, 5), UNIT(one_that_would_not_work_is_left_out),
	   UNIT(what_is_posted_to_a_channel_has_none),
	   UNIT_ROWS(a_steward_is_led_to_the_desk, DEALT_WITH),
	   UNIT(of_several_that_lead_to_one_page_the_last_does),
	   UNIT_ROWS(a_steward_with_the_desk_is_given_no_commands, 2))
