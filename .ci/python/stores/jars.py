"""Jars that a test brings to a Spark: they lie in a cache beside the Python environments, not in Emulsion's jar."""

import hashlib
import os
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent


def jars(pom):
    """What a pom beside this file names, with all that it needs; fetched once a machine."""
    pom = HERE / pom
    base = os.environ.get("EMULSION_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "emulsion" / f"{pom.stem}-{hashlib.sha256(pom.read_bytes()).hexdigest()[:16]}"
    complete = folder / ".complete"
    if not complete.exists():
        subprocess.run(
            ["mvn", "-B", "-ntp", "-q", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={folder}"],
            check=True,
            timeout=300,
        )
        complete.touch()
    return sorted(folder.glob("*.jar"))
