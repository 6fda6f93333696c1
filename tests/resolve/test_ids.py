"""The table of ids through any history of entities that join, part, come and go."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.ids import make_id
from kg.resolve.ids import IdTable

Clusters = list[tuple[str, ...]]

KEYS = [f"k{number}" for number in range(8)]


@st.composite
def clusterings(draw: st.DrawFn, *, keys: Sequence[str] = KEYS) -> Clusters:
    """Some of the keys, in a random order, cut into entities."""
    some = draw(st.lists(st.sampled_from(keys), unique=True))
    cuts = draw(st.lists(st.booleans(), min_size=len(some), max_size=len(some)))
    found: Clusters = []
    for key, cut in zip(some, cuts, strict=True):
        if cut or not found:
            found.append((key,))
        else:
            found[-1] += (key,)
    return found


histories = st.lists(clusterings(), min_size=1, max_size=8)


def ids_of(table: IdTable, clusters: Clusters) -> list[str]:
    """Return the id of each entity, which every key of it tells."""
    found = [{table.id_of(key) for key in keys} for keys in clusters]
    assert all(len(ids) == 1 for ids in found)
    return [ids.pop() for ids in found]


def led_to(table: IdTable, living: Sequence[str]) -> dict[str, str]:
    """Return retired id -> living id, found by walking the chain of each; it must end."""
    found = {}
    for retired in table.replaced:
        at, steps = retired, 0
        while at not in living and at in table.replaced:
            at, steps = table.replaced[at], steps + 1
            assert steps <= len(table.replaced)
        if at in living and at != retired:
            found[retired] = at
    return found


@given(histories)
def test_a_key_keeps_its_id_for_ever_and_no_row_is_lost(history: list[Clusters]) -> None:
    table = IdTable()
    for clusters in history:
        after = table.assign(clusters)
        assert list(after.ids.items())[: len(table.ids)] == list(table.ids.items())
        assert after.replaced.keys() >= table.replaced.keys() - set(ids_of(after, clusters))
        table = after


@given(histories)
def test_no_two_living_entities_share_an_id_and_each_has_one_of_its_keys(history: list[Clusters]) -> None:
    table = IdTable()
    for clusters in history:
        table = table.assign(clusters)
        living = ids_of(table, clusters)
        assert len(set(living)) == len(clusters)
        assert not set(living) & table.replaced.keys()
        assert all(own in {make_id("entity", key) for key in keys} for own, keys in zip(living, clusters, strict=True))


@given(histories)
def test_the_id_is_the_one_that_has_been_cited_longest(history: list[Clusters]) -> None:
    """What nobody could cite, because it never was an entity's, is no id and takes no place."""
    table = IdTable()
    born: list[str] = []  # ids in the order in which they were first an entity's
    for clusters in history:
        table = table.assign(clusters)
        fresh = []
        for keys, own in zip(clusters, ids_of(table, clusters), strict=True):
            known = [one for one in born if one in {make_id("entity", key) for key in keys}]
            assert own == (known[0] if known else make_id("entity", keys[0]))
            fresh += [] if known else [own]
        born += sorted(fresh, key=list(table.ids.values()).index)
        assert list(table.ids.values()) == born


@given(histories)
def test_a_retired_id_leads_to_one_living_entity_or_says_that_nothing_lives(history: list[Clusters]) -> None:
    table = IdTable()
    for clusters in history:
        table = table.assign(clusters)
        living = ids_of(table, clusters)
        former = table.former(living)
        pairs = [(retired, own) for own, many in former.items() for retired in many]
        assert sorted(pairs) == sorted(led_to(table, living).items())
        assert len(dict(pairs)) == len(pairs)
        assert all(table.successor(retired) == own for retired, own in pairs)
        # and where its key is there, it leads to the entity that has the key
        where = {key: own for keys, own in zip(clusters, living, strict=True) for key in keys}
        for key, own in table.ids.items():
            if key in where:
                assert where[key] == dict(pairs).get(own, own)


@given(histories, st.randoms(use_true_random=False))
def test_neither_order_nor_another_time_changes_anything(history: list[Clusters], chance: object) -> None:
    table = IdTable()
    for clusters in history:
        before, table = table, table.assign(clusters)
        shuffled = list(clusters)
        chance.shuffle(shuffled)  # type: ignore[attr-defined]
        assert before.assign(shuffled).text() == table.text()
        assert table.assign(clusters).text() == table.text()


@given(histories)
def test_the_file_is_the_table(history: list[Clusters]) -> None:
    table = read = IdTable()
    for clusters in history:
        table, read = table.assign(clusters), IdTable.parse(read.assign(clusters).text())
        assert read == table
        assert list(read.ids) == list(table.ids)


@given(histories, clusterings())
def test_what_is_undone_brings_the_old_ids_back(history: list[Clusters], merged: Clusters) -> None:
    table = IdTable()
    for clusters in history:
        table = table.assign(clusters)
    after = table.assign(merged).assign(history[-1])
    assert ids_of(after, history[-1]) == ids_of(table, history[-1])


@given(histories, st.lists(st.integers(0, 2), min_size=len(KEYS), max_size=len(KEYS)))
def test_an_undone_merge_leaves_no_trace(history: list[Clusters], numbers: list[int]) -> None:
    """What was one, two or three entities for a while is what it was, the redirects too."""
    table = IdTable()
    for clusters in history:
        table = table.assign(clusters)
    last = history[-1]
    joined: dict[int, tuple[str, ...]] = {}
    for number, keys in zip(numbers, last, strict=False):
        joined[number] = joined.get(number, ()) + keys
    merged = table.assign(joined.values())
    if len(joined) < len(last):
        assert merged.former(ids_of(merged, list(joined.values()))) != table.former(ids_of(table, last))
    assert merged.assign(last).text() == table.text()


def test_an_entity_keeps_its_id_when_a_smaller_key_joins_it() -> None:
    before = IdTable().assign([("k5",)])
    after = before.assign([("k1", "k5")])
    assert ids_of(after, [("k1", "k5")]) == [before.ids["k5"]]


def test_a_retired_id_says_what_took_its_place() -> None:
    before = IdTable().assign([("k1",), ("k2",)])
    after = before.assign([("k1", "k2")])
    assert after.replaced == {before.ids["k2"]: before.ids["k1"]}
    assert after.text().splitlines() == [
        "key\tid\treplaced_by",
        f"k1\t{before.ids['k1']}\t",
        f"k2\t{before.ids['k2']}\t{before.ids['k1']}",
    ]


def test_a_key_that_never_named_an_entity_does_not_take_the_id_of_one_that_did() -> None:
    """k1 and k2 were one from the start, so that nobody ever saw an id of k2; k3 was cited."""
    before = IdTable().assign([("k1", "k2")]).assign([("k1", "k2"), ("k3",)])
    assert list(before.ids) == ["k1", "k3"]
    after = before.assign([("k1",), ("k2", "k3")])
    assert ids_of(after, [("k2", "k3")]) == [before.ids["k3"]]
    assert after.replaced == {}


def test_a_chain_leads_to_its_living_end() -> None:
    table = IdTable().assign([("a",), ("b",), ("c",), ("d",)])
    a, b, c, d = table.ids.values()
    for pair in (("c", "d"), ("b", "c"), ("a", "b")):  # each time nothing says where the last one is now
        table = table.assign([pair])
    assert table.replaced == {d: c, c: b, b: a}
    assert table.former({a}) == {a: sorted([b, c, d])}
    assert table.former({a, b}) == {b: sorted([c, d])}
    assert table.former({c}) == {c: [d]}
    assert table.former({d}) == {}
    assert table.former(()) == {}
    assert [table.successor(own) for own in (a, b, c, d, "entity-x")] == [a, a, a, a, "entity-x"]
    assert [table.id_of(key) for key in ("a", "b", "c", "d", "x")] == [a, a, a, a, ""]


def test_an_id_that_was_given_by_hand_stays_that_of_its_key() -> None:
    """Whoever renames a key in the file keeps the id; the old key, should it come back, is something else."""
    own = make_id("entity", "old name")
    table = IdTable.parse(f"key\tid\treplaced_by\nnew name\t{own}\t\n").assign([("new name",), ("old name",)])
    assert table.ids["new name"] == own
    assert len(set(table.ids.values())) == 2


@given(st.lists(st.text(min_size=1), unique=True))
def test_any_key_comes_back_from_the_file(keys: list[str]) -> None:
    """Names of papers and pages are in keys, with whatever their owners wrote."""
    table = IdTable().assign([(key,) for key in keys])
    assert IdTable.parse(table.text()) == table


def test_a_file_that_an_editor_saved_is_read() -> None:
    table = IdTable().assign([("a",), ("b",)]).assign([("a", "b")])
    assert IdTable.parse("\ufeff" + table.text().replace("\n", "\r\n") + "\r\n") == table


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        pytest.param("a\t1\t\na\t2\t", "line 3: not a new key", id="a key twice"),
        pytest.param("a\t1\t\nb\t1\t", "line 3: not a new key, its own id", id="an id twice"),
        pytest.param("a\t1", "line 2: not a new key", id="two columns"),
        pytest.param("\t1\t", "line 2: not a new key", id="no key"),
        pytest.param("a\t\t", "line 2: not a new key", id="no id"),
        pytest.param("a\t1\t2", "line 2: replaced by 2, which no line above has", id="replaced by nothing"),
        pytest.param("a\t1\t1", "line 2: replaced by 1, which no line above has", id="replaced by itself"),
        pytest.param("a\t1\t2\nb\t2\t1", "line 2: replaced by 2, which no line above has", id="a loop"),
    ],
)
def test_a_file_that_is_no_table_is_refused(rows: str, says: str) -> None:
    with pytest.raises(InputError, match=rf"ids\.tsv, {says}"):
        IdTable.parse(f"key\tid\treplaced_by\n{rows}\n")


def test_another_head_is_refused() -> None:
    with pytest.raises(InputError, match=r"ids\.tsv: its first line is not"):
        IdTable.parse("a\t1\t\n")
