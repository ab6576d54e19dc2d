/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Within plan/: how files become a plan. plan_file.c leads, source.c reads and parses the files,
 * section.c finds and indexes all that they name, group.c turns one group into one struct by a table
 * and value.c one text into one value; settings*.c, steps.c and items.c hold the tables; review.c
 * looks at the whole.
 *
 * A reader owns all that is allocated while it reads, the plan itself included. When memory runs out
 * it leaves by longjmp to plan_file.c, which frees the reader; so nothing here returns -ENOMEM. A
 * fault is noted and the reading goes on, so that one run finds them all.
 */
#pragma once
#include <glob.h>
#include <libconfig.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/types.h>

#include "plan/arena.h"
#include "plan/index.h"
#include "plan/plan.h"

#define AMOUNT_MAX INT64_C(1000000000000000) /* a thousand billion thousands */
#define PROSE_MAX 4000			     /* bytes */
/* Days, or working days, of an offset such as a step's, either way. */
#define OFFSET_DAYS_MAX 400

/* The lists of groups that a plan is made of; those up to SECTION_LADDERS are paminnd.conf's. */
enum section {
	SECTION_CHANNELS,
	SECTION_ALERTS,
	SECTION_LADDERS,
	SECTION_BODIES,
	SECTION_MEETINGS,
	SECTION_PEOPLE,
	SECTION_SYSTEMS,
	SECTION_MEASURES,
	SECTION_DEADLINES,
	SECTION_ASSIGNMENTS,
	SECTION_PERIODS,
	SECTION_REQUIREMENTS,
	SECTIONS,
};

/* One file as it was read. */
struct source {
	const char *name; /* as it is found from here */
	const char *text;
	size_t length;
};

struct plan_private {
	struct arena arena;
	struct index indexes[SECTIONS];
	struct index keys;	/* struct key_holder */
	struct index roles;	/* struct role_holders */
	struct source *sources; /* [0] is paminnd.conf */
	size_t source_count;
	struct recurrence **rules; /* those of the series; each stands once */
	size_t rule_count, rule_room;
	bool trial;		       /* plan_trial_begin */
	struct occurrence_list *spare; /* what trials have left */
};

/* A source while it is read. */
struct open_source {
	config_t config;
	bool begun, parsed;  /* config is to be destroyed; config is the whole file */
	const size_t *lines; /* where each line begins */
	size_t line_count;
};

struct note {
	unsigned source, line, order;
	bool warning;
	char *text;
};

struct reader {
	struct plan *plan;
	const struct plan_request *request;
	bool present;		  /* files, not the log: judge what only the present can */
	bool partial;		  /* a file of the plan was not read: what it names is not known */
	struct open_source *open; /* one for each of plan->private->sources */
	struct note *notes;
	size_t note_count, note_room, faults;
	unsigned source; /* that is being read */
	void *scratch;	 /* for one step of the reading at a time; freed at the end */
	glob_t found;	 /* the files that plan names */
	bool found_any;
	bool told_reserved; /* what is to be done about a reserved domain */
	jmp_buf out_of_memory;
};

/* From the plan's arena, zeroed; leaves by longjmp when there is none. */
void *reader_alloc(struct reader *r, size_t count, size_t size);
const char *reader_text(struct reader *r, const char *text, size_t length);
_Noreturn void reader_out_of_memory(struct reader *r);
/* An array or a list. */
bool is_aggregate(const config_setting_t *setting);
/* Is the list of a key left out or without elements? */
bool is_left_empty(config_setting_t *group, const char *key);
struct where where_of(const struct reader *r, const config_setting_t *setting);
/* Where the text of a list's element is. */
struct where where_text(const struct reader *r, const config_setting_t *setting);
/* Where a key of the group is, or the group when it has none. */
struct where where_key(const struct reader *r, config_setting_t *group, const char *key);
/* Note a fault or warning; line 0 is the file as a whole. */
void fault(struct reader *r, struct where where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void warning(struct reader *r, struct where where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The notes so far, in order of file and line. */
void report(struct reader *r, struct findings *ret);

/* Read a source's bytes; parse them into r->open[n]; find the sources that plan names. */
void source_read(struct reader *r, struct source *source);
void source_parse(struct reader *r, size_t n);
void sources_find(struct reader *r);
/* Can libconfig read it, as it is meant? Else a fault is noted. */
bool syntax_check(struct reader *r, const struct source *source);

/* What a value may be. Each is checked, converted and put into the struct by its reader. */
enum value_kind {
	VALUE_ID,	 /* const char *: [A-Za-z0-9._-]{1,64} */
	VALUE_NAME,	 /* const char *: up to LINE_MAX_BYTES bytes */
	VALUE_PROSE,	 /* const char *: lines of text, up to PROSE_MAX bytes */
	VALUE_STEWARDED, /* the same, of measures, deadlines, assignments and bodies */
	VALUE_PATTERN,	 /* const char *: an id in which "*" stands for any run of characters */
	VALUE_PATH,	 /* const char *: relative to the file that names it */
	VALUE_STORE,	 /* const char *: the same, or what store_url.h tells */
	VALUE_PRESENT,	 /* const char *: a path to a file that can be read */
	VALUE_SECRET,	 /* const char *: a path to a file with a key that posts are signed with */
	VALUE_PASSWORD, /* const char *: a path to a file with a password, that others can't read */
	VALUE_SEAL,	/* const char *: a path to a file with what links are signed with */
	VALUE_KEY,	/* const char *: a public key, Z85 */
	VALUE_KEY_FILE, /* struct key_file */
	VALUE_ZONE,	/* const char * */
	VALUE_ADDRESS,	/* const char *: one mailbox */
	VALUE_SENDER,	/* struct sender: "Name <mailbox>" or a mailbox */
	VALUE_SERVER,	/* const char *: smtp://host:port */
	VALUE_INBOX,	/* struct inbox_settings: its server, mailbox and tls */
	VALUE_URL,	/* const char * */
	VALUE_LISTEN,	/* struct web_settings: its listen, host and port */
	VALUE_PUBLIC,	/* const char *: a URL to put more behind, without a "/" at its end */
	VALUE_PROXY,	/* const char *: an address of IP, as inet_ntop writes it */
	VALUE_BOOL,	/* bool */
	VALUE_INT,	/* int, min to max */
	VALUE_AMOUNT,	/* int64_t, min to max */
	VALUE_EFFECT,	/* int64_t, min to max; or a list, which read_effects reads */
	VALUE_CHOICE,	/* an enum, by its place in choices */
	VALUE_OVER,	/* enum measure_status: one that ends a measure */
	VALUE_DATE,	/* struct civil_date */
	VALUE_RANGE,	/* struct date_range: "DATE" or "DATE/DATE" */
	VALUE_TIME,	/* struct time_of_day */
	VALUE_OFFSET,	/* struct offset, min to max days */
	VALUE_DUE,	/* struct due_spec */
	VALUE_EVERY,	/* struct every, without its dates */
	VALUE_VIA,	/* struct via */
	VALUE_OPENS,	/* struct opens */
	VALUE_ENDPOINT, /* struct endpoint, without its publisher */
	VALUE_CHANNEL,	/* const struct channel * */
	VALUE_LADDER,	/* const struct ladder * */
	VALUE_BODY,	/* const struct body * */
	VALUE_PERSON,	/* const struct person * */
	VALUE_ASSIGNMENT, /* const struct assignment * */
	VALUE_PUBLISHER,  /* const struct publisher * */
	VALUE_TARGET,	  /* struct target */
	VALUE_GROUP,	  /* { } read by whoever reads the table */
	VALUE_GROUPS,	  /* ( { }, { } ) likewise */
};

struct key_file {
	const char *path, *key; /* key: only if files are looked at */
};
struct sender {
	const char *address, *name; /* name "" when left out */
};
struct opens {
	bool given; /* as something that can be read */
	struct offset offset;
	struct civil_date date; /* CIVIL_NONE: the offset */
};

/* One key. `at` is the offset of where it goes, `given` of a bool that says that it is there,
 * `count` of a size_t: then it is a list, and a pointer to its first element goes to `at`. */
struct field {
	const char *key;
	enum value_kind kind;
	bool required, list;
	bool decisions; /* one whose presence makes plan->decisions true */
	size_t at, given, count;
	int64_t min, max;
	const char *const *choices; /* ends with NULL */
	const char *what;	    /* for the sentence when it is missing, and for the manual */
};
struct table {
	const char *noun; /* "deadline" */
	const char *id;	  /* the key that names it, or NULL */
	const struct field *fields;
	size_t count;
};
#define TABLE(noun_, id_, fields_)                                          \
	{                                                                   \
		noun_, id_, fields_, sizeof(fields_) / sizeof((fields_)[0]) \
	}

/* Read the group by the table into the struct; unknown keys are faults. */
void read_group(struct reader *r, const struct table *table, config_setting_t *group, void *to);

/* Convert one text (clean, without a hole) to a kind; a fault is noted and false returned. */
bool value_read(struct reader *r, const struct field *field, struct where where, const char *text,
		void *to);
size_t value_size(enum value_kind kind);
/* One mail address, in the form that leaves this machine: NULL, or what is wrong with it. */
const char *mail_address_read(struct reader *r, const char *text, const char **ret);
/* Is it host:port? */
bool host_port_is_valid(const char *text);
/* Is it smtp://host:port? */
bool server_is_valid(const char *url);
/* Is the host of scheme://host:port this machine, as far as its name shows? For one that is valid. */
bool server_is_loopback(const char *url);
/* An endpoint's address: NULL when it can be used, else the reason. */
enum reach { REACH_FILE, REACH_LOOPBACK, REACH_REMOTE };
const char *endpoint_fault(const char *address, enum reach *ret);
/* And can it be listened at? NULL when it can, else the reason. */
const char *endpoint_bind_fault(const char *address);
/* Is this address of IP (valid, without brackets) reached from this machine alone? */
bool host_is_loopback(const char *host);
/* Is the host of this URL (one that is valid) this machine, as far as its name shows? */
bool url_is_loopback(const char *url);
/* Of "ADDRESS:PORT", [ADDRESS] for IPv6: the address as inet_ntop writes it, and the port. */
#define HOST_TEXT 48
bool host_and_port(const char *text, char ret_host[static HOST_TEXT], unsigned *ret_port);
/* May others than the owner read a file, beyond its group, or anybody else change it? */
bool mode_is_open(mode_t mode);
/* The secret key in the file at path: NULL, or what is wrong with the file. */
const char *key_file_read(struct reader *r, struct where where, const char *path,
			  const char **ret_key);

/* Allocate a section's things in the plan and index them by id, with the place of each. A reference is
 * looked up among them, so all sections are registered before any is read. */
void register_section(struct reader *r, enum section section);
/* Allocate an index for things that begin with where and a text. */
void index_allocate(struct reader *r, struct index *index, const void *things, size_t count,
		    size_t stride);
/* Read each group of a section into its thing. */
typedef void read_thing(struct reader *r, config_setting_t *group, void *thing);
void read_section(struct reader *r, enum section section, read_thing *read);

extern const char *const reader_languages[];
extern const char *const reader_closings[];

void read_settings(struct reader *r);
/* The group `mail`; NULL: there is none. */
void read_mail(struct reader *r, struct settings *settings, config_setting_t *mail);
/* The group `inbox` of `mail`, if there is one. */
void read_mail_inbox(struct reader *r, struct mail_settings *ret, config_setting_t *mail);
/* The group `web`; NULL: there is none. */
void read_web(struct reader *r, struct settings *settings, config_setting_t *web);
void read_ladders(struct reader *r); /* and alerts: after people, since they name roles */
void read_items(struct reader *r);
/* The dates of a measure's own, which its table has read; the words of a body. */
void read_own_dates(struct reader *r, config_setting_t *group, struct measure *measure);
void read_words(struct reader *r, config_setting_t *group, struct body *body);
void read_roles(struct reader *r); /* of people, once these are read */
void read_keys(struct reader *r);  /* of people and systems, once these are read */
/* The list of a measure's effect_planned. */
void read_effects(struct reader *r, config_setting_t *list, struct measure *measure);
void read_periods(struct reader *r);
void read_requirements(struct reader *r);
void read_deadlines(struct reader *r);
void read_assignments(struct reader *r); /* last: they know what is below them */
/* Is the `via` of a deadline whose group has been read a chain, as far as it shows itself? */
void check_chain(struct reader *r, config_setting_t *group, const struct deadline *deadline);
/* The whole: what no single group shows. */
void review(struct reader *r);
/* Of it: whom a step, an alert or a mail doesn't reach. */
void review_reach(struct reader *r);
/* What has to have a key and has none. */
void review_keys(struct reader *r);
