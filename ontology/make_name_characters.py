"""Make `lexicon/name-characters.tsv`: how much likelier a character is in a Chinese personal name than in running text.

    python -m ontology.make_name_characters roles.tsv dict.txt

`roles.tsv` holds, a line a character, how often it was seen as a family name (B), as the first and the second
character of a given name of two (C, D), and as a given name of one (E): `王<TAB>{B=24031, C=12}`. `dict.txt` holds
words with their frequencies. Where both come from: `lexicon/name-characters.README.md`. The same files give the same
bytes.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from pathlib import Path

OUTPUT = Path(__file__).with_name("lexicon") / "name-characters.tsv"
ROLES = {"surname": "B", "first": "C", "second": "D", "single": "E"}
LEAST_IN_TEXT = 2000  # a character that is in no name gets a row where it is at least so frequent in the word list
SMOOTH_NAMES, SMOOTH_ROLES, SMOOTH_TEXT, SMOOTH_TEXTS = 0.5, 2000, 50, 200_000


def read_roles(path: Path) -> dict[str, dict[str, int]]:
    """Read how often each character was seen in each part of a name."""
    roles: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        character, counts = line.split("\t")
        roles[character] = {role: int(count) for role, count in re.findall(r"([A-Z])=(\d+)", counts)}
    return roles


def read_text_counts(path: Path) -> Counter[str]:
    """Read how often each character is used in running text, from a list of words with frequencies."""
    counts: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, frequency, *_ = line.split(" ")
        for character in word:
            if "\u3400" <= character <= "\u9fff":
                counts[character] += int(frequency)
    return counts


def log_odds(roles: dict[str, dict[str, int]], text: Counter[str]) -> dict[str, list[float]]:
    """ln(share among the characters of that part of names / share among the characters of text), both smoothed."""
    totals = {role: sum(counts.get(role, 0) for counts in roles.values()) for role in ROLES.values()}
    whole = sum(text.values())
    table: dict[str, list[float]] = {}
    for character in sorted(set(roles) | {c for c, count in text.items() if count >= LEAST_IN_TEXT}):
        counts = roles.get(character, {})
        if not any(role in counts for role in ROLES.values()) and text[character] < LEAST_IN_TEXT:
            continue
        usual = math.log((text[character] + SMOOTH_TEXT) / (whole + SMOOTH_TEXTS))
        table[character] = [
            math.log((counts.get(role, 0) + SMOOTH_NAMES) / (totals[role] + SMOOTH_ROLES)) - usual
            for role in ROLES.values()
        ]
    return table


def main() -> None:
    """Read the two files and write the table."""
    parser = argparse.ArgumentParser(description="Make ontology/lexicon/name-characters.tsv.")
    parser.add_argument("roles", type=Path)
    parser.add_argument("words", type=Path)
    arguments = parser.parse_args()
    table = log_odds(read_roles(arguments.roles), read_text_counts(arguments.words))
    lines = ["\t".join(("character", *ROLES))]
    lines += ["\t".join((character, *(f"{odds:.1f}" for odds in row))) for character, row in table.items()]
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
