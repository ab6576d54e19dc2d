# SPDX-License-Identifier: Apache-2.0
"""One life after another in which something fails, at the places of a library (places.py), and one before them in which
nothing does, which tells the places and what is answered. What must be seen of each is told here."""
import concurrent.futures
import os
import random

from oracle import SEED, broken_unless
from places import failing_at, listed, places
from starved import Starved

from harness import SANITIZER, another_box

AT_ONCE = 4  # lives that are tried side by side: much of one is waiting
BATCH = 5  # places that fail in one life, which it mostly survives


def difference(text, expected):
    """Where the one text begins to be another."""
    begin = len(os.path.commonprefix((text, expected)))
    return f"is {text[max(begin - 60, 0):begin + 60]!r}, not {expected[max(begin - 60, 0):begin + 60]!r}"


class Trials:
    """Of daemons that begin with the same store, `kept`. `exits`: how one may end that has met its fault. `how`: more of
    the environment. `is_put_off`: a fault has the daemon wait before it goes on, so that it may say something else."""

    def __init__(self, library, kept, exits, is_put_off=False, **how):
        self.library, self.kept, self.exits, self.how = library, kept, exits, how
        self.is_put_off = is_put_off
        with another_box() as box:
            environment, path = listed(library, box.folder, **how)
            life = Starved(box, kept, environment)
            code = life.live()
            assert code == 0 and life.is_whole, f"the life without a fault ended with {code}, {life.acts}"
            life.judge("without a fault")
            self.said, self.every = life.said, places(path)

    def life(self, requests, **more):
        """The places at which this one has asked in vain."""
        with another_box() as box:
            environment, struck = failing_at(self.library, requests, box.folder, **self.how, **more)
            if "PAMINN_PLACES_WHEN" in more:
                environment["PAMINN_PLACES_WHEN"] = str(box.folder / more["PAMINN_PLACES_WHEN"])
            life = Starved(box, self.kept, environment, struck)
            life.daemon.expect("")
            code, met = life.live(), places(struck)
            where = f"{' '.join(f'{name}={value}' for name, value in more.items())} at {', '.join(map(str, met))}"
            assert not SANITIZER.search(life.daemon.log_text()), where
            assert code in (self.exits if met else (0,)), f"{where}: it ended with {code}"
            assert code == 0 or life.daemon.logged("^<3>.*"), f"{where}: it ended with {code}, and says nothing"
            if not self.is_put_off:
                self.check_said(life, where)
            life.judge(where)
            return met

    def check_said(self, life, where):
        """It must be the same as without a fault."""
        composed_later = life.daemon.logged("could not be composed")  # and says what has come about since
        for what, text in life.said.items():
            if not (composed_later and what.startswith("mail ")):
                broken_unless(text == self.said.get(what), f"{where}: {what} {difference(text, self.said.get(what, ''))}")

    def several(self, lives, **more):
        """The places at which they have asked in vain, each list of requests in a life of its own."""
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            return [met for each in pool.map(lambda requests: self.life(requests, **more), lives) for met in each]

    def each_place(self, every, together, **more):
        """How many were met. Those that a life does not come to, since it has ended at another, have their own then."""
        chance, met = random.Random(SEED), set()
        for size in (together, 1, 1):
            left = [place for place in every if place.number not in met]
            chance.shuffle(left)
            # Any request of a place at first, and then the first, to which it comes for sure.
            lives = [[(place, chance.randint(1, place.count) if size > 1 else 1) for place in left[at:at + size]]
                     for at in range(0, len(left), size)]
            met |= {place.number for place in self.several(lives, **more)}
        return len(met)
