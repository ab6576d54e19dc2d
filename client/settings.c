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

/* Each sets what is not set yet, and returns NULL or what is wrong. */
static const char *set_server(struct settings *s, const config_setting_t *setting)
{
	const char *text = config_setting_get_string(setting);

	if (!text || !*text || !text_is_clean(text, strlen(text), false))
		return "it has to be an endpoint, such as \"" SETTINGS_SERVER "\"";
	set_once(&s->server, text);
	return NULL;
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
	const char *text = config_setting_get_string(setting);

	if (!text || !key_is_valid(text))
		return "it has to be the daemon's public key, 40 characters";
	set_once(&s->server_key, text);
	return NULL;
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

int settings_read(struct settings *s, const char *path, FILE *faults)
{
	FILE *file = fopen(path, "re");
	bool key = s->key;
	config_t config;
	int count;

	if (!file)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
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
	const char *wrong;

	if (!s->key && !s->server_key)
		return 0;
	if (!s->key || !s->server_key) {
		fprintf(faults, "paminn: %s; they go together, for each side is known by its key\n",
			s->key ? "--key without --server-key" : "--server-key without --key");
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
	if (!s->server)
		s->server = need(strdup(SETTINGS_SERVER));
	if (s->timeout == 0)
		s->timeout = SETTINGS_TIMEOUT;
	return count + load_key(s, faults);
}

void settings_done(struct settings *s)
{
	free(s->server);
	free(s->as);
	free(s->key);
	free(s->server_key);
	*s = (struct settings){ 0 };
}
