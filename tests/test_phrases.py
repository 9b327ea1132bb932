"""The table of phrases: all that it has is used, all that is asked of it is there."""

import re
from pathlib import Path

import pytest

from kg import resources
from kg.extract.phrases import phrase

EXTRACT = Path(__file__).parent.parent / "kg" / "extract"


def test_the_table_has_each_phrase_that_the_rules_ask_for_and_no_other():
    asked = set()
    for module in EXTRACT.glob("*.py"):
        source = module.read_text("utf-8")
        asked |= set(re.findall(r'phrase\("(\w+)"\)', source))
        if "phrase(name)" in source:  # names that stand in a tuple of the module
            asked |= set(re.findall(r'"((?:signed_together|signed_this|begun_together)_\w+)"', source))
        for stem in re.findall(r'_beside\(\w+, \w+, "(\w+)"\)', source):
            asked |= {f"{stem}_behind", f"{stem}_before"}
    rows = list(resources.read_tsv(resources.data("lexicon", "phrases.tsv")))
    asked |= {held for row in rows for held in re.findall(r"\{([a-z_]+)\}", row["pattern"])}
    assert sorted(asked) == sorted(row["name"] for row in rows)
    assert all(row["note"] for row in rows)


def test_an_unknown_phrase_is_an_error():
    with pytest.raises(KeyError, match="no_such_phrase"):
        phrase("no_such_phrase")


def test_a_phrase_may_hold_another():
    assert phrase("scholars_counted_behind").match("名博士").group() == "名博士"
    assert phrase("scholars_counted_before").search("引进人才约").group() == "人才约"
    assert not phrase("scholars_counted_behind").match("名员工")
