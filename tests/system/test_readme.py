#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What the READMEs say of the source leads somewhere: each path that they name is there."""
import re

from harness import ROOT, run

PATH = re.compile(r"`((?:\.\./)?[\w{},-]+(?:/[\w{},.*-]+)*(?:/|\.[ch1-8]))`")


def named(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    paths = PATH.findall(text)
    # In the drawings too.
    for drawing in re.findall(r"^```\n(.*?)^```", text, re.M | re.S):
        paths += re.findall(r"\b((?:engine|intake|gate|delivery|ledger)/[\w/*]*(?:\.c|/))", drawing)
    return paths


def is_there(folder, place):
    return (folder / place).exists() or ".." not in place and any(folder.glob(place))


def missing(page, folder):
    """A bare name may be anywhere in the folder; X stands for any name."""
    gone = []
    for path in named(page):
        real = path.replace("{sv,en}", "sv").rstrip("/")
        places = [real] if "/" in real else [real, f"**/{real}"]
        if real != "X" and real != "X.c" and not any(is_there(ROOT / folder, place)
                                                     for place in places):
            gone.append(path)
    return gone


def every_path_is_there(box):
    for page, folder in (("daemon/README.md", "daemon"), ("README.md", ".")):
        assert len(named(page)) > 8, f"{page} names few paths: {named(page)}"
        assert not missing(page, folder), (page, missing(page, folder))


def every_folder_is_told_of(box):
    text = (ROOT / "daemon/README.md").read_text(encoding="utf-8")
    for folder in (ROOT / "daemon").iterdir():
        if folder.is_dir():
            assert re.search(rf"(─▶|▼\n) *{folder.name}\b|^ +{folder.name} +\w", text, re.M), folder.name


run(every_path_is_there, every_folder_is_told_of)
