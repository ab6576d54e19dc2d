#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The desk's reading pages, by raw HTTP: what each says, and that it says what the client says."""
import html
import re

from desk import SignedIn
from harness import run
from web import Web


def words(answer):
    """What a reader sees, in one line."""
    text = re.sub(r"<(style|title)>.*?</\1>", "", answer.text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def page(who, path, status=200):
    answer = who.get(path)
    assert answer.status == status, f"{path}: {answer.raw[:400]!r}"
    return answer


def start(box):
    web = Web(box, "2026-05-04T07:00")
    web.daemon.until("2026-05-18T12:00")
    return web, SignedIn(web, "stina")


def the_first_screen_says_what_needs_hands(box):
    web, stina = start(box)
    said = words(page(stina, "/desk"))
    assert "3 svar är försenade" in said and "Färre inhyrda (TN-1)" in said, said
    assert said.count("Påmint fem gånger, senast mån 18 maj kl. 08.00") == 3, said
    assert page(stina, "/desk?x=1") and "Inget behöver göras" not in said


def items_are_found_grouped_and_one_is_told(box):
    web, stina = start(box)
    said = words(page(stina, "/desk/items"))
    assert "3 ärenden" in said and "Anna Ek" in said, said
    found = words(page(stina, "/desk/items?search=F%C3%84RRE&group=owner&show=all"))
    assert "1 ärende." in found and "Färre inhyrda" in found and "Samordnad" not in found, found
    assert "Inget ärende innehåller ”saknas”" in words(page(stina, "/desk/items?search=saknas"))
    said = words(page(stina, "/desk/item?item=TN-1"))
    assert "Åtgärd Färre inhyrda (TN-1)" in said and "Skickad" in said, said
    assert "Organ Kommunstyrelsen (KS)" in words(page(stina, "/desk/item?item=KS"))
    for path in ("/desk/item", "/desk/item?item=TN-9", "/desk/item?item=TN-1&item=TN-2",
                 "/desk/item?thing=TN-1", "/desk/items?group=colour", "/desk/item?item=%00"):
        page(stina, path, status=404)


run(the_first_screen_says_what_needs_hands, items_are_found_grouped_and_one_is_told)
