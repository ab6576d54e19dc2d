/* SPDX-License-Identifier: Apache-2.0 */
/*
 * post URL FILE CONNECTIONS [TIMES]
 *
 * Bare libcurl, its multi interface, with so many connections that are kept. To an http:// URL it posts each line
 * of the file as JSON, all of them TIMES times (1); to an smtp:// URL it sends the file as a mail, TIMES times.
 * Prints as JSON {"seconds","rate"}. A refusal ends it with exit 1.
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CONNECTIONS_MAX 256

struct body {
	const char *bytes;
	size_t length;
};

static struct one {
	CURL *easy;
	struct body body;
	size_t at; /* how much of a mail was read */
	char answer[CURL_ERROR_SIZE];
} ones[CONNECTIONS_MAX];

static struct body *bodies;
static size_t count, sent, answered, total;

static void die(const char *what)
{
	fprintf(stderr, "post: %s\n", what);
	exit(1);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static char *read_file(const char *path, size_t *ret_size)
{
	FILE *file = fopen(path, "rb");
	char *bytes;
	long size;

	if (!file || fseek(file, 0, SEEK_END) < 0 || (size = ftell(file)) <= 0)
		die("no such file, or an empty one");
	rewind(file);
	bytes = malloc((size_t)size);
	if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size)
		die("the file can't be read");
	fclose(file);
	*ret_size = (size_t)size;
	return bytes;
}

static void add(const char *bytes, size_t length)
{
	bodies = realloc(bodies, (count + 1) * sizeof(*bodies));
	if (!bodies)
		die("no memory");
	bodies[count++] = (struct body){ bytes, length };
}

static void read_bodies(const char *path, int mail)
{
	size_t size;
	char *bytes = read_file(path, &size), *end = bytes + size;

	if (mail) {
		add(bytes, size);
		return;
	}
	for (char *at = bytes; at < end;) {
		char *stop = memchr(at, '\n', (size_t)(end - at));

		stop = stop ? stop : end;
		add(at, (size_t)(stop - at));
		at = stop + 1;
	}
}

static size_t give(char *to, size_t size, size_t items, void *of)
{
	struct one *one = of;
	size_t left = one->body.length - one->at, n = size * items < left ? size * items : left;

	memcpy(to, one->body.bytes + one->at, n);
	one->at += n;
	return n;
}

static size_t ignore(char *from, size_t size, size_t items, void *of)
{
	(void)from;
	(void)of;
	return size * items;
}

static void prepare(struct one *one, const char *url, int mail)
{
	struct curl_slist *list;

	one->easy = curl_easy_init();
	if (!one->easy)
		die("no memory");
	curl_easy_setopt(one->easy, CURLOPT_URL, url);
	curl_easy_setopt(one->easy, CURLOPT_PRIVATE, one);
	curl_easy_setopt(one->easy, CURLOPT_ERRORBUFFER, one->answer);
	curl_easy_setopt(one->easy, CURLOPT_WRITEFUNCTION, ignore);
	if (!mail) {
		list = curl_slist_append(NULL, "Content-Type: application/json");
		curl_easy_setopt(one->easy, CURLOPT_HTTPHEADER, curl_slist_append(list, "Expect:"));
		curl_easy_setopt(one->easy, CURLOPT_FAILONERROR, 1L);
		return;
	}
	curl_easy_setopt(one->easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(one->easy, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(one->easy, CURLOPT_READDATA, one);
	curl_easy_setopt(one->easy, CURLOPT_MAIL_FROM, "<paminn@kommunen.internal>");
	list = curl_slist_append(NULL, "<anna@kommunen.internal>");
	curl_easy_setopt(one->easy, CURLOPT_MAIL_RCPT, list);
}

static void next(CURLM *multi, struct one *one, int mail)
{
	if (sent == total)
		return;
	one->body = bodies[sent++ % count];
	one->at = 0;
	if (!mail) {
		curl_easy_setopt(one->easy, CURLOPT_POSTFIELDS, one->body.bytes);
		curl_easy_setopt(one->easy, CURLOPT_POSTFIELDSIZE_LARGE,
				 (curl_off_t)one->body.length);
	}
	curl_multi_add_handle(multi, one->easy);
}

static void run(CURLM *multi, int mail)
{
	while (answered < total) {
		CURLMsg *said;
		int running, left;

		curl_multi_perform(multi, &running);
		while ((said = curl_multi_info_read(multi, &left))) {
			struct one *one;

			curl_easy_getinfo(said->easy_handle, CURLINFO_PRIVATE, &one);
			if (said->data.result != CURLE_OK)
				die(one->answer);
			answered++;
			curl_multi_remove_handle(multi, one->easy);
			next(multi, one, mail);
		}
		curl_multi_poll(multi, NULL, 0, 100, NULL);
	}
}

int main(int argc, char **argv)
{
	size_t connections, times;
	CURLM *multi;
	double took;
	int mail;

	if (argc < 4) {
		fprintf(stderr, "usage: post URL FILE CONNECTIONS [TIMES]\n");
		return 64;
	}
	mail = strncmp(argv[1], "smtp", 4) == 0;
	connections = strtoul(argv[3], NULL, 10);
	times = argc > 4 ? strtoul(argv[4], NULL, 10) : 1;
	if (!connections || connections > CONNECTIONS_MAX || !times)
		die("a number is out of range");
	read_bodies(argv[2], mail);
	total = count * times;
	curl_global_init(CURL_GLOBAL_ALL);
	multi = curl_multi_init();
	curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)connections);
	took = now();
	for (size_t i = 0; i < connections; i++) {
		prepare(&ones[i], argv[1], mail);
		next(multi, &ones[i], mail);
	}
	run(multi, mail);
	took = now() - took;
	printf("{\"seconds\":%.3f,\"rate\":%.0f}\n", took, (double)total / took);
	return 0;
}
