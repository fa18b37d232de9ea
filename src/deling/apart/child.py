"""The process that searches: one search after the other, as it is asked."""

from __future__ import annotations

import os
import pickle
import queue
import sys
import threading
import traceback
from typing import TYPE_CHECKING

from deling.apart.messages import STOP, Ask, Done, Failed, News, Refused
from deling.case import Case
from deling.errors import ClusterError
from deling.language import use_language
from deling.memory import collector_at_rest, keep_for_good
from deling.optimise import optimise

if TYPE_CHECKING:
    from deling.apart.messages import Answer
    from deling.result import Result, Update


def main() -> None:
    """Answer on what is standard output now; print what else there is to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    questions = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    alone = threading.Lock()
    stop = threading.Event()
    asked: queue.SimpleQueue[Ask] = queue.SimpleQueue()

    def listen() -> None:
        while True:
            try:
                questions.peek(1)  # waits, with the collector at work meanwhile
                with collector_at_rest():
                    what = pickle.load(questions)
            except (EOFError, OSError, pickle.UnpicklingError):
                # Whoever asked is gone, perhaps killed: nobody wants an answer.
                os._exit(1)
            if what == STOP:
                stop.set()
            else:
                asked.put(what)

    def send(answer: Answer) -> None:
        with alone:
            pickle.dump(answer, answers)
            answers.flush()

    threading.Thread(target=listen, daemon=True).start()
    while True:
        ask = asked.get()
        use_language(ask.language)

        def news(update: Update, result: Result | None) -> None:
            send(News(update, result))

        try:
            keep_for_good()
            case = Case(ask.scenario, ask.sharing)
            found = optimise(case, start=ask.start, stop=stop, news=news, **ask.options)
        except ClusterError as error:
            send(Refused(str(error)))
            continue
        except Exception as error:
            traceback.print_exc()
            send(Failed(f"{type(error).__name__}: {error}".rstrip(": ")))
            raise SystemExit(1) from error
        send(Done(found))
