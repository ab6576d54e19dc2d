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
INSERT INTO "absence" VALUES('bo',20584,20602,'anna',3);
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
INSERT INTO "deadline" VALUES('BACK',NULL,NULL,NULL,20605,20605,20605,20581,20581,0,NULL,NULL,NULL,6,1778137200000000,'TN 2026-05-07 § 2',2,1778569200000000,8,'KS § 20',3);
INSERT INTO "deadline" VALUES('EVERY@2026-05-26',20599,NULL,20599,20599,20588,NULL,NULL,NULL,0,1778133600000000,NULL,NULL,0,NULL,'',-1,NULL,0,'',0);
INSERT INTO "deadline" VALUES('EVERY@2026-06-23',20627,NULL,20627,20627,20615,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'',-1,NULL,0,'',0);
INSERT INTO "deadline" VALUES('GONE',NULL,NULL,NULL,20602,20602,NULL,NULL,NULL,3,NULL,NULL,NULL,0,NULL,'',-1,NULL,0,'',1);
INSERT INTO "deadline" VALUES('HANDED',NULL,NULL,NULL,20581,20581,NULL,NULL,NULL,1,NULL,NULL,NULL,2,1777878000000000,'TN 2026-05-04 § 1',1,1778569200000000,9,'KS § 21',1);
INSERT INTO "deadline" VALUES('KS-1',20599,NULL,NULL,20599,20588,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'',-1,NULL,0,'',0);
INSERT INTO "deadline" VALUES('LONGER',NULL,NULL,NULL,20601,20601,20601,20593,20593,0,NULL,NULL,NULL,0,NULL,'',-1,NULL,0,'',1);
INSERT INTO "deadline" VALUES('MON@2026-04-30',NULL,20573,NULL,20573,20573,NULL,NULL,NULL,2,1776924000000000,NULL,NULL,0,NULL,'',-1,NULL,0,'',1);
INSERT INTO "deadline" VALUES('MON@2026-05-29',NULL,20604,NULL,20602,20602,NULL,NULL,NULL,1,1779429600000000,NULL,NULL,10,1779260400000000,'TN § 3',-1,NULL,0,'',1);
INSERT INTO "deadline" VALUES('MON@2026-06-30',NULL,20634,NULL,20634,20634,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'',-1,NULL,0,'',0);
INSERT INTO "deadline" VALUES('MON@2026-07-31',NULL,20665,NULL,20665,20665,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'',-1,NULL,0,'',0);
INSERT INTO "deadline" VALUES('NEVER',NULL,NULL,NULL,20573,20573,NULL,NULL,NULL,0,NULL,1777586400000000,NULL,0,NULL,'',-1,NULL,0,'',0);
INSERT INTO "deadline" VALUES('NEXT',20599,NULL,20599,20599,20588,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'',-1,NULL,0,'',0);
INSERT INTO "deadline" VALUES('ONWARD@2026-05-26',20599,NULL,20599,20599,20588,NULL,NULL,NULL,0,1778133600000000,NULL,NULL,0,NULL,'',-1,NULL,0,'',0);
INSERT INTO "deadline" VALUES('ONWARD@2026-06-23',20627,NULL,20627,20627,20615,NULL,NULL,NULL,0,NULL,NULL,NULL,0,NULL,'',-1,NULL,0,'',0);
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
INSERT INTO "event" VALUES(1,'/paminn','plan-after-0','paminn.plan','',1776852000000000,1776852000000000,0,'{"files":[{"name":"/tmp/paminn-ghoofxub/paminnd.conf","text":"timezone = \"Europe/Stockholm\";\nlanguage = \"sv\";\nstore = \"/tmp/paminn-ghoofxub/paminn.db\";\nplan = [ \"plan.conf\" ];\nintake = { submit = [ \"ipc:///tmp/paminn-ghoofxub/submit.sock\" ]; collect = [ \"ipc:///tmp/paminn-ghoofxub/collect.sock\" ]; feed = [ \"ipc:///tmp/paminn-ghoofxub/feed.sock\" ]; };\nmail = { server = \"smtp://127.0.0.1:25317\"; from = \"Påminn <paminn@kommunen.internal>\"; reply_to = \"stod@kommunen.internal\"; tls = \"none\"; connections = 4L; };\ncalendar = { country = \"SE\"; send_between = [ \"07:30\", \"17:00\" ]; };\nladders = ( { name = \"standard\"; time = \"08:00\"; steps = ( { at = \"-10wd\"; to = [ \"owner\" ]; }, { at = \"-5wd\"; to = [ \"owner\" ]; }, { at = \"-2wd\"; to = [ \"owner\" ]; }, { at = \"0\"; to = [ \"owner\" ]; }, { at = \"+1wd\"; to = [ \"owner\", \"manager\" ]; }, { at = \"+3wd\"; to = [ \"role:support\" ]; repeat = \"2wd\"; until = \"+10wd\"; } ); }, { name = \"short\"; time = \"08:00\"; steps = ( { at = \"-5wd\"; to = [ \"owner\" ]; }, { at = \"0\"; to = [ \"owner\" ]; } ); } );\n"},{"name":"/tmp/paminn-ghoofxub/plan.conf","text":"bodies = (\n  { id = \"KS\"; name = \"Kommunstyrelsen\"; papers = \"-7wd\"; },\n  { id = \"TN\"; name = \"Tekniska nämnden\"; }\n);\nmeetings = (\n  { body = \"KS\"; from = \"2026-05-26\"; until = \"2026-05-27\"; },\n  { body = \"KS\"; from = \"2026-06-23\"; }\n);\npeople = (\n  { id = \"anna\"; name = \"Anna Ek\"; mail = \"anna@kommunen.internal\"; roles = [ \"owner\" ]; manager = \"mona\"; },\n  { id = \"bo\"; name = \"Bo Alm\"; mail = \"bo@kommunen.internal\"; roles = [ \"owner\" ]; manager = \"mona\"; },\n  { id = \"mona\"; name = \"Mona Chef\"; mail = \"mona@kommunen.internal\"; roles = [ \"manager\" ]; manager = \"stina\"; },\n  { id = \"ola\"; name = \"Ola Ordf\"; mail = \"ola@kommunen.internal\"; roles = [ \"chair\" ]; manager = \"stina\"; },\n  { id = \"stina\"; name = \"Stina Stöd\"; mail = \"stina@kommunen.internal\"; roles = [ \"support\", \"steward\" ]; manager = \"mona\"; },\n  { id = \"reg\"; name = \"Registrator\"; mail = \"reg@kommunen.internal\"; roles = [ \"registrar\" ]; manager = \"mona\"; }\n);\nmeasures = (\n  { id = \"TN-1\"; title = \"Färre inhyrda\"; owner = \"anna\"; effect_planned = 1000000L; },\n  { id = \"TN-2\"; title = \"Samordnad drift\"; owner = \"bo\"; effect_planned = 500000L; }\n);\ndeadlines = (\n  { id = \"KS-1\"; title = \"Återredovisning av åtgärdsplan\"; decision = \"KS 2026-04-15 § 12\"; due = \"meeting KS 2026-05\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"standard\"; },\n  { id = \"MON\"; title = \"Månadsrapport\"; due = \"2026-04-30\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; every = \"RRULE:FREQ=MONTHLY;BYMONTHDAY=-1\"; },\n  { id = \"EVERY\"; title = \"Varje sammanträde\"; due = \"meeting KS 2026-05\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; every = \"meeting KS\"; },\n  { id = \"NEXT\"; title = \"Nästa sammanträde\"; due = \"meeting KS next\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"ONWARD\"; title = \"Från nästa\"; due = \"meeting KS next\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; every = \"meeting KS\"; },\n  { id = \"HANDED\"; title = \"Inlämnad\"; due = \"2026-05-08\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"BACK\"; title = \"Återremitterad\"; due = \"2026-05-08\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"NEVER\"; title = \"Utan sammanträde\"; due = \"meeting TN 2026-04\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"GONE\"; title = \"Utgår\"; due = \"2026-05-29\"; decision = \"KS 2026-04-15 § 14\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"LONGER\"; title = \"Förlängd\"; due = \"2026-05-20\"; decision = \"KS 2026-04-15 § 15\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; }\n);\n"}],"main":"/tmp/paminn-ghoofxub/paminnd.conf"}');
INSERT INTO "event" VALUES(2,'/people/ola','t-26014-2','paminn.submit','HANDED',1777878000000000,1777878000000000,0,'{"specversion": "1.0", "id": "t-26014-2", "source": "/people/ola", "type": "paminn.submit", "subject": "HANDED", "data": {"reference": "TN 2026-05-04 \u00a7 1"}}');
INSERT INTO "event" VALUES(3,'/people/bo','t-26014-3','paminn.absence','bo',1777878000000000,1777878000000000,0,'{"specversion": "1.0", "id": "t-26014-3", "source": "/people/bo", "type": "paminn.absence", "subject": "bo", "data": {"from": "2026-05-11", "until": "2026-05-29", "deputy": "anna"}}');
INSERT INTO "event" VALUES(4,'/local/test','t-26014-4','paminn.extend','TN-2',1777878000000000,1777878000000000,0,'{"specversion": "1.0", "id": "t-26014-4", "source": "/local/test", "type": "paminn.extend", "subject": "TN-2", "data": {"deadline": "LONGER", "due": "2026-06-03", "reference": "KS 2026/4"}}');
INSERT INTO "event" VALUES(5,'/local/test','t-26014-5','paminn.extend','LONGER',1777878000000000,1777878000000000,0,'{"specversion": "1.0", "id": "t-26014-5", "source": "/local/test", "type": "paminn.extend", "subject": "LONGER", "data": {"due": "2026-05-28", "reference": "KS 2026/5"}}');
INSERT INTO "event" VALUES(6,'/people/ola','t-26014-6','paminn.submit','BACK',1778137200000000,1778137200000000,0,'{"specversion": "1.0", "id": "t-26014-6", "source": "/people/ola", "type": "paminn.submit", "subject": "BACK", "data": {"reference": "TN 2026-05-07 \u00a7 2"}}');
INSERT INTO "event" VALUES(7,'/people/anna','t-26014-7','paminn.status','TN-1',1778137200000000,1778137200000000,0,'{"specversion": "1.0", "id": "t-26014-7", "source": "/people/anna", "type": "paminn.status", "subject": "TN-1", "data": {"status": "at-risk", "progress": 40, "effect_achieved": -20000, "effect_forecast": 400000, "needs_support": "Tid", "note": "Tr\u00f6gt."}}');
INSERT INTO "event" VALUES(8,'/local/test','t-26014-8','paminn.outcome','BACK',1778569200000000,1778569200000000,6,'{"specversion": "1.0", "id": "t-26014-8", "source": "/local/test", "type": "paminn.outcome", "subject": "BACK", "data": {"outcome": "returned", "due": "2026-06-01", "reference": "KS \u00a7 20"}}');
INSERT INTO "event" VALUES(9,'/local/test','t-26014-9','paminn.outcome','HANDED',1778569200000000,1778569200000000,2,'{"specversion": "1.0", "id": "t-26014-9", "source": "/local/test", "type": "paminn.outcome", "subject": "HANDED", "data": {"outcome": "approved", "reference": "KS \u00a7 21"}}');
INSERT INTO "event" VALUES(10,'/people/ola','t-26014-10','paminn.submit','MON@2026-05-29',1779260400000000,1779260400000000,0,'{"specversion": "1.0", "id": "t-26014-10", "source": "/people/ola", "type": "paminn.submit", "subject": "MON@2026-05-29", "data": {"reference": "TN \u00a7 3"}}');
INSERT INTO "event" VALUES(11,'/people/bo','t-26014-11','paminn.status','TN-2',1779260400000000,1779260400000000,4,'{"specversion": "1.0", "id": "t-26014-11", "source": "/people/bo", "type": "paminn.status", "subject": "TN-2", "data": {"status": "done", "progress": 100, "note": "Klart."}}');
INSERT INTO "event" VALUES(12,'/paminn','plan-after-1','paminn.plan','',1779260400000000,1779260400000000,1,'{"files":[{"name":"/tmp/paminn-ghoofxub/paminnd.conf","text":"timezone = \"Europe/Stockholm\";\nlanguage = \"sv\";\nstore = \"/tmp/paminn-ghoofxub/paminn.db\";\nplan = [ \"plan.conf\" ];\nintake = { submit = [ \"ipc:///tmp/paminn-ghoofxub/submit.sock\" ]; collect = [ \"ipc:///tmp/paminn-ghoofxub/collect.sock\" ]; feed = [ \"ipc:///tmp/paminn-ghoofxub/feed.sock\" ]; };\nmail = { server = \"smtp://127.0.0.1:25317\"; from = \"Påminn <paminn@kommunen.internal>\"; reply_to = \"stod@kommunen.internal\"; tls = \"none\"; connections = 4L; };\ncalendar = { country = \"SE\"; send_between = [ \"07:30\", \"17:00\" ]; };\nladders = ( { name = \"standard\"; time = \"08:00\"; steps = ( { at = \"-10wd\"; to = [ \"owner\" ]; }, { at = \"-5wd\"; to = [ \"owner\" ]; }, { at = \"-2wd\"; to = [ \"owner\" ]; }, { at = \"0\"; to = [ \"owner\" ]; }, { at = \"+1wd\"; to = [ \"owner\", \"manager\" ]; }, { at = \"+3wd\"; to = [ \"role:support\" ]; repeat = \"2wd\"; until = \"+10wd\"; } ); }, { name = \"short\"; time = \"08:00\"; steps = ( { at = \"-5wd\"; to = [ \"owner\" ]; }, { at = \"0\"; to = [ \"owner\" ]; } ); } );\n"},{"name":"/tmp/paminn-ghoofxub/plan.conf","text":"bodies = (\n  { id = \"KS\"; name = \"Kommunstyrelsen\"; papers = \"-7wd\"; },\n  { id = \"TN\"; name = \"Tekniska nämnden\"; }\n);\nmeetings = (\n  { body = \"KS\"; from = \"2026-05-26\"; until = \"2026-05-27\"; },\n  { body = \"KS\"; from = \"2026-06-23\"; }\n);\npeople = (\n  { id = \"anna\"; name = \"Anna Ek\"; mail = \"anna@kommunen.internal\"; roles = [ \"owner\" ]; manager = \"mona\"; },\n  { id = \"bo\"; name = \"Bo Alm\"; mail = \"bo@kommunen.internal\"; roles = [ \"owner\" ]; manager = \"mona\"; },\n  { id = \"mona\"; name = \"Mona Chef\"; mail = \"mona@kommunen.internal\"; roles = [ \"manager\" ]; manager = \"stina\"; },\n  { id = \"ola\"; name = \"Ola Ordf\"; mail = \"ola@kommunen.internal\"; roles = [ \"chair\" ]; manager = \"stina\"; },\n  { id = \"stina\"; name = \"Stina Stöd\"; mail = \"stina@kommunen.internal\"; roles = [ \"support\", \"steward\" ]; manager = \"mona\"; },\n  { id = \"reg\"; name = \"Registrator\"; mail = \"reg@kommunen.internal\"; roles = [ \"registrar\" ]; manager = \"mona\"; }\n);\nmeasures = (\n  { id = \"TN-1\"; title = \"Färre inhyrda\"; owner = \"anna\"; effect_planned = 1000000L; },\n  { id = \"TN-2\"; title = \"Samordnad drift\"; owner = \"bo\"; effect_planned = 500000L; }\n);\ndeadlines = (\n  { id = \"KS-1\"; title = \"Återredovisning av åtgärdsplan\"; decision = \"KS 2026-04-15 § 12\"; due = \"meeting KS 2026-05\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"standard\"; },\n  { id = \"MON\"; title = \"Månadsrapport\"; due = \"2026-04-30\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; every = \"RRULE:FREQ=MONTHLY;BYMONTHDAY=-1\"; },\n  { id = \"EVERY\"; title = \"Varje sammanträde\"; due = \"meeting KS 2026-05\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; every = \"meeting KS\"; },\n  { id = \"NEXT\"; title = \"Nästa sammanträde\"; due = \"meeting KS next\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"ONWARD\"; title = \"Från nästa\"; due = \"meeting KS next\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; every = \"meeting KS\"; },\n  { id = \"HANDED\"; title = \"Inlämnad\"; due = \"2026-05-08\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"BACK\"; title = \"Återremitterad\"; due = \"2026-05-08\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"NEVER\"; title = \"Utan sammanträde\"; due = \"meeting TN 2026-04\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"LONGER\"; title = \"Förlängd\"; due = \"2026-05-20\"; decision = \"KS 2026-04-15 § 15\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; }\n);\n"}],"main":"/tmp/paminn-ghoofxub/paminnd.conf"}');
CREATE TABLE fact (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "fact" VALUES('hold','on');
INSERT INTO "fact" VALUES('installation','d6708c7aa50aaf77');
INSERT INTO "fact" VALUES('kind','rehearsal');
INSERT INTO "fact" VALUES('last-now','1779703200000000');
INSERT INTO "fact" VALUES('plan-seq','12');
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
INSERT INTO "item" VALUES(1,0,4,'MON@2026-04-30','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(1,1,31,'NEVER','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(2,0,5,'MON@2026-04-30','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(2,1,32,'NEVER','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(3,0,6,'MON@2026-04-30','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(3,1,33,'NEVER','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(4,0,1,'KS-1','',1,'-10wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(5,0,2,'KS-1','TN-1',1,'-10wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(6,0,3,'KS-1','TN-2',1,'-10wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(7,0,4,'MON@2026-04-30','',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(7,1,25,'HANDED','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(7,2,28,'BACK','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(7,3,31,'NEVER','',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(8,0,5,'MON@2026-04-30','TN-1',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(8,1,26,'HANDED','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(8,2,29,'BACK','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(8,3,32,'NEVER','TN-1',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(9,0,6,'MON@2026-04-30','TN-2',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(9,1,27,'HANDED','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(9,2,30,'BACK','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(9,3,33,'NEVER','TN-2',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(10,0,0,'NEVER','',0,'',0,6,0,0,NULL);
INSERT INTO "item" VALUES(11,0,0,'HANDED','',0,'',0,8,0,0,'{"reference":"TN 2026-05-04 § 1","by":"/people/ola","supplement":false}');
INSERT INTO "item" VALUES(12,0,39,'LONGER','TN-2',0,'',0,7,0,0,'{"due":"2026-05-20","papers":"2026-05-20","extension":{"reference":"KS 2026/4"}}');
INSERT INTO "item" VALUES(12,1,0,'LONGER','',0,'',0,7,0,0,'{"due":"2026-05-20","papers":"2026-05-20","extension":{"reference":"KS 2026/5"}}');
INSERT INTO "item" VALUES(13,0,39,'LONGER','TN-2',0,'',0,7,0,0,'{"due":"2026-05-20","papers":"2026-05-20","extension":{"reference":"KS 2026/4"}}');
INSERT INTO "item" VALUES(13,1,0,'LONGER','',0,'',0,7,0,0,'{"due":"2026-05-20","papers":"2026-05-20","extension":{"reference":"KS 2026/5"}}');
INSERT INTO "item" VALUES(14,0,1,'KS-1','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(14,1,10,'EVERY@2026-05-26','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(14,2,16,'NEXT','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(14,3,19,'ONWARD@2026-05-26','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(15,0,2,'KS-1','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(15,1,11,'EVERY@2026-05-26','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(15,2,17,'NEXT','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(15,3,20,'ONWARD@2026-05-26','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(16,0,3,'KS-1','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(16,1,12,'EVERY@2026-05-26','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(16,2,18,'NEXT','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(16,3,21,'ONWARD@2026-05-26','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(17,0,0,'BACK','',0,'',0,8,0,0,'{"reference":"TN 2026-05-07 § 2","by":"/people/ola","supplement":false}');
INSERT INTO "item" VALUES(18,0,1,'KS-1','',1,'-2wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(19,0,3,'KS-1','TN-2',1,'-2wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(20,0,0,'BACK','',0,'',0,15,0,0,'{"due":"2026-05-08","papers":"2026-05-08","reference":"KS § 20","by":"/local/test"}');
INSERT INTO "item" VALUES(21,0,0,'BACK','',0,'',0,15,0,0,'{"due":"2026-05-08","papers":"2026-05-08","reference":"KS § 20","by":"/local/test"}');
INSERT INTO "item" VALUES(22,0,0,'BACK','',0,'',0,15,0,0,'{"due":"2026-05-08","papers":"2026-05-08","reference":"KS § 20","by":"/local/test"}');
INSERT INTO "item" VALUES(23,0,0,'HANDED','',0,'',0,14,0,0,'{"outcome":"approved","reference":"KS § 21","by":"/local/test"}');
INSERT INTO "item" VALUES(24,0,0,'HANDED','',0,'',0,14,0,0,'{"outcome":"approved","reference":"KS § 21","by":"/local/test"}');
INSERT INTO "item" VALUES(25,0,1,'KS-1','',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(25,1,10,'EVERY@2026-05-26','',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(25,2,16,'NEXT','',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(25,3,19,'ONWARD@2026-05-26','',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(26,0,3,'KS-1','TN-2',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(26,1,12,'EVERY@2026-05-26','TN-2',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(26,2,18,'NEXT','TN-2',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(26,3,21,'ONWARD@2026-05-26','TN-2',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(27,0,1,'KS-1','',1,'+1wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(28,0,1,'KS-1','',1,'+1wd',0,1,0,0,NULL);
INSERT INTO "item" VALUES(29,0,3,'KS-1','TN-2',1,'+1wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(30,0,3,'KS-1','TN-2',1,'+1wd',0,1,0,0,NULL);
INSERT INTO "item" VALUES(31,0,1,'KS-1','',1,'+3wd',0,1,0,0,NULL);
INSERT INTO "item" VALUES(31,1,3,'KS-1','TN-2',1,'+3wd',0,1,0,0,NULL);
INSERT INTO "item" VALUES(32,0,0,'MON@2026-05-29','',0,'',0,8,0,0,'{"reference":"TN § 3","by":"/people/ola","supplement":false}');
INSERT INTO "item" VALUES(33,0,37,'LONGER','',2,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(33,1,28,'BACK','',2,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(34,0,38,'LONGER','TN-1',2,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(34,1,29,'BACK','TN-1',2,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(35,0,1,'KS-1','',1,'+3wd',1,1,0,0,NULL);
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
INSERT INTO "mark" VALUES(1,1,'+1wd',0,'ola',1,1779084000000000,1779084000000000,NULL,27,0,1,'1 working day after the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(1,1,'+1wd',0,'stina',1,1779084000000000,1779084000000000,NULL,28,0,0,'1 working day after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(1,1,'+3wd',0,'stina',1,1779256800000000,1779256800000000,NULL,31,0,0,'3 working days after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(1,1,'+3wd',1,'stina',1,1779429600000000,1779429600000000,NULL,35,0,0,'5 working days after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(1,1,'-10wd',0,'ola',1,1777442400000000,1777442400000000,NULL,4,0,1,'10 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(1,1,'-2wd',0,'ola',1,1778565600000000,1778565600000000,NULL,18,0,1,'2 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(1,1,'-5wd',0,'ola',1,1778133600000000,1778133600000000,NULL,14,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(1,1,'0',0,'ola',1,1778824800000000,1778824800000000,NULL,25,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(2,1,'-10wd',0,'anna',1,1777442400000000,1777442400000000,NULL,5,0,1,'10 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(2,1,'-5wd',0,'anna',1,1778133600000000,1778133600000000,NULL,15,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'+1wd',0,'anna',1,1779084000000000,1779084000000000,NULL,29,0,1,'1 working day after the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'+1wd',0,'bo',4,1779084000000000,1779084000000000,NULL,0,0,0,'absent 2026-05-11 to 2026-05-29; it goes to anna',3,1);
INSERT INTO "mark" VALUES(3,1,'+1wd',0,'mona',1,1779084000000000,1779084000000000,NULL,30,0,0,'1 working day after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(3,1,'+3wd',0,'stina',1,1779256800000000,1779256800000000,NULL,31,0,0,'3 working days after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(3,1,'-10wd',0,'bo',1,1777442400000000,1777442400000000,NULL,6,0,1,'10 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'-2wd',0,'anna',1,1778565600000000,1778565600000000,NULL,19,0,1,'2 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'-2wd',0,'bo',4,1778565600000000,1778565600000000,NULL,0,0,0,'absent 2026-05-11 to 2026-05-29; it goes to anna',3,1);
INSERT INTO "mark" VALUES(3,1,'-5wd',0,'bo',1,1778133600000000,1778133600000000,NULL,16,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'0',0,'anna',1,1778824800000000,1778824800000000,NULL,26,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'0',0,'bo',4,1778824800000000,1778824800000000,NULL,0,0,0,'absent 2026-05-11 to 2026-05-29; it goes to anna',3,1);
INSERT INTO "mark" VALUES(4,1,'-5wd',0,'ola',1,1776924000000000,1776924000000000,NULL,1,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(4,1,'0',0,'ola',1,1777528800000000,1777528800000000,NULL,7,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(5,1,'-5wd',0,'anna',1,1776924000000000,1776924000000000,NULL,2,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(5,1,'0',0,'anna',1,1777528800000000,1777528800000000,NULL,8,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(6,1,'-5wd',0,'bo',1,1776924000000000,1776924000000000,NULL,3,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(6,1,'0',0,'bo',1,1777528800000000,1777528800000000,NULL,9,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(10,1,'-5wd',0,'ola',1,1778133600000000,1778133600000000,NULL,14,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(10,1,'0',0,'ola',1,1778824800000000,1778824800000000,NULL,25,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(11,1,'-5wd',0,'anna',1,1778133600000000,1778133600000000,NULL,15,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(12,1,'-5wd',0,'bo',1,1778133600000000,1778133600000000,NULL,16,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(12,1,'0',0,'anna',1,1778824800000000,1778824800000000,NULL,26,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(12,1,'0',0,'bo',4,1778824800000000,1778824800000000,NULL,0,0,0,'absent 2026-05-11 to 2026-05-29; it goes to anna',3,1);
INSERT INTO "mark" VALUES(16,1,'-5wd',0,'ola',1,1778133600000000,1778133600000000,NULL,14,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(16,1,'0',0,'ola',1,1778824800000000,1778824800000000,NULL,25,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(17,1,'-5wd',0,'anna',1,1778133600000000,1778133600000000,NULL,15,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(18,1,'-5wd',0,'bo',1,1778133600000000,1778133600000000,NULL,16,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(18,1,'0',0,'anna',1,1778824800000000,1778824800000000,NULL,26,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(18,1,'0',0,'bo',4,1778824800000000,1778824800000000,NULL,0,0,0,'absent 2026-05-11 to 2026-05-29; it goes to anna',3,1);
INSERT INTO "mark" VALUES(19,1,'-5wd',0,'ola',1,1778133600000000,1778133600000000,NULL,14,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(19,1,'0',0,'ola',1,1778824800000000,1778824800000000,NULL,25,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(20,1,'-5wd',0,'anna',1,1778133600000000,1778133600000000,NULL,15,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(21,1,'-5wd',0,'bo',1,1778133600000000,1778133600000000,NULL,16,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(21,1,'0',0,'anna',1,1778824800000000,1778824800000000,NULL,26,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(21,1,'0',0,'bo',4,1778824800000000,1778824800000000,NULL,0,0,0,'absent 2026-05-11 to 2026-05-29; it goes to anna',3,1);
INSERT INTO "mark" VALUES(25,1,'-5wd',0,'ola',1,1777528800000000,1777528800000000,NULL,7,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(26,1,'-5wd',0,'anna',1,1777528800000000,1777528800000000,NULL,8,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(27,1,'-5wd',0,'bo',1,1777528800000000,1777528800000000,NULL,9,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(28,1,'-5wd',0,'ola',1,1777528800000000,1777528800000000,NULL,7,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(28,1,'0',0,'ola',4,1778220000000000,1778569200000000,NULL,0,0,0,'the date was returned from 2026-05-08 to 2026-06-01: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(28,2,'-5wd',0,'ola',1,1779688800000000,1779688800000000,NULL,33,0,0,'5 working days before the papers date 2026-06-01',0,1);
INSERT INTO "mark" VALUES(29,1,'-5wd',0,'anna',1,1777528800000000,1777528800000000,NULL,8,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(29,1,'0',0,'anna',4,1778220000000000,1778569200000000,NULL,0,0,0,'the date was returned from 2026-05-08 to 2026-06-01: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(29,2,'-5wd',0,'anna',1,1779688800000000,1779688800000000,NULL,34,0,0,'5 working days before the papers date 2026-06-01',0,1);
INSERT INTO "mark" VALUES(30,1,'-5wd',0,'bo',1,1777528800000000,1777528800000000,NULL,9,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(30,1,'0',0,'bo',4,1778220000000000,1778569200000000,NULL,0,0,0,'the date was returned from 2026-05-08 to 2026-06-01: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(31,1,'-5wd',0,'ola',1,1776924000000000,1776924000000000,NULL,1,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(31,1,'0',0,'ola',1,1777528800000000,1777528800000000,NULL,7,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(32,1,'-5wd',0,'anna',1,1776924000000000,1776924000000000,NULL,2,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(32,1,'0',0,'anna',1,1777528800000000,1777528800000000,NULL,8,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(33,1,'-5wd',0,'bo',1,1776924000000000,1776924000000000,NULL,3,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(33,1,'0',0,'bo',1,1777528800000000,1777528800000000,NULL,9,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(37,1,'-5wd',0,'ola',4,1778565600000000,1777878000000000,NULL,0,0,0,'the date was extended from 2026-05-20 to 2026-05-28: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(37,1,'0',0,'ola',4,1779256800000000,1777878000000000,NULL,0,0,0,'the date was extended from 2026-05-20 to 2026-05-28: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(37,2,'-5wd',0,'ola',1,1779343200000000,1779343200000000,NULL,33,0,0,'5 working days before the papers date 2026-05-28',0,1);
INSERT INTO "mark" VALUES(38,1,'-5wd',0,'anna',4,1778565600000000,1777878000000000,NULL,0,0,0,'the date was extended from 2026-05-20 to 2026-05-28: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(38,1,'0',0,'anna',4,1779256800000000,1777878000000000,NULL,0,0,0,'the date was extended from 2026-05-20 to 2026-05-28: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(38,2,'-5wd',0,'anna',1,1779343200000000,1779343200000000,NULL,34,0,0,'5 working days before the papers date 2026-05-28',0,1);
INSERT INTO "mark" VALUES(39,1,'-5wd',0,'bo',4,1778565600000000,1777878000000000,NULL,0,0,0,'the date was extended from 2026-05-20 to 2026-06-03: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(39,1,'0',0,'bo',4,1779256800000000,1777878000000000,NULL,0,0,0,'the date was extended from 2026-05-20 to 2026-06-03: the ladder begins anew',0,1);
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
INSERT INTO "measure" VALUES('TN-1','anna',2,1778137200000000,7,40,-20000,400000,'','Tid','Trögt.');
INSERT INTO "measure" VALUES('TN-2','bo',4,1779260400000000,11,100,NULL,NULL,'',NULL,'Klart.');
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
INSERT INTO "meeting" VALUES('KS',20627,20627,'',0,NULL);
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
INSERT INTO "message" VALUES(1,'ola','mail',0,2,1776924000000000,1776924000000000,NULL,1776924000000000,1776924000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(2,'anna','mail',0,2,1776924000000000,1776924000000000,NULL,1776924000000000,1776924000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(3,'bo','mail',0,2,1776924000000000,1776924000000000,NULL,1776924000000000,1776924000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(4,'ola','mail',0,2,1777442400000000,1777442400000000,NULL,1777442400000000,1777442400000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(5,'anna','mail',0,2,1777442400000000,1777442400000000,NULL,1777442400000000,1777442400000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(6,'bo','mail',0,2,1777442400000000,1777442400000000,NULL,1777442400000000,1777442400000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(7,'ola','mail',0,2,1777528800000000,1777528800000000,NULL,1777528800000000,1777528800000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(8,'anna','mail',0,2,1777528800000000,1777528800000000,NULL,1777528800000000,1777528800000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(9,'bo','mail',0,2,1777528800000000,1777528800000000,NULL,1777528800000000,1777528800000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(10,'stina','mail',2,2,1777586400000000,1777872600000000,NULL,1777872600000000,1777872600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(11,'reg','mail',4,2,1777878000000000,1777878000000000,NULL,1777878000000000,1777878000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(12,'ola','mail',3,2,1777878000000000,1777878000000000,NULL,1777878000000000,1777878000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(13,'reg','mail',3,2,1777878000000000,1777878000000000,NULL,1777878000000000,1777878000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(14,'ola','mail',0,2,1778133600000000,1778133600000000,NULL,1778133600000000,1778133600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(15,'anna','mail',0,2,1778133600000000,1778133600000000,NULL,1778133600000000,1778133600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(16,'bo','mail',0,2,1778133600000000,1778133600000000,NULL,1778133600000000,1778133600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(17,'reg','mail',4,2,1778137200000000,1778137200000000,NULL,1778137200000000,1778137200000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(18,'ola','mail',0,2,1778565600000000,1778565600000000,NULL,1778565600000000,1778565600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(19,'anna','mail',0,2,1778565600000000,1778565600000000,NULL,1778565600000000,1778565600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(20,'ola','mail',3,2,1778569200000000,1778569200000000,NULL,1778569200000000,1778569200000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(21,'anna','mail',3,2,1778569200000000,1778569200000000,NULL,1778569200000000,1778569200000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(22,'reg','mail',3,2,1778569200000000,1778569200000000,NULL,1778569200000000,1778569200000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(23,'reg','mail',4,2,1778569200000000,1778569200000000,NULL,1778569200000000,1778569200000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(24,'ola','mail',4,2,1778569200000000,1778569200000000,NULL,1778569200000000,1778569200000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(25,'ola','mail',0,2,1778824800000000,1778824800000000,NULL,1778824800000000,1778824800000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(26,'anna','mail',0,2,1778824800000000,1778824800000000,NULL,1778824800000000,1778824800000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(27,'ola','mail',0,2,1779084000000000,1779084000000000,NULL,1779084000000000,1779084000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(28,'stina','mail',1,2,1779084000000000,1779084000000000,NULL,1779084000000000,1779084000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(29,'anna','mail',0,2,1779084000000000,1779084000000000,NULL,1779084000000000,1779084000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(30,'mona','mail',1,2,1779084000000000,1779084000000000,NULL,1779084000000000,1779084000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(31,'stina','mail',1,2,1779256800000000,1779256800000000,NULL,1779256800000000,1779256800000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(32,'reg','mail',4,0,1779260400000000,1779260400000000,1779260400000000,NULL,NULL,0,0,'');
INSERT INTO "message" VALUES(33,'ola','mail',0,0,1779343200000000,1779343200000000,1779343200000000,NULL,NULL,0,0,'');
INSERT INTO "message" VALUES(34,'anna','mail',0,0,1779343200000000,1779343200000000,1779343200000000,NULL,NULL,0,0,'');
INSERT INTO "message" VALUES(35,'stina','mail',1,0,1779429600000000,1779429600000000,1779429600000000,NULL,NULL,0,0,'');
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
INSERT INTO "obligation" VALUES(1,'KS-1','','ola',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1777442400000000,1778882400000000,1779775200000000,1776852000000000,1,1777442400000000,0,5,1779084000000000,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(2,'KS-1','TN-1','anna',1,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1777442400000000,1778882400000000,NULL,1776852000000000,1,1777442400000000,0,2,1778133600000000,1778137200000000,7,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(3,'KS-1','TN-2','bo',1,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1777442400000000,1778882400000000,NULL,1776852000000000,1,1777442400000000,0,5,1779084000000000,1779260400000000,11,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(4,'MON@2026-04-30','','ola',2,4,1,20573,20573,20573,20573,NULL,NULL,0,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(5,'MON@2026-04-30','TN-1','anna',1,0,1,20573,20573,20573,20573,NULL,NULL,0,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,1778137200000000,7,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(6,'MON@2026-04-30','TN-2','bo',1,0,1,20573,20573,20573,20573,NULL,NULL,0,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,1779260400000000,11,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(7,'MON@2026-05-29','','ola',1,0,1,20602,20602,20602,20602,NULL,NULL,0,0,1779429600000000,1780092000000000,NULL,1776852000000000,0,NULL,0,0,NULL,1779260400000000,10,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(8,'MON@2026-05-29','TN-1','anna',2,2,1,20602,20602,20602,20602,NULL,NULL,0,0,1779429600000000,1780092000000000,NULL,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(9,'MON@2026-05-29','TN-2','bo',2,2,1,20602,20602,20602,20602,NULL,NULL,0,0,1779429600000000,1780092000000000,NULL,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(10,'EVERY@2026-05-26','','ola',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(11,'EVERY@2026-05-26','TN-1','anna',1,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,1,1778133600000000,1778137200000000,7,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(12,'EVERY@2026-05-26','TN-2','bo',1,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,1779260400000000,11,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(13,'EVERY@2026-06-23','','ola',0,0,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,1780552800000000,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(14,'EVERY@2026-06-23','TN-1','anna',0,0,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,1780552800000000,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(15,'EVERY@2026-06-23','TN-2','bo',2,1,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,NULL,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(16,'NEXT','','ola',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(17,'NEXT','TN-1','anna',1,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,1,1778133600000000,1778137200000000,7,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(18,'NEXT','TN-2','bo',1,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,1779260400000000,11,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(19,'ONWARD@2026-05-26','','ola',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(20,'ONWARD@2026-05-26','TN-1','anna',1,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,1,1778133600000000,1778137200000000,7,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(21,'ONWARD@2026-05-26','TN-2','bo',1,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,1779260400000000,11,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(22,'ONWARD@2026-06-23','','ola',0,0,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,1780552800000000,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(23,'ONWARD@2026-06-23','TN-1','anna',0,0,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,1780552800000000,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(24,'ONWARD@2026-06-23','TN-2','bo',2,1,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,NULL,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(25,'HANDED','','ola',1,0,1,20581,20581,20581,20581,NULL,NULL,0,0,1777528800000000,1778277600000000,NULL,1776852000000000,1,1777528800000000,0,1,1777528800000000,1777878000000000,2,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(26,'HANDED','TN-1','anna',2,2,1,20581,20581,20581,20581,NULL,NULL,0,0,1777528800000000,1778277600000000,NULL,1776852000000000,1,1777528800000000,0,1,1777528800000000,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(27,'HANDED','TN-2','bo',2,2,1,20581,20581,20581,20581,NULL,NULL,0,0,1777528800000000,1778277600000000,NULL,1776852000000000,1,1777528800000000,0,1,1777528800000000,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(28,'BACK','','ola',0,0,2,20605,20605,20605,20605,20581,20581,0,1,1777528800000000,1780351200000000,1780293600000000,1778569200000000,1,1777528800000000,0,1,1777528800000000,NULL,0,1778569200000000,NULL,0,3);
INSERT INTO "obligation" VALUES(29,'BACK','TN-1','anna',0,0,2,20605,20605,20605,20605,20581,20581,0,1,1777528800000000,1780351200000000,1780293600000000,1778569200000000,1,1777528800000000,0,1,1777528800000000,NULL,0,1778569200000000,NULL,0,3);
INSERT INTO "obligation" VALUES(30,'BACK','TN-2','bo',1,0,2,20605,20605,20605,20605,20581,20581,0,1,1777528800000000,1780351200000000,NULL,1778569200000000,1,1777528800000000,0,1,1777528800000000,1779260400000000,11,1778569200000000,NULL,0,4);
INSERT INTO "obligation" VALUES(31,'NEVER','','ola',0,0,1,20573,20573,20573,20573,NULL,NULL,1,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(32,'NEVER','TN-1','anna',1,0,1,20573,20573,20573,20573,NULL,NULL,1,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,1778137200000000,7,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(33,'NEVER','TN-2','bo',1,0,1,20573,20573,20573,20573,NULL,NULL,1,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,1779260400000000,11,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(34,'GONE','','ola',2,3,1,20602,20602,20602,20602,NULL,NULL,0,0,1779429600000000,1780092000000000,NULL,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(35,'GONE','TN-1','anna',2,3,1,20602,20602,20602,20602,NULL,NULL,0,0,1779429600000000,1780092000000000,NULL,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(36,'GONE','TN-2','bo',2,1,1,20602,20602,20602,20602,NULL,NULL,0,0,1779429600000000,1780092000000000,NULL,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(37,'LONGER','','ola',0,0,2,20601,20601,20601,20601,20593,20593,0,1,1779343200000000,1780005600000000,1779948000000000,1777878000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(38,'LONGER','TN-1','anna',0,0,2,20601,20601,20601,20601,20593,20593,0,1,1779343200000000,1780005600000000,1779948000000000,1777878000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(39,'LONGER','TN-2','bo',2,1,2,20607,20607,20607,20607,20593,20593,0,1,1779861600000000,1780524000000000,NULL,1777878000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,2);
INSERT INTO "obligation" VALUES(40,'MON@2026-06-30','','ola',0,0,1,20634,20634,20634,20634,NULL,NULL,0,0,1782194400000000,1782856800000000,1782194400000000,1777010400000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(41,'MON@2026-06-30','TN-1','anna',0,0,1,20634,20634,20634,20634,NULL,NULL,0,0,1782194400000000,1782856800000000,1782194400000000,1777010400000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(42,'MON@2026-06-30','TN-2','bo',2,1,1,20634,20634,20634,20634,NULL,NULL,0,0,1782194400000000,1782856800000000,NULL,1777010400000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,1);
INSERT INTO "obligation" VALUES(43,'MON@2026-07-31','','ola',0,0,1,20665,20665,20665,20665,NULL,NULL,0,0,1784872800000000,1785535200000000,1784872800000000,1779688800000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(44,'MON@2026-07-31','TN-1','anna',0,0,1,20665,20665,20665,20665,NULL,NULL,0,0,1784872800000000,1785535200000000,1784872800000000,1779688800000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,0);
INSERT INTO "obligation" VALUES(45,'MON@2026-07-31','TN-2','bo',2,1,1,20665,20665,20665,20665,NULL,NULL,0,0,1784872800000000,1785535200000000,NULL,1779688800000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0,0);
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
INSERT INTO "series" VALUES('EVERY',NULL,1780552800000000);
INSERT INTO "series" VALUES('MON',NULL,1782194400000000);
INSERT INTO "series" VALUES('ONWARD',20565,1780552800000000);
CREATE TABLE subject (
	id TEXT PRIMARY KEY,
	newest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "subject" VALUES('',12);
INSERT INTO "subject" VALUES('BACK',8);
INSERT INTO "subject" VALUES('HANDED',9);
INSERT INTO "subject" VALUES('LONGER',5);
INSERT INTO "subject" VALUES('MON@2026-05-29',10);
INSERT INTO "subject" VALUES('TN-1',7);
INSERT INTO "subject" VALUES('TN-2',11);
INSERT INTO "subject" VALUES('bo',3);
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
