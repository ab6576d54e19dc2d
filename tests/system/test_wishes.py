#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What users of neighbouring systems have asked for in vain: a scenario a wish, named after it."""
import re

from harness import event, run, wait_for

NEEDS_SUPPORT = ({"when": "needs-support", "to": ["role:support"]},)


def ladder(name, *steps, time="08:00"):
    """A ladder of steps `at: recipients`, with more keys after them."""
    return {"name": name, "time": time, "steps": tuple(
        {"at": at, "to": to.split(), **more} for at, to, more in steps)}


def anna_owes(plan, due, *steps, time="08:00"):
    """The whole plan: Anna's one measure, due on a date, on a ladder of the test's own."""
    plan.settings["ladders"] = (ladder("own", *steps, time=time),)
    plan.deadlines["KS-1"] = {"title": "Återredovisning av åtgärdsplan", "due": due,
                              "answers_from": ["TN-1"], "inform": ["reg"], "ladder": "own"}


def left(sink, person):
    return [f"{mail.when:%m-%d %H:%M}" for mail in sink.to(person)]


def delivered(daemon):
    """All that the outbox holds, once all of it has been delivered."""
    return wait_for(lambda: (rows := daemon.query("outbox")) and
                    all(row["state"] == "delivered" for row in rows) and rows, "all deliveries")


def killed(daemon, clock):
    """Killed, and started again at an instant: where it was, or after a time of being down."""
    daemon.kill()
    daemon.clock = clock
    daemon.start()


def built_in_business_hours_and_public_holidays(box):
    """Nothing of the calendar is configured. A daily nag from 17 December at 06:00 leaves when the
    day opens, and knows Christmas, New Year and Epiphany with their eves."""
    plan = box.plan()
    sink = box.smtp(plan)
    del plan.settings["calendar"]
    anna_owes(plan, "2026-12-17", ("0", "owner", {"repeat": "1wd", "until": "+11wd"}), time="06:00")
    daemon = box.daemon(plan, "2026-12-16T12:00")
    daemon.until("2027-01-11T12:00")
    days = "12-17 12-18 12-21 12-22 12-23 12-28 12-29 12-30 01-04 01-05 01-07 01-08"
    assert left(sink, "anna") == [f"{day} 07:30" for day in days.split()], sink.mails


def sent_when_quiet_time_ends_instead_of_dropped(box):
    """The evening before Ascension: what is due then leaves on Friday morning, once, even though
    the daemon was killed in between."""
    plan = box.plan()
    sink = box.smtp(plan)
    plan.settings["alerts"] = NEEDS_SUPPORT
    anna_owes(plan, "2026-05-18", ("-2wd", "owner", {}), ("-1wd", "owner", {}), time="19:30")
    daemon = box.daemon(plan, "2026-05-13T19:00")
    daemon.until("2026-05-13T20:00")
    daemon.tell("status", "TN-1", "/people/anna", status="on-track", needs_support="Jurist",
                time="2026-05-01T12:00:00+02:00")  # before the window: it answers nothing
    daemon.until("2026-05-14T01:00")
    killed(daemon, "2026-05-14T12:00")
    daemon.until("2026-05-18T12:00")
    assert left(sink, "anna") == ["05-15 07:30", "05-18 07:30"], sink.mails
    assert left(sink, "stina") == ["05-15 07:30"], sink.mails
    assert len(delivered(daemon)) == 3


def escalation_counts_working_days_in_local_time(box):
    """Over the change to summer time and over Easter, at eight by the clock on the wall, whatever
    zone the machine believes in."""
    plan = box.plan()
    sink = box.smtp(plan)
    anna_owes(plan, "2026-03-27", ("0", "owner", {}), ("+1wd", "manager", {}),
              ("+5wd", "role:support", {"repeat": "1wd", "until": "+6wd"}))
    daemon = box.daemon(plan, "2026-03-26T12:00",
                        environment={"TZ": "America/Los_Angeles"})
    daemon.until("2026-04-09T12:00")
    assert [(row["planned"], row["to"], row["kind"]) for row in delivered(daemon)] == [
        ("2026-03-27T08:00:00+01:00", "anna", "reminder"),
        ("2026-03-30T08:00:00+02:00", "mona", "escalation"),
        ("2026-04-07T08:00:00+02:00", "stina", "escalation"),
        ("2026-04-08T08:00:00+02:00", "stina", "escalation")], daemon.query("outbox")
    assert left(sink, "mona") + left(sink, "stina") == ["03-30 08:00", "04-07 08:00", "04-08 08:00"]
    assert sink.to("mona")[0].message["Date"].endswith("+0200"), sink.to("mona")[0].message["Date"]


def postponed_when_nobody_is_there(box):
    """Anna is away until Ascension, and her deputy Bo for a part of it: when neither is there, it
    waits for the first working day when they are, and the manager hears of that, once."""
    plan = box.plan()
    sink = box.smtp(plan)
    plan.settings["ladders"] = (ladder("standard", ("-5wd", "owner", {}), ("-2wd", "owner", {})),)
    daemon = box.daemon(plan, "2026-05-04T12:00")
    daemon.tell("absence", "anna", **{"from": "2026-05-06", "until": "2026-05-14", "deputy": "bo"})
    daemon.tell("absence", "bo", **{"from": "2026-05-11", "until": "2026-05-14"})
    daemon.restart("2026-05-04T12:00")
    daemon.until("2026-05-12T12:00")
    daemon.restart()
    daemon.until("2026-05-18T12:00")
    assert left(sink, "anna") == ["05-15 08:00"], sink.mails
    assert left(sink, "bo") == ["05-07 08:00", "05-15 08:00"], sink.mails
    assert "TN-1" in sink.to("bo")[0].text and "TN-1" not in sink.to("bo")[1].text, sink.mails
    assert left(sink, "mona") == ["05-12 08:00"], sink.mails
    told = " ".join(sink.to("mona")[0].text.split())
    assert "TN-1" in told and "TN-2" in told and "15 maj" in told, told
    for item, person in (("TN-1", "anna"), ("TN-2", "bo")):
        why = {row["step"]: row["reason"] for row in daemon.query("why", item=item, person=person)}
        assert "was held during an absence; accepted 2026-05-15 08:00" in why["-2wd"], why


def escalation_resumes_after_a_restart(box):
    """Killed after each step of the escalation, and down over one: it goes on where it was."""
    plan = box.plan()
    sink = box.smtp(plan)
    anna_owes(plan, "2026-05-15", ("0", "owner", {}), ("+1wd", "manager", {}),
              ("+3wd", "role:support", {"repeat": "2wd", "until": "+9wd"}))
    daemon = box.daemon(plan, "2026-05-15T07:00")
    for at in ("2026-05-15T12:00", "2026-05-18T12:00"):
        daemon.until(at)
        killed(daemon, at)
    daemon.until("2026-05-20T12:00")
    killed(daemon, "2026-05-25T10:00")  # down over the escalation of Friday 22 May
    daemon.until("2026-06-02T12:00")
    assert left(sink, "anna") == ["05-15 08:00"], sink.mails
    assert left(sink, "mona") == ["05-18 08:00"], sink.mails
    stina = left(sink, "stina")
    assert [stina[0], *stina[2:]] == ["05-20 08:00", "05-26 08:00", "05-28 08:00"], stina
    assert stina[1].startswith("05-25 10:"), stina


def my_own_nag_ladder_on_every_channel(box):
    """Anna's ladder is her deadline's own and reaches her by mail and both her hooks; Bo's stays
    the standard one, by mail."""
    plan = box.plan()
    sink = box.smtp(plan)
    hooks = [box.hook(plan, name) for name in ("phone", "desk")]
    plan.people["anna"]["channels"] = ["mail", "phone", "desk"]
    plan.settings["ladders"] += (ladder("nag", ("-3wd", "owner", {}), (
        "0", "owner", {"repeat": "1wd", "until": "+2wd"}), time="09:15"),)
    plan.deadlines["KS-1"].update(answers_from=["TN-2"])
    plan.add("deadlines", "KS-2", title="Lägesrapport maj", due="2026-05-15", inform=["reg"],
             answers_from=["TN-1"], ladder="nag")
    daemon = box.daemon(plan, "2026-05-08T12:00")
    daemon.until("2026-05-20T06:00")
    instants = [f"2026-05-{day}T09:15:00+02:00" for day in (11, 15, 18, 19)]
    rows = delivered(daemon)
    for channel in ("mail", "phone", "desk"):
        assert [row["planned"] for row in rows
                if (row["to"], row["channel"]) == ("anna", channel)] == instants, (channel, rows)
    assert left(sink, "anna") == [f"05-{day} 09:15" for day in (11, 15, 18, 19)], sink.mails
    for hook in hooks:
        assert [(body["data"]["to"], body["data"]["items"][0]["step"]) for _, body in hook.posts] \
            == [("anna", step) for step in ("-3wd", "0", "0", "0")], hook.posts
    assert left(sink, "bo")[1:] == ["05-12 08:00", "05-15 08:00", "05-18 08:00"], sink.mails
    assert daemon.obligation("KS-2", "TN-1")["asked"] == 4, "a step counts once on all channels"


def the_boss_later_than_me(box):
    """One step names owner and manager. The manager hears a working day after the owner's mail was
    accepted, and never of one who was not reached."""
    plan = box.plan()
    sink = box.smtp(plan)
    plan.settings["ladders"] = (ladder("standard", ("0", "owner manager", {})),)
    sink.rcpt["anna"] = ["450 4.2.1 later"] * 4  # after 5 s, 5 min, 30 min and 2 h it is taken
    sink.rcpt["bo"] = "550 5.1.1 no such user"
    daemon = box.daemon(plan, "2026-05-15T07:00")
    daemon.until("2026-05-20T12:00")
    (mine,) = [row for row in daemon.query("outbox") if row["to"] == "anna"]
    assert (mine["state"], mine["attempts"]) == ("delivered", 5), mine
    assert left(sink, "anna") + left(sink, "mona") == ["05-15 08:00", "05-18 08:00"], sink.mails
    (boss,) = sink.to("mona")
    assert "TN-1" in boss.text and "TN-2" not in boss.text, boss.text
    (told,) = [mail for mail in sink.to("stina") if "Bo Alm" in " ".join(mail.text.split())]
    assert "550 5.1.1" in told.text, told.text


def acknowledged_but_re_asked(box):
    """"Seen, answer by" is quiet until that day, asks again on the next working day, even over a
    restart, is never the last word past the papers date, and is no answer."""
    plan = box.plan()
    sink = box.smtp(plan)
    daemon = box.daemon(plan, "2026-05-07T07:00")
    daemon.until("2026-05-07T10:00")
    answer = daemon.ask(event("seen", "TN-1", {"answer_by": "2026-05-18"}, "/people/anna"))
    assert answer["code"] == "bad-data" and "2026-05-15" in answer["reason"], answer
    daemon.tell("seen", "TN-1", "/people/anna", answer_by="2026-05-12")
    row = daemon.obligation("KS-1", "TN-1")
    assert row["state"] == "open" and row["status"] is None, row
    daemon.restart("2026-05-08T12:00")
    daemon.until("2026-05-19T06:00")
    assert left(sink, "anna") == [f"05-{day} 08:00" for day in ("07", 13, 15, 18)], sink.mails
    assert left(sink, "bo") == [f"05-{day} 08:00" for day in ("07", 12, 15, 18)], sink.mails
    row = daemon.obligation("KS-1", "TN-1")
    assert row["state"] == "late" and row["asked"] == 4, row
    assert "TN-1" in sink.to("mona")[0].text, "a promise that was not kept is not escalated"


def no_interval_drift_but_calendar_instants(box):
    """A daily reminder over four weeks: refused for hours, the daemon stopped and killed at odd
    times, summer time begun; each is at eight, and none is skipped."""
    plan = box.plan()
    sink = box.smtp(plan)
    anna_owes(plan, "2026-03-16", ("0", "owner", {"repeat": "1wd", "until": "+17wd"}))
    sink.rcpt["anna"] = ["450 4.2.1 later"] * 3  # the first of them
    daemon = box.daemon(plan, "2026-03-15T12:00")
    daemon.until("2026-03-17T13:37")
    daemon.restart("2026-03-17T13:37")
    daemon.until("2026-03-21T04:11")
    killed(daemon, "2026-03-21T04:11")
    daemon.until("2026-03-28T23:59")
    daemon.restart()
    daemon.until("2026-04-10T12:00")
    days = [f"03-{day}" for day in (16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30, 31)]
    days += [f"04-{day:02}" for day in (1, 2, 7, 8, 9, 10)]
    offsets = ["+02:00" if day > "03-28" else "+01:00" for day in days]
    assert [row["planned"] for row in delivered(daemon)] == [
        f"2026-{day}T08:00:00{offset}" for day, offset in zip(days, offsets)]
    assert [day for day, _ in map(str.split, left(sink, "anna"))] == days, sink.mails
    assert daemon.query("outbox")[0]["attempts"] == 4, daemon.query("outbox")[0]


def no_duplicates_from_retries(box):
    """A sender that repeats itself over a crash; a server that puts off; a connection lost after
    the body: one decision each, and of copies only what the loss explains, all the same mail."""
    plan = box.plan()
    sink = box.smtp(plan)
    plan.settings["alerts"] = ({"when": "needs-support", "to": ["role:support", "manager", "ola"]},)
    plan.people["stina"]["roles"] = ["support"]  # a steward would hear of hold, too
    sink.rcpt["stina"] = ["450 4.2.1 later"] * 2
    sink.data["stina"] = ["451 4.3.0 later"]
    sink.drop["mona"] = 1
    daemon = box.daemon(plan, "2026-04-22T09:00")
    daemon.order("hold", on=True)
    said = event("status", "TN-1", {"status": "at-risk", "needs_support": "Jurist"}, "/people/anna")
    first = daemon.ask(said)
    assert first["result"] == "accepted", first
    killed(daemon, "2026-04-22T09:00")
    for _ in range(3):
        assert daemon.ask(said) == {"result": "duplicate", "id": first["id"], "seq": first["seq"]}
    daemon.order("hold", on=False)
    daemon.until("2026-04-22T15:00")
    rows = {row["to"]: row for row in delivered(daemon)}
    assert sorted(rows) == ["mona", "ola", "stina"] and len(daemon.query("outbox")) == 3, rows
    assert (rows["stina"]["attempts"], rows["stina"]["unknown"]) == (4, 0), rows
    assert len(sink.to("stina")) == len(sink.to("ola")) == 1, sink.mails
    copies = sink.to("mona")
    assert len(copies) == 2 == 1 + rows["mona"]["unknown"], (copies, rows)
    assert copies[0].id == copies[1].id, copies


def a_real_test_of_a_receiver_with_the_servers_reply_shown(box):
    """`paminn test` delivers, on every channel, and prints what the server itself said."""
    plan = box.plan()
    sink = box.smtp(plan)
    hook = box.hook(plan)
    plan.people["anna"]["channels"] = ["mail", "hook"]
    sink.rcpt["bo"] = "550 5.7.1 relaying denied for this host"
    sink.data["ola"] = "250 2.0.0 queued as 4bXq7T"
    hook.replies = [418]
    daemon = box.daemon(plan, "2026-05-02T22:00")  # a Saturday evening, and nothing is due
    text = daemon.client("test", "anna", text=True, code=65)
    assert "mail: delivered: 250 2.0.0 Ok" in text and "hook: failed: " in text, text
    assert "418" in text, text
    (mail,), ((_, post),) = sink.to("anna"), hook.posts
    assert "Anna Ek" in mail.message["To"] and post["data"]["to"] == "anna", (mail, post)
    text = daemon.client("test", "bo", text=True, code=65)
    assert "mail: failed: 550 5.7.1 relaying denied for this host" in text, text
    # Whether that is about us or about Bo one answer does not say: the log has it all the same.
    assert daemon.logged("^<4>message .* is failed, .*relaying denied"), daemon.log_text()
    assert "250 2.0.0 queued as 4bXq7T" in daemon.client("test", "ola", text=True)
    assert {row["asked"] for row in daemon.query("list", all=True)} == {0}, "a test asks nobody"


def a_record_of_what_was_sent_and_what_was_not_and_why(box):
    """Anna was asked, away over a step, and answers; Bo's address is refused."""
    plan = box.plan()
    sink = box.smtp(plan)
    sink.rcpt["bo"] = "550 5.1.1 no such user"
    daemon = box.daemon(plan, "2026-04-28T12:00")
    daemon.until("2026-04-30T12:00")
    rows = daemon.query("why", item="TN-1", person="anna")
    ahead = {row["step"]: row["decision"] for row in rows}
    assert ahead == {"-10wd": "sent", "-5wd": "planned", "-2wd": "planned", "0": "planned",
                     "+1wd": "planned"}, ahead
    daemon.restart("2026-05-13T10:00")  # down over -5wd and -2wd
    daemon.until("2026-05-13T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="on-track")
    daemon.restart("2026-05-13T12:00")
    daemon.until("2026-05-19T12:00")

    def record(measure, person):
        rows = daemon.query("why", item=measure, person=person)
        return {row["step"]: (row["decision"], row["reason"]) for row in rows if row["step"]}

    anna, bo, mona = record("TN-1", "anna"), record("TN-2", "bo"), record("TN-2", "mona")
    for reasons, step, decision, words in (
            (anna, "-10wd", "sent", "accepted 2026-04-29 08:00"), (anna, "-5wd", "merged", "-2wd"),
            (anna, "-2wd", "sent", "late"), (anna, "0", "suppressed", "answered 2026-05-13"),
            (anna, "+1wd", "suppressed", "answered 2026-05-13"), (bo, "0", "failed", "550 5.1.1"),
            (mona, "+1wd", "held", "no reminder of this round has reached bo")):
        assert reasons[step][0] == decision and words in reasons[step][1], (step, reasons)
    text = daemon.client("why", "TN-2", text=True)
    for words in ("bo", "failed", "550 5.1.1", "mona", "held"):
        assert words in text, text


def holiday_adjusted_due_dates(box):
    """Back before a meeting and for a plain date, forward for a statutory limit."""
    plan = box.plan()
    sink = box.smtp(plan)
    for key, due, more in (("EVE", "2026-06-19", {}), ("NATIONAL", "2026-06-06", {}),
                           ("YEAR", "2026-12", {}), ("LAG", "2026-10-31", {"round": "forward"})):
        plan.add("deadlines", key, title="Rapport", due=due, answers_from=["TN-2"], inform=["reg"],
                 ladder="standard", **more)
    daemon = box.daemon(plan, "2026-04-22T12:00")
    rows = {row["deadline"]: row for row in daemon.query("list", all=True) if row["measure"]}
    assert {key: (row["due"], row["papers"], row["practical"]) for key, row in rows.items()} == {
        "KS-1": ("2026-05-26", "2026-05-15", "2026-05-13"),     # a squeeze day after Ascension
        "EVE": ("2026-06-18", "2026-06-18", "2026-06-18"),      # Midsummer Eve
        "NATIONAL": ("2026-06-05", "2026-06-05", "2026-06-05"),  # a Saturday too
        "YEAR": ("2026-12-30", "2026-12-30", "2026-12-30"),     # before New Year's Eve
        "LAG": ("2026-11-02", "2026-11-02", "2026-11-02")}, rows  # All Saints' Day
    daemon.stop()
    plan.deadlines = {"LAG": plan.deadlines["LAG"]}
    daemon.clock = "2026-10-29T12:00"
    daemon.start()
    daemon.until("2026-10-30T12:00")
    step = {row["step"]: row["when"][:16] for row in daemon.query("why", item="LAG", person="bo")}
    assert step["0"] == "2026-10-30T08:00" and "10-30 08:00" in left(sink, "bo"), step
    for at, state in (("2026-11-02T23:50", "open"), ("2026-11-03T00:10", "late")):
        daemon.until(at)
        assert daemon.obligation("LAG", "TN-2")["state"] == state, at


def links_that_scanners_cannot_press(box):
    """Whatever opens everything in a mail changes nothing: no kind of mail, in either language, has
    anything to open."""
    plan = box.plan()
    sink = box.smtp(plan)
    plan.settings["alerts"] = NEEDS_SUPPORT
    for person in ("bo", "reg"):
        plan.people[person]["language"] = "en"
    daemon = box.daemon(plan, "2026-05-15T07:00")
    daemon.until("2026-05-18T12:00")
    daemon.tell("status", "TN-1", "/people/anna", status="at-risk", needs_support="Jurist")
    daemon.tell("meeting", "KS", **{"from": "2026-06-02", "replaces": "2026-05-26"})
    daemon.tell("assign", "TN-2", owner="anna")
    daemon.until("2026-05-20T12:00")
    daemon.tell("submit", "KS-1", "/people/ola", reference="TN 2026-05-20 § 7")
    daemon.until("2026-05-22T12:00")
    daemon.tell("outcome", "KS-1", outcome="returned", due="2026-06-05", reference="KS § 31")
    daemon.tell("absence", "anna", **{"from": "2026-05-29", "until": "2026-05-31"})
    daemon.until("2026-06-01T12:00")
    told = " ".join(mail.text for mail in sink.mails)
    assert "återremitterats" in told and "är frånvarande" in told, told
    for person in ("anna", "bo"):
        daemon.client("test", person)
    assert {row["kind"] for row in delivered(daemon)} == {
        "reminder", "escalation", "alert", "moved", "confirmation", "assigned", "absence", "test"}
    for mail in sink.mails:
        for part in (mail.text, mail.html, str(mail.message.items())):
            assert not re.search(r"https?:|ftp:|//[a-z]|\bwww\.|List-Unsubscribe", part, re.I), part
        assert not re.search(r"<(a|form|img|iframe|link|script)\b|url\(|@import|\b(href|src)=",
                             mail.html, re.I), mail.html


def never_an_empty_digest_a_blank_field_or_an_auto_reply_storm(box):
    plan = box.plan()
    sink = box.smtp(plan)
    # Everything that may be left out of a plan is.
    plan.add("measures", "TN-3", title="Ny upphandling", owner="anna")
    for measure in plan.measures.values():
        measure.pop("effect_planned", None)
    del plan.deadlines["KS-1"]["decision"]
    plan.deadlines["KS-1"]["title"] = "Klicka här för att fylla i rubrik"
    daemon = box.daemon(plan, "2026-05-12T07:00", start=False)
    done = daemon.check()
    assert done.returncode == 78 and "Klicka här" in done.stdout + done.stderr, done
    plan.deadlines["KS-1"]["title"] = "Återredovisning"
    daemon.start()
    daemon.order("hold", on=True)
    daemon.restart("2026-05-12T07:30")
    daemon.until("2026-05-12T08:30")
    for measure, owner in (("TN-1", "anna"), ("TN-2", "bo")):
        daemon.tell("status", measure, f"/people/{owner}", status="on-track")
    daemon.order("hold", on=False)
    daemon.restart("2026-05-12T09:00")
    daemon.until("2026-05-14T12:00")
    # Anna's message of two speaks of the one that is left, Bo's of one is gone.
    assert [mail.person for mail in sink.mails if mail.when.day == 12].count("anna") == 1
    assert "TN-3" in sink.to("anna")[0].text and "TN-1" not in sink.to("anna")[0].text
    assert not sink.to("bo"), sink.to("bo")
    daemon.until("2026-05-20T12:00")
    assert {mail.person for mail in sink.mails} == {"anna", "ola", "mona", "stina"}, sink.mails
    for mail in sink.mails:
        assert not re.search(r"\{\{|\(null\)|\bNone\b|\(\s*\)|«»|\" *\"", mail.text), mail.text
        assert not re.search(r"^  +[^:\n]+:\s*$", mail.text, re.M), mail.text
        assert not re.search(r"<(td|th|p|h2|pre|b|strong)\b[^>]*>\s*</", mail.html), mail.html
        assert mail.subject.strip() and not re.search(r"  |[ :,–]$", mail.subject), mail.subject
        # What answers by itself is told not to, and is not answered to the daemon.
        assert mail.message["Auto-Submitted"] == "auto-generated", mail.raw
        assert mail.message["X-Auto-Response-Suppress"] == "All", mail.raw
        assert mail.message["Reply-To"].addresses[0].addr_spec == "stod@kommunen.internal"


run(built_in_business_hours_and_public_holidays, sent_when_quiet_time_ends_instead_of_dropped,
    escalation_counts_working_days_in_local_time, postponed_when_nobody_is_there,
    escalation_resumes_after_a_restart, my_own_nag_ladder_on_every_channel, the_boss_later_than_me,
    acknowledged_but_re_asked, no_interval_drift_but_calendar_instants, no_duplicates_from_retries,
    a_real_test_of_a_receiver_with_the_servers_reply_shown,
    a_record_of_what_was_sent_and_what_was_not_and_why, holiday_adjusted_due_dates,
    links_that_scanners_cannot_press, never_an_empty_digest_a_blank_field_or_an_auto_reply_storm)
