/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A slot each, found by the name that the sender has chosen. The pieces of one come in order: a piece that is not the
 * next ends it, as does one for which there is no room; its sender then begins anew. A sender that goes away in the
 * middle leaves its slot behind, which is emptied a minute after the last piece.
 */
#include "control/uploads.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base64.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "ledger/types.h"
#include "message/incoming.h"
#include "protocol/event.h"
#include "protocol/query.h"

struct upload {
	char name[ITEM_ID]; /* "": the slot is free */
	struct buffer bytes;
	json_int_t pieces;
	struct mono heard;
};
struct uploads {
	struct upload slots[UPLOADS_MAX];
	sd_event_source *timer;
};

static void end(struct upload *up)
{
	buffer_done(&up->bytes);
	*up = (struct upload){ .name = "" };
}

/* ---- time ---------------------------------------------------------------------------------------- */

static int on_minute(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct uploads *u = userdata;
	const struct mono now = clock_mono();
	bool left = false;

	(void)usec;
	for (size_t i = 0; i < UPLOADS_MAX; i++) {
		struct upload *up = &u->slots[i];

		if (*up->name && now.us - up->heard.us >= (int64_t)UPLOAD_PATIENCE_US)
			end(up);
		left = left || *up->name;
	}
	if (left) {
		sd_event_source_set_time_relative(source, UPLOAD_PATIENCE_US);
		sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
	}
	return 0;
}

static void await_more(struct uploads *u, struct upload *up)
{
	int enabled = SD_EVENT_OFF;

	up->heard = clock_mono();
	sd_event_source_get_enabled(u->timer, &enabled);
	if (enabled != SD_EVENT_OFF)
		return;
	sd_event_source_set_time_relative(u->timer, UPLOAD_PATIENCE_US);
	sd_event_source_set_enabled(u->timer, SD_EVENT_ONESHOT);
}

/* ---- slots ---------------------------------------------------------------------------------------- */

/* The slot of that name; with "", a free one. NULL: there is none. */
static struct upload *find(struct uploads *u, const char *name)
{
	for (size_t i = 0; i < UPLOADS_MAX; i++)
		if (strcmp(u->slots[i].name, name) == 0)
			return &u->slots[i];
	return NULL;
}

static size_t bytes_of_all(const struct uploads *u)
{
	size_t sum = 0;

	for (size_t i = 0; i < UPLOADS_MAX; i++)
		sum += u->slots[i].bytes.length;
	return sum;
}

static enum reject_code refuse_busy(struct rejection *ret_why)
{
	return reject(ret_why, RETRY_BUSY,
		      "as many mails as there is room for are on their way in; send this one again "
		      "later");
}

/* The slot that piece number `piece` of that name belongs in. */
static enum reject_code slot_for(struct uploads *u, const char *name, json_int_t piece,
				 struct upload **ret, struct rejection *ret_why)
{
	struct upload *up = find(u, name);

	if (up && piece != up->pieces + 1) {
		end(up);
		up = NULL;
	}
	if (!up && piece != 1)
		return reject(
			ret_why, RETRY_BUSY,
			"piece %lld is not the next of this mail, or the others came more than "
			"a minute ago; send it again from the first",
			(long long)piece);
	if (!up)
		up = find(u, "");
	if (!up)
		return refuse_busy(ret_why);
	strcpy(up->name, name);
	*ret = up;
	return REJECT_NONE;
}

static enum reject_code append(struct uploads *u, struct upload *up, const json_t *piece,
			       struct rejection *ret_why)
{
	const struct base64 text = { json_string_value(piece), json_string_length(piece),
				     sodium_base64_VARIANT_ORIGINAL };
	const size_t room = text.length / 4 * 3;
	size_t length = 0;

	if (bytes_of_all(u) + room > UPLOADS_BYTES_MAX)
		return refuse_busy(ret_why);
	if (buffer_reserve(&up->bytes, room + 1) < 0)
		return reject(ret_why, RETRY_BUSY,
			      "there is no memory for it; send it again later");
	if (text.length > 0 &&
	    !base64_decode(&text, (unsigned char *)up->bytes.bytes + up->bytes.length, room,
			   &length))
		return reject(ret_why, REJECT_BAD_DATA, "bytes is not base64 with its padding");
	up->bytes.length += length;
	return REJECT_NONE;
}

enum reject_code uploads_add(struct uploads *u, const json_t *params, struct uploaded *ret,
			     bool *ret_whole, struct rejection *ret_why)
{
	const char *name = json_string_value(json_object_get(params, "upload"));
	struct upload *up = NULL;
	enum reject_code code = slot_for(
		u, name, json_integer_value(json_object_get(params, "piece")), &up, ret_why);

	if (code != REJECT_NONE)
		return code;
	code = append(u, up, json_object_get(params, "bytes"), ret_why);
	if (code != REJECT_NONE) {
		end(up);
		return code;
	}
	up->pieces++;
	*ret_whole =
		json_is_true(json_object_get(params, "last")) || up->bytes.length > INCOMING_MAX;
	*ret = (struct uploaded){ .bytes = up->bytes.bytes,
				  .length = up->bytes.length,
				  .to = json_string_value(json_object_get(params, "to")) };
	if (!*ret_whole)
		await_more(u, up);
	return REJECT_NONE;
}

void uploads_end(struct uploads *u, const struct uploaded *mail)
{
	for (size_t i = 0; i < UPLOADS_MAX; i++)
		if (*u->slots[i].name && u->slots[i].bytes.bytes == mail->bytes)
			end(&u->slots[i]);
}

/* ---- making and ending ----------------------------------------------------------------------------- */

int uploads_new(struct uploads **ret, sd_event *event)
{
	struct uploads *u = calloc(1, sizeof(*u));
	int r;

	if (!u)
		return -ENOMEM;
	r = sd_event_add_time_relative(event, &u->timer, CLOCK_BOOTTIME, 0, 0, on_minute, u);
	if (r >= 0)
		r = sd_event_source_set_enabled(u->timer, SD_EVENT_OFF);
	if (r < 0) {
		uploads_free(u);
		return r;
	}
	*ret = u;
	return 0;
}

struct uploads *uploads_free(struct uploads *u)
{
	if (!u)
		return NULL;
	for (size_t i = 0; i < UPLOADS_MAX; i++)
		end(&u->slots[i]);
	sd_event_source_disable_unref(u->timer);
	free(u);
	return NULL;
}
