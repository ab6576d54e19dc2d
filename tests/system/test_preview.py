#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`paminn preview KIND`: any message as it would leave, without sending it."""
import email
import email.policy
import json

from harness import LONG, run

KINDS = ("reply", "unforwarded", "reminder", "escalation", "alert", "off-track", "needs-support", "effect-below", "unreached",
         "absent", "not-mine", "unbound", "gone", "moved", "fixed", "extended", "returned",
         "confirmation", "submitted", "supplement", "noted", "approved", "assigned", "unassigned",
         "passed", "undecided", "disorder", "rereport", "unproposed", "test")
ALERTS = ({"when": "off-track", "to": ["manager"]}, {"when": "needs-support", "to": ["role:support"]},
          {"when": "effect-below", "percent": 80, "to": ["manager"]})


def small(box, clock="2026-04-30T07:00", **more):
    plan = box.plan()
    plan.settings["alerts"] = ALERTS
    sink = box.smtp(plan)
    return plan, sink, box.daemon(plan, clock, **more)


def part(daemon, kind, *options):
    return daemon.client("preview", kind, *options)["text"]


def reads_as_the_mail_that_leaves(box):
    """The next reminder of one person, and the next escalation, word for word: text, page, headers."""
    _, sink, daemon = small(box)
    for day, kind, person in (("2026-04-30", "reminder", "anna"), ("2026-05-12", "reminder", "bo"),
                              ("2026-05-18", "escalation", "mona")):
        daemon.until(f"{day}T07:00")
        looked = {each: part(daemon, kind, "--person", person, "--part", each)
                  for each in ("text", "html", "headers")}
        daemon.until(f"{day}T12:00")
        mail = sink.to(person)[-1]
        assert mail.when.isoformat().startswith(day), mail
        assert looked["text"] == mail.text.replace("\r\n", "\n"), (looked["text"], mail.text)
        assert looked["html"] == mail.html.replace("\r\n", "\n")
        headers = email.message_from_string(looked["headers"], policy=email.policy.default)
        for name, value in mail.message.items():
            if name.lower() not in ("message-id", "content-type"):
                assert headers[name].split() == value.split(), (name, headers[name], value)


def takes_in_all_that_leaves_with_it(box):
    """What leaves to one person at one time is one message: so it is looked at."""
    plan = box.plan()
    plan.measures["TN-2"]["owner"] = "anna"
    box.smtp(plan)
    daemon = box.daemon(plan, "2026-04-30T07:00")
    text = part(daemon, "reminder", "--person", "anna")
    assert "TN-1" in text and "TN-2" in text, text
    text = part(daemon, "reminder", "--person", "anna", "--item", "TN-2")
    assert "TN-2" in text and "TN-1" not in text, text


def shows_every_kind_and_changes_nothing(box):
    plan, sink, _ = small(box, start=False)
    plan.add("deadlines", "KS-6", title="Uppföljning", due="meeting KS 2026-06",
             responsible="ola", inform=["reg"], ladder="standard")
    plan.add("bodies", "BN", name="Byggnadsnämnden", papers="-5wd")
    plan.add("deadlines", "KS-7", title="Detaljplan", due="meeting KS 2026-05",
             via=["meeting BN 2026-05"], responsible="ola", inform=["reg"], ladder="standard")
    box.hook(plan)
    daemon = box.daemons[-1]
    daemon.start()
    def stands():
        return daemon.query("outbox"), daemon.query("list", all=True), daemon.query("why",
                                                                                    item="TN-1")
    before = stands()
    for number, kind in enumerate(KINDS):
        seen = {}
        for language, hello in (("sv", "Hej"), ("en", "Hello")):
            def shown(part):
                # Asked of the daemon, since a client each time was most of the work.
                return daemon.order("preview", kind=kind, language=language, part=part)["rows"][0]["text"]

            seen[language] = shown("text")
            assert hello in seen[language], (kind, seen[language])
            mail = email.message_from_string(shown("mail"),
                                             policy=email.policy.default)
            assert not mail.defects, kind
            assert f'lang="{language}"' in mail.get_body(("html",)).get_content(), kind
            # The parts of it alone, in one language and the other by turns.
            if not LONG and number % 2 == (language == "sv"):
                continue
            assert f'lang="{language}"' in shown("html"), kind
            assert "Subject: " in shown("headers"), kind
            assert json.loads(shown("card"))["type"], kind
            posted = json.loads(shown("webhook"))
            assert posted["type"] == "paminn.reminder", kind
        assert seen["sv"] != seen["en"]
    assert stands() == before and not sink.mails
    assert daemon.order("verify")["rows"] == []


def what_cant_be_shown_is_a_sentence(box):
    plan, _, daemon = small(box)
    plan.people["ola"].pop("mail")
    for arguments, sentence in (
            (("remind",), "there is no kind remind of message: the kinds are reminder, escalation"),
            (("reminder", "--item", "TN-9"), "there is no measure or deadline TN-9 in the plan"),
            (("reminder", "--person", "nemo"), "there is no person nemo in the plan"),
            (("reminder", "--person", "reg"), "no reminder to reg is to come"),
            (("reminder", "--language", "fi"), "there is no language fi: it is sv or en"),
            (("reminder", "--part", "pdf"), "a message has no part pdf: the parts are text, html"),
            (("test", "--part", "ics"), "this message has no part ics"),
            (("gone",), "the configuration has no channel besides mail"),
            (("gone", "--item", "hook"), "there is no channel hook in the configuration"),
            (("off-track", "--item", "KS-1"), "KS-1 is a deadline, and off-track is said of a"),
            (("unbound", "--item", "KS-1"), "KS-1 is due at a meeting that is set"),
            (("passed", "--item", "KS-1"), "KS-1 passes no body before its own"),
            (("disorder",), "no deadline passes a body before its own"),
            (("unbound",), "no deadline is due at a meeting that is yet to be set"),
            (("submitted", "--item", "TN-1"), "TN-1 is a measure, and submitted is said of a")):
        told = daemon.client("preview", *arguments, code=65, text=True)
        assert sentence in told, (arguments, told)
    daemon.tell("status", "TN-1", status="done")
    told = daemon.client("preview", "reminder", "--item", "TN-1", code=65, text=True)
    assert "no reminder about TN-1 is to come: what is asked is answered or closed" in told, told
    told = daemon.client("preview", "moved", "--item", "TN-1", code=65, text=True)
    assert "nobody owes an answer about TN-1 now" in told, told


def who_reads_it_is_who_would_get_it(box):
    _, _, daemon = small(box)
    for kind, to in (("reminder", "anna"), ("escalation", "mona"), ("off-track", "mona"),
                     ("needs-support", "stina"), ("submitted", "reg"), ("unreached", "stina"),
                     ("assigned", "anna")):
        row = daemon.client("preview", kind, *(("--item", "TN-1") if kind not in (
            "submitted",) else ()))
        assert row["to"] == to, (kind, row["to"])
    assert daemon.client("preview", "submitted", "--person", "bo")["to"] == "bo"


def says_what_was_said_where_there_is_something(box):
    _, _, daemon = small(box)
    daemon.tell("status", "TN-1", status="off-track", note="Två tjänster är vakanta.",
                needs_support="En rekryterare.", effect_forecast=400000)
    assert "Två tjänster är vakanta." in part(daemon, "off-track", "--item", "TN-1")
    assert "En rekryterare." in part(daemon, "needs-support", "--item", "TN-1")
    assert "400\N{NO-BREAK SPACE}000" in part(daemon, "effect-below", "--item", "TN-1").replace(
        "400 000", "400\N{NO-BREAK SPACE}000")
    assert "[kommentaren]" in part(daemon, "off-track", "--item", "TN-2")


run(reads_as_the_mail_that_leaves, takes_in_all_that_leaves_with_it,
    shows_every_kind_and_changes_nothing, what_cant_be_shown_is_a_sentence,
    who_reads_it_is_who_would_get_it, says_what_was_said_where_there_is_something)
