"""What holds for every page, checked from outside."""

from __future__ import annotations

from collections import Counter

from kg.pages import Cut


def check(done: Cut) -> None:
    """Every visible character is covered once; pieces map text to page; lines say what the pieces say."""
    page = done.page.text
    line_of: list[int] = []
    for number, line in enumerate(page.split("\n"), 1):
        line_of += [number] * (len(line) + 1)
    covered: Counter[int] = Counter()
    for article in done.articles:
        at = 0
        for piece in article.pieces:
            assert piece.start < piece.end
            assert set(article.text[at : piece.start]) <= {"\n"}
            page_end = piece.page_start + piece.end - piece.start
            assert article.text[piece.start : piece.end] == page[piece.page_start : page_end]
            covered.update(range(piece.page_start, page_end))
            at = piece.end
        assert at == len(article.text)
        lines = [line_of[piece.page_start] for piece in article.pieces]
        assert list(dict.fromkeys(lines)) == list(article.lines)
        assert len(set(article.lines)) == len(article.lines)
        order = {number: i for i, number in enumerate(article.lines)}
        for join in article.joins:
            assert order[join.second] == order[join.first] + 1
        for move in article.moves:
            assert [order[number] for number in move.lines] == list(
                range(order[move.lines[0]], order[move.lines[0]] + len(move.lines))
            )
            assert order[move.after] < order[move.lines[0]]
        assert 0 <= article.body_start < len(article.text)
        assert article.headline
        assert article.headline_made or done.page.headline or article.headline in article.text[: article.body_start]
        assert len(article.text.split("\n")) == len(article.lines) - len(article.joins)
    claimed = {number for article in done.articles for number in article.lines}
    assert not claimed & set(done.leftovers)
    assert sum(len(article.lines) for article in done.articles) == len(claimed)
    rest = set(done.leftovers)
    for offset, char in enumerate(page):
        number = line_of[offset]
        if char.isspace() or (number in claimed and char in "#*" and not covered[offset]):
            continue
        assert covered[offset] == (0 if number in rest else 1), (number, char)
    assert len({article.key for article in done.articles}) == len(done.articles)
