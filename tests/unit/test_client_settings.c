/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <unistd.h>

#include "client/settings.h"
#include "unit.h"

static const struct {
	int line;
	const char *file;
	int faults;
	const char *sentence; /* a part of what is said, or NULL */
} files[] = {
	{ __LINE__, "", 0, NULL },
	{ __LINE__, "server = \"ipc:///x\"; as = \"a\"; timeout = 5;", 0, NULL },
	{ __LINE__, "timeout = 0.25;", 0, NULL },
	{ __LINE__, "as = \"/systems/ekonomi\";", 0, NULL },
	{ __LINE__, "\nserver = \"\";", 1, ":2: server: it has to be an endpoint" },
	{ __LINE__, "server = 5;", 1, ":1: server: " },
	{ __LINE__, "server = [ \"ipc:///x\", \"tcp://a:1\" ];", 0, NULL },
	{ __LINE__, "server = ( \"ipc:///x\", \"tcp://a:1\" );", 0, NULL },
	{ __LINE__, "\nserver = [ \"ipc:///x\", \"\" ];", 1,
	  ":2: server: it has to be an endpoint" },
	{ __LINE__, "server = ( \"ipc:///x\", 5 );", 1, ":1: server: it has to be an endpoint" },
	{ __LINE__, "server = [ ];", 1, ":1: server: it has to be an endpoint" },
	{ __LINE__, "server = { a = \"ipc:///x\"; };", 1, ":1: server: it has to be an endpoint" },
	{ __LINE__, "server = [ \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" ];",
	  1, ":1: server: there may be 8 at most" },
	{ __LINE__, "server_key = [ \"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\", \"\" ];", 0,
	  NULL },
	{ __LINE__, "\nserver_key = [ \"rq:rM\" ];", 1,
	  ":2: server_key: it has to be the daemon's" },
	{ __LINE__, "server_key = \"\";", 1, ":1: server_key: it has to be the daemon's" },
	{ __LINE__, "as = \"no one\";", 1, ":1: as: it has to be a person's id" },
	{ __LINE__, "timeout = \"5\";", 1, ":1: timeout: it has to be a number" },
	{ __LINE__, "timeout = 0;", 1, ":1: timeout: " },
	{ __LINE__, "timeout = 3601;", 1, ":1: timeout: " },
	{ __LINE__, "\n\nkeys = \"x\";\nnosuch = { };", 2, ":3: keys: this key is unknown" },
	{ __LINE__, "key = \"my.key\";\nserver_key = \"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\";",
	  0, NULL },
	{ __LINE__, "key = \"\";", 1, ":1: key: it has to be the file" },
	{ __LINE__, "server_key = \"rq:rM\";", 1, ":1: server_key: it has to be the daemon's" },
	{ __LINE__, "server = \n", 1, "syntax error" },
};

static int read_text(const char *text, struct settings *s, char **ret_faults)
{
	char path[] = "/tmp/paminn-settings-XXXXXX";
	int fd = mkstemp(path), r;
	size_t length;
	FILE *faults = open_memstream(ret_faults, &length);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	r = settings_read(s, path, faults);
	fclose(faults);
	unlink(path);
	return r;
}

START_TEST(faults_are_named_by_line)
{
	struct settings s = { 0 };
	char *faults = NULL;
	int r = read_text(files[_i].file, &s, &faults);

	ck_assert_msg(r == files[_i].faults, "line %d: %d: %s", files[_i].line, r, faults);
	ck_assert_msg(!files[_i].sentence || strstr(faults, files[_i].sentence), "line %d: %s",
		      files[_i].line, faults);
	free(faults);
	settings_done(&s);
}
END_TEST

START_TEST(what_is_set_stays)
{
	struct settings s = { .as = strdup("given"), .timeout = 7 };
	char *faults = NULL;

	ck_assert_int_eq(read_text("as = \"a\"; timeout = 5; server = \"tcp://x:1\";", &s, &faults),
			 0);
	ck_assert_str_eq(s.as, "given");
	ck_assert_int_eq(s.timeout, 7);
	ck_assert_str_eq(s.servers.texts[0], "tcp://x:1");
	free(faults);
	settings_done(&s);
}
END_TEST

/* What is set already is a list as a whole: another file adds nothing to it. */
START_TEST(a_list_of_servers_stays)
{
	struct settings s = { 0 };
	char *faults = NULL;

	ck_assert_int_eq(read_text("server = [ \"ipc:///a\", \"ipc:///b\" ];", &s, &faults), 0);
	free(faults);
	ck_assert_int_eq(read_text("server = \"ipc:///c\"; server_key = \"x\";", &s, &faults), 1);
	ck_assert_uint_eq(s.servers.count, 2);
	ck_assert_str_eq(s.servers.texts[0], "ipc:///a");
	ck_assert_str_eq(s.servers.texts[1], "ipc:///b");
	ck_assert_uint_eq(s.server_keys.count, 0);
	free(faults);
	settings_done(&s);
}
END_TEST

/* One for all, or one for each; "" is none. Without a secret key nobody is known by keys. */
START_TEST(a_server_has_its_key)
{
	struct settings s = { 0 };

	settings_add(&s.servers, "ipc:///a");
	settings_add(&s.servers, "tcp://b:1");
	ck_assert_ptr_null(settings_server_key(&s, 1));
	settings_add(&s.server_keys, "B");
	ck_assert_ptr_null(settings_server_key(&s, 1));
	strcpy(s.secret, "ours");
	ck_assert_str_eq(settings_server_key(&s, 0), "B");
	ck_assert_str_eq(settings_server_key(&s, 1), "B");
	s.server_keys.texts[0][0] = '\0';
	settings_add(&s.server_keys, "C");
	ck_assert_ptr_null(settings_server_key(&s, 0));
	ck_assert_str_eq(settings_server_key(&s, 1), "C");
	settings_done(&s);
}
END_TEST

START_TEST(there_is_room_for_so_many_servers)
{
	struct settings s = { 0 };

	for (int i = 0; i < SETTINGS_SERVERS; i++)
		ck_assert(settings_add(&s.servers, "ipc:///a"));
	ck_assert(!settings_add(&s.servers, "ipc:///a"));
	settings_done(&s);
}
END_TEST

START_TEST(a_key_is_looked_for_beside_the_file)
{
	struct settings s = { 0 };
	char *faults = NULL;

	ck_assert_int_eq(read_text("key = \"my.key\";", &s, &faults), 0);
	ck_assert_str_eq(s.key, "/tmp/my.key");
	free(faults);
	settings_done(&s);
}
END_TEST

START_TEST(seconds_become_milliseconds)
{
	ck_assert_int_eq(settings_timeout("10"), 10000);
	ck_assert_int_eq(settings_timeout("0.25"), 250);
	ck_assert_int_eq(settings_timeout(".5"), 500);
	ck_assert_int_eq(settings_timeout("3600"), 3600000);
	ck_assert_int_eq(settings_timeout("0.0001"), 0);
	ck_assert_int_eq(settings_timeout("3601"), 0);
	ck_assert_int_eq(settings_timeout("-1"), 0);
	ck_assert_int_eq(settings_timeout("1s"), 0);
	ck_assert_int_eq(settings_timeout(""), 0);
	ck_assert_int_eq(settings_timeout("inf"), 0);
}
END_TEST

UNIT_TESTS("client/settings", UNIT_ROWS(faults_are_named_by_line, UNIT_COUNT(files)),
	   UNIT(what_is_set_stays), UNIT(a_list_of_servers_stays), UNIT(a_server_has_its_key),
	   UNIT(there_is_room_for_so_many_servers), UNIT(a_key_is_looked_for_beside_the_file),
	   UNIT(seconds_become_milliseconds))
