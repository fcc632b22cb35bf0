"""Runs one command and tells how long it took and how much memory it and its children held."""

import ctypes
import os
import re
import select
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
ALONE_SECONDS = 0.1  # between two looks at one process: reads a counter of the kernel
TREE_SECONDS = 0.5  # between two looks at several: the kernel walks their pages


@dataclass
class Finished:
    """A command that ended: wall clock in seconds, peak of the resident memory in bytes."""

    exit_code: int
    seconds: float
    resident_bytes: int


def adopt_orphans():
    """Makes processes whose parent ends children of this one, so that none outlives the benchmark."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(command, environment, cpus, log):
    """Runs `command` on the given CPUs, its output into the file `log`; leaves no process behind."""
    started = time.monotonic()
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [*map(str, command)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the benchmark, which then ends them all
            preexec_fn=lambda: os.sched_setaffinity(0, cpus),
        )
        try:
            peak = watch(process)
            seconds = time.monotonic() - started
        finally:
            end_descendants()
    return Finished(process.returncode, seconds, peak)


def watch(process):
    """Waits for the end; the peak of what `process` and its descendants hold, shared pages counted once."""
    peak, ended = 0, os.pidfd_open(process.pid)
    try:
        while True:
            tree = [process.pid, *descendants(process.pid)]
            peak = max(peak, *(high_water(pid) for pid in tree))
            if len(tree) > 1:
                peak = max(peak, sum(proportional(pid) for pid in tree))
            if select.select([ended], [], [], TREE_SECONDS if len(tree) > 1 else ALONE_SECONDS)[0]:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                return max(peak, usage.ru_maxrss * 1024)  # of the largest, also where it ended before a look
    finally:
        os.close(ended)


def descendants(pid):
    """Ids of the processes below `pid`, from the kernel's list of each thread's children."""
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in read(children).split():
            found += [int(child), *descendants(int(child))]
    return found


def high_water(pid):
    """The largest resident size that a process ever had, in bytes."""
    return kilobytes(read(Path(f"/proc/{pid}/status")), "VmHWM")


def proportional(pid):
    """Resident size of a process, each page divided by the number of its users, in bytes."""
    return kilobytes(read(Path(f"/proc/{pid}/smaps_rollup")), "Pss")


def kilobytes(text, name):
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found.group(1)) * 1024 if found else 0


def read(path):
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        return ""


def end_descendants():
    """Ends what is left of the processes that this one started, and forgets them."""
    for pid in descendants(os.getpid()):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    while descendants(os.getpid()):
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        time.sleep(0.05)
