/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log: one line a message on standard error, with systemd's "<N>" priority when the journal
 * reads it (JOURNAL_STREAM or NOTIFY_SOCKET set), a readable level otherwise. Ids, never addresses.
 * Control characters in what is logged come out as "?", so that no input shapes the log.
 */
#pragma once
#include <stdbool.h>

enum log_level { LOG_LEVEL_ERROR = 3, LOG_LEVEL_WARNING, LOG_LEVEL_NOTICE, LOG_LEVEL_INFO };

void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define log_error(...) log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_notice(...) log_line(LOG_LEVEL_NOTICE, __VA_ARGS__)
#define log_info(...) log_line(LOG_LEVEL_INFO, __VA_ARGS__)
