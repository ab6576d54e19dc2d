/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of a call, and making one. */
#pragma once
#include "protocol/key.h"

/* The secret key in the file at path, which nobody else may read; NULL, or what is wrong with the file as
 * the rest of a sentence. */
const char *key_read(const char *path, char ret[static KEY_TEXT]);
