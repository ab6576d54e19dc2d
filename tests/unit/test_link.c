/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Links: what is signed is read as it was written, and nothing else is read at all.
 *
 * Row 24: guesses, each bit flipped, other purposes, expiry. Seen to fail when all purposes have one key.
 */
#include "message/link.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/unit/unit.h"

#define URL "https://paminn.region.se"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
#define LONGEST_ID "a123456789012345678901234567890123456789012345678901234567890123"

static struct links *links_in(const char *secret, bool rehearsal)
{
	char path[] = "/tmp/paminn-unit-link-XXXXXX";
	const struct web_settings web = { .listen = "127.0.0.1:1",
					  .public_url = URL,
					  .secret_file = path,
					  .rehearsal = rehearsal };
	const int fd = mkstemp(path);
	struct links *l = NULL;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, secret, strlen(secret)), (int)strlen(secret));
	close(fd);
	ck_assert_int_eq(links_new(&l, &web), 0);
	unlink(path);
	return l;
}

static struct links *links_of(const char *secret)
{
	return links_in(secret, false);
}

#define SECRET "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n"
#define OTHER "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWZ=\n"

static struct civil_date day(const char *text)
{
	struct civil_date d = CIVIL_NONE;

	ck_assert_int_eq(civil_parse(text, &d), 0);
	return d;
}

static struct link sample(void)
{
	return link_answer(person_id("chef-akut"), deadline_id("RS-58@2026-05-15"),
			   measure_id("HSN-03"), day("2026-05-15"));
}

static bool same(const struct link *a, const struct link *b)
{
	return a->purpose == b->purpose && a->of_body == b->of_body && !strcmp(a->who, b->who) &&
	       !strcmp(a->deadline, b->deadline) && !strcmp(a->measure, b->measure) &&
	       civil_equal(a->until, b->until);
}

START_TEST(each_link_is_read_as_it_was_made)
{
	const struct link made[] = {
		sample(),
		link_answer(person_id("p"), deadline_id("D.1"), measure_id(NULL),
			    day("2026-12-31")),
		link_answer(person_id(LONGEST_ID), deadline_id(LONGEST_ID "@2026-05-15"),
			    measure_id(LONGEST_ID), day("2199-11-30")),
		link_mine(person_id("chef-akut"), day("2026-05-15")),
		link_calendar(person_id("HSN"), day("2026-05-15")),
		link_body_calendar(body_id("HSN"), day("2026-05-15")),
		link_board(person_id("ordf"), day("2026-05-15")),
	};
	struct links *l = links_of(SECRET);
	char token[LINK_TOKEN], url[LINK_URL], path[LINK_URL];
	struct link read;

	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
		links_token(l, &made[i], token);
		ck_assert_uint_eq(strspn(token, LETTERS), strlen(token));
		for (enum link_purpose purpose = 0; purpose < LINK_PURPOSES; purpose++)
			ck_assert(links_read(l, purpose, token, &read) ==
				  (purpose == made[i].purpose));
		ck_assert(links_read(l, made[i].purpose, token, &read));
		ck_assert(same(&read, &made[i]));
		links_url(l, &made[i], url);
		snprintf(path, sizeof(path), URL "%s%s%s", link_prefix(made[i].purpose), token,
			 link_suffix(made[i].purpose));
		ck_assert_str_eq(url, path);
	}
	links_free(l);
}
END_TEST

START_TEST(it_works_until_thirty_days_after_the_papers_date)
{
	ck_assert(civil_equal(sample().until, day("2026-06-14")));
	ck_assert(
		civil_equal(link_mine(person_id("p"), day("2026-05-15")).until, day("2026-06-14")));
	ck_assert(civil_equal(link_calendar(person_id("p"), day("2026-05-15")).until,
			      day("2028-05-14")));
	/* From one year's follow-up to the next. */
	ck_assert(civil_equal(link_board(person_id("p"), day("2026-05-15")).until,
			      day("2027-06-19")));
}
END_TEST

/* A mail whose bytes are frozen, and one composed anew after a restart, have the same link. */
START_TEST(the_same_link_has_the_same_url)
{
	struct links *l = links_of(SECRET), *again = links_of(SECRET);
	const struct link link = sample();
	char one[LINK_URL], other[LINK_URL];

	links_url(l, &link, one);
	ck_assert_str_eq(links_url(l, &link, other), one);
	ck_assert_str_eq(links_url(again, &link, other), one);
	ck_assert_uint_le(strlen(one), 120);
	links_free(l);
	links_free(again);
}
END_TEST

/*
 * Every byte put at every place, of a token that has both letters in which the alphabets of base64 differ:
 * the decoder of libsodium takes a byte beyond ASCII for "_".
 */
START_TEST(no_other_character_is_read)
{
	struct links *l = links_of(SECRET);
	struct link link = link_mine(person_id("chef-akut"), day("2026-05-15"));
	char token[LINK_TOKEN];
	struct link read;

	while (!strchr(links_token(l, &link, token), '_') || !strchr(token, '-'))
		link.until = civil_add(link.until, 1);
	for (char *at = token; *at; at++) {
		const char right = *at;

		for (int c = 1; c < 256; c++) {
			*at = (char)c;
			ck_assert_msg(links_read(l, LINK_MINE, token, &read) == (*at == right),
				      "%d at %zu", c, (size_t)(at - token));
		}
		*at = right;
	}
	links_free(l);
}
END_TEST

/* Each bit of what is signed and of the signature itself. */
START_TEST(each_bit_flipped_is_forged)
{
	const int form = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
	struct links *l = links_of(SECRET);
	const struct link link = sample();
	unsigned char bytes[LINK_TOKEN];
	char token[LINK_TOKEN];
	struct link read;
	size_t n;

	links_token(l, &link, token);
	ck_assert_int_eq(
		sodium_base642bin(bytes, sizeof(bytes), token, strlen(token), NULL, &n, NULL, form),
		0);
	for (size_t bit = 0; bit < 8 * n; bit++) {
		bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		sodium_bin2base64(token, sizeof(token), bytes, n, form);
		ck_assert_msg(!links_read(l, LINK_ANSWER, token, &read), "bit %zu", bit);
		bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	sodium_bin2base64(token, sizeof(token), bytes, n, form);
	ck_assert(links_read(l, LINK_ANSWER, token, &read));
	links_free(l);
}
END_TEST

START_TEST(another_secret_reads_none)
{
	struct links *l = links_of(SECRET), *other = links_of(OTHER);
	const struct link link = sample();
	char token[LINK_TOKEN];
	struct link read;

	ck_assert(!links_read(other, LINK_ANSWER, links_token(l, &link, token), &read));
	links_free(l);
	links_free(other);
}
END_TEST

/* Who tries the link of a rehearsal's mail must not answer in reality, whose secret it may share. */
START_TEST(a_rehearsal_s_links_lead_nowhere_else)
{
	struct links *real = links_of(SECRET), *tried = links_in(SECRET, true);
	const struct link link = sample();
	char token[LINK_TOKEN];
	struct link read;

	ck_assert(links_read(tried, LINK_ANSWER, links_token(tried, &link, token), &read));
	ck_assert(!links_read(real, LINK_ANSWER, token, &read));
	ck_assert(!links_read(tried, LINK_ANSWER, links_token(real, &link, token), &read));
	links_free(real);
	links_free(tried);
}
END_TEST

/* Cut short, made longer, padded, in the other alphabet: one link has one token. */
START_TEST(only_its_one_form_is_read)
{
	static const char *const stray[] = {
		"", "A", "=", "==", " ", "\n", "/", ".ics", "?", "%3D"
	};
	struct links *l = links_of(SECRET);
	const struct link link = sample();
	char token[LINK_TOKEN], other[4 * LINK_TOKEN];
	struct link read;
	size_t n;

	links_token(l, &link, token);
	n = strlen(token);
	for (size_t cut = 0; cut < n; cut++) {
		snprintf(other, sizeof(other), "%.*s", (int)cut, token);
		ck_assert_msg(!links_read(l, LINK_ANSWER, other, &read), "the first %zu", cut);
		ck_assert_msg(!links_read(l, LINK_ANSWER, token + n - cut, &read), "the last %zu",
			      cut);
	}
	for (size_t i = 1; i < sizeof(stray) / sizeof(stray[0]); i++) {
		snprintf(other, sizeof(other), "%s%s", token, stray[i]);
		ck_assert_msg(!links_read(l, LINK_ANSWER, other, &read), "with %s", stray[i]);
		snprintf(other, sizeof(other), "%s%s", stray[i], token);
		ck_assert_msg(!links_read(l, LINK_ANSWER, other, &read), "after %s", stray[i]);
	}
	snprintf(other, sizeof(other), "%s%s", token, token);
	ck_assert(!links_read(l, LINK_ANSWER, other, &read));
	memset(other, 'A', sizeof(other) - 1);
	other[sizeof(other) - 1] = '\0';
	ck_assert(!links_read(l, LINK_ANSWER, other, &read));
	links_free(l);
}
END_TEST

/* The bits that are left over at the end of base64 are zero, else a link would have several tokens. */
START_TEST(left_over_bits_are_none)
{
	struct links *l = links_of(SECRET);
	char token[LINK_TOKEN];
	struct link read;
	size_t ends = 0;

	for (size_t length = 1; length <= 3; length++) {
		const struct link link =
			link_mine(person_id("abc" + 3 - length), day("2026-05-15"));
		const char *letters = LETTERS;
		size_t readable = 0, last;

		links_token(l, &link, token);
		last = strlen(token) - 1;
		ends |= 1U << (last + 1) % 4;
		for (const char *c = letters; *c; c++) {
			token[last] = *c;
			readable += links_read(l, LINK_MINE, token, &read);
		}
		ck_assert_uint_eq(readable, 1);
	}
	ck_assert_uint_eq(ends, 1U << 0 | 1U << 2 | 1U << 3); /* each length that there is */
	links_free(l);
}
END_TEST

/* So many guesses come to nothing; a million before a release. */
START_TEST(guesses_are_vain)
{
	struct links *l = links_of(SECRET);
	const struct link link = sample();
	char token[LINK_TOKEN];
	struct link read;
	uint64_t seed = 20261128;
	int guesses = getenv("PAMINN_SWEEP") ? 1000000 : 50000;

	links_token(l, &link, token);
	for (int i = 0; i < guesses; i++) {
		for (size_t at = 0; at < 21; at++) { /* within the signature */
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			token[at] = LETTERS[seed >> 58];
		}
		ck_assert(!links_read(l, LINK_ANSWER, token, &read));
	}
	links_free(l);
}
END_TEST

START_TEST(without_web_there_are_none)
{
	struct links *l = (struct links *)&(struct web_settings){ 0 };

	ck_assert_int_eq(links_new(&l, &(struct web_settings){ 0 }), 0);
	ck_assert_ptr_null(l);
	ck_assert_ptr_null(links_free(NULL));
}
END_TEST

START_TEST(a_secret_that_is_gone_is_an_error)
{
	const struct web_settings web = { .listen = "127.0.0.1:1",
					  .public_url = URL,
					  .secret_file = "/nonexistent" };
	struct links *l = NULL;

	ck_assert_int_eq(links_new(&l, &web), -ENOENT);
	ck_assert_ptr_null(l);
}
END_TEST

UNIT_TESTS("links", UNIT(each_link_is_read_as_it_was_made),
	   UNIT(it_works_until_thirty_days_after_the_papers_date),
	   UNIT(the_same_link_has_the_same_url), UNIT(no_other_character_is_read),
	   UNIT(each_bit_flipped_is_forged), UNIT(another_secret_reads_none),
	   UNIT(a_rehearsal_s_links_lead_nowhere_else), UNIT(only_its_one_form_is_read),
	   UNIT(left_over_bits_are_none), UNIT(guesses_are_vain), UNIT(without_web_there_are_none),
	   UNIT(a_secret_that_is_gone_is_an_error))
