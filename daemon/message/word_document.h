/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Word document that is filled in: a zip archive, of whose parts those that people read (the text, headers and
 * footers, the properties) are templates, and the rest is taken as it is. The same view gives the same bytes.
 */
#pragma once
#include "message/template.h"

struct word_document;

/*
 * Read and compile the document at path, against these names. 0, -ENOMEM, or -EINVAL and in *ret_error, which the
 * caller frees, a sentence with the path and, of a fault in it, the part.
 */
int word_document_new(struct word_document **ret, const char *path, const struct template_var *vars,
		      char **ret_error);
struct word_document *word_document_free(struct word_document *d);

/* Fill it in; caller frees *ret, *ret_length bytes. The errors of template_render, or -EIO: it could not be packed. */
int word_document_render(const struct word_document *d, const json_t *view,
			 const struct template_lists *lists, char **ret, size_t *ret_length);
