/* SPDX-License-Identifier: Apache-2.0 */
#include "client/settings.h"

#include <errno.h>
#include <libconfig.h>
#include <pwd.h>
#include <stdbool.h>
#include <string.h>

#include "client/need.h"
#include "client/secret_key.h"
#include "protocol/text.h"

int settings_timeout(const char *text)
{
	char *end;
	double seconds = strtod(text, &end);

	if (*text < '.' || *text > '9' || *end || !(seconds >= 0.001) ||
	    seconds > SETTINGS_TIMEOUT_MAX)
		return 0;
	return (int)(seconds * 1000);
}

bool settings_is_as(const char *text)
{
	static const char *const prefixes[] = { "/people/", "/systems/" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (strncmp(text, prefixes[i], strlen(prefixes[i])) == 0)
			return text_is_id(text + strlen(prefixes[i]));
	return text_is_id(text);
}

static void set_once(char **at, const char *text)
{
	if (!*at)
		*at = need(strdup(text));
}

bool settings_add(struct settings_list *list, const char *text)
{
	if (list->count == SETTINGS_SERVERS)
		return false;
	list->texts[list->count++] = need(strdup(text));
	return true;
}

static void forget(struct settings_list *list)
{
	while (list->count > 0)
		free(list->texts[--list->count]);
}

const char *settings_server_key(const struct settings *s, size_t server)
{
	const struct settings_list *known = &s->server_keys;
	const char *key = known->count == 0   ? ""
			  : known->count == 1 ? known->texts[0]
					      : known->texts[server];

	return *s->secret && *key ? key : NULL;
}

/* Set the list, if it is not set yet, to a string or an array of strings: NULL or what is wrong, which is `wrong` for
 * a string that is not good. */
static const char *set_list(struct settings_list *list, const config_setting_t *setting,
			    bool (*is_good)(const char *text, bool alone), const char *wrong)
{
	const bool alone = !config_setting_is_aggregate(setting);
	const bool keep = list->count == 0;
	const int count = alone ? 1 : config_setting_length(setting);

	if (config_setting_is_group(setting) || count == 0)
		return wrong;
	if (count > SETTINGS_SERVERS)
		return "there may be 8 at most";
	for (int i = 0; i < count; i++) {
		const char *text = alone ? config_setting_get_string(setting)
					 : config_setting_get_string_elem(setting, i);
		if (!text || !is_good(text, alone)) {
			if (keep)
				forget(list);
			return wrong;
		}
		if (keep)
			settings_add(list, text);
	}
	return NULL;
}

static bool is_endpoint(const char *text, bool alone)
{
	(void)alone;
	return *text && text_is_clean(text, strlen(text), false);
}

static bool is_server_key(const char *text, bool alone)
{
	return key_is_valid(text) || (!*text && !alone);
}

/* Each sets what is not set yet, and returns NULL or what is wrong. */
static const char *set_server(struct settings *s, const config_setting_t *setting)
{
	return set_list(&s->servers, setting, is_endpoint,
			"it has to be an endpoint, such as \"" SETTINGS_SERVER
			"\", or a list of them");
}

static const char *set_as(struct settings *s, const config_setting_t *setting)
{
	const char *text = config_setting_get_string(setting);

	if (!text || !settings_is_as(text))
		return "it has to be a person's id, such as \"chef-akut\", or \"/systems/ID\"";
	set_once(&s->as, text);
	return NULL;
}

static const char *set_key(struct settings *s, const config_setting_t *setting)
{
	const char *text = config_setting_get_string(setting);

	if (!text || !*text)
		return "it has to be the file that holds your secret key";
	set_once(&s->key, text);
	return NULL;
}

static const char *set_server_key(struct settings *s, const config_setting_t *setting)
{
	return set_list(&s->server_keys, setting, is_server_key,
			"it has to be the daemon's public key, 40 characters, or a list of them");
}

static const char *set_timeout(struct settings *s, const config_setting_t *setting)
{
	char text[64] = "";
	int timeout;

	if (config_setting_type(setting) == CONFIG_TYPE_INT)
		snprintf(text, sizeof(text), "%d", config_setting_get_int(setting));
	else if (config_setting_type(setting) == CONFIG_TYPE_FLOAT)
		snprintf(text, sizeof(text), "%f", config_setting_get_float(setting));
	timeout = settings_timeout(text);
	if (timeout == 0)
		return "it has to be a number of seconds, from 0.001 to 3600";
	if (s->timeout == 0)
		s->timeout = timeout;
	return NULL;
}

static const struct key {
	const char *name;
	const char *(*set)(struct settings *s, const config_setting_t *setting);
} keys[] = {
	{ "server", set_server },	  { "as", set_as },	      { "key", set_key },
	{ "server_key", set_server_key }, { "timeout", set_timeout },
};

static const char *apply(struct settings *s, const config_setting_t *setting)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (strcmp(config_setting_name(setting), keys[i].name) == 0)
			return keys[i].set(s, setting);
	return "this key is unknown; there are server, as, key, server_key and timeout";
}

/* Take every setting of the file; the number of faults. */
static int apply_all(struct settings *s, const config_setting_t *root, const char *path,
		     FILE *faults)
{
	int count = 0;

	for (int i = 0; i < config_setting_length(root); i++) {
		const config_setting_t *setting = config_setting_get_elem(root, (unsigned)i);
		const char *fault = apply(s, setting);

		if (fault)
			fprintf(faults, "%s:%u: %s: %s\n", path,
				config_setting_source_line(setting), config_setting_name(setting),
				fault);
		count += fault != NULL;
	}
	return count;
}

/* A path in the file at `file` starts from that file's folder. */
static void resolve(char **path, const char *file)
{
	const char *slash = **path != '/' ? strrchr(file, '/') : NULL;
	auto_free char *given = *path;

	*path = slash ? need_text("%.*s/%s", (int)(slash - file), file, given)
		      : need(strdup(given));
}

int settings_read_file(struct settings *s, FILE *file, const char *path, FILE *faults)
{
	bool key = s->key;
	config_t config;
	int count;

	config_init(&config);
	if (config_read(&config, file)) {
		count = apply_all(s, config_root_setting(&config), path, faults);
	} else {
		fprintf(faults, "%s:%d: %s\n", path, config_error_line(&config),
			config_error_text(&config));
		count = 1;
	}
	if (!key && s->key)
		resolve(&s->key, path);
	config_destroy(&config);
	return count;
}

int settings_read(struct settings *s, const char *path, FILE *faults)
{
	FILE *file = fopen(path, "re");
	int count;

	if (!file && errno == ENOMEM)
		need(NULL);
	if (!file)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
	count = settings_read_file(s, file, path, faults);
	fclose(file);
	return count;
}

static char *own_path(void)
{
	const char *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	const struct passwd *user;

	if (folder && *folder == '/')
		return need_text("%s/paminn/paminn.conf", folder);
	if (home && *home)
		return need_text("%s/.config/paminn/paminn.conf", home);
	user = getpwuid(getuid());
	return need_text("%s/.config/paminn/paminn.conf", user ? user->pw_dir : "");
}

/* A key goes with the key of the server that is to see it, and the other way round. */
static int load_key(struct settings *s, FILE *faults)
{
	const size_t servers = s->servers.count, known = s->server_keys.count;
	bool any = false;
	const char *wrong;

	for (size_t i = 0; i < known; i++)
		any = any || *s->server_keys.texts[i];
	if (!s->key && !any)
		return 0;
	if (!s->key || !any) {
		fprintf(faults, "paminn: %s; they go together, for each side is known by its key\n",
			s->key ? "--key without --server-key" : "--server-key without --key");
		return 1;
	}
	if (known > 1 && known != servers) {
		fprintf(faults,
			"paminn: %zu keys (--server-key) for %zu server%s (--server): give one key "
			"for "
			"all, or one for each in the same order\n",
			known, servers, servers == 1 ? "" : "s");
		return 1;
	}
	wrong = key_read(s->key, s->secret);
	if (wrong)
		fprintf(faults, "paminn: the key file %s can't be used: %s\n", s->key, wrong);
	return wrong != NULL;
}

int settings_load(struct settings *s, FILE *faults)
{
	auto_free char *own = own_path();
	const char *const paths[] = { own, SETTINGS_FILE };
	int count = 0;

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		int r = settings_read(s, paths[i], faults);

		if (r < 0)
			fprintf(faults, "%s:0: can not be read: %s\n", paths[i], strerror(-r));
		count += r < 0 ? 1 : r;
	}
	if (s->servers.count == 0)
		settings_add(&s->servers, SETTINGS_SERVER);
	if (s->timeout == 0)
		s->timeout = SETTINGS_TIMEOUT;
	return count + load_key(s, faults);
}

void settings_done(struct settings *s)
{
	forget(&s->servers);
	forget(&s->server_keys);
	free(s->as);
	free(s->key);
	*s = (struct settings){ 0 };
}
