/* SPDX-License-Identifier: Apache-2.0 */
/* Has the disk kept what was written? The rows, by their checksums, and the pages they are in. */
#pragma once
#include "engine/inquiry/inquirer.h"

struct verify_disk;
/* The pages are being looked at from here on. 0 or a negative errno. */
int verify_disk_new(struct verify_disk **ret, struct ledger *l);
/* A slice: 1 there is more; each fault is a difference. */
int verify_disk_rows(struct verify_disk *d, struct inquiry *q);
int verify_disk_pages(struct verify_disk *d, struct inquiry *q);
/* Was a row? */
bool verify_disk_is_damaged(const struct verify_disk *d);
struct verify_disk *verify_disk_free(struct verify_disk *d);
