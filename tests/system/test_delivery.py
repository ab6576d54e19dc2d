#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Servers that refuse, delay, vanish and come back: every message ends in one recorded state.

Row 9: 4xx and 5xx (refused_...). Seen to fail when 4xx is refused for good.
Row 10: dropped after the dot (dropped_after_..., held_after_...). Seen to fail when unknown outcomes are not counted.
Row 11: dropped before it, 421 (dropped_before_...). Seen to fail when a lost connection is unknown in any phase.
"""
from harness import SmtpSink, local, run, wait_for

# On 12 May at 08:00 -2wd asks Anna, Bo and Ola.
MORNING = "2026-05-12T07:00"


def rows(daemon, person=None):
    return [row for row in daemon.query("outbox") if person in (None, row["to"])]


def settled(daemon, states=("delivered",)):
    return wait_for(lambda: (all(row["state"] in states for row in daemon.query("outbox"))
                             and daemon.query("outbox")), f"all messages to be {states}")


def morning(box, start=True, clock=MORNING):
    plan = box.plan()
    return plan, box.smtp(plan), box.daemon(plan, clock, start=start)


def refused_for_now_is_retried(box):
    """4xx: after 5 s, 5 min, 30 min, 2 h."""
    plan, sink, daemon = morning(box, start=False)
    feed = box.feed(plan, "paminn.delivery")
    sink.rcpt["anna"] = ["450 4.2.1 later"] * 3
    sink.data["bo"] = ["451 4.3.0 later"] * 2
    daemon.start()
    daemon.until("2026-05-12T12:00")
    (anna,), (bo,) = rows(daemon, "anna"), rows(daemon, "bo")
    assert (anna["state"], anna["attempts"], anna["unknown"]) == ("delivered", 4, 0), anna
    assert (bo["state"], bo["attempts"], bo["unknown"]) == ("delivered", 3, 0), bo
    assert anna["planned"] == bo["planned"] == "2026-05-12T08:00:00+02:00"
    assert len(sink.to("anna")) == len(sink.to("bo")) == 1
    # The clock stands still during attempts, so each is 5 s, 5 min and 30 min after the one before.
    at = [local(news["time"]) for news in feed.of("delivery") if news["data"]["to"] == "anna"]
    assert [news["data"]["state"] for news in feed.of("delivery")
            if news["data"]["to"] == "anna"] == ["retry"] * 3 + ["delivered"]
    waits = [(b - a).total_seconds() for a, b in zip(at, at[1:])]
    assert [5 <= waits[0] < 300, 300 <= waits[1] < 600, 1800 <= waits[2] < 2100] == [True] * 3, waits


def an_internationalised_domain_leaves_in_ascii(box):
    """In the envelope and in the header: the sink knows no SMTPUTF8, as most servers."""
    plan = box.plan()
    sink = box.smtp(plan)
    plan.people["anna"]["mail"] = "anna@gävle.internal"
    plan.settings["mail"]["from"] = "Påminn <paminn@göteborg.internal>"
    daemon = box.daemon(plan, MORNING)
    daemon.until("2026-05-12T09:00")
    (mail,) = sink.to("anna")
    assert mail.to == "anna@xn--gvle-loa.internal", mail.to
    assert mail.sender == "paminn@xn--gteborg-90a.internal", mail.sender


def retries_keep_to_open_hours(box):
    _, sink, daemon = morning(box, start=False, clock="2026-05-12T16:30")
    sink.rcpt.update(dict.fromkeys(("anna", "bo", "ola"), "450 4.2.1 later"))
    daemon.start()
    daemon.until("2026-05-12T18:00")
    (row,) = rows(daemon, "anna")
    assert row["state"] == "retry" and row["next_attempt"] == "2026-05-13T07:30:00+02:00", row
    assert "450" in row["last_answer"] and "@" not in row["last_answer"], row


def refused_for_good_is_told(box):
    """5xx to RCPT: final after one attempt; support is told, and nobody is escalated over the head
    of one who was never reached."""
    plan, sink, daemon = morning(box, start=False, clock="2026-05-11T07:00")
    sink.rcpt["anna"] = "550 5.1.1 no such user"
    daemon.start()
    daemon.until("2026-05-12T12:00")
    (row,) = [row for row in rows(daemon, "anna") if row["planned"].startswith("2026-05-12")]
    assert (row["state"], row["attempts"]) == ("failed", 1) and "550" in row["last_answer"], row
    told = [mail for mail in sink.to("stina") if "Anna Ek" in " ".join(mail.text.split())]
    assert len(told) == 1, sink.to("stina")
    assert {row["kind"] for row in rows(daemon, "stina")} == {"alert"}
    daemon.until("2026-05-20T12:00")
    (mona,) = sink.to("mona")
    assert "TN-2" in mona.text and "TN-1" not in mona.text, mona.text
    assert len([mail for mail in sink.to("stina") if "Anna Ek" in " ".join(mail.text.split()) and
                mail.when < local("2026-05-20T07:00")]) == 1, "support was told more than once"
    held = [row for row in daemon.query("why", item="TN-1", person="mona")
            if row["decision"] == "held"]
    assert held, daemon.query("why", item="TN-1")
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 0
    # Reached at last: the escalation leaves at the next working day's ladder time.
    sink.rcpt.clear()
    daemon.tell("extend", "TN-1", deadline="KS-1", due="2026-05-22", reference="KS 2026-05-20 § 4")
    daemon.until("2026-05-26T12:00")
    assert daemon.obligation("KS-1", "TN-1")["asked"] == 2, daemon.obligation("KS-1", "TN-1")


def escalation_after_the_first_contact(box):
    """First reached by the very step that escalates: the manager hears a working day later."""
    _, sink, daemon = morning(box, start=False, clock="2026-05-18T07:00")
    daemon.start()
    daemon.until("2026-05-19T12:00")
    assert [f"{mail.when:%m-%d %H:%M}" for mail in sink.to("anna")] == ["05-18 08:00"]
    assert [f"{mail.when:%m-%d %H:%M}" for mail in sink.to("mona")] == ["05-19 08:00"]


def dropped_after_the_dot_is_unknown(box):
    """The connection is lost after the body: a copy may be there. It is sent again under the same
    Message-ID, and counted."""
    _, sink, daemon = morning(box, start=False)
    sink.drop["anna"] = 2
    daemon.start()
    daemon.until("2026-05-12T12:00")
    (row,) = rows(daemon, "anna")
    assert (row["state"], row["attempts"], row["unknown"]) == ("delivered", 3, 2), row
    copies = sink.to("anna")
    assert len(copies) == 3 and len({copy.id for copy in copies}) == 1, copies
    assert len(sink.to("bo")) == 1


class HangsUp(SmtpSink):
    """Hangs up, instead of answering it, at a recipient so often."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = await super().handle_RCPT(server, session, envelope, address, options)
        if self.drop.get(address.partition("@")[0], 0) > 0:
            self.drop[address.partition("@")[0]] -= 1
            server.transport.abort()
        return reply


def dropped_before_the_dot_is_one_copy(box):
    """No body had begun, so there is nothing that could be unknown."""
    plan = box.plan()
    sink = box.keep(HangsUp())
    plan.settings["mail"]["server"] = sink.url
    daemon = box.daemon(plan, MORNING, start=False)
    daemon.expect("channel mail is down")
    sink.drop["anna"] = 2
    sink.rcpt["bo"] = ["421 4.3.2 shutting down"]
    daemon.start()
    daemon.until("2026-05-12T12:00")
    (anna,), (bo,) = rows(daemon, "anna"), rows(daemon, "bo")
    assert (anna["state"], anna["attempts"], anna["unknown"]) == ("delivered", 3, 0), anna
    assert (bo["state"], bo["unknown"]) == ("delivered", 0) and bo["attempts"] >= 2, bo
    assert [len(sink.to(person)) for person in ("anna", "bo", "ola")] == [1, 1, 1], sink.mails


def held_after_three_unknown(box):
    _, sink, daemon = morning(box, start=False)
    sink.drop["anna"] = 9
    daemon.start()
    daemon.until("2026-05-12T16:00")
    (row,) = rows(daemon, "anna")
    assert (row["state"], row["unknown"]) == ("held", 3), row
    assert len(sink.to("anna")) == 3
    assert any("Anna Ek" in " ".join(mail.text.split()) for mail in sink.to("stina")), sink.mails


def a_server_that_is_down(box):
    """One error line, not one a message; all is delivered when it is back, and the operator is told
    through the status line."""
    plan, sink, daemon = morning(box, start=False)
    sink.stop()
    daemon.expect(r"127\.0\.0\.1")
    daemon.start()
    daemon.until("2026-05-12T08:20")
    wait_for(lambda: {(row["state"], row["unknown"]) for row in rows(daemon)} == {("retry", 0)},
             "the attempt under way to end")
    errors = daemon.logged(r"^<3>.*")
    assert len(errors) == 1, errors
    daemon.tells(str(sink.port))
    again = box.keep(SmtpSink(sink.port))
    daemon.until("2026-05-12T12:00")
    settled(daemon)
    assert sorted(mail.person for mail in again.mails) == ["anna", "bo", "ola"]


def hold_keeps_everything_back(box):
    _, sink, daemon = morning(box, clock="2026-05-12T07:00")
    daemon.client("hold", "on")
    daemon.restart(MORNING)
    daemon.until("2026-05-12T12:00")
    assert [mail.subject for mail in sink.mails] == ["Alla utskick är stoppade"], sink.mails
    assert {row["state"] for row in rows(daemon) if row["kind"] != "hold"} == {"pending"}
    daemon.restart()
    daemon.until("2026-05-12T13:00")
    assert len(sink.mails) == 1, "a restart lifted the hold"
    assert daemon.logged("ready: .*on hold, nothing leaves until"), daemon.log_text()
    assert "Hold is on" in daemon.client("outbox", text=True)
    daemon.client("hold", "off")
    assert "Hold is on" not in daemon.client("outbox", text=True)
    settled(daemon)
    assert sorted(mail.person for mail in sink.mails) == ["anna", "bo", "ola", "stina", "stina"]


def a_slow_recipient_holds_nobody_up(box):
    _, sink, daemon = morning(box, start=False)
    sink.shut.add("anna")
    daemon.start()
    daemon.until("2026-05-12T08:00")
    assert len(sink.mails) == 2, sink.mails
    assert daemon.query("whoami") and not sink.to("anna"), "the daemon is busy"
    sink.shut.clear()
    settled(daemon)
    assert len(sink.to("anna")) == 1


def with_hook(box):
    plan = box.plan()
    box.smtp(plan)
    hook = box.hook(plan)
    plan.people["anna"]["channels"] = ["hook"]
    return plan, hook, box.daemon(plan, MORNING, start=False)


def webhook_is_signed(box):
    plan, hook, daemon = with_hook(box)
    daemon.start()
    daemon.until("2026-05-12T09:00")
    ((headers, body),) = hook.posts
    assert body["type"] == "paminn.reminder" and body["source"] == "/paminn", body
    assert body["specversion"] == "1.0" and body["id"], body
    data = body["data"]
    assert data["kind"] == "reminder" and data["to"] == "anna" and data["text"], data
    (item,) = data["items"]
    assert item == {"deadline": "KS-1", "measure": "TN-1", "title": "Färre inhyrda",
                    "step": "-2wd", "due": "2026-05-26", "papers": "2026-05-15",
                    "practical": "2026-05-13", "provisional": False}, item
    assert "@" not in str(body), "an address in a webhook"
    assert headers["Content-Type"].startswith("application/cloudevents+json"), headers


def webhook_is_retried(box):
    plan, hook, daemon = with_hook(box)
    daemon.expect("channel hook is down")
    hook.replies = [503, 408, (429, {"Retry-After": "3600"}), 200]
    daemon.start()
    daemon.until("2026-05-12T14:00")
    (row,) = rows(daemon, "anna")
    assert (row["state"], row["attempts"]) == ("delivered", 4), row
    assert len({headers["webhook-id"] for headers, _ in hook.posts}) == 1, hook.posts
    assert len({str(body) for _, body in hook.posts}) == 1, "the body changed between attempts"


def retry_after_is_honoured(box):
    plan, hook, daemon = with_hook(box)
    daemon.expect("channel hook is down")
    hook.replies = [(503, {"Retry-After": "7200"})]
    daemon.start()
    daemon.until("2026-05-12T09:00")
    (row,) = rows(daemon, "anna")
    assert row["state"] == "retry", row
    assert local(row["next_attempt"]) >= local("2026-05-12T10:00"), row


def webhook_that_refuses(box):
    for_good = [400, 404, (302, {"Location": "http://127.0.0.1:1/"})]
    plan, hook, daemon = with_hook(box)
    for person in ("bo", "ola"):
        plan.people[person]["channels"] = ["hook"]
    hook.replies = list(for_good)
    daemon.start()
    daemon.until("2026-05-12T12:00")
    for person in ("anna", "bo", "ola"):
        (row,) = rows(daemon, person)
        assert (row["state"], row["attempts"]) == ("failed", 1), row
    assert len(hook.posts) == 3


def gone_disables_the_channel(box):
    """410: nothing more is sent there, and the steward and the log hear of it once."""
    plan, hook, daemon = with_hook(box)
    sink = box.smtp(plan)
    for person in ("bo", "ola"):
        plan.people[person]["channels"] = ["hook"]
    hook.replies = [410] * 9
    daemon.expect("hook")
    daemon.clock = "2026-05-12T07:00"
    daemon.start()
    daemon.until("2026-05-15T12:00")
    assert len(daemon.logged(r"^<3>.*410")) == 1, daemon.log_text()
    assert 1 <= len(hook.posts) <= 3, "it was asked again on the 15th"
    told = [mail for mail in sink.to("stina") if "paminn reload" in mail.text]
    assert len(told) == 1 and "Kanalen hook" in told[0].text, sink.mails
    assert "Kanalen hook" in told[0].html, told[0].html


def private_addresses_are_refused(box):
    """A webhook to this machine without allow_private: no connection is made."""
    plan, hook, daemon = with_hook(box)
    (channel,) = plan.settings["channels"]
    channel.update(allow_private=False, url=hook.url.replace("http:", "https:"))
    daemon.expect("hook")
    daemon.start()
    daemon.until("2026-05-12T09:00")
    (row,) = rows(daemon, "anna")
    assert row["state"] in ("failed", "retry") and not hook.posts, row
    channel["url"] = hook.url
    done = daemon.check()
    assert done.returncode == 78 and "https" in done.stderr + done.stdout, done


def rehearsal_reaches_loopback_only(box):
    """A real configuration rehearsed: its mail is recorded as sent to nobody."""
    plan, sink, daemon = morning(box, start=False)
    plan.settings["mail"]["server"] = "smtp://192.0.2.1:25"
    daemon.start()
    daemon.until("2026-05-12T12:00")
    assert not sink.mails
    for row in rows(daemon):
        assert row["state"] == "delivered" and "nobody" in row["last_answer"], row


run(refused_for_now_is_retried, an_internationalised_domain_leaves_in_ascii,
    retries_keep_to_open_hours, refused_for_good_is_told, escalation_after_the_first_contact,
    dropped_after_the_dot_is_unknown, dropped_before_the_dot_is_one_copy, held_after_three_unknown,
    a_server_that_is_down,
    hold_keeps_everything_back, a_slow_recipient_holds_nobody_up, webhook_is_signed,
    webhook_is_retried, retry_after_is_honoured, webhook_that_refuses,
    gone_disables_the_channel, private_addresses_are_refused, rehearsal_reaches_loopback_only)
