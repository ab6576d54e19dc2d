/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paminnd.conf: its tables, with what holds when a key is left out, and what tables can't say.
 * Ladders and alerts are in steps.c, the pages in settings_web.c, mail in settings_mail.c.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/zone.h"
#include "plan/reader.h"

#ifndef PAMINN_TEMPLATE_DIR
#define PAMINN_TEMPLATE_DIR "/usr/share/paminn/templates"
#endif
#ifndef PAMINN_TEMPLATE_DIR_RELATIVE
#define PAMINN_TEMPLATE_DIR_RELATIVE "../share/paminn/templates"
#endif

#define DEFAULT_TIMEZONE "Europe/Stockholm"
#define DEFAULT_SUBMIT "ipc:///run/paminn/submit.sock"
#define DEFAULT_OPENS 450   /* 07:30 */
#define DEFAULT_CLOSES 1020 /* 17:00 */

const char *const reader_languages[] = { "sv", "en", NULL };

struct root_values {
	struct settings settings;
	const char *const *plan_files; /* found by plan_file.c; here they are checked */
	size_t plan_file_count;
};
#define IN_SETTINGS(member_) offsetof(struct root_values, settings.member_)
static const struct field root_fields[] = {
	{ "timezone", VALUE_ZONE, .at = IN_SETTINGS(timezone),
	  .what = "the local zone; default \"" DEFAULT_TIMEZONE "\"" },
	{ "language", VALUE_CHOICE, .at = IN_SETTINGS(language), .choices = reader_languages,
	  .what = "of messages to those who name none; default \"sv\"" },
	{ "store", VALUE_STORE, .required = true, .at = IN_SETTINGS(store),
	  .what = "the file that everything is kept in, or postgresql://USER@HOST/DATABASE" },
	{ "store_password_file", VALUE_PASSWORD, .at = IN_SETTINGS(store_password_file),
	  .what = "the file with the password of the store's USER" },
	{ "templates", VALUE_PATH, .at = IN_SETTINGS(templates),
	  .what = "the folder with sv/ and en/; default: those installed with the daemon" },
	{ "plan", VALUE_NAME, .required = true, .list = true,
	  .at = offsetof(struct root_values, plan_files),
	  .count = offsetof(struct root_values, plan_file_count),
	  .what = "the plan's files, such as [ \"plan.d/*.conf\" ]" },
	{ "intake", VALUE_GROUP, .what = "where messages come in" },
	{ "mail", VALUE_GROUP, .required = true, .what = "the server that mail leaves by" },
	{ "channels", VALUE_GROUPS, .what = "ways out other than mail" },
	{ "web", VALUE_GROUP, .what = "the pages that links in mails lead to; default: none" },
	{ "calendar", VALUE_GROUP, .what = "closed days and open hours" },
	{ "ladders", VALUE_GROUPS, .required = true,
	  .what = "the reminders of a deadline, in steps" },
	{ "alerts", VALUE_GROUPS, .what = "who is told of a bad answer" },
	{ "retention", VALUE_GROUP, .what = "for how long words are kept; default: for ever" },
};
static const struct table root_table = TABLE("paminnd.conf", NULL, root_fields);

struct intake_values {
	struct settings settings;
	struct key_file key;
};
#define IN_INTAKE(member_) offsetof(struct intake_values, settings.member_)
#define ENDPOINTS(role_)                                               \
	.list = true, .min = role_, .at = IN_INTAKE(endpoints[role_]), \
	.count = IN_INTAKE(endpoint_count[role_])
static const struct field intake_fields[] = {
	{ "submit", VALUE_ENDPOINT, ENDPOINTS(ENDPOINT_SUBMIT),
	  .what = "where events, queries and commands are answered; default [ \"" DEFAULT_SUBMIT
		  "\" ]" },
	{ "collect", VALUE_ENDPOINT, ENDPOINTS(ENDPOINT_COLLECT),
	  .what = "where publishers connect to" },
	{ "feed", VALUE_ENDPOINT, ENDPOINTS(ENDPOINT_FEED),
	  .what = "where accepted events are published" },
	{ "subscribe", VALUE_GROUPS, .what = "publishers to connect to" },
	{ "secret_key_file", VALUE_KEY_FILE, .at = offsetof(struct intake_values, key),
	  .what = "the daemon's own key, for endpoints that other machines reach" },
};
static const struct table intake_table = TABLE("intake", NULL, intake_fields);

static const struct field subscribe_fields[] = {
	{ "endpoint", VALUE_ENDPOINT, .required = true, .at = 0, .min = ENDPOINT_SUBSCRIBE,
	  .what = "where it publishes" },
	{ "system", VALUE_PUBLISHER, .required = true, .at = offsetof(struct endpoint, publisher),
	  .what = "the system whose events these are" },
};
static const struct table subscribe_table = TABLE("the subscription", NULL, subscribe_fields);

static const char *const channel_types[] = { "webhook", NULL };
static const char *const channel_formats[] = {
	[FORMAT_CLOUDEVENTS] = "cloudevents", [FORMAT_TEAMS] = "teams", NULL
};
#define SECRET_FILE "the file with the secret that posts are signed with"
struct channel_values {
	struct channel channel;
	int type, format;
};
#define IN_CHANNEL(member_) offsetof(struct channel_values, channel.member_)
static const struct field channel_fields[] = {
	{ "name", VALUE_ID, .required = true, .at = IN_CHANNEL(name),
	  .what = "what people name it by" },
	{ "type", VALUE_CHOICE, .required = true, .at = offsetof(struct channel_values, type),
	  .choices = channel_types, .what = "\"webhook\"" },
	{ "url", VALUE_URL, .required = true, .at = IN_CHANNEL(url), .what = "where to post" },
	{ "secret_file", VALUE_SECRET, .at = IN_CHANNEL(secret_file), .what = SECRET_FILE },
	{ "ca_file", VALUE_PRESENT, .at = IN_CHANNEL(ca_file),
	  .what = "certificates of those who may vouch for the server; default: the system's" },
	{ "format", VALUE_CHOICE, .at = offsetof(struct channel_values, format),
	  .choices = channel_formats,
	  .what = "\"cloudevents\" or \"teams\"; default \"cloudevents\"" },
	{ "allow_private", VALUE_BOOL, .at = IN_CHANNEL(allow_private),
	  .what = "may it be http, or on a private address? default false" },
};
static const struct table channel_table = TABLE("the channel", "name", channel_fields);

static const char *const countries[] = { "SE", NULL };
struct calendar_values {
	struct calendar_settings settings;
	const struct time_of_day *hours;
	size_t hour_count;
	int country;
};
static const struct field calendar_fields[] = {
	{ "country", VALUE_CHOICE, .at = offsetof(struct calendar_values, country),
	  .choices = countries, .what = "whose holidays; \"SE\"" },
	{ "closed", VALUE_RANGE, .list = true,
	  .at = offsetof(struct calendar_values, settings.closed),
	  .count = offsetof(struct calendar_values, settings.closed_count),
	  .what = "dates and DATE/DATE ranges, inclusive" },
	{ "half_days", VALUE_BOOL, .at = offsetof(struct calendar_values, settings.half_days),
	  .what = "do the customary half days close at 12:00? default false" },
	{ "send_between", VALUE_TIME, .list = true, .at = offsetof(struct calendar_values, hours),
	  .count = offsetof(struct calendar_values, hour_count),
	  .what = "two times of day; default [ \"07:30\", \"17:00\" ]" },
};
static const struct table calendar_table = TABLE("calendar", NULL, calendar_fields);

struct retention_values {
	const char *events, *deliveries;
};
static const struct field retention_fields[] = {
	{ "events", VALUE_NAME, .at = offsetof(struct retention_values, events),
	  .what = "what people wrote in words, such as \"10y\"; default: for ever" },
	{ "deliveries", VALUE_NAME, .at = offsetof(struct retention_values, deliveries),
	  .what = "messages as they left and what came back, such as \"2y\"; default: for ever" },
};
static const struct table retention_table = TABLE("retention", NULL, retention_fields);

static config_setting_t *group_in(config_setting_t *parent, const char *key)
{
	config_setting_t *group = config_setting_get_member(parent, key);

	return group && config_setting_is_group(group) ? group : NULL;
}

/* Beside the program, wherever that was put, else where it is installed. */
static const char *default_templates(struct reader *r)
{
	char path[4096];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash = length > 0 ? memrchr(path, '/', (size_t)length) : NULL;
	size_t room = slash ? sizeof(path) - (size_t)(slash + 1 - path) : 0;

	if (room <= sizeof(PAMINN_TEMPLATE_DIR_RELATIVE))
		return PAMINN_TEMPLATE_DIR;
	strcpy(slash + 1, PAMINN_TEMPLATE_DIR_RELATIVE);
	return access(path, R_OK | X_OK) == 0 ? reader_text(r, path, strlen(path))
					      : PAMINN_TEMPLATE_DIR;
}

static void read_subscriptions(struct reader *r, struct settings *settings, config_setting_t *list)
{
	size_t length = (size_t)config_setting_length(list), count = 0;
	struct endpoint *endpoints = reader_alloc(r, length, sizeof(*endpoints));

	for (unsigned i = 0; i < length; i++) {
		config_setting_t *group = config_setting_get_elem(list, i);

		if (config_setting_is_group(group))
			read_group(r, &subscribe_table, group, &endpoints[count++]);
	}
	settings->endpoints[ENDPOINT_SUBSCRIBE] = endpoints;
	settings->endpoint_count[ENDPOINT_SUBSCRIBE] = count;
}

/* An endpoint that stands twice is a fault: it can be bound only once, and would be read twice. */
static void check_endpoints(struct reader *r, const struct settings *settings)
{
	for (size_t n = 0; n < ENDPOINT_ROLES * (size_t)ENDPOINT_ROLES; n++) {
		const size_t a = n / ENDPOINT_ROLES, b = n % ENDPOINT_ROLES;

		for (size_t i = 0; a <= b && i < settings->endpoint_count[a]; i++) {
			const struct endpoint *one = &settings->endpoints[a][i];

			for (size_t j = a == b ? i + 1 : 0; j < settings->endpoint_count[b]; j++) {
				const struct endpoint *other = &settings->endpoints[b][j];

				if (one->address && other->address &&
				    strcmp(one->address, other->address) == 0)
					fault(r, other->where,
					      "the endpoint %s is named twice: the first is at "
					      "%s:%u",
					      other->address, one->where.file, one->where.line);
			}
		}
	}
}

static void read_intake(struct reader *r, struct settings *settings, config_setting_t *root)
{
	config_setting_t *intake = group_in(root, "intake"), *subscribe;
	struct endpoint *submit = reader_alloc(r, 1, sizeof(*submit));
	struct intake_values values = { .key = { NULL, NULL } };

	*submit = (struct endpoint){ .where = where_of(r, intake ? intake : root),
				     .address = DEFAULT_SUBMIT };
	settings->endpoints[ENDPOINT_SUBMIT] = submit;
	settings->endpoint_count[ENDPOINT_SUBMIT] = 1;
	if (!intake)
		return;
	values.settings = *settings;
	read_group(r, &intake_table, intake, &values);
	*settings = values.settings;
	settings->secret_key_file = values.key.path;
	settings->secret_key = values.key.key;
	subscribe = config_setting_get_member(intake, "subscribe");
	if (subscribe && config_setting_is_list(subscribe))
		read_subscriptions(r, settings, subscribe);
	check_endpoints(r, settings);
}

static void read_calendar(struct reader *r, struct settings *settings, config_setting_t *root)
{
	struct calendar_values values = { .settings = { .opens = { DEFAULT_OPENS },
							.closes = { DEFAULT_CLOSES } } };
	config_setting_t *group = group_in(root, "calendar");
	int error;

	if (group)
		read_group(r, &calendar_table, group, &values);
	if (values.hours && values.hour_count == 2 &&
	    values.hours[0].minute < values.hours[1].minute) {
		values.settings.opens = values.hours[0];
		values.settings.closes = values.hours[1];
	} else if (values.hours) {
		fault(r, where_key(r, group, "send_between"),
		      "send_between must be two times of day, the earlier first: [ \"07:30\", "
		      "\"17:00\" ]");
	}
	settings->calendar = values.settings;
	error = calendar_new(&r->plan->calendar, &settings->calendar);
	if (error == -ENOMEM)
		reader_out_of_memory(r);
	if (error == -ERANGE) {
		fault(r, where_key(r, group, "closed"), "closed leaves no working day at all");
		settings->calendar.closed_count = 0;
		if (calendar_new(&r->plan->calendar, &settings->calendar) < 0)
			reader_out_of_memory(r);
	}
}

static void read_channel(struct reader *r, config_setting_t *group, void *thing)
{
	struct channel *channel = thing;
	struct channel_values values = { .channel = *channel };

	read_group(r, &channel_table, group, &values);
	*channel = values.channel;
	channel->type = CHANNEL_WEBHOOK;
	channel->format = (enum channel_format)values.format;
	if (channel->format == FORMAT_CLOUDEVENTS &&
	    !config_setting_get_member(group, "secret_file"))
		fault(r, where_of(r, group), "the channel %s has no secret_file: " SECRET_FILE,
		      channel->name);
	if (channel->url && !channel->allow_private && strncasecmp(channel->url, "https:", 6) != 0)
		fault(r, where_key(r, group, "url"),
		      "url \"%s\" is not https: use https, or say allow_private = true",
		      text_excerpt(channel->url).text);
}

/* "10y", "18m" or "90d": a quarter at least, in which what was said is still worked with. */
static bool parse_kept(const char *text, struct kept_for *ret)
{
	char *end;
	const long n = *text >= '1' && *text <= '9' ? strtol(text, &end, 10) : 0;

	if (n < 1 || n > 36525 || !*end || !strchr("ymd", *end) || end[1])
		return false;
	*ret = (struct kept_for){ true, *end == 'd' ? 0 : (int)n * (*end == 'y' ? 12 : 1),
				  *end == 'd' ? (int)n : 0 };
	return ret->months <= 1200 && (ret->months >= 3 || ret->days >= 90);
}

static void read_kept(struct reader *r, config_setting_t *group, const char *key, const char *text,
		      struct kept_for *ret)
{
	if (text && !parse_kept(text, ret))
		fault(r, where_key(r, group, key),
		      "%s \"%s\" is not a time such as \"10y\", \"18m\" or \"400d\", from 90 days "
		      "to 100 years",
		      key, text_excerpt(text).text);
}

static void read_retention(struct reader *r, struct settings *settings, config_setting_t *root)
{
	config_setting_t *group = group_in(root, "retention");
	struct retention_values values = { NULL };

	if (!group)
		return;
	read_group(r, &retention_table, group, &values);
	read_kept(r, group, "events", values.events, &settings->retention.events);
	read_kept(r, group, "deliveries", values.deliveries, &settings->retention.deliveries);
}

/* The zone that holds when none is written; without zone files no name is one. */
static void check_default_zone(struct reader *r, config_setting_t *root)
{
	if (r->present && !config_setting_get_member(root, "timezone") &&
	    !zone_exists(DEFAULT_TIMEZONE))
		fault(r, (struct where){ r->plan->private->sources[0].name, 0 },
		      "the system has no time zone \"" DEFAULT_TIMEZONE
		      "\", which holds unless timezone names another: install its zone files, the "
		      "package tzdata");
}

void read_settings(struct reader *r)
{
	config_setting_t *root = config_root_setting(&r->open[0].config);
	struct root_values values = { .settings = { .timezone = DEFAULT_TIMEZONE,
						    .language = LANGUAGE_SV } };
	struct settings *settings = &r->plan->settings;

	r->source = 0;
	read_group(r, &root_table, root, &values);
	*settings = values.settings;
	if (!settings->templates)
		settings->templates = default_templates(r);
	check_default_zone(r, root);
	read_intake(r, settings, root);
	read_mail(r, settings, group_in(root, "mail"));
	read_web(r, settings, group_in(root, "web"));
	read_calendar(r, settings, root);
	read_retention(r, settings, root);
	read_section(r, SECTION_CHANNELS, read_channel);
}
