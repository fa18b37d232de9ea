"""A process that judges inputs by number, one line in and one line out, until its input ends."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys

from fuzz.inputs import make
from fuzz.judge import judge, judge_files, run
from fuzz.saved import read

ROOM = 12 * 2**30
"""Addresses, of which the libraries that a search loads take several GB without using them."""


def serve() -> None:
    """Answer each line, a number or the folder of a saved input, with a verdict."""
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    seed = int(sys.argv[1])
    # What deling prints goes elsewhere; the verdicts alone go here.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        asked = json.loads(line)
        if isinstance(asked, int):
            verdict = judge(make(seed, asked))
        elif isinstance(asked, str):
            verdict = judge_files(*read(asked))
        elif isinstance(asked, dict):
            with contextlib.chdir(asked["folder"]):
                verdict = run(tuple(asked["command"]))
        else:
            number, steps = asked
            case = make(seed, number)
            for step in reversed(steps):
                case = case.without(step)
            verdict = judge(case)
        answers.write(json.dumps(verdict) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve()
