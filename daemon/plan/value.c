/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One converter for each kind of text. A converter gets clean text without a hole, puts what it means
 * into the struct and returns NULL, or returns what is wrong as the rest of a sentence that begins
 * with the key and the text: due "soon" is not a date.
 */
#include "plan/value.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secret.h"
#include "base/zone.h"
#include "plan/store_url.h"
#include "protocol/key.h"

#define CREDENTIALS "CREDENTIALS_DIRECTORY"

const char *value_keep(struct value *v, const char *text, void *to)
{
	*(const char **)to = reader_text(v->r, text, strlen(text));
	return NULL;
}

static const char *read_id(struct value *v, const char *text, void *to)
{
	return text_is_id(text) ? value_keep(v, text, to)
				: "is not an id: 1 to 64 of A-Z, a-z, 0-9, \".\", \"_\" and \"-\"";
}

static const char *read_name(struct value *v, const char *text, void *to)
{
	return strlen(text) <= LINE_MAX_BYTES ? value_keep(v, text, to)
					      : "is longer than 200 bytes";
}

static const char *read_prose(struct value *v, const char *text, void *to)
{
	return strlen(text) <= PROSE_MAX ? value_keep(v, text, to) : "is longer than 4000 bytes";
}

/* A path relative to the file that names it, or to the folder where systemd puts a service's credentials. */
static const char *resolve(struct value *v, const char *path)
{
	const char *folder = getenv(CREDENTIALS), *slash = strrchr(v->where.file, '/');
	const size_t mark = strlen("$" CREDENTIALS);
	size_t length = slash && *path != '/' ? (size_t)(slash - v->where.file) + 1 : 0;
	char *whole;

	if (folder && strncmp(path, "$" CREDENTIALS "/", mark + 1) == 0) {
		path += mark;
		length = strlen(folder);
	} else {
		folder = v->where.file;
	}
	whole = reader_alloc(v->r, length + strlen(path) + 1, 1);
	memcpy(whole, folder, length);
	memcpy(whole + length, path, strlen(path));
	return whole;
}

static const char *read_path(struct value *v, const char *text, void *to)
{
	if (strstr(text, "://"))
		return "is not the path of a file";
	*(const char **)to = resolve(v, text);
	return NULL;
}

static const char *read_store(struct value *v, const char *text, void *to)
{
	struct store_url url;

	if (!store_url_is(text))
		return strstr(text, "://") ? "is neither the path of a file nor postgresql://…"
					   : read_path(v, text, to);
	value_keep(v, text, to);
	return store_url_read(&url, text);
}

static const char *unusable(struct value *v, const char *why)
{
	snprintf(v->sentence, sizeof(v->sentence), "can't be used: %s", why);
	return v->sentence;
}

/* A file that is there and can be read. */
const char *read_present(struct value *v, const char *text, void *to)
{
	const char *path = resolve(v, text);

	*(const char **)to = path;
	if (!v->r->present || access(path, R_OK) == 0)
		return NULL;
	snprintf(v->sentence, sizeof(v->sentence), "can't be read: %s", strerror(errno));
	return v->sentence;
}

/* ... and holds a secret, as whoever uses it will read it. */
static const char *read_whole(struct value *v, const char *path,
			      int (*read)(struct secret *ret, const char *path))
{
	struct secret secret;
	int r = v->r->present ? read(&secret, path) : 0;

	secret_done(&secret);
	return r < 0 ? unusable(v, secret_fault(r)) : NULL;
}

static const char *read_secret(struct value *v, const char *text, void *to)
{
	const char *wrong = read_present(v, text, to);

	return wrong ? wrong : read_whole(v, *(const char **)to, secret_read_key);
}

static const char *read_password(struct value *v, const char *text, void *to)
{
	const char *wrong = read_present(v, text, to);
	struct stat status;

	if (wrong || !v->r->present || stat(*(const char **)to, &status) < 0)
		return wrong;
	if (!S_ISREG(status.st_mode))
		return "is not a file";
	if (mode_is_open(status.st_mode))
		return "is open to others than the daemon: chmod 600 it, and if they may have "
		       "read it, change what it holds";
	return read_whole(v, *(const char **)to, secret_read);
}

static const char *read_key(struct value *v, const char *text, void *to)
{
	return key_is_valid(text) ? value_keep(v, text, to)
				  : "is not a public key: the 40 characters that paminn keygen "
				    "prints";
}

static const char *read_key_file(struct value *v, const char *text, void *to)
{
	struct key_file *file = to;

	file->path = resolve(v, text);
	return v->r->present ? key_file_read(v->r, v->where, file->path, &file->key) : NULL;
}

static const char *read_zone(struct value *v, const char *text, void *to)
{
	if (!v->r->present || zone_exists(text))
		return value_keep(v, text, to);
	return zone_exists("Europe/Stockholm")
		       ? "is not a time zone of this system: write \"Europe/Stockholm\""
		       : "is not a time zone of this system, which has no zone files: install the "
			 "package tzdata";
}

/* The reason why mail or calls to this host go nowhere, and for the first such what to do. */
const char *value_unreal(struct value *v, const char *address)
{
	const bool told = v->r->told_reserved;

	if (v->r->request->rehearsal || !text_is_reserved_domain(address))
		return NULL;
	v->r->told_reserved = true;
	return told ? "is under a reserved domain"
		    : "is under a reserved domain, which nothing reaches: write the real one. A "
		      "rehearsal takes it as it is: paminn-rehearse DAY";
}

/* The address of "Name <address>"; NULL when it is no such thing. */
static const char *address_within(struct value *v, const char *text)
{
	const char *open = strrchr(text, '<');
	const size_t length = open ? strlen(open) : 0;
	const char *address;

	if (length < 2 || open[length - 1] != '>')
		return NULL;
	address = reader_text(v->r, open + 1, length - 2);
	return text_is_address_beyond_ascii(address, strlen(address)) ? address : NULL;
}

static const char *read_address(struct value *v, const char *text, void *to)
{
	const char *within = address_within(v, text), *wrong;

	if (within) {
		snprintf(v->sentence, sizeof(v->sentence),
			 "is a name with an address: write the address alone, \"%s\"", within);
		return v->sentence;
	}
	wrong = mail_address_read(v->r, text, to);
	if (!wrong)
		wrong = value_unreal(v, *(const char **)to);
	/* One of an intranet has such a name, and so has one with its end left out. */
	if (!wrong && !strchr(strrchr(text, '@'), '.') && !text_is_reserved_domain(text))
		warning(v->r, v->where,
			"%s \"%s\" names a domain of one word: check that nothing is missing",
			v->field->key, text_excerpt(text).text);
	return wrong;
}

static const char *read_sender(struct value *v, const char *text, void *to)
{
	struct sender *sender = to;
	const char *open = strrchr(text, '<'), *name = text;
	size_t length = strlen(text), name_length;
	const char *fault;

	sender->name = "";
	if (!open || text[length - 1] != '>')
		return read_address(v, text, &sender->address);
	fault = read_address(v, reader_text(v->r, open + 1, length - (size_t)(open - text) - 2),
			     &sender->address);
	name_length = (size_t)(open - text);
	while (name_length > 0 && name[name_length - 1] == ' ')
		name_length--;
	if (name_length >= 2 && *name == '"' && name[name_length - 1] == '"') {
		name++;
		name_length -= 2;
	}
	sender->name = reader_text(v->r, name, name_length);
	if (strpbrk(sender->name, "<>@\"") || name_length > LINE_MAX_BYTES)
		return "is not exactly one mail address with a name: \"Name <local@domain>\"";
	return fault;
}

static const char *read_server(struct value *v, const char *text, void *to)
{
	if (strncmp(text, "smtps://", 8) == 0)
		return "is not smtp://HOST:PORT: for TLS from the first byte, say tls = \"tls\"";
	if (!server_is_valid(text))
		return "is not smtp://HOST:PORT";
	value_keep(v, text, to);
	return value_unreal(v, text);
}

static const char *read_url(struct value *v, const char *text, void *to)
{
	if (!text_is_url(text))
		return "is not a URL that begins with https:// and names a host";
	value_keep(v, text, to);
	return value_unreal(v, text);
}

static const char *read_choice(struct value *v, const char *text, void *to)
{
	struct text_list list = { "" };

	for (int i = 0; v->field->choices[i]; i++) {
		if (strcmp(v->field->choices[i], text) == 0) {
			*(int *)to = i;
			return NULL;
		}
		text_list_add(&list, v->field->choices[i]);
	}
	snprintf(v->sentence, sizeof(v->sentence), "is not among its values: %s", list.text);
	return v->sentence;
}

static const char *read_over(struct value *v, const char *text, void *to)
{
	const enum measure_status status = event_status_parse(text);

	(void)v;
	if (!event_status_is_over(status))
		return "is neither \"done\" nor \"cancelled\", which say that it was over before "
		       "the "
		       "plan had it: anything else is reported, with paminn status";
	*(enum measure_status *)to = status;
	return NULL;
}

/* libzmq looks no name up that it binds to; this one means one address, whatever files say. */
#define LOCALHOST "tcp://localhost:"
#define LOOPBACK "tcp://127.0.0.1:"

static const char *read_endpoint(struct value *v, const char *text, void *to)
{
	static const char *const risks[ENDPOINT_ROLES] = {
		[ENDPOINT_SUBMIT] = "each acts as a steward here",
		[ENDPOINT_COLLECT] = "each acts as a steward here",
		[ENDPOINT_SUBSCRIBE] = "whoever takes the port speaks as the system",
		[ENDPOINT_FEED] = "each reads all events here",
	};
	const bool bound = v->field->min != ENDPOINT_SUBSCRIBE;
	struct endpoint *endpoint = to;
	const char *path, *wrong;
	char *address;
	enum reach reach = REACH_FILE;

	if (bound && strncmp(text, LOCALHOST, strlen(LOCALHOST)) == 0) {
		path = text + strlen(LOCALHOST);
		address = reader_alloc(v->r, strlen(LOOPBACK) + strlen(path) + 1, 1);
		strcpy(stpcpy(address, LOOPBACK), path);
		endpoint->address = address;
	} else if (strncmp(text, "ipc://", 6) == 0 && text[6] && !strchr("@*/", text[6])) {
		path = resolve(v, text + 6);
		address = reader_alloc(v->r, strlen(path) + 7, 1);
		memcpy(address, "ipc://", 6);
		memcpy(address + 6, path, strlen(path));
		endpoint->address = address;
	} else {
		value_keep(v, text, &endpoint->address);
	}
	endpoint->where = v->where;
	wrong = endpoint_fault(endpoint->address, &reach);
	if (!wrong && bound && v->r->present)
		wrong = endpoint_bind_fault(endpoint->address);
	endpoint->remote = reach == REACH_REMOTE;
	if (!wrong && reach == REACH_LOOPBACK)
		warning(v->r, v->where,
			"%s is open to every local user: %s; ipc:// has a mode and a group",
			text_excerpt(text).text, risks[v->field->min]);
	return wrong;
}

static const struct {
	converter *read;
	size_t size;
} kinds[] = {
	[VALUE_ID] = { read_id, sizeof(char *) },
	[VALUE_NAME] = { read_name, sizeof(char *) },
	[VALUE_PROSE] = { read_prose, sizeof(char *) },
	[VALUE_STEWARDED] = { read_stewarded, sizeof(char *) },
	[VALUE_PATTERN] = { read_pattern, sizeof(char *) },
	[VALUE_PATH] = { read_path, sizeof(char *) },
	[VALUE_STORE] = { read_store, sizeof(char *) },
	[VALUE_PRESENT] = { read_present, sizeof(char *) },
	[VALUE_SECRET] = { read_secret, sizeof(char *) },
	[VALUE_PASSWORD] = { read_password, sizeof(char *) },
	[VALUE_SEAL] = { read_seal, sizeof(char *) },
	[VALUE_KEY] = { read_key, sizeof(char *) },
	[VALUE_KEY_FILE] = { read_key_file, sizeof(struct key_file) },
	[VALUE_ZONE] = { read_zone, sizeof(char *) },
	[VALUE_ADDRESS] = { read_address, sizeof(char *) },
	[VALUE_SENDER] = { read_sender, sizeof(struct sender) },
	[VALUE_SERVER] = { read_server, sizeof(char *) },
	[VALUE_INBOX] = { read_inbox, sizeof(struct inbox_settings) },
	[VALUE_URL] = { read_url, sizeof(char *) },
	[VALUE_LISTEN] = { read_listen, sizeof(struct web_settings) },
	[VALUE_PUBLIC] = { read_public, sizeof(char *) },
	[VALUE_PROXY] = { read_proxy, sizeof(char *) },
	[VALUE_INT] = { NULL, sizeof(int) }, /* no text: group.c reads it */
	[VALUE_CHOICE] = { read_choice, sizeof(int) },
	[VALUE_OVER] = { read_over, sizeof(enum measure_status) },
	[VALUE_DATE] = { read_date, sizeof(struct civil_date) },
	[VALUE_RANGE] = { read_range, sizeof(struct date_range) },
	[VALUE_TIME] = { read_time, sizeof(struct time_of_day) },
	[VALUE_OFFSET] = { read_offset, sizeof(struct offset) },
	[VALUE_DUE] = { read_due, sizeof(struct due_spec) },
	[VALUE_EVERY] = { read_every, sizeof(struct every) },
	[VALUE_VIA] = { read_via, sizeof(struct via) },
	[VALUE_OPENS] = { read_opens, sizeof(struct opens) },
	[VALUE_ENDPOINT] = { read_endpoint, sizeof(struct endpoint) },
	[VALUE_CHANNEL] = { read_channel, sizeof(struct channel *) },
	[VALUE_LADDER] = { read_ladder, sizeof(struct ladder *) },
	[VALUE_BODY] = { read_body, sizeof(struct body *) },
	[VALUE_PERSON] = { read_person, sizeof(struct person *) },
	[VALUE_ASSIGNMENT] = { read_assignment, sizeof(struct assignment *) },
	[VALUE_PUBLISHER] = { read_publisher, sizeof(struct publisher *) },
	[VALUE_TARGET] = { read_target, sizeof(struct target) },
};

bool value_read(struct reader *r, const struct field *field, struct where where, const char *text,
		void *to)
{
	struct value v = { .r = r, .field = field, .where = where };
	const char *wrong = kinds[field->kind].read(&v, text, to);

	if (wrong && *wrong)
		fault(r, where, "%s \"%s\" %s", field->key, text_excerpt(text).text, wrong);
	return !wrong;
}

size_t value_size(enum value_kind kind)
{
	return kinds[kind].size;
}
