/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/verify_disk.h"

#include <errno.h>
#include <stdlib.h>

#include "engine/inquiry/difference.h"

#define PAGE 100 /* rows in a slice */

struct verify_disk {
	struct row_cursor rows;
	struct page_check *pages;
	bool is_damaged;
};

int verify_disk_new(struct verify_disk **ret, struct ledger *l)
{
	struct verify_disk *d = calloc(1, sizeof(*d));
	int r = d ? page_check_new(&d->pages, l) : -ENOMEM;

	if (r == 0)
		*ret = d;
	else
		free(d);
	return r;
}

struct verify_disk *verify_disk_free(struct verify_disk *d)
{
	if (!d)
		return NULL;
	page_check_free(d->pages);
	row_cursor_done(&d->rows);
	free(d);
	return NULL;
}

static int tell(struct inquiry *q, const char *what, const char *item, const char *field)
{
	return difference_tell(q,
			       &(struct difference){ what, item, field, json_null(), json_null() });
}

static int tell_row(void *userdata, const char *name)
{
	return tell(userdata, "damaged row", name, "checksum");
}

int verify_disk_rows(struct verify_disk *d, struct inquiry *q)
{
	const size_t before = json_array_size(q->rows);
	int r = ledger_check_rows(q->e.ledger, &d->rows, PAGE, tell_row, q);

	d->is_damaged |= json_array_size(q->rows) > before;
	return r;
}

static int tell_pages(void *userdata, const char *what)
{
	return tell(userdata, "damaged pages", what, "");
}

int verify_disk_pages(struct verify_disk *d, struct inquiry *q)
{
	return page_check_work(d->pages, tell_pages, q);
}

bool verify_disk_is_damaged(const struct verify_disk *d)
{
	return d->is_damaged;
}
