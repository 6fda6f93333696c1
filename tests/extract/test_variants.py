"""The same article in other clothes says the same: measured over the texts that rules are made on."""

from __future__ import annotations

import pytest

from tests.extract.variants import VARIANTS, kept, tuned

# entities kept and triples kept, at least; those that are new, at most
FLOORS = {
    "signs of one column, full stops too": (0.995, 0.985, 0.01),
    "no blanks": (0.975, 0.96, 0.02),
    "stray blanks": (0.98, 0.97, 0.02),
    "a blank between all characters": (0.975, 0.95, 0.03),
    "slips of a scanner": (0.99, 0.985, 0.015),
    "traditional characters": (0.985, 0.98, 0.015),
    "all in one paragraph": (0.98, 0.945, 0.05),
}
ALL_BUT_THE_SAME = (0.995, 0.99, 0.005)


@pytest.mark.parametrize("variant", VARIANTS)
def test_little_is_lost(variant: str) -> None:
    entities, new_entities, triples, new_triples = kept(VARIANTS[variant], tuned()).shares()
    least_entities, least_triples, most_new = FLOORS.get(variant, ALL_BUT_THE_SAME)
    assert entities >= least_entities
    assert triples >= least_triples
    assert max(new_entities, new_triples) <= most_new


def test_variants_are_others() -> None:
    for name, change in VARIANTS.items():
        assert sum(change(text) != text for text in tuned().values()) > 10, name
