-- SPDX-License-Identifier: Apache-2.0
BEGIN TRANSACTION;
CREATE TABLE absence (
	person TEXT NOT NULL,
	first_day INTEGER NOT NULL,
	last_day INTEGER NOT NULL CHECK (last_day >= first_day),
	deputy TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (person, first_day)
) STRICT, WITHOUT ROWID;
CREATE TABLE absence_told (
	absence INTEGER NOT NULL,
	obligation INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	PRIMARY KEY (absence, obligation, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE "deadline" (
	id TEXT PRIMARY KEY,
	bound INTEGER,
	rule_date INTEGER,
	meeting_at_birth INTEGER,
	due INTEGER,
	papers INTEGER,
	extended INTEGER,
	due_original INTEGER,
	papers_original INTEGER,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
	opened_at INTEGER,
	unbound_at INTEGER,
	next_at INTEGER,
	submitted_seq INTEGER NOT NULL,
	submitted_at INTEGER,
	reference TEXT NOT NULL,
	outcome INTEGER NOT NULL CHECK (outcome BETWEEN -1 AND 2),
	outcome_at INTEGER,
	outcome_seq INTEGER NOT NULL,
	outcome_reference TEXT NOT NULL
, sequence INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
INSERT INTO "deadline" VALUES('KS-1',20599,NULL,NULL,20599,20588,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'',-1,NULL,0,'',0);
CREATE TABLE event (
	seq INTEGER PRIMARY KEY,
	source TEXT NOT NULL,
	id TEXT NOT NULL,
	type TEXT NOT NULL,
	subject TEXT NOT NULL,
	time INTEGER NOT NULL,
	received INTEGER NOT NULL,
	previous INTEGER NOT NULL,
	body TEXT NOT NULL
) STRICT;
INSERT INTO "event" VALUES(1,'/paminn','plan-after-0','paminn.plan','',1776852000000000,1776852000000000,0,'{"files":[{"name":"/tmp/paminn-2onu85ac/paminnd.conf","text":"timezone = \"Europe/Stockholm\";\nlanguage = \"sv\";\nstore = \"/tmp/paminn-2onu85ac/paminn.db\";\nplan = [ \"plan.conf\" ];\nintake = { submit = [ \"ipc:///tmp/paminn-2onu85ac/submit.sock\" ]; collect = [ \"ipc:///tmp/paminn-2onu85ac/collect.sock\" ]; feed = [ \"ipc:///tmp/paminn-2onu85ac/feed.sock\" ]; };\nmail = { server = \"smtp://127.0.0.1:24883\"; from = \"Påminn <paminn@kommunen.internal>\"; reply_to = \"stod@kommunen.internal\"; tls = \"none\"; connections = 4L; };\ncalendar = { country = \"SE\"; send_between = [ \"07:30\", \"17:00\" ]; };\nladders = ( { name = \"standard\"; time = \"08:00\"; steps = ( { at = \"-10wd\"; to = [ \"owner\" ]; }, { at = \"-5wd\"; to = [ \"owner\" ]; }, { at = \"-2wd\"; to = [ \"owner\" ]; }, { at = \"0\"; to = [ \"owner\" ]; }, { at = \"+1wd\"; to = [ \"owner\", \"manager\" ]; }, { at = \"+3wd\"; to = [ \"role:support\" ]; repeat = \"2wd\"; until = \"+10wd\"; } ); } );\n"},{"name":"/tmp/paminn-2onu85ac/plan.conf","text":"bodies = (\n  { id = \"KS\"; name = \"Kommunstyrelsen\"; papers = \"-7wd\"; },\n  { id = \"TN\"; name = \"Tekniska nämnden\"; }\n);\nmeetings = (\n  { body = \"KS\"; from = \"2026-05-26\"; until = \"2026-05-27\"; }\n);\npeople = (\n  { id = \"anna\"; name = \"Anna Ek\"; mail = \"anna@kommunen.internal\"; roles = [ \"owner\" ]; manager = \"mona\"; },\n  { id = \"bo\"; name = \"Bo Alm\"; mail = \"bo@kommunen.internal\"; roles = [ \"owner\" ]; manager = \"mona\"; },\n  { id = \"mona\"; name = \"Mona Chef\"; mail = \"mona@kommunen.internal\"; roles = [ \"manager\" ]; manager = \"stina\"; },\n  { id = \"ola\"; name = \"Ola Ordf\"; mail = \"ola@kommunen.internal\"; roles = [ \"chair\" ]; manager = \"stina\"; },\n  { id = \"stina\"; name = \"Stina Stöd\"; mail = \"stina@kommunen.internal\"; roles = [ \"support\", \"steward\" ]; manager = \"mona\"; },\n  { id = \"reg\"; name = \"Registrator\"; mail = \"reg@kommunen.internal\"; roles = [ \"registrar\" ]; manager = \"mona\"; }\n);\nmeasures = (\n  { id = \"TN-1\"; title = \"Färre inhyrda\"; owner = \"anna\"; effect_planned = 1000000L; },\n  { id = \"TN-2\"; title = \"Samordnad drift\"; owner = \"bo\"; effect_planned = 500000L; }\n);\ndeadlines = (\n  { id = \"KS-1\"; title = \"Återredovisning av åtgärdsplan\"; decision = \"KS 2026-04-15 § 12\"; due = \"meeting KS 2026-05\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"standard\"; }\n);\n"}],"main":"/tmp/paminn-2onu85ac/paminnd.conf"}');
INSERT INTO "event" VALUES(2,'/people/anna','t-26014-1','paminn.status','TN-1',1778137200000000,1778137200000000,0,'{"specversion": "1.0", "id": "t-26014-1", "source": "/people/anna", "type": "paminn.status", "subject": "TN-1", "data": {"status": "on-track", "progress": 40, "effect_forecast": 900000, "note": "Enligt plan."}}');
CREATE TABLE fact (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "fact" VALUES('hold','on');
INSERT INTO "fact" VALUES('installation','d88668cbfbd55171');
INSERT INTO "fact" VALUES('kind','rehearsal');
INSERT INTO "fact" VALUES('last-now','1778666400000000');
INSERT INTO "fact" VALUES('plan-seq','1');
CREATE TABLE item (
	message INTEGER NOT NULL,
	n INTEGER NOT NULL CHECK (n >= 0),
	obligation INTEGER NOT NULL,
	deadline TEXT NOT NULL,
	measure TEXT NOT NULL,
	round INTEGER NOT NULL,
	step TEXT NOT NULL,
	repetition INTEGER NOT NULL,
	what INTEGER NOT NULL,
	late INTEGER NOT NULL CHECK (late IN (0, 1)),
	moot INTEGER NOT NULL CHECK (moot IN (0, 1)),
	detail TEXT,
	PRIMARY KEY (message, n)
) STRICT, WITHOUT ROWID;
INSERT INTO "item" VALUES(1,0,1,'KS-1','',1,'-10wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(2,0,2,'KS-1','TN-1',1,'-10wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(3,0,3,'KS-1','TN-2',1,'-10wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(4,0,1,'KS-1','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(5,0,2,'KS-1','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(6,0,3,'KS-1','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(7,0,1,'KS-1','',1,'-2wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(8,0,3,'KS-1','TN-2',1,'-2wd',0,0,0,0,NULL);
CREATE TABLE mark (
	obligation INTEGER NOT NULL,
	round INTEGER NOT NULL CHECK (round >= 1),
	step TEXT NOT NULL,
	repetition INTEGER NOT NULL CHECK (repetition >= 0),
	recipient TEXT NOT NULL,
	decision INTEGER NOT NULL CHECK (decision BETWEEN 1 AND 4),
	at INTEGER,
	decided INTEGER,
	retry_at INTEGER,
	message INTEGER NOT NULL,
	late INTEGER NOT NULL CHECK (late IN (0, 1)),
	accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
	reason TEXT NOT NULL, absence INTEGER NOT NULL DEFAULT 0, owed INTEGER NOT NULL DEFAULT 0 CHECK (owed IN (0, 1)),
	PRIMARY KEY (obligation, round, step, repetition, recipient)
) STRICT, WITHOUT ROWID;
INSERT INTO "mark" VALUES(1,1,'-10wd',0,'ola',1,1777442400000000,1777442400000000,NULL,1,0,1,'10 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(1,1,'-2wd',0,'ola',1,1778565600000000,1778565600000000,NULL,7,0,0,'2 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(1,1,'-5wd',0,'ola',1,1778133600000000,1778133600000000,NULL,4,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(2,1,'-10wd',0,'anna',1,1777442400000000,1777442400000000,NULL,2,0,1,'10 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(2,1,'-5wd',0,'anna',1,1778133600000000,1778133600000000,NULL,5,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'-10wd',0,'bo',1,1777442400000000,1777442400000000,NULL,3,0,1,'10 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'-2wd',0,'bo',1,1778565600000000,1778565600000000,NULL,8,0,0,'2 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'-5wd',0,'bo',1,1778133600000000,1778133600000000,NULL,6,0,1,'5 working days before the papers date 2026-05-15',0,1);
CREATE TABLE measure (
	id TEXT PRIMARY KEY,
	owner TEXT NOT NULL,
	status INTEGER NOT NULL CHECK (status BETWEEN -1 AND 5),
	time INTEGER,
	seq INTEGER NOT NULL,
	progress INTEGER,
	effect_achieved INTEGER,
	effect_forecast INTEGER,
	alerts TEXT NOT NULL,
	needs_support TEXT,
	note TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO "measure" VALUES('TN-1','anna',1,1778137200000000,2,40,NULL,900000,'',NULL,'Enligt plan.');
INSERT INTO "measure" VALUES('TN-2','bo',-1,NULL,0,NULL,NULL,NULL,'',NULL,NULL);
CREATE TABLE meeting (
	body TEXT NOT NULL,
	first_day INTEGER NOT NULL,
	last_day INTEGER NOT NULL,
	place TEXT NOT NULL,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
	replaced_by INTEGER,
	PRIMARY KEY (body, first_day)
) STRICT, WITHOUT ROWID;
INSERT INTO "meeting" VALUES('KS',20599,20600,'',0,NULL);
CREATE TABLE message (
	id INTEGER PRIMARY KEY,
	recipient TEXT NOT NULL,
	channel TEXT NOT NULL,
	kind INTEGER NOT NULL CHECK (kind >= 0),
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 7),
	created INTEGER,
	planned INTEGER,
	next_attempt INTEGER,
	first_attempt INTEGER,
	finished INTEGER,
	attempts INTEGER NOT NULL CHECK (attempts >= 0),
	unknown INTEGER NOT NULL CHECK (unknown BETWEEN 0 AND attempts),
	last_answer TEXT NOT NULL
) STRICT;
INSERT INTO "message" VALUES(1,'ola','mail',0,2,1777442400000000,1777442400000000,NULL,1777442400000000,1777442400000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(2,'anna','mail',0,2,1777442400000000,1777442400000000,NULL,1777442400000000,1777442400000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(3,'bo','mail',0,2,1777442400000000,1777442400000000,NULL,1777442400000000,1777442400000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(4,'ola','mail',0,2,1778133600000000,1778133600000000,NULL,1778133600000000,1778133600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(5,'anna','mail',0,2,1778133600000000,1778133600000000,NULL,1778133600000000,1778133600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(6,'bo','mail',0,2,1778133600000000,1778133600000000,NULL,1778133600000000,1778133600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(7,'ola','mail',0,0,1778565600000000,1778565600000000,1778565600000000,NULL,NULL,0,0,'');
INSERT INTO "message" VALUES(8,'bo','mail',0,0,1778565600000000,1778565600000000,1778565600000000,NULL,NULL,0,0,'');
CREATE TABLE obligation (
	id INTEGER PRIMARY KEY,
	deadline TEXT NOT NULL,
	measure TEXT NOT NULL,
	owner TEXT NOT NULL,
	phase INTEGER NOT NULL CHECK (phase BETWEEN 0 AND 2),
	withdrawal INTEGER NOT NULL CHECK (withdrawal >= 0),
	round INTEGER NOT NULL CHECK (round >= 1),
	due INTEGER,
	papers INTEGER,
	practical INTEGER,
	base INTEGER,
	due_original INTEGER,
	papers_original INTEGER,
	provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
	extended INTEGER NOT NULL CHECK (extended IN (0, 1)),
	opens_at INTEGER,
	late_at INTEGER,
	next_at INTEGER,
	known_at INTEGER,
	reached_round INTEGER NOT NULL,
	reached_at INTEGER,
	told_round INTEGER NOT NULL,
	asked INTEGER NOT NULL CHECK (asked >= 0),
	last_asked INTEGER,
	answered_at INTEGER,
	answered_seq INTEGER NOT NULL
, answers_after INTEGER, assigned_at INTEGER, promised INTEGER NOT NULL DEFAULT 0
	CHECK (promised IN (0, 1)), sequence INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "obligation" VALUES(1,'KS-1','','ola',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1777442400000000,1778882400000000,1778824800000000,1776852000000000,1,1777442400000000,0,2,1778133600000000,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(2,'KS-1','TN-1','anna',1,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1777442400000000,1778882400000000,NULL,1776852000000000,1,1777442400000000,0,2,1778133600000000,1778137200000000,2,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(3,'KS-1','TN-2','bo',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1777442400000000,1778882400000000,1778824800000000,1776852000000000,1,1777442400000000,0,2,1778133600000000,NULL,0,NULL,NULL,0,0);
CREATE TABLE promise (
	obligation INTEGER NOT NULL,
	person TEXT NOT NULL,
	answer_by INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (obligation, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE sequence (
	source TEXT PRIMARY KEY,
	last INTEGER NOT NULL,
	lost INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE series (
	id TEXT PRIMARY KEY,
	first_load INTEGER,
	next_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE subject (
	id TEXT PRIMARY KEY,
	newest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "subject" VALUES('',1);
INSERT INTO "subject" VALUES('TN-1',2);
CREATE UNIQUE INDEX event_identity ON event (id, source);
CREATE UNIQUE INDEX obligation_identity ON obligation (deadline, measure);
CREATE INDEX obligation_measure ON obligation (measure);
CREATE INDEX obligation_next ON obligation (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX message_next ON message (next_attempt) WHERE next_attempt IS NOT NULL;
CREATE INDEX message_joinable ON message (recipient, planned)
	WHERE attempts = 0 AND next_attempt IS NOT NULL;
CREATE INDEX message_unfinished ON message (id) WHERE finished IS NULL;
CREATE INDEX item_obligation ON item (obligation) WHERE obligation <> 0;
CREATE INDEX item_deadline ON item (deadline, measure);
CREATE INDEX item_measure ON item (measure) WHERE measure <> '';
CREATE INDEX message_queue ON message (channel, planned, id) WHERE next_attempt IS NOT NULL;
CREATE INDEX mark_absent ON mark (recipient) WHERE absence <> 0;
CREATE INDEX series_next ON series (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX deadline_next ON deadline (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX obligation_owner ON obligation (owner);
COMMIT;
