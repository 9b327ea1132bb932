"""The command line called in a test: in this process or in one of its own, and what a failure looks like."""

from __future__ import annotations

import subprocess
import sys

from click.testing import CliRunner, Result

from kg.cli import main

#: A page that tells of one agreement.
PAGE = "今天上午，甲药业与乙药业在园区签约。\n"
WSW = "who-signs-with-whom"


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], prog_name="kg")


def real(*arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        capture_output=True, encoding="utf-8", timeout=120, check=False, **more,  # type: ignore[call-overload]
    )  # fmt: skip
    return done


def fails(result: Result, status: int, *words: str) -> None:
    """The command ended with this status, said why on stderr, and said nothing on stdout."""
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    for word in words:
        assert word in result.stderr
    assert "Traceback" not in result.stderr
