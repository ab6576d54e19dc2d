/* SPDX-License-Identifier: Apache-2.0 */
#include "message/letterheads.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "message/paper_view.h"

struct letterhead {
	char *body, *path;
	struct word_document *document; /* of the first that has this path; else NULL */
	size_t same_as;			/* the index of the one that has the document */
};
struct letterheads {
	struct letterhead *list;
	size_t count, room;
};

static void letterhead_done(struct letterhead *l)
{
	free(l->body);
	free(l->path);
	word_document_free(l->document);
}

struct letterheads *letterheads_free(struct letterheads *list)
{
	if (!list)
		return NULL;
	for (size_t i = 0; i < list->count; i++)
		letterhead_done(&list->list[i]);
	free(list->list);
	free(list);
	return NULL;
}

int letterheads_add(struct letterheads **list, const char *body, const char *path, char **ret_error)
{
	struct letterheads *all = *list ? *list : calloc(1, sizeof(*all));
	struct letterhead new = { strdup(body), strdup(path), NULL, 0 };
	int r = all && new.body &&new.path ? 0 : -ENOMEM;

	*ret_error = NULL;
	*list = all;
	if (r == 0)
		r = array_grow(&all->list, all->count, &all->room);
	while (r == 0 && new.same_as < all->count && strcmp(all->list[new.same_as].path, path) != 0)
		new.same_as++;
	if (r == 0 && new.same_as == all->count)
		r = word_document_new(&new.document, path, paper_vars, ret_error);
	if (r == 0)
		all->list[all->count++] = new;
	else
		letterhead_done(&new);
	return r;
}

const struct word_document *letterheads_find(const struct letterheads *list, const char *body)
{
	for (size_t i = 0; list && body && i < list->count; i++)
		if (strcmp(list->list[i].body, body) == 0)
			return list->list[list->list[i].same_as].document;
	return NULL;
}
