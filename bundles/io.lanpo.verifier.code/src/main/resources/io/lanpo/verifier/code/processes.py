"""Processes of the sandbox: how they start and end."""
import _signal
import os
import sys
from select import select
from time import clock_gettime, monotonic, sleep

SIGXCPU = 24
TICK = 0.02  # seconds between two looks at the clocks
# a program that has had this share of a processor is not asleep but on a busy machine, and gets more time
AWAKE = 0.1
PATIENCE = 4  # times the time of a test; Limits.java knows it, too


def fork():
    """A new process, for which there may be room only when others have ended."""
    for _ in range(400):
        try:
            return os.fork()
        except BlockingIOError:
            end_others()
            sleep(0.005)
    return os.fork()


class Clock:
    """The time of a test, from now on."""

    def __init__(self, child, limits):
        self.child = child
        self.limits = limits
        self.begun = monotonic()
        self.before = self.processor()

    def processor(self):
        """Seconds of processor time of a process so far; see clock_getcpuclockid(3)."""
        try:
            return clock_gettime(~self.child << 3 | 2)
        except OSError:
            return 0.0  # it has ended, and was waited for

    def used(self):
        return self.processor() - self.before

    def why_over(self):
        """Why the program has had its time; nothing while it has not."""
        past = monotonic() - self.begun
        seconds = self.limits.seconds
        if past > PATIENCE * seconds or past > seconds and self.used() < AWAKE * past:
            return "not finished within %d s" % past


def ended(child):
    """The status with which a process has ended; none when it has not."""
    try:
        found, code = os.waitpid(child, os.WNOHANG)
        return code if found else None
    except ChildProcessError:
        return 0  # it was waited for before


def died(code):
    """How a process ended, from its status; none when it ended well."""
    if code & 127 == SIGXCPU:
        return "the program used up its processor time"
    if code & 127:
        return "the program was ended by signal %d" % (code & 127)
    return "the program ended with exit code %d" % (code >> 8) if code else None


def end_others():
    """Ends every process of the sandbox but its first and the judge, and waits until they are gone."""
    if os.getppid() != 1 or os.getuid() == 0:
        return  # not in a sandbox
    for _ in range(400):
        try:
            os.kill(-1, 9)
        except OSError:
            return
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
        sleep(0.002)
