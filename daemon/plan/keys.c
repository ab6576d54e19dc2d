/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys: the daemon's own, from a file that nobody else may read; and those of people and systems, by
 * which they are known. Two who share a key could not be told apart, so that is a fault.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plan/reader.h"
#include "protocol/key.h"

bool mode_is_open(mode_t mode)
{
	return mode & (S_IRWXO | S_IWGRP | S_IXGRP);
}

static const char *fault_of_mode(struct reader *r, struct where where, const struct stat *status)
{
	if (!S_ISREG(status->st_mode))
		return "is not a file";
	if (mode_is_open(status->st_mode))
		return "is open to others than the daemon: chmod 600 it, and if they may have read "
		       "it, make a new key with paminn keygen";
	if (status->st_mode & S_IRGRP)
		warning(r, where, "the secret key can be read by the file's group: chmod 600 it");
	return NULL;
}

const char *key_file_read(struct reader *r, struct where where, const char *path,
			  const char **ret_key)
{
	char bytes[KEY_FILE_MAX + 1], key[KEY_TEXT];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	const char *wrong = NULL;
	struct stat status;
	ssize_t n = -1;

	if (fd >= 0 && fstat(fd, &status) == 0)
		wrong = fault_of_mode(r, where, &status);
	if (fd >= 0 && !wrong)
		n = read(fd, bytes, sizeof(bytes));
	if (!wrong && n < 0)
		wrong = errno == ENOENT ? "is not there: make one with paminn keygen"
					: "can't be read by the daemon: see to its owner and mode";
	else if (!wrong && !key_parse(bytes, (size_t)n, key))
		wrong = "does not hold one secret key as paminn keygen writes it";
	if (fd >= 0)
		close(fd);
	if (!wrong)
		*ret_key = reader_text(r, key, strlen(key));
	explicit_bzero(bytes, sizeof(bytes));
	explicit_bzero(key, sizeof(key));
	return wrong;
}

static void add_holder(struct reader *r, struct key_holder **next, struct where where,
		       const char *key, const struct key_holder *holder)
{
	struct index *index = &r->plan->private->keys;
	const struct named *same;

	if (!key)
		return;
	**next = *holder;
	(*next)->where = where;
	(*next)->key = key;
	same = index_add(index,
			 (size_t)(*next - (const struct key_holder *)(const void *)index->things));
	if (same)
		fault(r, where,
		      "the key is there twice, so that its holders can't be told apart: "
		      "the first is at %s:%u",
		      same->where.file, same->where.line);
	(*next)++;
}

void read_keys(struct reader *r)
{
	const struct plan *plan = r->plan;
	size_t count = plan->person_count + plan->publisher_count;
	struct key_holder *holders = reader_alloc(r, count, sizeof(*holders)), *next = holders;

	index_allocate(r, &plan->private->keys, holders, count, sizeof(*holders));
	for (size_t i = 0; i < plan->person_count; i++)
		add_holder(r, &next, plan->people[i].where, plan->people[i].key,
			   &(struct key_holder){ .person = &plan->people[i] });
	for (size_t i = 0; i < plan->publisher_count; i++)
		add_holder(r, &next, plan->publishers[i].where, plan->publishers[i].key,
			   &(struct key_holder){ .publisher = &plan->publishers[i] });
}

void review_keys(struct reader *r)
{
	static const char *const keys[ENDPOINT_ROLES] = { "submit", "collect", "endpoint", "feed" };
	const struct settings *settings = &r->plan->settings;

	for (enum endpoint_role role = 0; role < ENDPOINT_ROLES; role++)
		for (size_t i = 0; i < settings->endpoint_count[role]; i++) {
			const struct endpoint *e = &settings->endpoints[role][i];

			if (!e->remote)
				continue;
			if (!settings->secret_key_file)
				fault(r, e->where,
				      "%s \"%s\" is open to other machines: give secret_key_file, "
				      "or use ipc:// or a loopback address (127.0.0.1, [::1], "
				      "localhost)",
				      keys[role], text_excerpt(e->address).text);
			else if (e->publisher && !e->publisher->key)
				fault(r, e->where,
				      "endpoint \"%s\" is on another machine and the system %s has "
				      "no key to know it by",
				      text_excerpt(e->address).text, e->publisher->id);
		}
}

const struct key_holder *plan_key_holder(const struct plan *plan, const char *key)
{
	return index_find(&plan->private->keys, key);
}
