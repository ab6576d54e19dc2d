# SPDX-License-Identifier: Apache-2.0
"""`paminnd --move-store FROM TO`: a store goes from SQLite to PostgreSQL and back, whole or not at all; and a backup of
one in PostgreSQL, which goes the same way."""
import contextlib
import json
import re
import sqlite3
import subprocess

import postgres
from checksum import anew
from harness import PAMINND, run, wait_for

OWN = ("moved-to", "moving-from", "checksum-key", "copied")  # facts that are about one of the stores alone
MOVED_ON, NEXT_DAY = "2026-05-21T12:00", "2026-05-22"


class Dropped:
    """A database that goes away with the box."""

    def __init__(self):
        self.server = postgres.shared()
        self.name = self.server.database()
        self.url = self.server.url(self.name)

    def sql(self, text):
        return self.server.sql(text, self.name)

    def tables(self):
        return {*self.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")} - \
            {"store", "daemon"}

    def rows(self, table):
        return [json.loads(row) for row in self.sql(f'SELECT row_to_json(t) FROM "{table}" t')]

    def stop(self):
        self.server.drop(self.name)


class File:
    def __init__(self, path):
        self.path = self.url = str(path)

    def sql(self, text, *values):
        store = sqlite3.connect(self.path)
        store.text_factory = lambda raw: raw.decode(errors="surrogateescape")
        try:
            with store:
                return store.execute(text, values).fetchall()
        finally:
            store.close()

    execute = sql

    def tables(self):
        return {name for name, in self.sql("SELECT name FROM sqlite_schema WHERE type = 'table'")} - {"daemon"}

    def rows(self, table):
        names = [name for name, in self.sql("SELECT name FROM pragma_table_info(?)", table)]
        return [{name: "\\x" + value.hex() if isinstance(value, bytes) else value
                 for name, value in zip(names, row, strict=True)} for row in self.sql(f"SELECT * FROM {table}")]


def dump(store):
    """All rows of all tables, without their checksums: those are the daemon's to try."""
    return {table: sorted(({name: value for name, value in row.items() if name != "checksum"}
                           for row in store.rows(table) if table != "fact" or row["name"] not in OWN), key=str)
            for table in store.tables()}


def same(one, other):
    assert one.keys() == other.keys(), one.keys() ^ other.keys()
    for table in one:
        assert one[table] == other[table], (table, one[table], other[table])


def move(daemon, source, target, code=0, says="", kill=None):
    """Output and log of the command. kill: called while it goes on, says when it is to be killed."""
    process = subprocess.Popen([*daemon.command(), "--move-store", source, target], text=True, cwd=daemon.folder,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if kill:
        wait_for(kill, "the moment to kill it", 60)
        assert process.poll() is None, "it has ended before"
        process.kill()
    out, log = process.communicate(timeout=120)
    assert "Sanitizer" not in log, log
    assert process.returncode == (-9 if kill else code), (process.returncode, out, log)
    assert re.search(says, out + log), (says, out, log)
    return out + log


def refused(daemon, store, says, code=78):
    """No daemon begins with this store."""
    daemon.plan.settings["store"] = store
    daemon.expect(says)
    daemon.start(ready=False)
    assert daemon.ended() == code
    assert daemon.logged(says), says


def goes_on(daemon, store):
    daemon.plan.settings["store"] = store
    return daemon.start()


def to_nobody(plan):
    """A rehearsal sends to nobody what would leave this machine."""
    plan.settings["mail"]["server"] = "smtp://192.0.2.25:25"
    return plan


def short(box):
    """A store with a little of everything, soon made."""
    daemon = box.daemon(to_nobody(box.plan()), "2026-05-15T12:00")
    daemon.tell("status", "TN-1", status="on-track")
    daemon.stop()
    return daemon


def spring(box, store=None):
    """Weeks with steps, answers, a meeting that moves, extensions, a series, somebody away, a new owner, an act that is
    taken back, a request, a deadline that is closed."""
    plan = to_nobody(box.plan())
    if store:
        plan.settings["store"] = store
    plan.add("deadlines", "KS-2", title="Delårsrapport", decision="KS § 13", due="2026-06", answers_from=["TN-*"],
             inform=["reg"], ladder="standard")
    plan.add("deadlines", "KS-3", title="Månadsläge", decision="KS § 14", due="2026-05-08",
             every="RRULE:FREQ=MONTHLY", answers_from=["TN-1"], inform=["reg"], ladder="standard")
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-05-04T12:00")
    daemon.tell("status", "TN-1", source="/people/anna", status="off-track", effect_forecast=5,
                note="å, ä, ö — 'x'\n\ttab \\ och \"citat\"")
    daemon.tell("meeting", "KS", **{"from": "2026-06-02"}, replaces="2026-05-26")
    daemon.tell("extend", "TN-2", deadline="KS-1", due="2026-05-29", reference="§ 3")
    daemon.tell("absence", "anna", **{"from": "2026-05-25", "until": "2026-05-27"}, deputy="bo")
    taken_back = daemon.tell("note", "TN-1", source="/people/stina", note="fel")
    daemon.tell("undo", "TN-1", source="/people/stina", seq=taken_back["seq"])
    daemon.until(MOVED_ON)
    daemon.tell("request", "TN-2", source="/people/bo", deadline="KS-2", due="2026-07-03", reason="sjukdom")
    return daemon


def sent(daemon, since):
    """Who was sent what, and when that was planned."""
    return sorted((row["planned"], row["to"], row["kind"]) for row in daemon.query("outbox")
                  if row["planned"] and row["planned"] >= since)


def coming(daemon, last):
    return sorted((row["when"], row["to"], row["kind"])
                  for row in daemon.query("forecast", **{"from": MOVED_ON[:10], "until": last}))


def there_and_back_again(box):
    """SQLite to PostgreSQL, where the daemon goes on, and back, where it goes on: nothing is lost, and nothing is sent
    that was not foreseen."""
    daemon = spring(box)
    first, second, third = File(box.folder / "paminn.db"), box.keep(Dropped()), File(box.folder / "back.db")
    foreseen = coming(daemon, "2026-06-05")
    assert len(foreseen) > 5, foreseen
    daemon.stop()
    before = dump(first)
    assert sum(map(bool, before.values())) > 15, before
    move(daemon, first.url, second.url, says=r"^moved: \d+ rows, compared and verified by replay; ")
    same(before, dump(second))
    refused(daemon, first.url, f"this store was moved to {re.escape(second.url)} and goes on there")
    goes_on(daemon, second.url)
    assert daemon.query("list", all=True)
    daemon.until("2026-05-29T12:00")
    assert daemon.order("verify")["rows"] == []
    daemon.stop()
    before = dump(second)
    move(daemon, second.url, third.url, says="verified by replay")
    same(before, dump(third))
    refused(daemon, second.url, f"this store was moved to {re.escape(third.url)} and goes on there")
    goes_on(daemon, third.url)
    daemon.until("2026-06-05T23:59")
    assert daemon.order("verify")["rows"] == []
    assert sent(daemon, NEXT_DAY) == foreseen, (sent(daemon, NEXT_DAY), foreseen)


def what_is_in_the_way_is_said(box):
    daemon = box.daemon(to_nobody(box.plan()), "2026-05-15T12:00")
    here, there = File(box.folder / "paminn.db"), box.keep(Dropped())
    move(daemon, here.url, there.url, 75, r"store in use by pid \d+")
    daemon.stop()
    move(daemon, str(box.folder / "none.db"), there.url, 78, "none.db: there is no store")
    move(daemon, there.url, str(box.folder / "new.db"), 78, "there is no store")
    assert not (box.folder / "none.db").exists() and not (box.folder / "new.db").exists()
    move(daemon, here.url, here.url, 64, "can't be moved to where it is")
    move(daemon, here.url, "postgresql://me:secret@/x", 64, "has a password")
    move(daemon, here.url, "postgresql://nobody@127.0.0.1:9/x", 75, "the database can't be reached")
    alone = subprocess.run([PAMINND, "--move-store", here.url], capture_output=True, text=True)
    assert alone.returncode == 64 and "takes two places" in alone.stderr, alone
    other = box.folder / "other"
    other.mkdir()
    move(daemon, here.url, there.url)
    move(daemon, here.url, there.url, 78, "this store was moved to")
    move(daemon, there.url, here.url, 78, "there is a store already, and nothing is overwritten")
    # Cut off when the one says where it has gone, and the other not yet that it is whole: neither is a daemon's.
    there.sql(f"INSERT INTO fact VALUES ('moving-from', '{here.url}', 0)")
    refused(daemon, there.url, "a store is being moved here from")
    refused(daemon, here.url, "this store was moved to")
    move(daemon, here.url, there.url, says="^moved: what an earlier move had left to be done; ")
    goes_on(daemon, there.url)
    move(daemon, there.url, str(other / "new.db"), 75, r"store in use by \S+:\d+; stop that one first")
    daemon.tell("note", "TN-1", note="the daemon goes on")
    daemon.stop()
    # Taken up again on purpose, as the manual says.
    here.sql("DELETE FROM fact WHERE name = 'moved-to'")
    goes_on(daemon, here.url)


def many_events(store, count=3000):
    """Enough that a move takes a moment, the replay above all."""
    store.sql("INSERT INTO event SELECT e.seq * 100000 + n.n, e.source, e.id || '-' || n.n, e.type, e.subject, e.time,"
              " e.received, 0, replace(e.body, e.id, e.id || '-' || n.n), 0"
              " FROM (SELECT * FROM event WHERE type = 'paminn.status' LIMIT 1) e,"
              " (WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < " + str(count) +
              ") SELECT n FROM n) n")
    anew(store)


def killed_midway_it_is_begun_again(box):
    """In PostgreSQL and in a file: what was moved can be used, and what it was moved to can't, until it has been."""
    daemon = short(box)
    here, there = File(box.folder / "paminn.db"), box.keep(Dropped())
    many_events(here)
    before = dump(here)

    def is_under_way():
        return there.sql("SELECT 1 FROM information_schema.tables WHERE table_name = 'fact'") and \
            there.sql("SELECT value FROM fact WHERE name = 'moving-from'") == [here.url]

    move(daemon, here.url, there.url, kill=is_under_way)
    same(before, dump(here))
    refused(daemon, there.url, f"a store is being moved here from {re.escape(here.url)}, and not all of it")
    another = box.folder / "another.db"
    goes_on(daemon, str(another)).stop()
    move(daemon, str(another), there.url, 78, "a store is being moved here from")
    wait_for(lambda: there.server.sessions(there.name) == 0, "the killed one's session to end")
    # That all rows came, and no more, is found in this, the second run; with a row that came before it.
    there.sql("INSERT INTO sequence VALUES ('left', 1, 1, 0)")
    move(daemon, here.url, there.url, says="verified by replay|as it did not before the move")
    same(before, dump(there))

    back = File(box.folder / "back.db")

    def is_marked():
        with contextlib.suppress(sqlite3.OperationalError):
            return (box.folder / "back.db").exists() and back.sql("SELECT 1 FROM fact WHERE name = 'moving-from'")

    move(daemon, there.url, back.url, kill=is_marked)
    refused(daemon, back.url, "a store is being moved here from")
    wait_for(lambda: there.server.sessions(there.name) == 0, "the killed one's session to end")
    move(daemon, there.url, back.url)
    same(before, dump(back))


def every_table_goes_and_texts_of_other_times(box):
    """A row in each table, whatever it means: none is forgotten. A text that is no UTF-8, which no daemon writes, comes
    as far as PostgreSQL can keep it, and is named. What didn't follow from the log before doesn't after."""
    daemon = short(box)
    here, there = File(box.folder / "paminn.db"), box.keep(Dropped())
    for table in here.tables():
        if not here.rows(table):
            kinds = here.sql("SELECT type FROM pragma_table_info(?)", table)
            values = [{"INTEGER": 1, "TEXT": "å", "BLOB": b"\x00\xff'\\"}[kind] for kind, in kinds]
            here.sql(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", *values)
    here.sql("UPDATE message SET last_answer = CAST(x'3530332062c3a52ce52e' AS TEXT) WHERE id = 1")
    anew(here)
    before = dump(here)
    assert all(before.values()), before
    text = move(daemon, here.url, there.url, says="as it did not before the move")
    assert "message 1, last_answer is no UTF-8" in text, text
    assert "texts that were no UTF-8, and were changed: 1" in text, text
    assert [row["last_answer"] for row in before["message"] if row["id"] == 1] == ["503 bå,\udce5."]
    for row in before["message"]:
        row["last_answer"] = row["last_answer"].replace("\udce5", "�")
    before["message"].sort(key=str)
    same(before, dump(there))
    back = File(box.folder / "back.db")
    move(daemon, there.url, back.url)
    same(before, dump(back))


def a_backup_of_a_database_is_a_store(box):
    there = box.keep(Dropped())
    daemon = spring(box, there.url)
    copy = File(box.folder / "copy.db")
    answer = daemon.client("backup", copy.path)
    assert answer["bytes"] > 100000, answer
    daemon.client("backup", copy.path, code=65)
    before = dump(there)
    same(before, dump(copy))
    assert not (box.folder / "copy.db.part").exists() and not (box.folder / "copy.db-wal").exists()
    daemon.stop()
    goes_on(daemon, copy.url)
    assert daemon.order("verify")["rows"] == []


run(there_and_back_again,
    what_is_in_the_way_is_said,
    killed_midway_it_is_begun_again,
    every_table_goes_and_texts_of_other_times,
    a_backup_of_a_database_is_a_store)
