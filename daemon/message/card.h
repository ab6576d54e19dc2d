/* SPDX-License-Identifier: Apache-2.0 */
/* Is the layout of a card one? Asked when it is loaded, so that sending never finds out. */
#pragma once
#include "message/template.h"

/*
 * Render samples: everything there is, nothing that may be missing, and each name alone. 0; -EINVAL
 * with *ret_error a sentence when what comes out of one is not a JSON object; or -ENOMEM.
 */
int card_check(const struct template *t, const char *path, char **ret_error);
/* A card of this layout, in *ret. -EBADMSG and *error: what comes out is not a JSON object; or an error
 * of template_render. */
int card_render(const struct template *t, const json_t *view, char **ret, json_error_t *error);
