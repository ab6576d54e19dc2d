#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""paminn-rules(7), Asking for an extension: owners ask, a committee gets the list with reasons and how much is
done, and grants all of it with one reference; what it denies is told to whoever asked."""
import json

from harness import event, run

COUNT = 7


def start(box):
    plan = box.plan()
    for n in range(3, COUNT + 1):
        plan.add("measures", f"TN-{n}", title=f"Åtgärd {n}", owner="anna" if n % 2 else "bo")
    plan.add("systems", "ekonomi", may_report=["TN-1"])
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-04T07:00")
    daemon.until("2026-05-05T10:00")
    return daemon, sink


def ask_for(daemon, n, *more, code=0):
    return daemon.client("request", f"TN-{n}", "--deadline", "KS-1", "--due", "2026-05-20",
                         "--reason", f"Skäl {n}", "--progress", 10 * n,
                         "--as", "anna" if n % 2 else "bo", *more, code=code)


def seven_are_asked_for_and_granted_with_one_reference(box):
    daemon, sink = start(box)
    daemon.until("2026-05-05T18:00")  # what is told in the morning is one message
    for n in range(1, COUNT + 1):
        assert ask_for(daemon, n)["result"] == "accepted"
    rows = daemon.client("requests", "--body", "KS")
    assert [(row["measure"], row["reason"], row["progress"], row["by"], row["stands"])
            for row in rows] == [(f"TN-{n}", f"Skäl {n}", 10 * n, "anna" if n % 2 else "bo",
                                  "2026-05-15") for n in range(1, COUNT + 1)], rows
    text = daemon.client("requests", text=True)
    assert text.count("Skäl") == COUNT and "70 %" in text and "Wed 20 May" in text, text
    assert "No later date is asked for" in daemon.client("requests", "--body", "TN", text=True)
    assert "Wed 20 May" in daemon.client("list", text=True)

    daemon.until("2026-05-06T12:00")
    (told,) = sink.to("stina")
    assert told.text.count("begär anstånd") == COUNT and "paminn grant" in told.text, told.text
    daemon.until("2026-05-08T12:00")
    assert "Begärt anstånd: till onsdag 20 maj 2026" in sink.to("anna")[-1].text

    answer = daemon.client("grant", "--all", "--body", "KS", "--reference", "KS § 40", text=True)
    assert f"KS granted {COUNT}" in answer, answer
    for n in range(1, COUNT + 1):
        row = daemon.obligation("KS-1", f"TN-{n}")
        assert (row["papers"], row["papers_original"]) == ("2026-05-20", "2026-05-15"), row
        assert "requested" not in row, row
    assert daemon.obligation("KS-1")["papers"] == "2026-05-15"
    assert daemon.client("requests") == []
    assert {(row["state"], row["reference"]) for row in daemon.client("requests", "--all")} == \
        {("granted", "KS § 40")}
    assert "No later date is asked for" in daemon.client("grant", "--all", "--reference", "x",
                                                         text=True)
    daemon.until("2026-05-08T16:00")
    assert "KS § 40" in sink.to("anna")[-1].text and "Anstånd" in sink.to("anna")[-1].text
    assert daemon.client("verify") == []


def what_is_denied_is_told(box):
    daemon, sink = start(box)
    ask_for(daemon, 1)
    ask_for(daemon, 2)
    first, second = (row["id"] for row in daemon.client("requests"))
    assert "no request has the id" in daemon.client("deny", first, "nonesuch", "--reason", "x",
                                                    text=True, code=65)
    assert "takes the ids of requests, or --all" in daemon.client("grant", "--reference", "x",
                                                                  text=True, code=64)
    assert "denied 2" in daemon.client("deny", first, second, "--reason", "Nämnden väntar",
                                       text=True)
    assert [row["answer"] for row in daemon.client("requests", "--state", "denied")] == \
        ["Nämnden väntar"] * 2
    assert f"request {first} of TN-1 is denied" in daemon.client("grant", first, "--reference", "x",
                                                               text=True, code=65)
    daemon.until("2026-05-05T16:00")
    text = sink.to("anna")[-1].text
    assert "avslagits" in text and "Nämnden väntar" in text, text
    assert daemon.obligation("KS-1", "TN-1")["papers"] == "2026-05-15"
    assert daemon.client("verify") == []


def what_is_in_the_way_is_said(box):
    daemon, _ = start(box)
    daemon.tell("status", "TN-1", status="on-track")
    assert "nothing is unanswered" in ask_for(daemon, 1, "--json", code=65)["reason"]
    answer = daemon.ask(event("request", "TN-2", {"deadline": "KS-1", "due": "2026-05-20",
                                                  "reason": "x"}, "/systems/ekonomi"))
    assert answer["code"] == "not-allowed" and "is a system" in answer["reason"], answer
    assert "is not after 2026-05-15" in daemon.client(
        "request", "KS-1", "--due", "2026-05-12", "--reason", "x", "--as", "ola", text=True, code=65)


def more_than_one_event_names_are_several_events(box):
    """501 are granted by one command; of as many denials, what comes before the refused stands."""
    plan, many = box.plan(), 501
    plan.measures.clear()
    # Of ten deadlines, since what one more of its measures asks is asked of all that the deadline asks. The last one's
    # stand on both sides of 500.
    first, shared = plan.deadlines.pop("KS-1"), many // 10
    of = {n: f"KS-{min((n + shared - 1) // shared, 10)}" for n in range(1, many + 1)}
    for name in dict.fromkeys(of.values()):
        plan.add("deadlines", name, **{**first, "answers_from": [f"TN-{n}" for n in of if of[n] == name]})
    for n in of:
        plan.add("measures", f"TN-{n}", title=f"Åtgärd {n}", owner="anna")
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-04T07:00")

    def all_ask(due):
        lines = (json.dumps(event("request", f"TN-{n}", {"deadline": of[n], "due": due,
                                                         "reason": "Semester"}, "/people/anna"))
                 for n in of)
        daemon.client("send", "-", stdin="\n".join(lines))
        return [row["id"] for row in daemon.client("requests")]

    assert len(all_ask("2026-05-20")) == many
    text = daemon.client("grant", "--all", "--reference", "KS § 40", "--timeout", "60", text=True)
    assert "granted 500 (seq" in text and "granted 1 (seq" in text, text
    assert f"{many} granted in all" in text, text
    assert daemon.client("requests") == []
    assert daemon.obligation(of[many], f"TN-{many}")["papers"] == "2026-05-20"

    ids = all_ask("2026-05-22")
    text = daemon.client("deny", *ids, "nonesuch", "--reason", "Nämnden väntar", text=True, code=65)
    assert "no request has the id nonesuch" in text, text
    assert f"of {many + 1}, 500 were denied before that" in text, text
    assert [row["id"] for row in daemon.client("requests")] == ids[500:]
    # One of the deadline as a whole settles what its measures ask for, in the events after it too.
    daemon.client("deny", *ids[500:], "--reason", "x")
    whole = daemon.ask(event("request", of[many], {"due": "2026-05-29", "reason": "x"}, "/people/ola"))
    assert whole["result"] == "accepted", whole
    ids = all_ask("2026-05-25")
    text = daemon.client("grant", *ids, "--reference", "KS § 41", text=True)
    assert "granted in all" in text and daemon.client("requests") == [], text
    assert daemon.client("verify") == []


run(seven_are_asked_for_and_granted_with_one_reference, what_is_denied_is_told,
    what_is_in_the_way_is_said, more_than_one_event_names_are_several_events)
