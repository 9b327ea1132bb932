"""``python -m kg``: the command line."""

from kg.cli import main

main(prog_name="kg")
