/* SPDX-License-Identifier: Apache-2.0 */
/* JSON that is written where it is to stand, without being built first. Each returns where the next goes; none
 * ends with a NUL. */
#pragma once
#include <stdint.h>

/* Text without control characters, between quotation marks: at most twice as long, and two. */
char *json_text_string(char *at, const char *clean);
/* A number: at most 20 characters. */
char *json_text_number(char *at, int64_t number);
