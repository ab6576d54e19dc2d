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
CREATE TABLE deadline (
	id TEXT PRIMARY KEY,
	bound INTEGER,
	due INTEGER,
	papers INTEGER,
	extended INTEGER,
	due_original INTEGER,
	papers_original INTEGER,
	closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
	removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
	unbound_told INTEGER NOT NULL CHECK (unbound_told IN (0, 1)),
	next_at INTEGER,
	submitted_seq INTEGER NOT NULL,
	submitted_at INTEGER,
	reference TEXT NOT NULL
, anchor INTEGER, opened INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1)), superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1)), outcome INTEGER NOT NULL DEFAULT -1
	CHECK (outcome BETWEEN -1 AND 2), outcome_at INTEGER, outcome_seq INTEGER NOT NULL DEFAULT 0, outcome_reference TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
INSERT INTO "deadline" VALUES('BACK',NULL,20622,20622,20622,20581,20581,0,0,0,NULL,0,NULL,'',NULL,0,0,2,1778580000000000,4,'KS 2026-05-12 § 9');
INSERT INTO "deadline" VALUES('EVERY',NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,1780552800000000,0,NULL,'',NULL,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('EVERY@2026-05-26',20599,20599,20588,NULL,NULL,NULL,0,0,0,NULL,0,NULL,'',20599,1,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('EVERY@2026-06-23',20627,20627,20615,NULL,NULL,NULL,0,0,0,NULL,0,NULL,'',20627,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('GONE',NULL,20634,20634,NULL,NULL,NULL,1,1,0,NULL,0,NULL,'',NULL,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('HANDED',NULL,20581,20581,NULL,NULL,NULL,1,0,0,NULL,2,1778148000015174,'TN 2026-05-07 § 1',NULL,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('KS-1',20599,20599,20588,NULL,NULL,NULL,0,0,0,NULL,0,NULL,'',NULL,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('MON',NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,1782194400000000,0,NULL,'',NULL,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('MON@2026-04-30',NULL,20573,20573,NULL,NULL,NULL,1,0,0,NULL,0,NULL,'',20573,1,1,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('MON@2026-05-29',NULL,20602,20602,NULL,NULL,NULL,1,0,0,NULL,6,1779703200012836,'TN 2026-05-25 § 3',20604,1,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('MON@2026-06-30',NULL,20634,20634,NULL,NULL,NULL,0,0,0,NULL,0,NULL,'',20634,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('MON@2026-07-31',NULL,20665,20665,NULL,NULL,NULL,0,0,0,NULL,0,NULL,'',20665,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('NEVER',NULL,20573,20573,NULL,NULL,NULL,0,0,1,NULL,0,NULL,'',NULL,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('NEXT',20599,20599,20588,NULL,NULL,NULL,0,0,0,NULL,0,NULL,'',20599,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('ONWARD',NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,1780552800000000,0,NULL,'',20565,0,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('ONWARD@2026-05-26',20599,20599,20588,NULL,NULL,NULL,0,0,0,NULL,0,NULL,'',20599,1,0,-1,NULL,0,'');
INSERT INTO "deadline" VALUES('ONWARD@2026-06-23',20627,20627,20615,NULL,NULL,NULL,0,0,0,NULL,0,NULL,'',20627,0,0,-1,NULL,0,'');
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
INSERT INTO "event" VALUES(1,'/paminn','plan-after-0','paminn.plan','',1776852000000000,1776852000000000,0,'{"files":[{"name":"/srv/paminn/paminnd.conf","text":"timezone = \"Europe/Stockholm\";\nlanguage = \"sv\";\nstore = \"/srv/paminn/paminn.db\";\nplan = [ \"plan.conf\" ];\nintake = { submit = [ \"ipc:///srv/paminn/submit.sock\" ]; collect = [ \"ipc:///srv/paminn/collect.sock\" ]; feed = [ \"ipc:///srv/paminn/feed.sock\" ]; };\nmail = { server = \"smtp://127.0.0.1:53179\"; from = \"Påminn <paminn@kommunen.internal>\"; reply_to = \"stod@kommunen.internal\"; tls = \"none\"; connections = 4L; };\ncalendar = { country = \"SE\"; send_between = [ \"07:30\", \"17:00\" ]; };\nladders = ( { name = \"standard\"; time = \"08:00\"; steps = ( { at = \"-10wd\"; to = [ \"owner\" ]; }, { at = \"-5wd\"; to = [ \"owner\" ]; }, { at = \"-2wd\"; to = [ \"owner\" ]; }, { at = \"0\"; to = [ \"owner\" ]; }, { at = \"+1wd\"; to = [ \"owner\", \"manager\" ]; }, { at = \"+3wd\"; to = [ \"role:support\" ]; repeat = \"2wd\"; until = \"+10wd\"; } ); }, { name = \"short\"; time = \"08:00\"; steps = ( { at = \"-5wd\"; to = [ \"owner\" ]; }, { at = \"0\"; to = [ \"owner\" ]; } ); } );\n"},{"name":"/srv/paminn/plan.conf","text":"bodies = (\n  { id = \"KS\"; name = \"Kommunstyrelsen\"; papers = \"-7wd\"; },\n  { id = \"TN\"; name = \"Tekniska nämnden\"; }\n);\nmeetings = (\n  { body = \"KS\"; from = \"2026-05-26\"; until = \"2026-05-27\"; },\n  { body = \"KS\"; from = \"2026-06-23\"; }\n);\npeople = (\n  { id = \"anna\"; name = \"Anna Ek\"; mail = \"anna@kommunen.internal\"; roles = [ \"owner\" ]; manager = \"mona\"; },\n  { id = \"bo\"; name = \"Bo Alm\"; mail = \"bo@kommunen.internal\"; roles = [ \"owner\" ]; manager = \"mona\"; },\n  { id = \"mona\"; name = \"Mona Chef\"; mail = \"mona@kommunen.internal\"; roles = [ \"manager\" ]; manager = \"stina\"; },\n  { id = \"ola\"; name = \"Ola Ordf\"; mail = \"ola@kommunen.internal\"; roles = [ \"chair\" ]; manager = \"stina\"; },\n  { id = \"stina\"; name = \"Stina Stöd\"; mail = \"stina@kommunen.internal\"; roles = [ \"support\", \"steward\" ]; manager = \"mona\"; },\n  { id = \"reg\"; name = \"Registrator\"; mail = \"reg@kommunen.internal\"; roles = [ \"registrar\" ]; manager = \"mona\"; }\n);\nmeasures = (\n  { id = \"TN-1\"; title = \"Färre inhyrda\"; owner = \"anna\"; effect_planned = 1000000L; },\n  { id = \"TN-2\"; title = \"Samordnad drift\"; owner = \"bo\"; effect_planned = 500000L; }\n);\ndeadlines = (\n  { id = \"KS-1\"; title = \"Återredovisning av åtgärdsplan\"; decision = \"KS 2026-04-15 § 12\"; due = \"meeting KS 2026-05\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"standard\"; },\n  { id = \"MON\"; title = \"Månadsrapport\"; due = \"2026-04-30\"; every = \"RRULE:FREQ=MONTHLY;BYMONTHDAY=-1\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"EVERY\"; title = \"Varje sammanträde\"; due = \"meeting KS 2026-05\"; every = \"meeting KS\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"NEXT\"; title = \"Nästa sammanträde\"; due = \"meeting KS next\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"ONWARD\"; title = \"Från nästa\"; due = \"meeting KS next\"; every = \"meeting KS\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"HANDED\"; title = \"Inlämnad\"; due = \"2026-05-08\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"BACK\"; title = \"Återremitterad\"; due = \"2026-05-08\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"NEVER\"; title = \"Utan sammanträde\"; due = \"meeting TN 2026-04\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"GONE\"; title = \"Struken\"; due = \"2026-06-30\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; }\n);\n"}],"main":"/srv/paminn/paminnd.conf"}');
INSERT INTO "event" VALUES(2,'/people/ola','t-25981-1','paminn.submit','HANDED',1778148000015174,1778148000015174,0,'{"specversion":"1.0","id":"t-25981-1","source":"/people/ola","type":"paminn.submit","subject":"HANDED","data":{"reference":"TN 2026-05-07 § 1"}}');
INSERT INTO "event" VALUES(3,'/people/ola','t-25981-2','paminn.submit','BACK',1778148000018006,1778148000018006,0,'{"specversion":"1.0","id":"t-25981-2","source":"/people/ola","type":"paminn.submit","subject":"BACK","data":{"reference":"TN 2026-05-07 § 2"}}');
INSERT INTO "event" VALUES(4,'/local/test','t-25981-3','paminn.outcome','BACK',1778580000000000,1778580000000000,3,'{"specversion":"1.0","id":"t-25981-3","source":"/local/test","type":"paminn.outcome","subject":"BACK","data":{"outcome":"returned","reference":"KS 2026-05-12 § 9","due":"2026-06-18"}}');
INSERT INTO "event" VALUES(5,'/paminn','plan-after-1','paminn.plan','',1778580000000000,1778580000000000,1,'{"files":[{"name":"/srv/paminn/paminnd.conf","text":"timezone = \"Europe/Stockholm\";\nlanguage = \"sv\";\nstore = \"/srv/paminn/paminn.db\";\nplan = [ \"plan.conf\" ];\nintake = { submit = [ \"ipc:///srv/paminn/submit.sock\" ]; collect = [ \"ipc:///srv/paminn/collect.sock\" ]; feed = [ \"ipc:///srv/paminn/feed.sock\" ]; };\nmail = { server = \"smtp://127.0.0.1:53179\"; from = \"Påminn <paminn@kommunen.internal>\"; reply_to = \"stod@kommunen.internal\"; tls = \"none\"; connections = 4L; };\ncalendar = { country = \"SE\"; send_between = [ \"07:30\", \"17:00\" ]; };\nladders = ( { name = \"standard\"; time = \"08:00\"; steps = ( { at = \"-10wd\"; to = [ \"owner\" ]; }, { at = \"-5wd\"; to = [ \"owner\" ]; }, { at = \"-2wd\"; to = [ \"owner\" ]; }, { at = \"0\"; to = [ \"owner\" ]; }, { at = \"+1wd\"; to = [ \"owner\", \"manager\" ]; }, { at = \"+3wd\"; to = [ \"role:support\" ]; repeat = \"2wd\"; until = \"+10wd\"; } ); }, { name = \"short\"; time = \"08:00\"; steps = ( { at = \"-5wd\"; to = [ \"owner\" ]; }, { at = \"0\"; to = [ \"owner\" ]; } ); } );\n"},{"name":"/srv/paminn/plan.conf","text":"bodies = (\n  { id = \"KS\"; name = \"Kommunstyrelsen\"; papers = \"-7wd\"; },\n  { id = \"TN\"; name = \"Tekniska nämnden\"; }\n);\nmeetings = (\n  { body = \"KS\"; from = \"2026-05-26\"; until = \"2026-05-27\"; },\n  { body = \"KS\"; from = \"2026-06-23\"; }\n);\npeople = (\n  { id = \"anna\"; name = \"Anna Ek\"; mail = \"anna@kommunen.internal\"; roles = [ \"owner\" ]; manager = \"mona\"; },\n  { id = \"bo\"; name = \"Bo Alm\"; mail = \"bo@kommunen.internal\"; roles = [ \"owner\" ]; manager = \"mona\"; },\n  { id = \"mona\"; name = \"Mona Chef\"; mail = \"mona@kommunen.internal\"; roles = [ \"manager\" ]; manager = \"stina\"; },\n  { id = \"ola\"; name = \"Ola Ordf\"; mail = \"ola@kommunen.internal\"; roles = [ \"chair\" ]; manager = \"stina\"; },\n  { id = \"stina\"; name = \"Stina Stöd\"; mail = \"stina@kommunen.internal\"; roles = [ \"support\", \"steward\" ]; manager = \"mona\"; },\n  { id = \"reg\"; name = \"Registrator\"; mail = \"reg@kommunen.internal\"; roles = [ \"registrar\" ]; manager = \"mona\"; }\n);\nmeasures = (\n  { id = \"TN-1\"; title = \"Färre inhyrda\"; owner = \"anna\"; effect_planned = 1000000L; },\n  { id = \"TN-2\"; title = \"Samordnad drift\"; owner = \"bo\"; effect_planned = 500000L; }\n);\ndeadlines = (\n  { id = \"KS-1\"; title = \"Återredovisning av åtgärdsplan\"; decision = \"KS 2026-04-15 § 12\"; due = \"meeting KS 2026-05\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"standard\"; },\n  { id = \"MON\"; title = \"Månadsrapport\"; due = \"2026-04-30\"; every = \"RRULE:FREQ=MONTHLY;BYMONTHDAY=-1\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"EVERY\"; title = \"Varje sammanträde\"; due = \"meeting KS 2026-05\"; every = \"meeting KS\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"NEXT\"; title = \"Nästa sammanträde\"; due = \"meeting KS next\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"ONWARD\"; title = \"Från nästa\"; due = \"meeting KS next\"; every = \"meeting KS\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"HANDED\"; title = \"Inlämnad\"; due = \"2026-05-08\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"BACK\"; title = \"Återremitterad\"; due = \"2026-05-08\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; },\n  { id = \"NEVER\"; title = \"Utan sammanträde\"; due = \"meeting TN 2026-04\"; decision = \"KS 2026-04-15 § 13\"; answers_from = [ \"TN-*\" ]; responsible = \"ola\"; inform = [ \"reg\" ]; ladder = \"short\"; }\n);\n"}],"main":"/srv/paminn/paminnd.conf"}');
INSERT INTO "event" VALUES(6,'/people/ola','t-25981-4','paminn.submit','MON@2026-05-29',1779703200012836,1779703200012836,0,'{"specversion":"1.0","id":"t-25981-4","source":"/people/ola","type":"paminn.submit","subject":"MON@2026-05-29","data":{"reference":"TN 2026-05-25 § 3"}}');
CREATE TABLE fact (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "fact" VALUES('hold','on');
INSERT INTO "fact" VALUES('installation','a56b04f6aae25454');
INSERT INTO "fact" VALUES('kind','rehearsal');
INSERT INTO "fact" VALUES('last-now','1779703260112378');
INSERT INTO "fact" VALUES('plan-seq','5');
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
INSERT INTO "item" VALUES(11,0,1,'KS-1','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(11,1,10,'EVERY@2026-05-26','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(11,2,16,'NEXT','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(11,3,19,'ONWARD@2026-05-26','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(12,0,2,'KS-1','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(12,1,11,'EVERY@2026-05-26','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(12,2,17,'NEXT','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(12,3,20,'ONWARD@2026-05-26','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(13,0,3,'KS-1','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(13,1,12,'EVERY@2026-05-26','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(13,2,18,'NEXT','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(13,3,21,'ONWARD@2026-05-26','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(14,0,0,'HANDED','',0,'',0,8,0,0,'{"reference":"TN 2026-05-07 § 1","by":"/people/ola","supplement":false}');
INSERT INTO "item" VALUES(15,0,0,'BACK','',0,'',0,8,0,0,'{"reference":"TN 2026-05-07 § 2","by":"/people/ola","supplement":false}');
INSERT INTO "item" VALUES(16,0,1,'KS-1','',1,'-2wd',0,0,1,0,NULL);
INSERT INTO "item" VALUES(17,0,2,'KS-1','TN-1',1,'-2wd',0,0,1,0,NULL);
INSERT INTO "item" VALUES(18,0,3,'KS-1','TN-2',1,'-2wd',0,0,1,0,NULL);
INSERT INTO "item" VALUES(19,0,0,'BACK','',0,'',0,15,0,0,'{"due":"2026-05-08","papers":"2026-05-08","reference":"KS 2026-05-12 § 9","by":"/local/test"}');
INSERT INTO "item" VALUES(20,0,0,'BACK','',0,'',0,15,0,0,'{"due":"2026-05-08","papers":"2026-05-08","reference":"KS 2026-05-12 § 9","by":"/local/test"}');
INSERT INTO "item" VALUES(21,0,0,'BACK','',0,'',0,15,0,0,'{"due":"2026-05-08","papers":"2026-05-08","reference":"KS 2026-05-12 § 9","by":"/local/test"}');
INSERT INTO "item" VALUES(22,0,0,'BACK','',0,'',0,15,0,0,'{"due":"2026-05-08","papers":"2026-05-08","reference":"KS 2026-05-12 § 9","by":"/local/test"}');
INSERT INTO "item" VALUES(23,0,1,'KS-1','',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(23,1,10,'EVERY@2026-05-26','',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(23,2,16,'NEXT','',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(23,3,19,'ONWARD@2026-05-26','',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(24,0,2,'KS-1','TN-1',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(24,1,11,'EVERY@2026-05-26','TN-1',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(24,2,17,'NEXT','TN-1',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(24,3,20,'ONWARD@2026-05-26','TN-1',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(25,0,3,'KS-1','TN-2',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(25,1,12,'EVERY@2026-05-26','TN-2',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(25,2,18,'NEXT','TN-2',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(25,3,21,'ONWARD@2026-05-26','TN-2',1,'0',0,0,0,0,NULL);
INSERT INTO "item" VALUES(26,0,1,'KS-1','',1,'+1wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(27,0,1,'KS-1','',1,'+1wd',0,1,0,0,NULL);
INSERT INTO "item" VALUES(28,0,2,'KS-1','TN-1',1,'+1wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(29,0,2,'KS-1','TN-1',1,'+1wd',0,1,0,0,NULL);
INSERT INTO "item" VALUES(29,1,3,'KS-1','TN-2',1,'+1wd',0,1,0,0,NULL);
INSERT INTO "item" VALUES(30,0,3,'KS-1','TN-2',1,'+1wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(31,0,1,'KS-1','',1,'+3wd',0,1,0,0,NULL);
INSERT INTO "item" VALUES(31,1,2,'KS-1','TN-1',1,'+3wd',0,1,0,0,NULL);
INSERT INTO "item" VALUES(31,2,3,'KS-1','TN-2',1,'+3wd',0,1,0,0,NULL);
INSERT INTO "item" VALUES(32,0,1,'KS-1','',1,'+3wd',1,1,0,0,NULL);
INSERT INTO "item" VALUES(32,1,2,'KS-1','TN-1',1,'+3wd',1,1,0,0,NULL);
INSERT INTO "item" VALUES(32,2,3,'KS-1','TN-2',1,'+3wd',1,1,0,0,NULL);
INSERT INTO "item" VALUES(33,0,7,'MON@2026-05-29','',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(34,0,8,'MON@2026-05-29','TN-1',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(35,0,9,'MON@2026-05-29','TN-2',1,'-5wd',0,0,0,0,NULL);
INSERT INTO "item" VALUES(36,0,0,'MON@2026-05-29','',0,'',0,8,0,0,'{"reference":"TN 2026-05-25 § 3","by":"/people/ola","supplement":false}');
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
INSERT INTO "mark" VALUES(1,1,'+1wd',0,'ola',1,1779084000000000,1779084000000000,NULL,26,0,1,'1 working day after the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(1,1,'+1wd',0,'stina',1,1779084000000000,1779084000000000,NULL,27,0,0,'1 working day after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(1,1,'+3wd',0,'stina',1,1779256800000000,1779256800000000,NULL,31,0,0,'3 working days after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(1,1,'+3wd',1,'stina',1,1779429600000000,1779429600000000,NULL,32,0,0,'5 working days after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(1,1,'-10wd',0,'ola',1,1777442400000000,1777442400000000,NULL,4,0,1,'10 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(1,1,'-2wd',0,'ola',1,1778565600000000,1778580000000000,NULL,16,1,1,'2 working days before the papers date 2026-05-15; sent late, the step was already past',0,1);
INSERT INTO "mark" VALUES(1,1,'-5wd',0,'ola',1,1778133600000000,1778133600000000,NULL,11,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(1,1,'0',0,'ola',1,1778824800000000,1778824800000000,NULL,23,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(2,1,'+1wd',0,'anna',1,1779084000000000,1779084000000000,NULL,28,0,1,'1 working day after the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(2,1,'+1wd',0,'mona',1,1779084000000000,1779084000000000,NULL,29,0,0,'1 working day after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(2,1,'+3wd',0,'stina',1,1779256800000000,1779256800000000,NULL,31,0,0,'3 working days after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(2,1,'+3wd',1,'stina',1,1779429600000000,1779429600000000,NULL,32,0,0,'5 working days after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(2,1,'-10wd',0,'anna',1,1777442400000000,1777442400000000,NULL,5,0,1,'10 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(2,1,'-2wd',0,'anna',1,1778565600000000,1778580000000000,NULL,17,1,1,'2 working days before the papers date 2026-05-15; sent late, the step was already past',0,1);
INSERT INTO "mark" VALUES(2,1,'-5wd',0,'anna',1,1778133600000000,1778133600000000,NULL,12,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(2,1,'0',0,'anna',1,1778824800000000,1778824800000000,NULL,24,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'+1wd',0,'bo',1,1779084000000000,1779084000000000,NULL,30,0,1,'1 working day after the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'+1wd',0,'mona',1,1779084000000000,1779084000000000,NULL,29,0,0,'1 working day after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(3,1,'+3wd',0,'stina',1,1779256800000000,1779256800000000,NULL,31,0,0,'3 working days after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(3,1,'+3wd',1,'stina',1,1779429600000000,1779429600000000,NULL,32,0,0,'5 working days after the papers date 2026-05-15',0,0);
INSERT INTO "mark" VALUES(3,1,'-10wd',0,'bo',1,1777442400000000,1777442400000000,NULL,6,0,1,'10 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'-2wd',0,'bo',1,1778565600000000,1778580000000000,NULL,18,1,1,'2 working days before the papers date 2026-05-15; sent late, the step was already past',0,1);
INSERT INTO "mark" VALUES(3,1,'-5wd',0,'bo',1,1778133600000000,1778133600000000,NULL,13,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(3,1,'0',0,'bo',1,1778824800000000,1778824800000000,NULL,25,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(4,1,'-5wd',0,'ola',1,1776924000000000,1776924000000000,NULL,1,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(4,1,'0',0,'ola',1,1777528800000000,1777528800000000,NULL,7,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(5,1,'-5wd',0,'anna',1,1776924000000000,1776924000000000,NULL,2,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(5,1,'0',0,'anna',1,1777528800000000,1777528800000000,NULL,8,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(6,1,'-5wd',0,'bo',1,1776924000000000,1776924000000000,NULL,3,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(6,1,'0',0,'bo',1,1777528800000000,1777528800000000,NULL,9,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(7,1,'-5wd',0,'ola',1,1779429600000000,1779429600000000,NULL,33,0,1,'5 working days before the papers date 2026-05-29',0,1);
INSERT INTO "mark" VALUES(8,1,'-5wd',0,'anna',1,1779429600000000,1779429600000000,NULL,34,0,1,'5 working days before the papers date 2026-05-29',0,1);
INSERT INTO "mark" VALUES(9,1,'-5wd',0,'bo',1,1779429600000000,1779429600000000,NULL,35,0,1,'5 working days before the papers date 2026-05-29',0,1);
INSERT INTO "mark" VALUES(10,1,'-5wd',0,'ola',1,1778133600000000,1778133600000000,NULL,11,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(10,1,'0',0,'ola',1,1778824800000000,1778824800000000,NULL,23,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(11,1,'-5wd',0,'anna',1,1778133600000000,1778133600000000,NULL,12,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(11,1,'0',0,'anna',1,1778824800000000,1778824800000000,NULL,24,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(12,1,'-5wd',0,'bo',1,1778133600000000,1778133600000000,NULL,13,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(12,1,'0',0,'bo',1,1778824800000000,1778824800000000,NULL,25,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(16,1,'-5wd',0,'ola',1,1778133600000000,1778133600000000,NULL,11,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(16,1,'0',0,'ola',1,1778824800000000,1778824800000000,NULL,23,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(17,1,'-5wd',0,'anna',1,1778133600000000,1778133600000000,NULL,12,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(17,1,'0',0,'anna',1,1778824800000000,1778824800000000,NULL,24,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(18,1,'-5wd',0,'bo',1,1778133600000000,1778133600000000,NULL,13,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(18,1,'0',0,'bo',1,1778824800000000,1778824800000000,NULL,25,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(19,1,'-5wd',0,'ola',1,1778133600000000,1778133600000000,NULL,11,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(19,1,'0',0,'ola',1,1778824800000000,1778824800000000,NULL,23,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(20,1,'-5wd',0,'anna',1,1778133600000000,1778133600000000,NULL,12,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(20,1,'0',0,'anna',1,1778824800000000,1778824800000000,NULL,24,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(21,1,'-5wd',0,'bo',1,1778133600000000,1778133600000000,NULL,13,0,1,'5 working days before the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(21,1,'0',0,'bo',1,1778824800000000,1778824800000000,NULL,25,0,1,'on the papers date 2026-05-15',0,1);
INSERT INTO "mark" VALUES(25,1,'-5wd',0,'ola',1,1777528800000000,1777528800000000,NULL,7,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(26,1,'-5wd',0,'anna',1,1777528800000000,1777528800000000,NULL,8,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(27,1,'-5wd',0,'bo',1,1777528800000000,1777528800000000,NULL,9,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(28,1,'-5wd',0,'ola',1,1777528800000000,1777528800000000,NULL,7,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(28,1,'0',0,'ola',4,1778220000000000,1778580000000000,NULL,0,0,0,'the date was returned from 2026-05-08 to 2026-06-18: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(29,1,'-5wd',0,'anna',1,1777528800000000,1777528800000000,NULL,8,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(29,1,'0',0,'anna',4,1778220000000000,1778580000000000,NULL,0,0,0,'the date was returned from 2026-05-08 to 2026-06-18: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(30,1,'-5wd',0,'bo',1,1777528800000000,1777528800000000,NULL,9,0,1,'5 working days before the papers date 2026-05-08',0,1);
INSERT INTO "mark" VALUES(30,1,'0',0,'bo',4,1778220000000000,1778580000000000,NULL,0,0,0,'the date was returned from 2026-05-08 to 2026-06-18: the ladder begins anew',0,1);
INSERT INTO "mark" VALUES(31,1,'-5wd',0,'ola',1,1776924000000000,1776924000000000,NULL,1,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(31,1,'0',0,'ola',1,1777528800000000,1777528800000000,NULL,7,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(32,1,'-5wd',0,'anna',1,1776924000000000,1776924000000000,NULL,2,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(32,1,'0',0,'anna',1,1777528800000000,1777528800000000,NULL,8,0,1,'on the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(33,1,'-5wd',0,'bo',1,1776924000000000,1776924000000000,NULL,3,0,1,'5 working days before the papers date 2026-04-30',0,1);
INSERT INTO "mark" VALUES(33,1,'0',0,'bo',1,1777528800000000,1777528800000000,NULL,9,0,1,'on the papers date 2026-04-30',0,1);
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
INSERT INTO "measure" VALUES('TN-1','anna',-1,NULL,0,NULL,NULL,NULL,'',NULL,NULL);
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
INSERT INTO "message" VALUES(11,'ola','mail',0,2,1778133600000000,1778133600000000,NULL,1778133600000000,1778133600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(12,'anna','mail',0,2,1778133600000000,1778133600000000,NULL,1778133600000000,1778133600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(13,'bo','mail',0,2,1778133600000000,1778133600000000,NULL,1778133600000000,1778133600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(14,'reg','mail',4,2,1778148000015174,1778148000015174,NULL,1778148000016692,1778148000018006,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(15,'reg','mail',4,2,1778148000018006,1778148000018006,NULL,1778148000018006,1778148000018006,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(16,'ola','mail',0,2,1778580000000000,1778580000000000,NULL,1778580000000000,1778580000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(17,'anna','mail',0,2,1778580000000000,1778580000000000,NULL,1778580000000000,1778580000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(18,'bo','mail',0,2,1778580000000000,1778580000000000,NULL,1778580000000000,1778580000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(19,'ola','mail',3,2,1778580000000000,1778580000000000,NULL,1778580000000000,1778580000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(20,'anna','mail',3,2,1778580000000000,1778580000000000,NULL,1778580000000000,1778580000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(21,'bo','mail',3,2,1778580000000000,1778580000000000,NULL,1778580000000000,1778580000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(22,'reg','mail',3,2,1778580000000000,1778580000000000,NULL,1778580000000000,1778580000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(23,'ola','mail',0,2,1778824800000000,1778824800000000,NULL,1778824800000000,1778824800000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(24,'anna','mail',0,2,1778824800000000,1778824800000000,NULL,1778824800000000,1778824800000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(25,'bo','mail',0,2,1778824800000000,1778824800000000,NULL,1778824800000000,1778824800000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(26,'ola','mail',0,2,1779084000000000,1779084000000000,NULL,1779084000000000,1779084000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(27,'stina','mail',1,2,1779084000000000,1779084000000000,NULL,1779084000000000,1779084000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(28,'anna','mail',0,2,1779084000000000,1779084000000000,NULL,1779084000000000,1779084000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(29,'mona','mail',1,2,1779084000000000,1779084000000000,NULL,1779084000000000,1779084000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(30,'bo','mail',0,2,1779084000000000,1779084000000000,NULL,1779084000000000,1779084000000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(31,'stina','mail',1,2,1779256800000000,1779256800000000,NULL,1779256800000000,1779256800000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(32,'stina','mail',1,2,1779429600000000,1779429600000000,NULL,1779429600000000,1779429600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(33,'ola','mail',0,2,1779429600000000,1779429600000000,NULL,1779429600000000,1779429600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(34,'anna','mail',0,2,1779429600000000,1779429600000000,NULL,1779429600000000,1779429600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(35,'bo','mail',0,2,1779429600000000,1779429600000000,NULL,1779429600000000,1779429600000000,1,0,'250 2.0.0 Ok');
INSERT INTO "message" VALUES(36,'reg','mail',4,2,1779703200012836,1779703200012836,NULL,1779703200014248,1779703200015565,1,0,'250 2.0.0 Ok');
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
	CHECK (promised IN (0, 1))) STRICT;
INSERT INTO "obligation" VALUES(1,'KS-1','','ola',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1777442400000000,1778882400000000,1779775200000000,1776852000000000,1,1777442400000000,0,5,1779084000000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(2,'KS-1','TN-1','anna',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1777442400000000,1778882400000000,1779775200000000,1776852000000000,1,1777442400000000,0,5,1779084000000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(3,'KS-1','TN-2','bo',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1777442400000000,1778882400000000,1779775200000000,1776852000000000,1,1777442400000000,0,5,1779084000000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(4,'MON@2026-04-30','','ola',2,4,1,20573,20573,20573,20573,NULL,NULL,0,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(5,'MON@2026-04-30','TN-1','anna',2,4,1,20573,20573,20573,20573,NULL,NULL,0,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(6,'MON@2026-04-30','TN-2','bo',2,4,1,20573,20573,20573,20573,NULL,NULL,0,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(7,'MON@2026-05-29','','ola',1,0,1,20602,20602,20602,20602,NULL,NULL,0,0,1779429600000000,1780092000000000,NULL,1776852000000000,1,1779429600000000,0,1,1779429600000000,1779703200012836,6,NULL,NULL,0);
INSERT INTO "obligation" VALUES(8,'MON@2026-05-29','TN-1','anna',2,2,1,20602,20602,20602,20602,NULL,NULL,0,0,1779429600000000,1780092000000000,NULL,1776852000000000,1,1779429600000000,0,1,1779429600000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(9,'MON@2026-05-29','TN-2','bo',2,2,1,20602,20602,20602,20602,NULL,NULL,0,0,1779429600000000,1780092000000000,NULL,1776852000000000,1,1779429600000000,0,1,1779429600000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(10,'EVERY@2026-05-26','','ola',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(11,'EVERY@2026-05-26','TN-1','anna',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(12,'EVERY@2026-05-26','TN-2','bo',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(13,'EVERY@2026-06-23','','ola',0,0,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,1780552800000000,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(14,'EVERY@2026-06-23','TN-1','anna',0,0,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,1780552800000000,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(15,'EVERY@2026-06-23','TN-2','bo',0,0,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,1780552800000000,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(16,'NEXT','','ola',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(17,'NEXT','TN-1','anna',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(18,'NEXT','TN-2','bo',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(19,'ONWARD@2026-05-26','','ola',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(20,'ONWARD@2026-05-26','TN-1','anna',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(21,'ONWARD@2026-05-26','TN-2','bo',0,0,1,20599,20588,20586,20588,NULL,NULL,0,0,1778133600000000,1778882400000000,NULL,1776852000000000,1,1778133600000000,0,2,1778824800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(22,'ONWARD@2026-06-23','','ola',0,0,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,1780552800000000,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(23,'ONWARD@2026-06-23','TN-1','anna',0,0,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,1780552800000000,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(24,'ONWARD@2026-06-23','TN-2','bo',0,0,1,20627,20615,20615,20615,NULL,NULL,0,0,1780552800000000,1781215200000000,1780552800000000,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(25,'HANDED','','ola',1,0,1,20581,20581,20581,20581,NULL,NULL,0,0,1777528800000000,1778277600000000,NULL,1776852000000000,1,1777528800000000,0,1,1777528800000000,1778148000015174,2,NULL,NULL,0);
INSERT INTO "obligation" VALUES(26,'HANDED','TN-1','anna',2,2,1,20581,20581,20581,20581,NULL,NULL,0,0,1777528800000000,1778277600000000,NULL,1776852000000000,1,1777528800000000,0,1,1777528800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(27,'HANDED','TN-2','bo',2,2,1,20581,20581,20581,20581,NULL,NULL,0,0,1777528800000000,1778277600000000,NULL,1776852000000000,1,1777528800000000,0,1,1777528800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(28,'BACK','','ola',0,0,2,20622,20622,20622,20622,20581,20581,0,1,1777528800000000,1781820000000000,1781157600000000,1778580000000000,1,1777528800000000,0,1,1777528800000000,NULL,0,1778580000000000,NULL,0);
INSERT INTO "obligation" VALUES(29,'BACK','TN-1','anna',0,0,2,20622,20622,20622,20622,20581,20581,0,1,1777528800000000,1781820000000000,1781157600000000,1778580000000000,1,1777528800000000,0,1,1777528800000000,NULL,0,1778580000000000,NULL,0);
INSERT INTO "obligation" VALUES(30,'BACK','TN-2','bo',0,0,2,20622,20622,20622,20622,20581,20581,0,1,1777528800000000,1781820000000000,1781157600000000,1778580000000000,1,1777528800000000,0,1,1777528800000000,NULL,0,1778580000000000,NULL,0);
INSERT INTO "obligation" VALUES(31,'NEVER','','ola',0,0,1,20573,20573,20573,20573,NULL,NULL,1,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(32,'NEVER','TN-1','anna',0,0,1,20573,20573,20573,20573,NULL,NULL,1,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(33,'NEVER','TN-2','bo',0,0,1,20573,20573,20573,20573,NULL,NULL,1,0,1776924000000000,1777586400000000,NULL,1776852000000000,1,1776924000000000,0,2,1777528800000000,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(34,'GONE','','ola',2,3,1,20634,20634,20634,20634,NULL,NULL,0,0,1782194400000000,1782856800000000,NULL,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(35,'GONE','TN-1','anna',2,3,1,20634,20634,20634,20634,NULL,NULL,0,0,1782194400000000,1782856800000000,NULL,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(36,'GONE','TN-2','bo',2,3,1,20634,20634,20634,20634,NULL,NULL,0,0,1782194400000000,1782856800000000,NULL,1776852000000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(37,'MON@2026-06-30','','ola',0,0,1,20634,20634,20634,20634,NULL,NULL,0,0,1782194400000000,1782856800000000,1782194400000000,1777010400000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(38,'MON@2026-06-30','TN-1','anna',0,0,1,20634,20634,20634,20634,NULL,NULL,0,0,1782194400000000,1782856800000000,1782194400000000,1777010400000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(39,'MON@2026-06-30','TN-2','bo',0,0,1,20634,20634,20634,20634,NULL,NULL,0,0,1782194400000000,1782856800000000,1782194400000000,1777010400000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(40,'MON@2026-07-31','','ola',0,0,1,20665,20665,20665,20665,NULL,NULL,0,0,1784872800000000,1785535200000000,1784872800000000,1779688800000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(41,'MON@2026-07-31','TN-1','anna',0,0,1,20665,20665,20665,20665,NULL,NULL,0,0,1784872800000000,1785535200000000,1784872800000000,1779688800000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "obligation" VALUES(42,'MON@2026-07-31','TN-2','bo',0,0,1,20665,20665,20665,20665,NULL,NULL,0,0,1784872800000000,1785535200000000,1784872800000000,1779688800000000,0,NULL,0,0,NULL,NULL,0,NULL,NULL,0);
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
CREATE TABLE subject (
	id TEXT PRIMARY KEY,
	newest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "subject" VALUES('',5);
INSERT INTO "subject" VALUES('BACK',4);
INSERT INTO "subject" VALUES('HANDED',2);
INSERT INTO "subject" VALUES('MON@2026-05-29',6);
CREATE UNIQUE INDEX event_identity ON event (id, source);
CREATE INDEX deadline_next ON deadline (next_at) WHERE next_at IS NOT NULL;
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
COMMIT;
