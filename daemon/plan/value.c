/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One converter for each kind of text. A converter gets clean text without a hole, puts what it means
 * into the struct and returns NULL, or returns what is wrong as the rest of a sentence that begins
 * with the key and the text: due "soon" is not a date.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/zone.h"
#include "plan/reader.h"
#include "protocol/key.h"

/* What a converter is given besides the text. */
struct value {
	struct reader *r;
	const struct field *field;
	struct where where;
	char sentence[300]; /* room for a sentence that depends on the field */
};
/* What is wrong with the text: NULL for nothing, "" for something that is not to be told. */
typedef const char *converter(struct value *v, const char *text, void *to);

static const char *const too_far = "is outside 2005-2100, the years whose holidays are known";

static const char *keep(struct value *v, const char *text, void *to)
{
	*(const char **)to = reader_text(v->r, text, strlen(text));
	return NULL;
}

static const char *read_id(struct value *v, const char *text, void *to)
{
	return text_is_id(text) ? keep(v, text, to)
				: "is not an id: 1 to 64 of A-Z, a-z, 0-9, \".\", \"_\" and \"-\"";
}

static const char *read_name(struct value *v, const char *text, void *to)
{
	return strlen(text) <= NAME_MAX_ ? keep(v, text, to) : "is longer than 200 bytes";
}

/* What is wrong with something that the plan does not have; nothing as long as a file is not read that
 * may have it. */
static const char *missing(const struct value *v, const char *sentence)
{
	return v->r->partial ? "" : sentence;
}

static bool matches_any(const struct plan *plan, const char *pattern)
{
	if (!strchr(pattern, '*'))
		return plan_measure(plan, pattern);
	for (size_t i = 0; i < plan->measure_count; i++)
		if (*plan->measures[i].id && text_matches(pattern, plan->measures[i].id))
			return true;
	return false;
}

static const char *read_pattern(struct value *v, const char *text, void *to)
{
	return matches_any(v->r->plan, text)
		       ? keep(v, text, to)
		       : missing(v, "matches no measure: correct it or add the measure");
}

/* A path relative to the file that names it. */
static const char *resolve(struct value *v, const char *path)
{
	const char *slash = strrchr(v->where.file, '/');
	size_t folder = slash && *path != '/' ? (size_t)(slash - v->where.file) + 1 : 0;
	size_t length = strlen(path);
	char *whole = reader_alloc(v->r, folder + length + 1, 1);

	memcpy(whole, v->where.file, folder);
	memcpy(whole + folder, path, length);
	return whole;
}

static const char *read_path(struct value *v, const char *text, void *to)
{
	if (strstr(text, "://"))
		return "is not the path of a file";
	*(const char **)to = resolve(v, text);
	return NULL;
}

static const char *read_secret(struct value *v, const char *text, void *to)
{
	const char *path = resolve(v, text);

	*(const char **)to = path;
	if (!v->r->present || access(path, R_OK) == 0)
		return NULL;
	snprintf(v->sentence, sizeof(v->sentence), "can't be read: %s", strerror(errno));
	return v->sentence;
}

static const char *read_password(struct value *v, const char *text, void *to)
{
	const char *wrong = read_secret(v, text, to);
	struct stat status;

	if (wrong || !v->r->present || stat(*(const char **)to, &status) < 0)
		return wrong;
	if (!S_ISREG(status.st_mode))
		return "is not a file";
	return mode_is_open(status.st_mode)
		       ? "is open to others than the daemon: chmod 600 it, and if they may have "
			 "read it, change the password"
		       : NULL;
}

static const char *read_key(struct value *v, const char *text, void *to)
{
	return key_is_valid(text) ? keep(v, text, to)
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
	return !v->r->present || zone_exists(text)
		       ? keep(v, text, to)
		       : "is not a time zone of this system: write \"Europe/Stockholm\"";
}

/* The reason why mail or calls to this host go nowhere. */
static const char *unreal(struct value *v, const char *address)
{
	return !v->r->rehearsal && text_is_reserved_domain(address)
		       ? "is under a reserved domain, which nothing reaches: correct it, or "
			 "rehearse "
			 "with --clock"
		       : NULL;
}

static const char *read_address(struct value *v, const char *text, void *to)
{
	if (!text_is_address(text))
		return "is not exactly one mail address";
	keep(v, text, to);
	return unreal(v, text);
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
	if (strpbrk(sender->name, "<>@\"") || name_length > NAME_MAX_)
		return "is not exactly one mail address with a name: \"Name <local@domain>\"";
	return fault;
}

static const char *read_server(struct value *v, const char *text, void *to)
{
	if (strncmp(text, "smtps://", 8) == 0)
		return "is not smtp://HOST:PORT: for TLS from the first byte, say tls = \"tls\"";
	if (!server_is_valid(text))
		return "is not smtp://HOST:PORT";
	keep(v, text, to);
	return unreal(v, text);
}

static const char *read_url(struct value *v, const char *text, void *to)
{
	if (!text_is_url(text))
		return "is not a URL that begins with https:// and names a host";
	keep(v, text, to);
	return unreal(v, text);
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

static const char *read_date(struct value *v, const char *text, void *to)
{
	struct civil_date date;

	(void)v;
	if (civil_parse(text, &date) < 0)
		return "is not a date that exists: YYYY-MM-DD";
	if (!calendar_in_range(date))
		return too_far;
	*(struct civil_date *)to = date;
	return NULL;
}

static const char *read_range(struct value *v, const char *text, void *to)
{
	struct date_range *range = to;
	char from[CIVIL_TEXT] = "";
	const char *slash = strchr(text, '/'), *wrong;

	if (!slash || slash - text >= CIVIL_TEXT) {
		wrong = read_date(v, text, &range->from);
		range->until = range->from;
		return wrong;
	}
	memcpy(from, text, (size_t)(slash - text));
	wrong = read_date(v, from, &range->from);
	if (!wrong)
		wrong = read_date(v, slash + 1, &range->until);
	if (!wrong && civil_compare(range->until, range->from) < 0)
		wrong = "ends before it begins";
	return wrong;
}

static const char *read_time(struct value *v, const char *text, void *to)
{
	(void)v;
	return civil_parse_time(text, to) < 0 ? "is not a time of day: HH:MM" : NULL;
}

static const char *read_offset(struct value *v, const char *text, void *to)
{
	struct offset offset;

	if (offset_parse(text, &offset) < 0)
		return "is not a number of days: -10wd (working days), +3d (calendar days) or 0, "
		       "at "
		       "most 400";
	if (offset.days < v->field->min)
		return v->field->min > 0 ? "must be at least 1" : "must not be before";
	if (offset.days > v->field->max)
		return "must not be after: write -7wd or 0";
	*(struct offset *)to = offset;
	return NULL;
}

static const char *name_body(struct value *v, const char *id, const struct body **ret)
{
	*ret = plan_body(v->r->plan, id);
	if (*ret)
		return NULL;
	snprintf(v->sentence, sizeof(v->sentence), "names a body that does not exist: %s",
		 text_excerpt(id).text);
	return missing(v, v->sentence);
}

/* "meeting BODY YYYY-MM" or "meeting BODY next", the text after "meeting ". */
static const char *read_due_meeting(struct value *v, const char *text, struct due_spec *due)
{
	const char *space = strchr(text, ' ');
	char id[ID_MAX + 1] = "";

	due->kind = DUE_MEETING;
	due->next = space && strcmp(space + 1, "next") == 0;
	if (!space || space - text > ID_MAX ||
	    (!due->next && civil_parse_month(space + 1, &due->year, &due->month) < 0))
		return "is not a meeting: \"meeting BODY YYYY-MM\" or \"meeting BODY next\"";
	memcpy(id, text, (size_t)(space - text));
	return name_body(v, id, &due->body);
}

static const char *read_every(struct value *v, const char *text, void *to)
{
	struct every *every = to;
	const char *wrong;

	keep(v, text, &every->text);
	if (strncmp(text, "RRULE:", 6) == 0) {
		every->kind = EVERY_RULE;
		return NULL;
	}
	if (strncmp(text, "meeting ", 8) != 0)
		return "is neither \"meeting BODY\" nor \"RRULE:...\"";
	wrong = name_body(v, text + 8, &every->body);
	every->kind = wrong ? EVERY_NEVER : EVERY_MEETING;
	return wrong;
}

static const char *read_due(struct value *v, const char *text, void *to)
{
	struct due_spec *due = to;
	char date[CIVIL_TEXT] = "";
	const char *wrong = NULL;
	size_t length = strlen(text);

	*due = (struct due_spec){ .time = TIME_OF_DAY_NONE, .date = CIVIL_NONE };
	keep(v, text, &due->text);
	if (strncmp(text, "meeting ", 8) == 0) {
		wrong = read_due_meeting(v, text + 8, due);
	} else if (civil_parse_month(text, &due->year, &due->month) == 0) {
		due->kind = DUE_MONTH;
	} else if (length == 10 || (length == 16 && strchr(" T", text[10]))) {
		memcpy(date, text, 10);
		due->kind = DUE_DATE;
		wrong = read_date(v, date, &due->date);
		if (!wrong && length == 16)
			wrong = read_time(v, text + 11, &due->time);
	} else {
		wrong = "is none of \"YYYY-MM-DD\", \"YYYY-MM-DD HH:MM\", \"YYYY-MM\", "
			"\"meeting BODY YYYY-MM\" and \"meeting BODY next\"";
	}
	if (!wrong && due->kind != DUE_DATE && !due->next &&
	    (due->year < CALENDAR_FIRST_YEAR || due->year > CALENDAR_LAST_YEAR))
		wrong = too_far;
	if (wrong)
		due->text = NULL; /* there are no dates to work out */
	return wrong;
}

static const char *read_opens(struct value *v, const char *text, void *to)
{
	struct opens *opens = to;
	const char *wrong;

	opens->date = CIVIL_NONE;
	if (offset_parse(text, &opens->offset) == 0)
		return opens->offset.days > 0 ? "must not be after the papers date" : NULL;
	wrong = read_date(v, text, &opens->date);
	return wrong == too_far ? wrong : wrong ? "is neither a date nor days such as -20wd" : NULL;
}

static const char *read_endpoint(struct value *v, const char *text, void *to)
{
	static const char *const risks[ENDPOINT_ROLES] = {
		[ENDPOINT_SUBMIT] = "each acts as a steward here",
		[ENDPOINT_COLLECT] = "each acts as a steward here",
		[ENDPOINT_SUBSCRIBE] = "whoever takes the port speaks as the system",
		[ENDPOINT_FEED] = "each reads all events here",
	};
	struct endpoint *endpoint = to;
	const char *path, *wrong;
	char *address;
	enum reach reach = REACH_FILE;

	if (strncmp(text, "ipc://", 6) == 0 && text[6] && !strchr("@*/", text[6])) {
		path = resolve(v, text + 6);
		address = reader_alloc(v->r, strlen(path) + 7, 1);
		memcpy(address, "ipc://", 6);
		memcpy(address + 6, path, strlen(path));
		endpoint->address = address;
	} else {
		keep(v, text, &endpoint->address);
	}
	endpoint->where = v->where;
	wrong = endpoint_fault(endpoint->address, &reach);
	endpoint->remote = reach == REACH_REMOTE;
	if (!wrong && reach == REACH_LOOPBACK)
		warning(v->r, v->where,
			"%s is open to every local user: %s; ipc:// has a mode and a group",
			text_excerpt(text).text, risks[v->field->min]);
	return wrong;
}

static const char *refer(struct value *v, const void *thing, const char *section, void *to)
{
	*(const void **)to = thing;
	if (thing)
		return NULL;
	snprintf(v->sentence, sizeof(v->sentence), "is not among the %s", section);
	return v->sentence;
}

/* To something in a file of the plan. */
static const char *refer_plan(struct value *v, const void *thing, const char *section, void *to)
{
	const char *wrong = refer(v, thing, section, to);

	return wrong ? missing(v, wrong) : NULL;
}

static const char *read_channel(struct value *v, const char *text, void *to)
{
	return refer(v, plan_channel(v->r->plan, text), "channels", to);
}

static const char *read_ladder(struct value *v, const char *text, void *to)
{
	const struct index *index = &v->r->plan->private->indexes[SECTION_LADDERS];

	return refer(v, index_find(index, text), "ladders", to);
}

static const char *read_body(struct value *v, const char *text, void *to)
{
	return refer_plan(v, plan_body(v->r->plan, text), "bodies", to);
}

static const char *read_person(struct value *v, const char *text, void *to)
{
	return refer_plan(v, plan_person(v->r->plan, text), "people", to);
}

static const char *read_publisher(struct value *v, const char *text, void *to)
{
	return refer_plan(v, plan_publisher(v->r->plan, text), "systems", to);
}

static bool is_held(const struct plan *plan, const char *role)
{
	for (size_t i = 0; i < plan->person_count; i++)
		if (person_has_role(&plan->people[i], role))
			return true;
	return false;
}

static const char *read_target(struct value *v, const char *text, void *to)
{
	static const char *const words[] = { [TARGET_OWNER] = "owner",
					     [TARGET_DEPUTY] = "deputy",
					     [TARGET_MANAGER] = "manager",
					     [TARGET_RESPONSIBLE] = "responsible" };
	const bool concerned = v->field->min; /* inform names people, roles and channels alone */
	struct target *target = to;

	*target = (struct target){ .kind = TARGET_PERSON };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(words[i], text) != 0)
			continue;
		target->kind = (enum target_kind)i;
		return concerned
			       ? "is for steps and alerts: name a person, role:NAME or channel:NAME"
			       : NULL;
	}
	if (strncmp(text, "channel:", 8) == 0) {
		target->kind = TARGET_CHANNEL;
		if (strcmp(text + 8, "mail") == 0)
			return "names no mailbox: name a person";
		return refer(v, plan_channel(v->r->plan, text + 8), "channels", &target->channel);
	}
	if (strncmp(text, "role:", 5) == 0) {
		target->kind = TARGET_ROLE;
		keep(v, text + 5, &target->role);
		return is_held(v->r->plan, target->role)
			       ? NULL
			       : missing(v, "reaches nobody: no person has the role");
	}
	return refer_plan(v, plan_person(v->r->plan, text), "people", &target->person);
}

static const struct {
	converter *read;
	size_t size;
} kinds[] = {
	[VALUE_ID] = { read_id, sizeof(char *) },
	[VALUE_NAME] = { read_name, sizeof(char *) },
	[VALUE_PATTERN] = { read_pattern, sizeof(char *) },
	[VALUE_PATH] = { read_path, sizeof(char *) },
	[VALUE_SECRET] = { read_secret, sizeof(char *) },
	[VALUE_PASSWORD] = { read_password, sizeof(char *) },
	[VALUE_KEY] = { read_key, sizeof(char *) },
	[VALUE_KEY_FILE] = { read_key_file, sizeof(struct key_file) },
	[VALUE_ZONE] = { read_zone, sizeof(char *) },
	[VALUE_ADDRESS] = { read_address, sizeof(char *) },
	[VALUE_SENDER] = { read_sender, sizeof(struct sender) },
	[VALUE_SERVER] = { read_server, sizeof(char *) },
	[VALUE_URL] = { read_url, sizeof(char *) },
	[VALUE_CHOICE] = { read_choice, sizeof(int) },
	[VALUE_DATE] = { read_date, sizeof(struct civil_date) },
	[VALUE_RANGE] = { read_range, sizeof(struct date_range) },
	[VALUE_TIME] = { read_time, sizeof(struct time_of_day) },
	[VALUE_OFFSET] = { read_offset, sizeof(struct offset) },
	[VALUE_DUE] = { read_due, sizeof(struct due_spec) },
	[VALUE_EVERY] = { read_every, sizeof(struct every) },
	[VALUE_OPENS] = { read_opens, sizeof(struct opens) },
	[VALUE_ENDPOINT] = { read_endpoint, sizeof(struct endpoint) },
	[VALUE_CHANNEL] = { read_channel, sizeof(struct channel *) },
	[VALUE_LADDER] = { read_ladder, sizeof(struct ladder *) },
	[VALUE_BODY] = { read_body, sizeof(struct body *) },
	[VALUE_PERSON] = { read_person, sizeof(struct person *) },
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
