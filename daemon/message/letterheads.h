/* SPDX-License-Identifier: Apache-2.0 */
/* The bodies' own Word documents, which their papers are filled into instead of report.docx. */
#pragma once
#include "message/word_document.h"

struct letterheads;

/*
 * Read a body's document, with the names of the paper. Bodies that have the same file share it. *list is NULL before
 * the first. 0, -ENOMEM, or -EINVAL and in *ret_error, which the caller frees, a sentence that names the file.
 */
int letterheads_add(struct letterheads **list, const char *body, const char *path,
		    char **ret_error);
struct letterheads *letterheads_free(struct letterheads *list);
/* That of the body; NULL: it has none, or body is NULL. */
const struct word_document *letterheads_find(const struct letterheads *list, const char *body);
