"""Which of many names are the same or nearly: compared within blocks, so that ten thousand take no minute."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from portal.identity.names import alike, trigrams

WINDOW = 12
"""So many that follow in its block each name is compared with."""
WHOLE = 6
"""Up to so many that share a fact are all paired; of more, each with the oldest."""


def sharing(facts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """Pairs that have the same fact, lower id first; "" is no fact."""
    having: dict[str, set[int]] = defaultdict(set)
    for key, fact in facts:
        if fact:
            having[fact].add(key)
    for fact, keys in having.items():
        several = sorted(keys)
        pairs = combinations(several, 2) if len(several) <= WHOLE else ((several[0], k) for k in several[1:])
        yield from ((first, second, fact) for first, second in pairs)


def resembling(names: Mapping[int, tuple[str, ...]]) -> Iterator[tuple[int, int, float]]:
    """Pairs whose names are the same (1.0) in any order of words, or similar, lower id first."""
    whole = {key: " ".join(sorted(words)) for key, words in names.items() if words}
    found = {(a, b): 1.0 for a, b, _ in sharing(whole.items())}
    pieces = {key: trigrams(text) for key, text in whole.items()}
    for block in _blocks(names):
        ordered = sorted(block, key=lambda key: (whole[key], key))
        for at, one in enumerate(ordered):
            for other in ordered[at + 1 : at + 1 + WINDOW]:
                pair = (min(one, other), max(one, other))
                if pair in found or whole[one] == whole[other]:
                    continue
                much = alike(whole[one], whole[other], pieces[one], pieces[other])
                if much:
                    found[pair] = much
    yield from ((first, second, much) for (first, second), much in found.items())


def _blocks(names: Mapping[int, tuple[str, ...]]) -> Iterator[list[int]]:
    """Those whose rarest word, or whose first, begins alike."""
    often = Counter(word for words in names.values() for word in words)
    blocks: dict[Any, list[int]] = defaultdict(list)
    for key, words in names.items():
        if words:
            rarest = min(words, key=lambda word: (often[word], word))
            for start in {word[:3] for word in (rarest, words[0], words[-1])}:
                blocks[start].append(key)
    yield from (block for block in blocks.values() if len(block) > 1)
