"""What an annotation depends on beside its page: the code, the weights and the lexicons."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from kg import __version__, resources
from kg.extract import EXTRACTOR

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def fingerprint() -> str:
    """Changes whenever an annotation might come out differently: an edited lexicon, new weights, new code.

    The extractor's name and version, and the first 12 digits of the SHA-256 of everything that it reads.
    """
    files = [*resources.data().glob("*.tsv")]
    for folder in (resources.data("lexicon"), resources.data("models"), resources.data("repair")):
        files += [path for path in folder.rglob("*") if path.is_file()]
    for folder in (_PACKAGE / "read", _PACKAGE / "extract"):
        files += folder.rglob("*.py")
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return f"{EXTRACTOR} {__version__} {digest.hexdigest()[:12]}"
