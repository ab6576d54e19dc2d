# SPDX-License-Identifier: Apache-2.0
"""A program that asks for something in vain: a library beside this, with places.c, preloaded."""
import os
from typing import NamedTuple

from calls import built


class Place(NamedTuple):
    owner: str  # program, sqlite or jansson
    number: str
    count: int  # of its requests, in a life without a fault
    callers: tuple  # where they are, from the beginning of the program or library, in hexadecimal

    def __str__(self):
        return f"{self.owner} ({' '.join(self.callers)})"


ANY = Place("any", "0", 0, ("0",))  # in the order of the requests


def places(path):
    """Those in a list, or in the file that tells which have failed."""
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    rows = (line.split() for line in lines)
    return [Place(owner, number, int(count), tuple(callers)) for owner, number, count, *callers in rows]


def preloaded(library, **more):
    # The sanitizer's library, where there is one, comes after ours: it wants to be told. Leaks are not looked for, since
    # our functions stand in its stacks, and what the C library keeps for itself is not known by them.
    return {"LD_PRELOAD": built(library, "places"),
            "ASAN_OPTIONS": f"abort_on_error=0:detect_leaks=0:verify_asan_link_order=0:{os.environ.get('ASAN_OPTIONS', '')}", **more}


def listed(library, folder, **more):
    """The environment in which a program's places are listed, and the file that has them."""
    return preloaded(library, PAMINN_PLACES_LIST=str(folder / "places"), **more), folder / "places"


def failing_at(library, requests, folder, **more):
    """The environment in which requests fail, of (place, which of its requests), and the file that tells which have."""
    struck = folder / "struck"
    struck.unlink(missing_ok=True)
    fail = " ".join(f"{place.number}/{place.callers[0]}/{n}" for place, n in requests)
    return preloaded(library, PAMINN_PLACES_STRUCK=str(struck), PAMINN_PLACES_FAIL=fail, **more), struck
