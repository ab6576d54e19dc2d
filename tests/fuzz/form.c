/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as the body of a form of each kind. What is in order becomes the data of an event that the
 * protocol takes; what is not has a fault at a field; what was typed is not changed.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/event.h"
#include "web/desk/desk.h"
#include "web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_as_event(const struct form *form, enum form_action action)
{
	static struct parser *parser; /* for all, as in the daemon */
	json_t *json = json_pack("{ss ss ss ss ss sO}", "specversion", "1.0", "id", "x", "source",
				 "/people/a", "type", event_type_name(form_event_type(action)),
				 "subject", "A-1", "data", form->data);
	char *text = json_dumps(json, 0);
	struct rejection why = { .code = REJECT_NONE };
	struct event event;

	assert(json && text && (parser || parser_new(&parser) == 0));
	const struct parsed *parsed = parser_parse(parser, text, strlen(text), &why);

	assert(parsed);
	assert(event_envelope(parsed, (struct instant){ 0 }, &event, &why) == REJECT_NONE);
	assert(event_data(&event, &why) == REJECT_NONE);
	free(text);
	json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fields fields;

	if (size < 1 ||
	    fields_read(&fields, (const char *)data + 1, size - 1, desk_act_fields) != 0)
		return 0;
	for (enum form_action action = FORM_REPORT; action < FORM_ACTIONS; action++) {
		const struct form_question q = { .action = action,
						 .require = data[0],
						 .today = civil_from_ymd(2026, 5, 13),
						 .last = civil_from_ymd(2026, 5, 20),
						 .not_mine = "No." };
		struct form form;
		int faults, found = 0;

		form_read(&form, &fields, 1);
		faults = form_check(&form, &q);
		for (enum form_entry i = 0; i < FORM_ENTRIES; i++)
			found += form.faults[i].what != FAULT_NONE;
		assert(faults >= 0 && faults == found && (faults == 0) == (form.data != NULL));
		if (faults == 0)
			take_as_event(&form, action);
		form_done(&form);
	}
	fields_done(&fields);
	return 0;
}
