/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <jansson.h>
#include <stdio.h>

/* Print a row, whatever its members are, for people. */
void show(const json_t *row, FILE *out);
