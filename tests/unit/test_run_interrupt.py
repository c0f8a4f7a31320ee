"""Ctrl-C at a bad moment: while a line is being logged, and while a step begins. Each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

LOGGED = """
import logging, os, signal, threading, time
from wi2007.run.process import Interrupt

class Asked(logging.Handler):
    whole = False
    def emit(self, record):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)
        self.whole = True

signal.signal(signal.SIGINT, signal.default_int_handler)
interrupt, handler = Interrupt(), Asked()
interrupt.install()
logger = logging.getLogger("step")
logger.addHandler(handler)
try:
    logger.error("done")
    time.sleep(10)
except KeyboardInterrupt:
    free = []

    def take():
        free.append(handler.lock.acquire(timeout=5))
        if free[0]:
            handler.lock.release()

    waits = threading.Thread(target=take)
    waits.start()
    waits.join()
    print(handler.whole, free, interrupt.status)
"""
BEGUN = """
import subprocess, sys, threading, time
import psutil
from wi2007.run.process import stop_children

def start(program):
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)

slow = start(
    "import signal, sys, time\\n"
    "signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1), sys.exit(0)))\\n"
    "print('ready', flush=True)\\ntime.sleep(60)"
)
slow.stdout.readline()
later = []
threading.Timer(0.3, lambda: later.append(start("import time; time.sleep(60)"))).start()
stop_children()
states = {child.status() for child in psutil.Process().children()}
print(len(later), states <= {psutil.STATUS_ZOMBIE})
"""


def output(program: str) -> str:
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=True)
    return done.stdout.strip()


def test_a_line_that_is_being_logged_is_finished_first_and_no_lock_stays_held() -> None:
    assert output(LOGGED) == "True [True] 130"


def test_a_step_that_begins_while_the_others_end_is_ended_too() -> None:
    assert output(BEGUN) == "1 True"
