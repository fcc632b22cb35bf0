"""The Java heap of a run, from what the garbage collector logged."""

import re

# "Pause Young (Normal) (G1 Evacuation Pause) 52M->9M(128M) 5.1ms", and at the end of the process
# " garbage-first heap   total 131072K, used 30206K"
PAUSE = re.compile(r"\b(\d+)M->\d+M\(\d+M\)")
EXIT = re.compile(r"\bheap\s+total \d+K, used (\d+)K")


def java_options(folder):
    """What makes each JVM log its collections into a file of its own in `folder`."""
    return f"-Xlog:gc,gc+heap+exit:file={folder}/gc-%p.log"


def peak_bytes(folder):
    """The most that any JVM's heap held; None if no JVM ran."""
    logs = [log.read_text(errors="replace") for log in folder.glob("gc-*.log")]
    mebibytes = [int(m) << 20 for log in logs for m in PAUSE.findall(log)]
    kibibytes = [int(k) << 10 for log in logs for k in EXIT.findall(log)]
    return max(mebibytes + kibibytes, default=None)
