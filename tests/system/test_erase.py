#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Privacy: who has left is erased by `paminn erase`, and then nothing in the daemon's folder has their name or address,
in whatever form it was written; what followed of it stays, and `verify` finds nothing.

Seen to fail: without ledger_scrub, since the write-ahead log has both; without the VACUUM in it or the last cut_log, since
what was freed has; without erase_events, without erase_own in erased_rows.c, without the words of items that have become moot, and
without any one of the kinds in ledger/rewrite.c but links of chains and messages, whose answers have no address anyway;
without look_in_base64 or unquote_printable in passed_on.c.

And what is told of people meanwhile: the log, the metrics and the reasons that are kept have no address, note or token. Seen to
fail: without harmless_line in configuration_log, since a fault of the plan was logged with the address in it.
"""
import base64
import hashlib
import json
import quopri
import re
import sqlite3
import subprocess
import urllib.parse

import harness
from desk import sign_in
from harness import event, run, wait_for
from replied import receive, written
from returned_mail import automatic, report, token
from web import Web

NAME, MAIL = "Åsa Ekström", "anna@kommunen.internal"
NOTE, SUPPORT = "Vi väntar på upphandlingen, och den är sen.", "Hjälp med avtalet, tack."
REASON, LETTER = "Upphandlingen är överklagad.", "Hej, jag ringer er."


def forms(text):
    """All that a search for it should look for, in small letters."""
    raw = text.encode()
    found = {raw, text.lower().encode(), quopri.encodestring(raw), quopri.encodestring(raw, header=True),
             json.dumps(text)[1:-1].encode(), text.encode("latin-1"), text.encode("utf-16-le"),
             urllib.parse.quote(text).encode(), urllib.parse.quote_plus(text).encode(), text.replace("@", "%40").encode()}
    found = {form.lower() for form in found}
    # base64 has three forms, by where in three bytes it begins; the first and the last characters are of its neighbours, too.
    return found | {base64.b64encode(b" " * n + raw)[n + bool(n):-4].lower() for n in range(3)}


def stored(box):
    """All that is in the daemon's folder, or in its database: names with bytes in small letters."""
    for path in sorted(box.folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes().lower()
    if box.folder in harness.DATABASES:
        import postgres
        program = postgres.programs() / "psql"
        url = harness.store_of(box.folder)
        for table in subprocess.run([program, url, "-Atc", "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"],
                                    capture_output=True, text=True, check=True).stdout.split():
            rows = subprocess.run([program, url, "-Atc", f"SELECT row_to_json(t) FROM {table} t"], capture_output=True,
                                  check=True).stdout
            hexed = re.sub(rb'"\\\\x([0-9a-f]+)"', lambda m: bytes.fromhex(m[1].decode()), rows)
            yield table, (rows + hexed).lower()


def traces(box, *texts):
    """Where one of them stands: the file, and the form."""
    wanted = [form for text in texts for form in forms(text)]
    return [(name, form) for name, have in stored(box) for form in wanted if form in have]


class Spring(Web):
    """Åsa owns a measure and answers for the whole, until she leaves; what she says is heard in every way there is, and
    what others say of her."""

    def __init__(self, box):
        plan = box.plan()
        plan.people["anna"]["name"] = NAME
        plan.settings["mail"]["return_path"] = "paminn-studs@kommunen.internal"
        plan.settings["alerts"] = ({"when": "off-track", "to": ["manager"]},
                                   {"when": "needs-support", "to": ["role:support"]})
        plan.add("assignments", "U-1", title="Oberoende av inhyrda", given_by="KS", given_to="TN", closing="body")
        for each in plan.measures.values():
            each["assignment"] = "U-1"
        plan.deadlines["KS-1"].update(responsible="anna", proposal=f"Att tacka {NAME}s enhet.", assignment="U-1")
        super().__init__(box, "2026-05-04T07:00", plan=plan)
        self.box = box

    def happens(self):
        daemon = self.daemon
        self.sink.rcpt["anna"] = [f"450 4.2.1 <{MAIL}>: the mailbox of {MAIL} is busy"]
        daemon.until("2026-05-05T10:00")
        self.said()
        daemon.until("2026-05-06T10:00")
        self.replied()
        daemon.until("2026-05-07T10:00")
        self.session = sign_in(self, "anna").token
        daemon.tell("absence", "anna", "/people/anna", until="2026-05-09", deputy="bo", **{"from": "2026-05-08"})
        daemon.until("2026-05-16T00:01")
        daemon.tell("submit", "KS-1", "/people/anna", reference=f"TN 2026/7, {NAME}")
        daemon.tell("outcome", "KS-1", "/people/stina", outcome="noted", reference=f"KS § 7, {NAME}")
        daemon.tell("close", "TN-2", "/people/stina", reference=f"KS § 8, {NAME}", **{"as": "struck"})
        daemon.tell("close", "U-1", "/people/stina", reference=f"KS § 9, {NAME}", **{"as": "done"})
        daemon.settle()

    def said(self):
        daemon = self.daemon
        daemon.tell("request", "TN-1", "/people/anna", deadline="KS-1", due="2026-06-10", reason=REASON)
        daemon.tell("request", "KS-1", "/people/anna", due="2026-06-11", reason=f"Jag, {NAME}, är ledig.")
        daemon.settle()  # those who decide are told, before an answer makes it moot
        deny = daemon.query("requests")[-1]["id"]
        daemon.tell("deny", "KS-1", "/people/stina", requests=[deny], reason=f"Nej, {NAME}.")
        daemon.tell("status", "TN-1", "/people/anna", status="off-track", note=NOTE, needs_support=SUPPORT)
        daemon.tell("status", "TN-2", "/people/bo", status="at-risk", note=f"Fråga {NAME.upper()}\n({MAIL.upper()}).",
                    link=f"https://kommunen.internal/{MAIL}")
        daemon.tell("proposal", "U-1", "/people/stina", text=f"Att {NAME} går vidare.")
        daemon.tell("meeting", "KS", "/people/stina", place=f"Hos {NAME}", **{"from": "2026-06-23"})
        answer = daemon.ask({"specversion": "1.0", "id": "more", "source": "/people/bo", "type": "paminn.note",
                             "subject": "TN-2", "data": {"note": f"{NAME} ringer."}, "askedby": NAME})
        assert answer["result"] == "accepted", answer

    def replied(self):
        mail, others = self.sink.to("anna")[-1], self.sink.to("bo")[-1]
        for raw in (written(mail, f"{LETTER} Mvh {NAME}"), written(others, f"{NAME} vet, skriv till {MAIL}.", 2),
                    automatic(mail), report(mail, said=f"550 5.1.1 <{MAIL}> unknown")):
            receive(self.daemon, raw)

    def frozen(self):
        return json.loads(self.daemon.client("report", "KS-1", "--frozen", text=True))

    def leaves(self):
        """What she had is others' now."""
        self.plan.people.pop("anna", None)
        for each in self.plan.measures.values():
            each["owner"] = "bo"
        self.plan.deadlines["KS-1"].update(responsible="ola", proposal="Att notera.")
        self.plan.write()
        self.daemon.client("reload")


def tokens_of(spring, *more):
    """All that lets anybody in: of links in mails, of the addresses that mails come back to, of sessions."""
    found = set(more)
    for mail in spring.sink.mails:
        found |= set(re.findall(r"/(?:a|in|mine|board|calendar)/([A-Za-z0-9_.-]{16,})", mail.text or "")) | {token(mail)}
    assert len(found) > 10, found
    return found


def provoke(spring):
    """What is refused, by whom and whatever it says."""
    daemon = spring.daemon
    for path in ("/a/" + "x" * 80, "/mine/..%2f", "/in/" + "y" * 60, f"/{MAIL}", f"/a/{NAME.encode('ascii', 'ignore').decode()}",
                 f"/desk?search={MAIL}"):
        spring.get(path.replace(" ", "%20"))
    spring.get("/desk", "Cookie: paminn_session=" + "z" * 43)
    for address in (MAIL, "foreign@elsewhere.internal", "no address at all"):
        spring.post("/login", urllib.parse.urlencode({"address": address}))
    for wrong in ({"note": NOTE, "unknown": MAIL}, {"note": 5}, {"note": NOTE * 200}):
        assert daemon.ask(event("note", "TN-1", wrong, "/people/anna"))["result"] == "rejected"
    daemon.ask(event("status", "TN-1", {"status": NOTE}, f"/people/{MAIL}"))
    daemon.ask(f"{{{NOTE} {MAIL}")
    for raw in (written(spring.sink.to("bo")[-1], f"{NOTE} {NAME}", 9).replace(b"paminn-studs+", b"paminn-studs+0"),
                b"From: " + MAIL.encode() + b"\r\nSubject: x\r\n\r\n" + NOTE.encode(), *(
                    written(spring.sink.to("bo")[-1], text, number).replace(b"8bit", how) for number, how, text in (
                        (10, b"base64", base64.encodebytes(f"Hej.\r\n{NAME} vet.".encode()).decode()),
                        (11, b"quoted-printable", quopri.encodestring(NAME.encode()).decode()),
                        (12, b"8bit", "Hej, det går bra.")))):
        subprocess.run([harness.PAMINN, "--server", spring.plan.submit, "receive"], input=raw, capture_output=True, check=False)


def reload_badly(spring):
    """Whoever asks is told what is wrong, and the log where."""
    plan, anna = spring.plan, spring.plan.people["anna"]
    plan.people["anna"] = {**anna, "mail": f"{MAIL}@"}
    plan.write()
    assert MAIL in spring.daemon.client("reload", code=65, text=True)
    spring.daemon.expect(r"plan\.conf:\d+: mail .*\(address\)")
    plan.people["anna"] = anna
    plan.write()


def nothing_leaks(spring, *tokens):
    """Rows 21, 22 and 24: the log, the metrics and every reason that is recorded speak of ids."""
    provoke(spring)
    reload_badly(spring)
    daemon = spring.daemon
    daemon.settle()
    why = [row["reason"] for item in ("KS-1", "TN-1", "TN-2") for row in daemon.query("why", item=item)]
    outbox = daemon.query("outbox")
    answers = [row["last_answer"] for row in outbox]
    attempts = [json.dumps([attempt.get("answer") for attempt in
                            daemon.order("message", id=row["id"])["rows"][0]["tried"]]) for row in outbox]
    assert any("450 4.2.1" in text for text in attempts) and any("550 5.1.1" in (text or "") for text in answers), \
        (attempts, answers)
    told = {"log": daemon.log_text(), "why": str(why), "answers": str(answers),
            "attempts": str(attempts), "status": str(daemon.notices)}
    for path in ("/healthz", "/readyz", "/metrics"):
        answer = spring.get(path)
        told[path] = answer.text if answer.status != 404 else ""  # of a version without it
    names = [person["name"] for person in spring.plan.people.values() if " " in person["name"]]
    for where, text in told.items():
        assert not re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", text), (where, re.findall(r".*@.*", text))
        for secret in (*names, NOTE, SUPPORT, REASON, LETTER, *tokens_of(spring, *tokens)):
            assert secret.lower() not in text.lower(), (where, secret, text)


def renamed(value):
    """With the id in place of the name."""
    text = json.dumps(value, ensure_ascii=False).replace(NAME, "anna").replace(NAME.upper(), "anna")
    return json.loads(text.replace(MAIL.upper(), "anna@erased.invalid").replace(MAIL, "anna@erased.invalid"))


def without(rows, *members):
    return [{name: value for name, value in row.items() if name not in members} for row in rows]


def leave_in_free_space(daemon):
    """What a store had that another SQLite deleted: Debian's overwrites it."""
    if not daemon.plan.settings["store"].endswith(".db"):
        return
    daemon.stop()
    store = sqlite3.connect(daemon.folder / "paminn.db")
    store.execute("PRAGMA secure_delete = OFF")
    with store:
        store.execute("INSERT INTO fact (name, value) VALUES ('left', ?)", (f"{NAME} {MAIL} " * 200,))
    with store:
        store.execute("DELETE FROM fact WHERE name = 'left'")
    store.close()
    daemon.start()


def nothing_is_left_of_whoever_is_erased(box):
    spring = Spring(box)
    daemon = spring.daemon
    spring.happens()
    nothing_leaks(spring, spring.session)
    text = daemon.client("erase", "anna", code=65, text=True)
    assert re.search(r"anna is in the plan, at .*plan\.conf:\d+: take them out of it first", text), text
    spring.plan.measures["TN-2"]["title"] = f"Drift efter {NAME}"
    spring.leaves()
    text = daemon.client("erase", "anna", code=65, text=True)
    assert re.search(r"still names anna or their address, at .*plan\.conf:\d+", text) and NAME not in text, text
    spring.plan.measures["TN-2"]["title"] = "Drift"
    spring.leaves()
    assert traces(box, NAME) and traces(box, MAIL), "there is nothing to look for"
    leave_in_free_space(daemon)
    items, messages, frozen = daemon.query("list", all=True), daemon.query("outbox"), spring.frozen()
    hashed = daemon.client("report", "KS-1", "--format", "json")["sha256"]

    erased = daemon.client("erase", "anna")
    assert (erased["names"], erased["addresses"], erased["texts"]) == (1, 1, 5), erased
    assert not traces(box, NAME, MAIL), traces(box, NAME, MAIL)
    assert not traces(box, REASON, LETTER), traces(box, REASON, LETTER)  # of one that had become moot, too
    (paper,) = erased["papers"]
    assert paper["sha256_before"] == hashed != paper["sha256"], paper

    # What followed stays: who owed what, figures, dates, messages; the paper but for the name.
    assert daemon.client("verify") == []
    assert daemon.query("list", all=True) == renamed(items)
    now = daemon.query("outbox")
    differ = [(one["kind"], one["state"], other["state"]) for one, other in zip(messages, now, strict=True)
              if without([one], "last_answer") != without([other], "last_answer")]
    assert differ == [("forward", "pending", "dropped")] * 3, differ
    assert [row["state"] for row in now if row["kind"] == "forward"][-1] == "pending", "one that names nobody leaves"
    bytes_ = daemon.client("report", "KS-1", "--frozen", text=True)
    assert hashlib.sha256(bytes_.encode()).hexdigest() == paper["sha256"]
    assert json.loads(bytes_) == renamed(frozen)
    assert NOTE in bytes_, "what the board was given of the measure is the owner's word, by their id"
    (told,) = daemon.client("report", "KS-1", "--format", "json")["erased"]
    assert (told["person"], told["sha256_before"], told["sha256"]) == ("anna", hashed, paper["sha256"]), told
    measure = daemon.client("show", "TN-1")
    assert (measure["status"], measure["note"], measure["needs_support"]) == ("off-track", "–", "–"), measure
    shown = daemon.order("message", id=1)["rows"][0]
    assert NAME not in str(shown) and MAIL not in str(shown), shown

    # It goes on, and once more does no harm.
    daemon.tell("note", "TN-1", "/people/bo", note="Vidare.")
    assert daemon.client("verify") == []
    again = daemon.client("erase", "anna")
    assert (again["names"], again["papers"], daemon.client("verify")) == (0, [], []), again


def who_had_the_id_before(box):
    """The id is a function's, and somebody else has it now."""
    plan = box.plan()
    box.smtp(plan)
    plan.people["anna"]["roles"] = ["owner", "steward"]
    daemon = box.daemon(plan, "2026-05-12T09:00", environment={"WATCHDOG_USEC": "30000000"})
    daemon.client("erase", "nobody", code=65, text=True)
    daemon.tell("note", "TN-1", "/people/anna", note="Sagt av den första.")
    daemon.tell("request", "TN-2", "/people/bo", deadline="KS-1", due="2026-06-10", reason="Bos skäl.")
    daemon.tell("deny", "TN-2", "/people/anna", requests=[daemon.query("requests")[0]["id"]], reason="Annas nej.")
    text = daemon.client("erase", "anna", "--former", code=65, text=True)
    assert "nobody but Anna Ek has had the id anna" in text, text
    plan.people["anna"].update(mail="anna.ek@kommunen.internal", roles=["owner"])
    plan.write()
    daemon.client("reload")
    plan.people["anna"].update(name="Åke Sjö", mail="ake@kommunen.internal")
    plan.write()
    daemon.client("reload")
    daemon.tell("note", "TN-1", "/people/anna", note="Sagt av den andra.")
    erased = daemon.client("erase", "anna", "--former")
    assert (erased["names"], erased["addresses"], erased["texts"]) == (1, 2, 2), erased
    assert not traces(box, "Anna Ek", "anna@kommunen.internal", "anna.ek@kommunen.internal", "Sagt av den första.", "Annas nej.")
    # systemd waits for as long as it takes, and then as before.
    wait_for(lambda: [line for line in daemon.notices if line.startswith("WATCHDOG_USEC=")][-2:] ==
             ["WATCHDOG_USEC=3600000000", "WATCHDOG_USEC=30000000"], "the watchdog to be told", 30)
    assert traces(box, "Bos skäl.") and traces(box, "Åke Sjö") and traces(box, "ake@kommunen.internal") and traces(box, "Sagt av den andra.")
    assert daemon.client("verify") == []
    text = daemon.client("erase", "anna", "--former", text=True)
    assert "Erased anna: 0 names" in text and "Backups" in text, text
    daemon.kill()
    daemon.start()
    assert daemon.client("verify") == [] and not traces(box, "Anna Ek")


run(nothing_is_left_of_whoever_is_erased, who_had_the_id_before)
