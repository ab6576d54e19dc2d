/* SPDX-License-Identifier: Apache-2.0 */
/* The SQL files of schema/, embedded by the build. */
#pragma once
#include <stddef.h>

/* In SQLite's words: element N - 1 leads to version N. */
extern const char *const schema_migrations[];
extern const size_t schema_migrations_count; /* the newest version */

/* The schema of one version as a whole, for an engine that had no store before it; in SQLite's words. */
extern const char schema_whole[];
extern const size_t schema_whole_version;
/* The same in PostgreSQL's words, and then the migrations that follow it. */
extern const char *const schema_postgres[];
