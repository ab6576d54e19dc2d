#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What would follow from each command is told before it is done: nothing of it happens then, and when it is done,
just that happens."""
import json
import sqlite3
from collections import Counter

from harness import event, run, wait_for

LAST = "2026-08-31"


def store(daemon):
    """Every row of the store."""
    with sqlite3.connect(f"file:{daemon.folder}/paminn.db?mode=ro", uri=True) as db:
        return list(db.iterdump())


def counters(daemon):
    row = daemon.query("whoami")[0]
    del row["time"]
    return row


def items_of(rows):
    return Counter((row["when"], row["to"], row["channel"], item["deadline"] or "", item["measure"] or "",
                    item["step"] or "") for row in rows for item in row["items"])


def owed(daemon):
    """(deadline, measure) of what is owed: its owner and dates."""
    return {(row["deadline"], row["measure"]): (row["owner"], row["due"], row["papers"])
            for row in daemon.query("list", all=True) if row["state"] in ("waiting", "open", "late")}


def what_closes(told):
    return {(row["deadline"], row["measure"]) for row in told["closes"] if row["as"] != "closed"}


def what_moves(told):
    return {(row["deadline"], row["measure"]): ((row["due_before"], row["papers_before"]),
                                                (row["due"], row["papers"]))
            for row in told["moves"] if (row["deadline"], row["measure"]) != (row["deadline"], None)}


def does_what_it_says(daemon, *command):
    """Foretell it, see that nothing has happened, do it, and compare."""
    daemon.settle()
    before = store(daemon), counters(daemon), daemon.query("forecast", until=LAST), owed(daemon)
    told = daemon.client(*command, "--dry-run")
    spoken = daemon.client(*command, "--dry-run", text=True)
    assert spoken.startswith("Nothing was sent. If it were, this would follow:"), spoken
    assert all(len(line) <= 80 for line in spoken.split("These ")[0].splitlines()), spoken
    daemon.settle()
    after = store(daemon), counters(daemon), daemon.query("forecast", until=LAST), owed(daemon)
    for one, other in zip(before, after):
        assert one == other, f"{command}: something has changed"

    daemon.client(*command)
    forecast, now = daemon.query("forecast", until=LAST), owed(daemon)
    was, is_to_be = items_of(before[2]), items_of(forecast)
    leaves, dropped = items_of(told["leaves"]), items_of(told["dropped"])
    assert leaves - dropped == is_to_be - was and dropped - leaves == was - is_to_be, \
        f"{command}: {is_to_be - was} leave, {was - is_to_be} do not\n{json.dumps(told, indent=1)}"
    assert what_closes(told) == set(before[3]) - set(now), told["closes"]
    assert {(row["deadline"], row["measure"]) for row in told["opens"]} == set(now) - set(before[3]), told["opens"]
    for key, (was, is_) in what_moves(told).items():
        assert before[3].get(key, (None, *was))[1:] == was and now[key][1:] == is_, (key, was, is_)
    moved = {key for key in set(now) & set(before[3]) if now[key][1:] != before[3][key][1:]}
    assert moved <= {(row["deadline"], row["measure"]) for row in told["moves"]}, (moved, told["moves"])
    handed = {(row["deadline"], row["measure"]): (row["owner_before"], row["owner"])
              for row in told["owners"] if row["deadline"]}
    assert handed == {key: (before[3][key][0], now[key][0]) for key in set(now) & set(before[3])
                      if now[key][0] != before[3][key][0]}, told["owners"]
    return told, spoken


def each_command(box):
    plan = box.plan()
    plan.people["bo"]["deputy"] = "anna"
    plan.settings["alerts"] = ({"when": "off-track", "to": ["manager"]},)
    plan.add("deadlines", "KS-2", title="Uppföljning", decision="KS 2026-04-15 § 13", due="2026-06-12",
             answers_from=["TN-1"], responsible="ola", inform=["reg"], ladder="standard", require=["note"])
    feed = box.feed(plan)
    daemon = box.daemon(plan, "2026-05-06T18:00")

    told, spoken = does_what_it_says(daemon, "extend", "KS-1", "--due", "2026-05-29", "--reference", "KS 1")
    assert "KS-1 moves from" in spoken and "TN-1 (anna), TN-2 (bo)" in spoken, spoken
    assert {row["to"] for row in told["leaves"] if row["kind"] == "moved"} == {"anna", "bo", "ola", "reg"}

    told, spoken = does_what_it_says(daemon, "assign", "TN-2", "anna")
    assert "TN-2 goes over from bo to: anna" in spoken, spoken
    does_what_it_says(daemon, "assign", "TN-2", "bo")

    told, spoken = does_what_it_says(daemon, "absence", "bo", "2026-05-07", "2026-05-20")
    assert any(row["to"] == "anna" and row["kind"] == "reminder" for row in told["leaves"]), told

    does_what_it_says(daemon, "absence", "bo", "2026-05-07", "2026-05-20", "--cancel")

    told, spoken = does_what_it_says(daemon, "meeting", "KS", "2026-06-16")
    does_what_it_says(daemon, "meeting", "KS", "2026-06-16", "--cancelled")
    does_what_it_says(daemon, "meeting", "KS", "2026-06-17")
    does_what_it_says(daemon, "note", "TN-1", "ett ord")
    does_what_it_says(daemon, "request", "TN-1", "--deadline", "KS-2", "--due", "2026-06-26", "--reason", "sjuk",
                      "--as", "anna")
    (asked,) = daemon.query("requests")
    told, spoken = does_what_it_says(daemon, "grant", asked["id"], "--reference", "KS 2")
    assert told["decides"] == [{"request": asked["id"], "deadline": "KS-2", "measure": "TN-1",
                                "state": "granted"}], told["decides"]
    does_what_it_says(daemon, "request", "TN-1", "--deadline", "KS-2", "--due", "2026-07-03", "--reason", "sjuk",
                      "--as", "anna")
    (asked,) = daemon.query("requests")
    does_what_it_says(daemon, "deny", asked["id"], "--reason", "nej")

    told, spoken = does_what_it_says(daemon, "status", "TN-1", "off-track", "--progress", "10", "--as", "anna")
    assert "its answer would say: it answers KS-1; one for KS-2 counts" in " ".join(spoken.split()), spoken
    assert "KS-1 is answered: TN-1 (anna)" in spoken, spoken
    assert any(row["kind"] == "alert" and row["to"] == "mona" for row in told["leaves"]), told
    does_what_it_says(daemon, "close", "TN-1", "struck", "--reference", "KS 3")

    told, spoken = does_what_it_says(daemon, "submit", "KS-1", "--reference", "KS 4")
    assert "KS-1 is asked for no more, unanswered: TN-2 (bo)" in spoken, spoken
    told, spoken = does_what_it_says(daemon, "outcome", "KS-1", "returned", "--reference", "KS 5", "--due", "2026-06-30")
    assert "KS-1 is asked for" in spoken, spoken
    does_what_it_says(daemon, "outcome", "KS-1", "noted", "--reference", "KS 6")
    does_what_it_says(daemon, "propose", "KS-2", "Nämnden föreslår att rapporten godkänns.")
    given = daemon.client("extend", "KS-2", "--due", "2026-07-31", "--reference", "KS 7")
    does_what_it_says(daemon, "undo", str(given["seq"]))
    assert daemon.client("verify") == []
    wait_for(lambda: len(feed.of("outcome")) == 2, "the feed")
    assert len(feed.of("extend")) == 3 and len(feed.of("submit")) == 1, "more was fed than was said"


def refused_like_the_event_itself(box):
    plan = box.plan()
    daemon = box.daemon(plan, "2026-05-06T18:00")
    before = store(daemon)
    assert "already passed" in daemon.client("extend", "KS-1", "--due", "2026-05-01", "--reference", "R", "--dry-run",
                                             code=65, text=True)
    assert "there is no measure" in daemon.client("status", "TN-9", "done", "--dry-run", code=65, text=True)
    wrong = daemon.ask({"query": "consequences", "params": {"event": {"specversion": "1.0"}}})
    assert wrong["result"] == "rejected" and wrong["code"] == "bad-event", wrong
    missing = daemon.ask({"query": "consequences", "params": {}})
    assert missing["code"] == "bad-data" and "event" in missing["reason"], missing
    said = event("status", "TN-1", {"status": "on-track"}, "/people/anna")
    assert daemon.ask(said)["result"] == "accepted"
    again = daemon.ask({"query": "consequences", "params": {"event": said}})
    assert again["code"] == "bad-event" and "accepted before" in again["reason"], again
    assert len(store(daemon)) > len(before)
    daemon.stop()
    told = daemon.client("status", "TN-1", "done", "--dry-run", code=69, text=True)
    assert "kept" not in told, told
    assert not list(daemon.folder.glob(".local/state/paminn/spool/*")), "it was kept"


def a_file_of_events(box):
    plan = box.plan()
    daemon = box.daemon(plan, "2026-05-06T18:00")
    lines = [event("status", "TN-1", {"status": "on-track"}, "/people/anna"),
             event("status", "TN-2", {"status": "on-track"}, "/people/bo")]
    before = store(daemon)
    told = daemon.client("send", "-", "--dry-run", text=True, stdin="\n".join(map(json.dumps, lines)) + "\n")
    assert "Line 1, paminn.status TN-1:" in told and "KS-1 is answered: TN-2 (bo)" in told, told
    assert store(daemon) == before


run(each_command, refused_like_the_event_itself, a_file_of_events)
