"""The command line ``kg``: one thin function a command; messages on stderr, data on stdout.

Exit status: 0 done, 1 the work failed, 2 the command line was wrong.
"""

from __future__ import annotations

from kg.cli.main import main

__all__ = ["main"]
