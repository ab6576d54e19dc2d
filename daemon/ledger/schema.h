/* SPDX-License-Identifier: Apache-2.0 */
/* The SQL files of schema/, embedded by the build: element N - 1 leads to version N. */
#pragma once
#include <stddef.h>

extern const char *const schema_migrations[];
extern const size_t schema_migrations_count;
