#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Signing in, by raw HTTP: who comes in, how and for how long, and what is refused."""
import re
import sqlite3
import statistics
import time
import urllib.parse
from multiprocessing.pool import ThreadPool as Pool

from desk import (SignedIn, ask_for_link, hashed, link_from_mail, lay_session, links_of, press, session_for,
                  sign_in)
from harness import another_box, run, wait_for
from web import Web

NIGHT = "2026-05-16T03:00"  # a Saturday's: nothing else leaves


def rows(web, text, *values):
    store = sqlite3.connect(f"file:{web.plan.folder}/paminn.db?mode=ro", uri=True)
    found = store.execute(text, values).fetchall()
    store.close()
    return found


def bare(answer):
    return re.sub(rb"(?m)^Date: .*$", b"", answer.raw)


def the_way_in_is_a_mail_and_a_button(box):
    """By night, and while all other messages are held back."""
    web = Web(box, NIGHT)
    web.daemon.order("hold", on=True)
    path = link_from_mail(web, "stina", to="/desk?x=1")
    (mail,) = web.sink.to("stina")
    assert mail.subject == "Logga in i Påminn" and "kl. 03.15" in mail.text, mail.text
    assert "Har du inte bett om" in mail.text and "/in/" in mail.html
    # What looks at it does not use it up.
    for method in ("GET", "HEAD", "GET"):
        looked = web.get(path, method=method)
        assert looked.status == 200 and "set-cookie" not in looked.headers, looked.raw
    assert "Stina Stöd" in looked.text
    assert rows(web, "SELECT count(*) FROM session") == [(0,)]
    form = re.search(r'name="form" value="([0-9a-f]+)"', looked.text)[1]
    came = press(web, path, form=form)
    assert (came.status, came.headers["location"]) == (303, "/desk?x=1"), came.raw
    cookie = came.headers["set-cookie"]
    assert re.fullmatch(r"paminn_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict",
                        cookie), cookie
    stina = SignedIn(web, "stina", cookie[15:58])
    assert stina.get("/desk").status == 200
    assert stina.get("/").headers["location"] == "/desk"
    # A button that is pressed twice leads to the same session; whoever has the link alone is too late.
    again = press(web, path, form=form)
    assert again.status == 303 and again.headers["set-cookie"] == cookie, again.raw
    for answer in (web.get(path), press(web, path, form="0" * 24)):
        assert answer.status == 410 and "redan använd" in answer.text, answer.raw
        assert "set-cookie" not in answer.headers
    assert stina.get(path).headers["location"] == "/desk?x=1", "who goes back is in already"
    # Of what lets anybody in the store has hashes, and the log nothing.
    token, login = cookie[15:58], path.removeprefix("/in/")
    store = (web.plan.folder / "paminn.db").read_bytes() + \
        (web.plan.folder / "paminn.db-wal").read_bytes()
    for secret in (token, login, form):
        assert secret.encode() not in store and secret not in web.daemon.log_text()
    assert rows(web, "SELECT hash FROM session") == [(hashed(token),)]
    (signin,) = [row for row in web.daemon.query("outbox") if row["kind"] != "hold"]
    assert signin["kind"] == "signin", signin
    shown = web.daemon.order("message", id=signin["id"])["rows"][0]
    assert login not in str(shown), shown
    assert web.daemon.client("verify") == []


def a_session_ends(box):
    web = Web(box, "2026-05-12T09:00")
    stina, anna = sign_in(web, "stina"), SignedIn(web, "anna")
    assert anna.get("/").headers["location"] == "/board"
    # By the button, and only for that browser.
    other = SignedIn(web, "stina")
    out = other.post("/out", {})
    assert out.status == 303 and out.headers["location"] == "/?out=1", out.raw
    assert out.headers["set-cookie"] == \
        "paminn_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", out.raw
    assert "Du är utloggad" in web.get("/?out=1").text
    assert other.get("/desk").status == 303 and stina.get("/desk").status == 200
    # After eight hours.
    web.daemon.until("2026-05-12T16:59")
    assert stina.get("/desk").status == 200
    web.daemon.restart("2026-05-12T16:59:10")
    assert stina.get("/desk").status == 200, "a restart ends none"
    web.daemon.until("2026-05-12T17:00:20")
    assert stina.get("/desk").headers["location"] == "/?to=/desk"
    refused = stina.web.post("/out", f"token={'A' * 43}", stina.cookie)
    assert refused.status == 403 and "inte längre inloggad" in refused.text, refused.raw


def whoever_leaves_the_plan_is_out_at_once(box):
    web = Web(box, "2026-05-12T09:00")
    web.plan.add("people", "kim", name="Kim Ek", mail="kim@kommunen.internal", roles=["steward"])
    web.plan.write()
    web.daemon.client("reload")
    kim, waiting = SignedIn(web, "kim"), link_from_mail(web, "kim")
    assert kim.get("/desk").status == 200
    person = web.plan.people.pop("kim")
    web.plan.write()
    web.daemon.client("reload")
    assert kim.get("/desk").status == 303
    assert web.get(waiting).status == 410 and press(web, waiting, form="0" * 24).status == 410
    # Nor does a session come back with them.
    web.plan.people["kim"] = person
    web.plan.write()
    web.daemon.client("reload")
    assert kim.get("/desk").status == 303
    kim = SignedIn(web, "kim")
    # Another address is somebody else's.
    person["mail"] = "kims-successor@kommunen.internal"
    web.plan.write()
    web.daemon.client("reload")
    assert kim.get("/desk").status == 303 and web.get(waiting).status == 410
    # Whoever is a steward no more sees what others see.
    stina = SignedIn(web, "stina")
    web.plan.people["stina"]["roles"] = ["support"]
    web.plan.write()
    web.daemon.client("reload")
    assert stina.get("/desk").status == 403


def nobody_learns_who_is_known(box):
    web = Web(box, "2026-05-12T09:00")
    known, unknown = "stina@kommunen.internal", "ingen@kommunen.internal"
    times = {known: [], unknown: []}

    def ask(address):
        began = time.monotonic()
        answer = bare(ask_for_link(web, address))
        times[address].append(time.monotonic() - began)
        return answer
    with Pool(2) as pool:
        answers = set(pool.map(ask, (known, unknown) * 4, chunksize=1))
    medians = [statistics.median(each) for each in times.values()]
    with Pool(16) as pool:  # more often than a person gets a link
        answers |= set(pool.map(ask, (known, unknown) * 8, chunksize=1))
    assert len(answers) == 1, answers
    assert abs(medians[0] - medians[1]) < 0.02, times
    wait_for(lambda: len(web.sink.to("stina")) == 10, "ten links")
    web.daemon.settle()
    assert len(links_of(web.sink.mails)) == 10, web.sink.mails
    assert "stina was not sent a link" in web.daemon.log_text()
    assert unknown not in web.daemon.log_text() and known not in web.daemon.log_text()
    # An hour later there are ten more. However it is written, it is one address.
    web.daemon.until("2026-05-12T10:00:30")
    for address in ("STINA@Kommunen.Internal", "  stina@kommunen.internal "):
        ask_for_link(web, address)
    wait_for(lambda: len(web.sink.to("stina")) == 12, "two more")
    assert rows(web, "SELECT count(*) FROM login WHERE person <> ''") == [(2,)], "what is over goes"
    # Not one, and not two: what is no address is said so, whoever asks.
    for wrong in ("", "stina", "stina@", "a@b.se, c@d.se", "stina@kommunen.internal\r\nBcc: x@y.se"):
        answer = ask_for_link(web, wrong)
        assert answer.status == 422 and "Skriv en hel mejladress" in answer.text, (wrong, answer.raw)


def one_address_asks_so_often_and_no_oftener(box):
    """So that nobody has a whole plan's people written to; whoever they ask for counts alike."""
    web = Web(box, "2026-05-12T09:00", proxies=["127.0.0.1"])

    def ask(who, person):
        return ask_for_link(web, f"{person}@kommunen.internal", f"X-Forwarded-For: {who}").status
    with Pool(30) as pool:
        asked = pool.map(lambda i: ask("192.0.2.1", "ingen" if i % 2 else "anna"), range(65), chunksize=1)
    assert sorted(asked) == [303] * 60 + [429] * 5, asked
    assert ask("192.0.2.1", "anna") == 429 and ask("192.0.2.2", "anna") == 303
    assert "asks for links to sign in again and again" in web.daemon.log_text()


def a_link_leads_to_our_own_pages_only(web):
    for to in ("https://elsewhere.example/", "//elsewhere.example/desk", "/\\elsewhere.example",
               "/healthz", "/a/x", "/in/x", "/desk\r\nX: y", "/desk/../healthz", "desk", "/nowhere",
               "/desk#x", "/" + "x" * 2000, "/desk?" + "x" * 506):
        page = web.get("/?" + urllib.parse.urlencode({"to": to}))
        assert page.status == 200 and 'name="to"' not in page.text, (to, page.raw)
    for to in ("/desk", "/desk?item=TN-1&x=%C3%A5"):
        page = web.get("/?" + urllib.parse.urlencode({"to": to}))
        assert f'name="to" value="{to.replace("&", "&amp;")}"' in page.text, page.raw
    path = link_from_mail(web, "stina", to="//elsewhere.example/desk")
    assert press(web, path).headers["location"] == "/desk"
    # Who is in already goes there at once.
    stina = SignedIn(web, "stina")
    assert stina.get("/?to=/desk%3Fa=b").headers["location"] == "/desk?a=b"
    assert stina.get("/?to=//elsewhere.example").headers["location"] == "/desk"
    assert stina.get("/?utm_source=mail").headers["location"] == "/desk"


def a_page_is_for_who_may_see_it(web):
    answer = web.get("/desk?x=1%20&y")
    assert (answer.status, answer.headers["location"]) == (303, "/?to=/desk%3Fx%3D1%2520%26y"), answer.raw
    stina, anna = SignedIn(web, "stina"), SignedIn(web, "anna")
    assert stina.get("/desk").status == 200 and "Stina Stöd" in stina.get("/desk").text
    refused = anna.get("/desk")
    assert refused.status == 403 and "samordnar" in refused.text, refused.raw
    assert web.get("/desk", f"Cookie: paminn_session={'A' * 43}").status == 303
    assert web.get("/desk", stina.cookie, anna.cookie).status == 303, "two tokens are none"
    assert web.get("/desk", stina.cookie + f"; paminn_session={anna.token}").status == 303
    assert web.get("/desk", f"Cookie: a=b; paminn_session={stina.token}; c").status == 200
    assert web.get("/desk", f"Cookie: __Host-paminn_session={stina.token}").status == 303
    over = session_for(web.daemon, "stina", "stina@kommunen.internal", hours=0)
    assert web.get("/desk", f"Cookie: paminn_session={over}").status == 303
    moved = session_for(web.daemon, "stina", "another@kommunen.internal")
    assert web.get("/desk", f"Cookie: paminn_session={moved}").status == 303
    # A link on another site is followed without the cookie, so the page leads itself on.
    onward = web.get("/desk?a=b", "Sec-Fetch-Site: cross-site")
    assert onward.status == 200 and 'content="0; url=/desk?a=b"' in onward.text, onward.raw
    assert web.get("/desk?a=b", "Sec-Fetch-Site: same-origin").status == 303
    assert 'url=/"' in web.get("/", "Sec-Fetch-Site: cross-site").text


def forms_of_others_are_refused(web):
    stina, mona = SignedIn(web, "stina"), SignedIn(web, "mona")
    theirs = SignedIn(web, "stina").form_token()
    good = stina.form_token()
    attempts = [("", 403), (f"token={'A' * 43}", 403), (f"token={theirs}", 403), ("token=", 403),
                (f"token={good[:-1]}", 403), (f"token={good}&token={good}", 400),
                (f"token={good}&more=1", 400), (f"token={stina.token}", 403)]
    for body, status in attempts:
        answer = web.post("/out", body, stina.cookie)
        assert answer.status == status and "set-cookie" not in answer.headers, (body, answer.raw)
    for headers in (("Sec-Fetch-Site: cross-site",), ("Sec-Fetch-Site: same-site",),
                    ("Origin: https://elsewhere.example",)):
        assert stina.post("/out", {}, *headers, token=good).status == 403, headers
    assert mona.web.post("/out", f"token={good}", mona.cookie).status == 403
    assert web.post("/out", f"token={good}").status == 403, "without the cookie"
    assert stina.get("/desk").status == 200, "none of it ended the session"
    for each in ("not one of ours, or of another site", "nobody is"):
        assert each in web.daemon.log_text(), each
    # A link is for this site's button as well, and its page can't be made by others to sign somebody in.
    path = link_from_mail(web, "stina")
    assert press(web, path, "Sec-Fetch-Site: cross-site", form="0" * 24).status == 403
    assert web.post(path, "").status == 400 and web.post(path, "form=../x").status == 400
    assert ask_for_link(web, "stina@kommunen.internal", "Sec-Fetch-Site: cross-site").status == 403
    assert press(web, path).status == 303


def who_signs_in_gets_a_new_session(box):
    """One that somebody has laid into the browser before is not theirs, and ends with the new one."""
    web = Web(box, "2026-05-12T09:00")
    laid = SignedIn(web, "anna")
    path = link_from_mail(web, "stina")
    came = press(web, path, laid.cookie)
    assert laid.token not in came.headers["set-cookie"]
    assert laid.get("/").status == 200, "the one before has ended"
    invented = "A" * 43
    came = press(web, link_from_mail(web, "stina"), f"Cookie: paminn_session={invented}")
    assert invented not in came.headers["set-cookie"]
    assert web.get("/desk", f"Cookie: paminn_session={invented}").status == 303
    # The oldest of many ends.
    first = SignedIn(web, "bo", session_for(web.daemon, "bo", "bo@kommunen.internal"))
    for _ in range(19):
        session_for(web.daemon, "bo", "bo@kommunen.internal")
    store = sqlite3.connect(web.plan.folder / "paminn.db", timeout=30)
    with store:
        ((*values, _),) = store.execute("SELECT * FROM session WHERE hash = ?", (hashed(first.token),))
        values[4] -= 1
        lay_session(store, values)
    store.close()
    assert first.get("/").status == 303
    bo = sign_in(web, "bo")
    assert bo.get("/").status == 303 and first.get("/").status == 200
    assert rows(web, "SELECT count(*) FROM session WHERE person = 'bo'") == [(20,)]


def a_link_is_good_for_a_quarter_of_an_hour(box):
    web = Web(box, "2026-05-12T09:00")
    web.sink.rcpt["stina"] = ["450 4.2.1 later"] * 30
    ask_for_link(web, "stina@kommunen.internal")
    path = link_from_mail(web, "anna")
    web.daemon.until("2026-05-12T09:14:59")
    assert web.get(path).status == 200
    web.daemon.until("2026-05-12T09:15:01")
    for answer in (web.get(path), press(web, path, form="0" * 24)):
        assert answer.status == 410 and "gäller inte längre" in answer.text, answer.raw
    (row,) = [row for row in web.daemon.query("outbox") if row["to"] == "stina"]
    assert row["state"] == "expired" and row["attempts"] >= 5, row
    web.daemon.until("2026-05-12T10:30")
    assert not web.sink.to("stina"), "nor does it leave later"
    assert not any(row["kind"] == "alert" for row in web.daemon.query("outbox")), "nobody is told"
    # A day later they go, but for the newest message, whose number is not given again.
    before = max(row["id"] for row in web.daemon.query("outbox"))
    web.daemon.until("2026-05-13T11:00")
    link_from_mail(web, "anna")
    kept = [row for row in web.daemon.query("outbox") if row["kind"] == "signin"]
    assert [row["id"] for row in kept] == [before, before + 1], kept
    assert web.daemon.client("verify") == []


def cookie_of(box, url, cookie, path):
    web = Web(box, "2026-05-12T09:00", public_url=url)
    came = press(web, link_from_mail(web, "stina"))
    assert came.headers["location"] == f"{path}desk", came.raw
    assert re.fullmatch(f"{cookie}=[A-Za-z0-9_-]{{43}}; Path={path}; HttpOnly; "
                        "SameSite=Strict; Secure", came.headers["set-cookie"]), came.raw
    value = came.headers["set-cookie"].partition(";")[0]
    page = web.get("/desk", f"Cookie: {value}")
    assert page.status == 200 and f'action="{path}out"' in page.text, page.raw
    assert web.get("/desk", f"Cookie: paminn_session={value.partition('=')[2]}").status == 303
    assert web.get("/desk").headers["location"] == f"{path}?to=/desk"


def what_https_and_a_path_make_of_the_cookie(_):
    for url, cookie, path in (("https://paminn.kommunen.internal", "__Host-paminn_session", "/"),
                              ("https://kommunen.internal/p", "__Secure-paminn_session", "/p/")):
        with another_box() as its_own:
            cookie_of(its_own, url, cookie, path)


def a_narrower_steward_has_a_narrower_desk(web):
    mona, stina = SignedIn(web, "mona"), SignedIn(web, "stina")
    for path, theirs in (("/desk/items", "Färre inhyrda"), ("/desk", "Färre inhyrda")):
        page = mona.get(path)
        assert page.status == 200 and "Samordnad drift" not in page.text, page.raw
    assert "Färre inhyrda" in mona.get("/desk/items").text
    assert "Samordnad drift" in stina.get("/desk/items").text
    assert mona.get("/desk/item?item=TN-1").status == 200
    assert mona.get("/desk/item?item=TN-2").status == 404
    assert mona.get("/desk/hold").status == 403 and stina.get("/desk/hold").status == 200


def who_is_asked_for_something_gets_to_it(web):
    """An owner who signs in sees the board, and from there answers; by the page that a mail's link has."""
    anna = SignedIn(web, "anna")
    assert web.get("/mine").headers["location"] == "/?to=/mine"
    assert 'href="/mine"' in anna.get("/board").text
    led = anna.get("/mine")
    assert led.status == 303 and re.fullmatch("/mine/[A-Za-z0-9_-]+", led.headers["location"]), led.raw
    page = web.get(led.headers["location"])
    assert page.status == 200 and "Färre inhyrda" in page.text and "Samordnad" not in page.text, page.raw
    web.daemon.until("2026-06-11T09:00")
    assert web.get(led.headers["location"]).status == 200
    web.daemon.until("2026-06-12T09:00")
    assert web.get(led.headers["location"]).status == 410, "it ends as other links do"
    anna, stina, reg = (SignedIn(web, each) for each in ("anna", "stina", "reg"))
    assert web.get(anna.get("/mine").headers["location"]).status == 200, "and there is another"
    # Who only reads, or follows up, is led nowhere.
    for other, path in ((reg, "/board"), (stina, "/desk"), (stina, "/board")):
        assert 'href="/mine"' not in other.get(path).text, path
    assert "Inget att svara på" in web.get(reg.get("/mine").headers["location"]).text
    assert anna.post("/mine", {}, token="A" * 43).status == 405


def a_proxy_says_who_has_signed_in_with_it(box):
    """And nobody else does."""
    web = Web(box, "2026-05-12T23:30", proxies=["127.0.0.1"], proxy_user_header="X-Remote-User")

    def ask(name, *headers, source="127.0.0.1", **more):
        return web.get("/desk", "X-Forwarded-For: 192.0.2.1", f"X-Remote-User: {name}", *headers, source=source, **more)
    for name in ("stina", "Stina@kommunen.internal", " stina "):
        page = ask(name)
        assert page.status == 200 and "Stina Stöd" in page.text and "set-cookie" not in page.headers, page.raw
    assert ask("anna").status == 403 and ask("nobody").status == 303 and ask("").status == 303
    assert ask("stina", "X-Remote-User: anna").status == 303, "twice is not at all"
    assert ask("stina", source="127.0.0.2").status == 303, "said by who is no proxy"
    assert "its proxy_user_header was ignored" in web.daemon.log_text()
    anna = SignedIn(web, "anna")
    assert ask("stina", anna.cookie).status == 200, "it is above a cookie"
    assert ask("nobody", anna.cookie).status == 303
    # A form has to be one of ours, of the same person, of today or yesterday.
    head = ("X-Forwarded-For: 192.0.2.1", "X-Remote-User: stina")

    def token(name):
        return re.search(r'name="token" value="([^"]{43})"', web.get("/board", head[0], f"X-Remote-User: {name}").text)[1]
    mine, theirs = token("stina"), token("anna")
    for wrong in ("", "A" * 43, theirs):
        assert web.post("/out", f"token={wrong}", *head).status == 403, wrong
    assert web.post("/out", f"token={mine}", "Sec-Fetch-Site: cross-site", *head).status == 403
    out = web.post("/out", f"token={mine}", *head)
    assert out.status == 200 and "genom din organisation" in out.text, out.raw
    web.daemon.until("2026-05-13T10:00")
    assert web.post("/out", f"token={mine}", *head).status == 200
    web.daemon.until("2026-05-14T10:00")
    assert web.post("/out", f"token={mine}", *head).status == 403


def a_proxys_header_needs_a_proxy(box):
    for settings, sentence in (({}, "proxy_user_header without proxies"),
                               ({"proxies": ["127.0.0.1"], "proxy_user_header": "Cookie"}, "is not the name of a header"),
                               ({"proxies": ["127.0.0.1"], "proxy_user_header": "X User"}, "is not the name of a header")):
        with another_box() as its_own:
            web = Web(its_own, run=False, **{"proxy_user_header": "X-Remote-User", **settings})
            done = web.daemon.check()
            assert done.returncode == 78 and sentence in done.stdout + done.stderr, (settings, done)


def every_page_leads_to_what_is_said_of_accessibility(web):
    stina = SignedIn(web, "stina")
    for language, words in (("sv", "digg.se"), ("en", "digg.se")):
        page = web.get("/accessibility", f"Accept-Language: {language}")
        assert page.status == 200 and f'lang="{language}"' in page.text and words in page.text
        assert "mailto:stod@kommunen.internal" in page.text
    for answer in (web.get("/"), web.get("/nowhere"), stina.get("/desk"), stina.get("/board"),
                   web.get("/accessibility"), web.post("/out", "")):
        assert '<a href="/accessibility">' in answer.text, answer.raw
    # Who is signed in reads their own language, whatever the browser says; on what is refused too.
    for path, status in (("/accessibility", 200), ("/desk", 200), ("/desk/item?item=NONE", 404)):
        page = stina.get(path, "Accept-Language: en")
        assert page.status == status and 'lang="sv"' in page.text, (path, page.raw)


def sessions_are_listed_and_ended(box):
    web = Web(box, "2026-05-12T09:00")
    stina, waiting = SignedIn(web, "stina"), link_from_mail(web, "stina")
    sign_in(web, "anna")
    rows_ = web.daemon.client("sessions")
    assert [(row["person"], row["by"]) for row in rows_] == [("anna", "link"), ("stina", "link")], rows_
    assert rows_[1]["since"].startswith("2026-05-12T09:00") and \
        rows_[1]["until"].startswith("2026-05-12T17:00"), rows_
    printed = web.daemon.client("sessions", text=True)
    assert "Stina Stöd" in printed and stina.token not in printed
    web.daemon.until("2026-05-12T09:30")
    stina.get("/desk")
    assert web.daemon.client("sessions")[1]["used"].startswith("2026-05-12T09:30")
    assert web.daemon.client("sessions", "end", "stina")[0] == {"person": "stina", "ended": 1}
    assert stina.get("/desk").status == 303 and web.get(waiting).status == 410
    assert [row["person"] for row in web.daemon.client("sessions")] == ["anna"]
    web.daemon.client("sessions", "end", "nobody", code=65)
    web.daemon.client("sessions", "end", code=64)
    web.daemon.client("sessions", "close", code=64)


def pages_lead_in_and_only_in(box):
    """With one daemon: each of these leaves it as it was, but for sessions."""
    web = Web(box, "2026-05-12T09:00", run=False)
    web.plan.people["mona"].update(roles=["manager", "steward"], steward_of=["TN-1"])
    web.daemon.start()
    for check in (a_link_leads_to_our_own_pages_only, a_page_is_for_who_may_see_it,
                  forms_of_others_are_refused, a_narrower_steward_has_a_narrower_desk,
                  every_page_leads_to_what_is_said_of_accessibility,
                  who_is_asked_for_something_gets_to_it):  # which lets a month pass
        check(web)


run(the_way_in_is_a_mail_and_a_button, a_session_ends, whoever_leaves_the_plan_is_out_at_once,
    nobody_learns_who_is_known, one_address_asks_so_often_and_no_oftener, pages_lead_in_and_only_in,
    who_signs_in_gets_a_new_session, a_link_is_good_for_a_quarter_of_an_hour,
    what_https_and_a_path_make_of_the_cookie, sessions_are_listed_and_ended,
    a_proxy_says_who_has_signed_in_with_it, a_proxys_header_needs_a_proxy)
