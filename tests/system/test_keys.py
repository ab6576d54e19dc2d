#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Keys: over CURVE, from another machine, everybody does what is theirs and nothing else; whoever has
no key in the plan gets nothing at all.

Row 16: strangers, revoked keys, a line a second (test_strangers_...). Seen to fail when ZAP knows every key, and when
lines have no interval; a daemon whose handler lets a strange key in does not come up.
Row 17: who speaks for somebody else (test_everybody_...). Seen to fail when the source is not compared.
"""
import contextlib
import json
import os
import re
import subprocess
import time
from pathlib import Path

import zmq

from harness import PAMINN, ROOT, be_root, event, run, wait_for
from outside import INSIDE, OUTSIDE, Outside

SUBMIT, COLLECT, FEED = (f"tcp://{INSIDE}:{port}" for port in (7711, 7712, 7713))
PUBLISHER = f"tcp://{OUTSIDE}:7714"
SERVER = zmq.curve_keypair()
KEYS = {name: zmq.curve_keypair() for name in
        ("anna", "bo", "mona", "ola", "stina", "reg", "ekonomi", "stranger", "other")}
SILENCE = 1000  # milliseconds without an answer
outside = None


def there():
    global outside
    outside = outside or Outside()
    return outside


def public(name):
    return KEYS[name][0].decode()


def keyed(box):
    """The small plan, with everybody's key in it but bo's."""
    there()
    plan = box.plan()
    secret = box.folder / "server.key"
    secret.write_bytes(SERVER[1] + b"\n")
    secret.chmod(0o600)
    plan.settings["intake"] = {"submit": [plan.submit, SUBMIT], "collect": [COLLECT],
                               "feed": [FEED], "secret_key_file": "server.key"}
    for name in ("anna", "mona", "ola", "stina", "reg"):
        plan.people[name]["key"] = public(name)
    plan.people["anna"]["deputy"] = "reg"
    plan.add("systems", "ekonomi", may_report=["TN-1"], key=public("ekonomi"))
    return plan


def daemon(box, plan=None, start=True):
    it = box.daemon(plan or keyed(box), "2026-05-11T09:00", start=start)
    it.expect("channel mail is down")
    return it


class Caller:
    """A DEALER on the other machine, which keeps its connection."""

    def __init__(self, keys, server=SERVER[0]):
        self.socket = outside.socket(zmq.DEALER, keys, server if keys else None, connect=SUBMIT)

    def ask(self, message, patience=30000):
        self.socket.send_multipart([b"", json.dumps(message).encode()])
        assert self.socket.poll(patience), f"no answer to {message}"
        return json.loads(self.socket.recv_multipart()[-1])

    def is_silent(self, message):
        with contextlib.suppress(zmq.Again):  # libzmq gives up on a server that refuses its key
            self.socket.send_multipart([b"", json.dumps(message).encode()], zmq.NOBLOCK)
        return not self.socket.poll(SILENCE)


def own(name, kind="status", subject="TN-1", source=None, **data):
    folder = "systems" if name == "ekonomi" else "people"
    return event(kind, subject, data or {"status": "on-track"}, source or f"/{folder}/{name}")


def query(name, **params):
    return {"query": name, "params": params}


# ---- what is theirs --------------------------------------------------------------------------------

HANDED = {"reference": "KS 1"}
NOTE = {"note": "n"}
NOT_MINE = {"note": "n", "not_mine": True}
AWAY = {"from": "2026-05-11", "until": "2026-05-11", "deputy": "reg"}
EXTENDED = {"due": "2026-06-01", "reference": "KS 2"}
MOVED = {"from": "2026-05-28", "replaces": "2026-05-26"}
LATER = {"due": "2026-05-29", "reason": "r"}
ASKED = {"deadline": "KS-1", **LATER}
RIGHTS = (
    # who, what, and what it is answered with: ok, accepted, or the code
    ("anna", own("anna", "request", **ASKED), "accepted"),
    ("anna", own("anna", "request", "TN-2", **ASKED), "not-allowed"),
    ("anna", own("anna", "request", "KS-1", **LATER), "not-allowed"),
    ("reg", own("reg", "request", **ASKED), "accepted"),  # anna's deputy
    ("mona", own("mona", "request", **ASKED), "not-allowed"),
    ("ekonomi", own("ekonomi", "request", **ASKED), "not-allowed"),
    ("stina", own("stina", "request", source="/people/anna", **ASKED), "accepted"),
    ("stina", own("stina", "request", source="/systems/ekonomi", **ASKED), "not-allowed"),
    ("ola", own("ola", "request", "KS-1", **LATER), "accepted"),
    ("reg", own("reg", "request", "KS-1", **LATER), "not-allowed"),
    ("ola", own("ola", "deny", "KS-1", requests=["x"], reason="r"), "not-allowed"),
    ("stina", own("stina", "deny", "KS-1", requests=["x"], reason="r"), "bad-data"),
    ("anna", own("anna"), "accepted"),
    ("anna", own("anna", subject="TN-2"), "not-allowed"),
    ("anna", own("anna", subject="TN-9"), "unknown-subject"),
    ("anna", own("anna", source="/people/bo"), "not-allowed"),
    ("anna", own("anna", source="/people/anna/"), "not-allowed"),
    ("anna", own("anna", source="/systems/ekonomi"), "not-allowed"),
    ("anna", own("anna", source="/local/root"), "not-allowed"),
    ("anna", own("anna", source="/paminn"), "not-allowed"),
    ("anna", own("anna", "submit", "KS-1", **HANDED), "not-allowed"),
    ("anna", own("anna", "extend", "KS-1", **EXTENDED), "not-allowed"),
    ("anna", own("anna", "meeting", "KS", **MOVED), "not-allowed"),
    ("anna", own("anna", "note", "TN-2", **NOTE), "accepted"),
    ("anna", own("anna", "note", "TN-1", **NOT_MINE), "accepted"),
    ("anna", own("anna", "note", "TN-2", **NOT_MINE), "not-allowed"),
    ("anna", own("anna", "note", "KS-1", **NOT_MINE), "not-allowed"),
    ("anna", query("list"), "ok"),
    ("anna", query("report", deadline="KS-1"), "ok"),
    ("anna", {"command": "reload"}, "not-allowed"),
    ("anna", {"command": "hold", "params": {"on": True}}, "not-allowed"),
    ("reg", own("reg"), "accepted"),  # anna's deputy
    ("reg", own("reg", subject="TN-2"), "not-allowed"),
    ("mona", own("mona"), "not-allowed"),  # her manager
    ("reg", own("reg", "note", "TN-1", **NOT_MINE), "not-allowed"),  # anna is there
    ("mona", own("mona", "note", **NOTE), "accepted"),
    ("mona", own("mona", "note", **NOT_MINE), "not-allowed"),
    ("ekonomi", own("ekonomi"), "accepted"),
    ("ekonomi", own("ekonomi", subject="TN-2"), "not-allowed"),
    ("ekonomi", own("ekonomi", source="/people/anna"), "not-allowed"),
    ("ekonomi", own("ekonomi", "submit", "KS-1", **HANDED), "not-allowed"),
    ("ekonomi", own("ekonomi", "meeting", "KS", **MOVED), "not-allowed"),
    ("ekonomi", {"command": "hold", "params": {"on": True}}, "not-allowed"),
    ("stina", own("stina"), "accepted"),
    ("stina", own("stina", source="/people/anna"), "accepted"),
    ("stina", own("stina", source="/systems/ekonomi"), "accepted"),
    ("stina", own("stina", source="/local/root"), "not-allowed"),
    ("stina", own("stina", "extend", "KS-1", **EXTENDED), "accepted"),
    ("stina", own("stina", "meeting", "KS", **MOVED), "accepted"),
    ("stina", {"command": "hold", "params": {"on": True}}, "ok"),
    ("stina", {"command": "hold", "params": {"on": False}}, "ok"),
    ("ola", own("ola"), "not-allowed"),
    ("ola", own("ola", "note", "KS-1", **NOT_MINE), "accepted"),  # the responsible
    ("ola", own("ola", "submit", "KS-1", **HANDED), "accepted"),
    ("reg", own("reg", "submit", "KS-1", **HANDED), "not-allowed"),
    ("ola", own("ola", "absence", "ola", **AWAY), "accepted"),
    ("reg", own("reg", "submit", "KS-1", **HANDED), "accepted"),  # who gets the reminders of it now
    ("reg", own("reg", "request", "KS-1", **LATER), "bad-data"),  # may, but it is handed over
    ("reg", own("reg", "note", "KS-1", **NOT_MINE), "accepted"),
)


def test_everybody_does_what_is_theirs_and_nothing_else(box):
    daemon(box)
    callers = {name: Caller(KEYS[name]) for name, *_ in RIGHTS}
    for name, role in ("anna", "person"), ("stina", "steward"), ("ekonomi", "system"):
        (row,) = callers[name].ask(query("whoami"))["rows"]
        assert row["identity"] == ("/systems/" if role == "system" else "/people/") + name
        assert (row["role"], row["feed"]) == (role, FEED)
        assert row["server_key"] == SERVER[0].decode()
    wrong = []
    for name, message, expected in RIGHTS:
        answer = callers[name].ask(message)
        if answer.get("code", answer["result"]) != expected:
            wrong.append(f"{name}: {message}\n  {answer}, not {expected}")
    assert not wrong, "\n".join(wrong)


def test_a_frame_has_its_whole_size_and_no_more(box):
    daemon(box)
    anna = Caller(KEYS["anna"])
    frame = b" " * (1 << 20)
    anna.socket.send_multipart([b"", frame])
    assert anna.socket.poll(30000), "1 MiB is too long"
    assert json.loads(anna.socket.recv_multipart()[1])["code"] == "bad-json"
    anna.socket.send_multipart([b"", frame + b" "])
    assert not anna.socket.poll(SILENCE), "more than 1 MiB is not too long"


def test_a_name_is_taken_from_nobody_and_told_of(box):
    """Or whoever has a key could take another's name, and read what that one is answered."""
    it = daemon(box)

    def named(keys):
        caller = Caller.__new__(Caller)
        caller.socket = outside.socket(zmq.DEALER, keys, SERVER[0])
        caller.socket.routing_id = b"office"
        with outside.there():
            caller.socket.connect(SUBMIT)
        return caller
    anna = named(KEYS["anna"])
    assert anna.ask(own("anna"))["result"] == "accepted"
    other = named(KEYS["ekonomi"])
    assert other.is_silent(own("ekonomi")), "a name is somebody's, and another has an answer by it"
    for _ in range(5):
        assert anna.ask(own("anna"))["result"] == "accepted"
    assert not other.socket.poll(0)
    assert Caller(KEYS["ekonomi"]).ask(own("ekonomi"))["result"] == "accepted"
    (told,) = it.logged("ZMQ_ROUTING_ID")
    assert "/people/anna" in told and '"office"' in told and SUBMIT in told, told


def test_a_machine_that_is_cut_off_is_noticed(box):
    """The kernel asks whether it is there: 10 s after it was last heard of, and three times in all."""
    daemon(box)
    anna = Caller(KEYS["anna"])
    assert anna.ask(own("anna"))["result"] == "accepted"
    sockets = run("ss", "-Htno", "state", "established", "sport", "=", ":7711").stdout
    assert "timer:(keepalive," in sockets, sockets


# ---- strangers ---------------------------------------------------------------------------------------

def published(name, **more):
    body = own(name, **more)
    return [body["type"].encode(), json.dumps(body).encode()]


def strangers():
    """keys, and the key of the server that they believe in."""
    return (("random key", KEYS["stranger"], SERVER[0]), ("no key", None, None),
            ("wrong server key", KEYS["anna"], KEYS["other"][0]))


def test_strangers_never_reach_the_application(box):
    it = daemon(box)
    began = time.monotonic()
    seq = it.tell("note", "TN-1", note="before")["seq"]
    friend = outside.socket(zmq.SUB, KEYS["anna"], SERVER[0], connect=FEED)
    ears, mouths = [], []
    for what, keys, server in strangers():
        ears.append((what, outside.socket(zmq.SUB, keys, server, connect=FEED)))
        mouths.append(outside.socket(zmq.PUB, keys, server, connect=COLLECT))
        assert Caller(keys, server).is_silent(own("anna")), f"{what} is answered"
        assert Caller(keys, server).is_silent(query("whoami")), f"{what} is answered"
    # A name and password, and a user id of one's own making, are no keys either.
    named = outside.context.socket(zmq.DEALER)
    named.linger = 0
    named.plain_username, named.plain_password = b"anna", b"anna"
    named.set(zmq.METADATA, b"X-User-Id:" + KEYS["anna"][0])
    named.connect(SUBMIT)
    named.send_multipart([b"", json.dumps(own("anna")).encode()])
    for _ in range(20):
        for mouth in mouths:
            mouth.send_multipart(published("anna"))
        assert not named.poll(50)

    row = it.query("whoami")[0]
    assert row["rejected"] == [] and row["malformed"] == 0, row
    assert sum(each["count"] for each in row["denied"]) > 0, row
    assert it.tell("note", "TN-1", note="after")["seq"] == seq + 1, "something was stored"
    wait_for(lambda: friend.poll(100) or it.tell("note", "TN-1", note="heard"), "anna's feed")
    for what, ear in ears:
        assert not ear.poll(SILENCE), f"{what} hears the feed"
    for _ in range(200):
        Caller(KEYS["stranger"]).socket.poll(5)
    lines = it.logged(rf"{OUTSIDE} was turned away")
    assert 1 <= len(lines) <= time.monotonic() - began + 2, f"{len(lines)} lines"
    assert public("stranger") in it.log_text()


def test_rightful_publishers_are_collected(box):
    it = daemon(box)
    mouth = outside.socket(zmq.PUB, KEYS["ekonomi"], SERVER[0], connect=COLLECT)

    def heard():
        mouth.send_multipart(published("ekonomi"))
        return it.query("show", item="TN-1")[0]["status"] == "on-track"
    wait_for(heard, "the system's status")
    mouth.send_multipart(published("ekonomi", source="/people/anna"))
    mouth.send_multipart(published("ekonomi", subject="TN-2"))
    (row,) = wait_for(lambda: [each for each in it.query("whoami")[0]["rejected"]
                               if each["count"] == 2], "both to be counted")
    assert (row["source"], row["code"]) == ("/systems/ekonomi", "not-allowed"), row


def test_a_publisher_elsewhere_is_known_by_its_key(box):
    plan = keyed(box)
    plan.settings["intake"]["subscribe"] = ({"endpoint": PUBLISHER, "system": "ekonomi"},)
    it = daemon(box, plan)
    status = lambda: it.query("show", item="TN-1")[0]["status"]  # noqa: E731
    liar = outside.socket(zmq.PUB, KEYS["other"], bind=PUBLISHER)
    for _ in range(20):
        liar.send_multipart(published("ekonomi"))
        time.sleep(0.05)
    assert status() is None, "the events of a publisher with another key were taken"
    liar.close()
    mouth = []

    def bound():
        try:
            mouth.append(outside.socket(zmq.PUB, KEYS["ekonomi"], bind=PUBLISHER))
        except zmq.ZMQError:
            return False
        return True
    wait_for(bound, "the port")

    def heard():
        mouth[0].send_multipart(published("ekonomi"))
        return status() == "on-track"
    wait_for(heard, "the system's status")

    # It gets another key: the old one is worth nothing, the new one counts.
    plan.systems["ekonomi"]["key"] = public("other")
    plan.write()
    assert it.order("reload")["result"] == "ok"
    before = it.tell("note", "TN-1", note="before")["seq"]
    for _ in range(20):
        mouth[0].send_multipart(published("ekonomi"))
        time.sleep(0.05)
    assert it.tell("note", "TN-1", note="after")["seq"] == before + 1


# ---- reload --------------------------------------------------------------------------------------------

def hears(it, ear):
    it.tell("note", "TN-1", note="to the feed")
    return ear.poll(100) and ear.recv_multipart()


def test_a_reload_adds_keys_and_takes_them_away(box):
    plan = keyed(box)
    it = daemon(box, plan)
    anna, stina = Caller(KEYS["anna"]), Caller(KEYS["stina"])
    ear = outside.socket(zmq.SUB, KEYS["anna"], SERVER[0], connect=FEED)
    friend = outside.socket(zmq.SUB, KEYS["stina"], SERVER[0], connect=FEED)
    mouth = outside.socket(zmq.PUB, KEYS["anna"], SERVER[0], connect=COLLECT)
    assert anna.ask(own("anna"))["result"] == "accepted"
    assert Caller(KEYS["bo"]).is_silent(query("whoami"))
    for each in ear, friend:
        wait_for(lambda: hears(it, each), "the feed")
    wait_for(lambda: mouth.send_multipart(published("anna", kind="extend"))
             or it.query("whoami")[0]["rejected"], "what anna publishes")

    plan.people["bo"]["key"] = public("bo")
    del plan.people["anna"]["key"]
    plan.write()
    assert stina.ask({"command": "reload"})["result"] == "ok"
    # The connections that they had, and new ones.
    assert anna.is_silent(own("anna")) and anna.is_silent(query("list"))
    assert Caller(KEYS["anna"]).is_silent(own("anna"))
    assert [each for each in it.query("whoami")[0]["denied"] if each["source"] == public("anna")
            and each["count"] == 2], "what came from anna was not counted"
    rejected = it.query("whoami")[0]["rejected"]
    for _ in range(5):
        mouth.send_multipart(published("anna", kind="extend"))
    assert Caller(KEYS["bo"]).ask(own("bo", subject="TN-2"))["result"] == "accepted"
    assert it.query("whoami")[0]["rejected"] == rejected
    wait_for(lambda: hears(it, friend), "stina's feed, again")
    while ear.poll(0):
        ear.recv_multipart()
    it.tell("note", "TN-1", note="after")
    assert not ear.poll(SILENCE), "anna still hears the feed"

    # A bad file takes nothing away.
    plan.people["stina"]["key"] = "short"
    plan.write()
    it.expect("key", "not reloaded")
    assert stina.ask({"command": "reload"})["code"] == "bad-data"
    assert stina.ask(query("whoami"))["rows"][0]["role"] == "steward"


# ---- the client ----------------------------------------------------------------------------------------

def client(box, *words, code=0, key="anna", server=SERVER[0].decode(), endpoint=SUBMIT):
    options = ["--server", endpoint]
    if key:
        path = box.folder / f"{key}.key"
        if not path.exists():
            path.write_bytes(KEYS[key][1] + b"\n")
            path.chmod(0o600)
        options += ["--key", path, "--server-key", server]
    done = outside.run(PAMINN, *options, "--timeout", "10", *words,
                       env={**os.environ, "HOME": str(box.folder)})
    assert done.returncode == code, \
        f"{words} by {key} ended with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def test_the_client_with_a_key(box):
    it = daemon(box)
    assert "accepted: TN-1 on-track" in client(box, "status", "TN-1", "on-track")
    assert "/people/anna" in client(box, "whoami")
    assert "TN-1" in client(box, "list", "--all")
    assert "may not send paminn.status" in client(box, "status", "TN-2", "done", code=77)
    assert "a steward can" in client(box, "hold", "on", code=77)
    client(box, "--as", "bo", "status", "TN-1", "done", code=77)
    assert "accepted" in client(box, "--as", "bo", "status", "TN-2", "done", key="stina")
    client(box, "reload", key="stina")

    text = client(box, "status", "TN-1", "done", key="stranger", code=77)
    assert "does not know your key" in text and "spool" not in text, text
    assert "wants to know who you are" in client(box, "list", key=None, code=77)
    wrong = {"server": public("other")}
    assert "its key is not the one of --server-key" in client(box, "list", code=69, **wrong)
    text = client(box, "--as", "anna", "note", "TN-1", "kept", code=75, **wrong)
    assert "its key is not" in text and "kept in the spool" in text, text
    assert "sent 1 kept before" in client(box, "list")
    assert "--as ID" in client(box, "note", "TN-1", "n", code=69, **wrong)
    assert it.query("show", item="TN-1")[0]["status"] == "on-track"
    text = it.client("--key", box.folder / "anna.key", "--server-key", SERVER[0].decode(), "list",
                     text=True, code=69)
    assert "at a local endpoint it takes no keys" in text, text

    conf = box.folder / ".config/paminn/paminn.conf"
    conf.parent.mkdir(parents=True)
    conf.write_text(f'server = "{SUBMIT}"; key = "../../anna.key"; '
                    f'server_key = "{SERVER[0].decode()}";\n')
    assert "/people/anna" in client(box, "whoami", key=None)


def test_watch_with_a_key_until_it_is_taken_away(box):
    plan = keyed(box)
    it = daemon(box, plan)
    client(box, "whoami")  # writes the key's file
    heard, told = box.folder / "heard", box.folder / "told"
    with heard.open("w") as out, told.open("w") as errors:
        watch = subprocess.Popen(
            [*outside.prefix, PAMINN, "--server", SUBMIT, "--key", box.folder / "anna.key",
             "--server-key", SERVER[0].decode(), "--json", "watch"], stdout=out, stderr=errors)

    def hears():
        it.tell("note", "TN-1", note="to the feed")
        return "to the feed" in heard.read_text(encoding="utf-8")
    try:
        wait_for(hears, "what watch hears")
        del plan.people["anna"]["key"]
        plan.write()
        assert it.order("reload")["result"] == "ok"
        assert watch.wait(30) == 77, told.read_text(encoding="utf-8")
        assert "does not know your key" in told.read_text(encoding="utf-8")
    finally:
        watch.kill()


def test_keygen_makes_a_key_that_the_plan_takes(box):
    plan = keyed(box)
    it = daemon(box, plan)
    path = box.folder / "new.key"
    line = it.client("keygen", path, text=True)
    key = re.fullmatch(r'key = "(.{40})";\n', line)[1]
    assert path.stat().st_mode & 0o777 == 0o600
    secret = path.read_bytes()
    assert zmq.curve_public(secret.strip()).decode() == key
    assert "not overwritten" in it.client("keygen", path, text=True, code=73)
    assert path.read_bytes() == secret
    plan.people["bo"]["key"] = key
    plan.write()
    assert it.order("reload")["result"] == "ok"
    assert "/people/bo" in client(box, "whoami", key="new")
    path.chmod(0o640)
    assert "chmod 600" in client(box, "whoami", key="new", code=78)


# ---- the files -----------------------------------------------------------------------------------------

def test_without_a_key_of_its_own_the_daemon_refuses_other_machines(box):
    plan = keyed(box)
    secret = box.folder / "server.key"
    it = daemon(box, plan, start=False)
    for spoil, sentence in (
            (lambda: secret.chmod(0o604), "is open to others than the daemon: chmod 600 it"),
            (lambda: secret.write_text("whsec"), "does not hold one secret key"),
            (secret.unlink, "is not there: make one with paminn keygen"),
            (lambda: plan.settings["intake"].pop("secret_key_file"),
             "is open to other machines: give secret_key_file")):
        secret.write_bytes(SERVER[1])
        secret.chmod(0o600)
        assert it.check().returncode == 0
        spoil()
        done = it.check()
        assert done.returncode == 78 and sentence in done.stdout, done.stdout


def test_another_key_of_the_daemon_waits_for_its_next_start(box):
    it = daemon(box)
    (box.folder / "server.key").write_bytes(KEYS["other"][1])
    answer = it.order("reload")
    assert answer["rows"][0]["restart"] == ["secret_key_file"], answer
    assert Caller(KEYS["anna"]).ask(query("whoami"))["result"] == "ok"
    it.restart()
    assert Caller(KEYS["anna"], KEYS["other"][0]).ask(query("whoami"))["result"] == "ok"
    text = it.log_text()
    assert not any(pair[1].decode() in text for pair in (SERVER, *KEYS.values()))


# ---- the manual ----------------------------------------------------------------------------------------

def test_the_readme_tells_how_in_python(box):
    it = daemon(box)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = [block for block in re.findall(r"```python\n(.*?)```", readme, re.S)
              if "curve_serverkey" in block]
    assert len(blocks) == 1
    code = blocks[0]
    for before, after in (("tcp://paminn.region.internal:7711", SUBMIT),
                          ("chef-akut.key", str(box.folder / "anna.key")),
                          ("chef-akut", "anna"), ("HSN-01", "TN-1"),
                          ("the daemon's public key", SERVER[0].decode())):
        assert before in code, before
        code = code.replace(before, after)
    (box.folder / "anna.key").write_bytes(KEYS["anna"][1] + b"\n")
    done = outside.run("/usr/bin/python3", "-c", code)
    assert "'result': 'accepted'" in done.stdout, done.stdout + done.stderr
    assert it.query("show", item="TN-1")[0]["status"] == "on-track"


def test_a_narrower_steward_does_and_sees_what_is_theirs(box):
    plan = keyed(box)
    plan.people["mona"].update(roles=["manager", "steward"], steward_of=["TN-1"])
    it = daemon(box, plan)
    mona, stina = Caller(KEYS["mona"]), Caller(KEYS["stina"])
    it.until("2026-05-11T10:00")

    def rows(name, caller=mona, **params):
        answer = caller.ask(query(name, **params))
        return answer.get("rows", answer.get("code"))
    assert [row["measure"] for row in rows("list")] == ["TN-1"]
    assert {row["measure"] for row in rows("list", stina)} == {"TN-1", "TN-2", None}
    assert {item["measure"] for row in rows("forecast") for item in row["items"]} == {"TN-1"}
    assert {row["item"] for row in rows("today") if "item" in row} <= {"TN-1"}
    assert [row["person"] for row in rows("people")] == ["anna", "mona"]
    assert rows("bodies") == [] and rows("meetings") == []
    assert rows("why", item="TN-2") == rows("show", item="KS-1") == "not-allowed"
    assert rows("report", deadline="KS-1") == rows("sessions") == "not-allowed"
    assert rows("show", item="TN-1")[0]["measure"] == "TN-1"
    # Messages of which all is theirs: no other is shown, tried again or dropped.
    theirs = {row["to"] for row in rows("outbox")}
    assert theirs == {"anna"} and len(rows("outbox", stina)) > len(theirs), rows("outbox", stina)
    for row in rows("outbox", stina):
        answer = mona.ask({"command": "drop", "params": {"id": row["id"]}})
        assert answer["result"] == ("ok" if row["to"] == "anna" else "rejected"), (row, answer)
    for command, params in (("reload", {}), ("verify", {}), ("hold", {"on": True}), ("test", {"person": "anna"}),
                            ("link", {"page": "mine", "for": "bo"}),
                            ("preview", {"kind": "reminder"}), ("end-sessions", {"person": "bo"}),
                            ("receive", {"upload": "a", "piece": 1, "last": True})):
        assert mona.ask({"command": command, "params": params})["code"] == "not-allowed", command
    assert mona.ask(own("mona", "note", "TN-2", **NOTE))["code"] == "not-allowed"
    for subject, source, answered in (("TN-1", "/people/mona", "accepted"), ("TN-1", "/people/anna", "accepted"),
                                      ("TN-2", "/people/mona", "rejected"), ("TN-2", "/people/bo", "rejected")):
        assert mona.ask(own("mona", subject=subject, source=source))["result"] == answered, subject
    # What follows from an act of theirs, of what is theirs; of the rest how much it is.
    plan.add("measures", "TN-3", title="Annas andra", owner="anna")
    plan.add("measures", "TN-4", title="Annas tredje", owner="anna")
    plan.people["mona"]["steward_of"] = ["TN-1", "TN-3"]
    plan.write()
    it.client("reload")
    away = {**AWAY, "until": "2026-05-18"}
    for who, name, theirs, more in ((mona, "mona", {"TN-3", "anna"}, 1),
                                    (stina, "stina", {"TN-3", "TN-4", "anna"}, 0)):
        (row,) = rows("consequences", who, event=own(name, "absence", "anna", **away))
        leaves = {item["measure"] or item["person"] for message in row["leaves"] for item in message["items"]}
        assert (leaves, row["more"]) == (theirs, more), row


assert Path(PAMINN).exists(), PAMINN
be_root()
run(test_everybody_does_what_is_theirs_and_nothing_else,
    test_a_narrower_steward_does_and_sees_what_is_theirs,
    test_a_frame_has_its_whole_size_and_no_more,
    test_strangers_never_reach_the_application,
    test_rightful_publishers_are_collected,
    test_a_publisher_elsewhere_is_known_by_its_key,
    test_a_reload_adds_keys_and_takes_them_away,
    test_the_client_with_a_key,
    test_watch_with_a_key_until_it_is_taken_away,
    test_keygen_makes_a_key_that_the_plan_takes,
    test_without_a_key_of_its_own_the_daemon_refuses_other_machines,
    test_another_key_of_the_daemon_waits_for_its_next_start,
    test_the_readme_tells_how_in_python)
