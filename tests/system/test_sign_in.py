#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Signing in, by raw HTTP: who comes in, for how long, and what is refused."""
from desk import SignedIn, session_for
from harness import run
from web import Web


def a_page_is_for_who_may_see_it(box):
    web = Web(box)
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
    over = session_for(web.daemon, "stina", "stina@kommunen.internal", hours=0)
    assert web.get("/desk", f"Cookie: paminn_session={over}").status == 303
    moved = session_for(web.daemon, "stina", "another@kommunen.internal")
    assert web.get("/desk", f"Cookie: paminn_session={moved}").status == 303


run(a_page_is_for_who_may_see_it)
