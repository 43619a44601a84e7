"""Half-open spans `[start, end)` of whole seconds (or minutes), as sorted disjoint lists."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]


def unite(spans: Iterable[Span]) -> list[Span]:
    """The union: sorted and disjoint; spans that touch join, empty ones vanish."""
    united: list[Span] = []
    current_start, current_end = 0, -1
    for start, end in sorted(spans):
        if start >= end:
            continue
        if start <= current_end:
            if end > current_end:
                current_end = end
        else:
            if current_start < current_end:
                united.append((current_start, current_end))
            current_start, current_end = start, end
    if current_start < current_end:
        united.append((current_start, current_end))
    return united


def subtract(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """What of `spans` is in none of `holes`; both sorted and disjoint."""
    left: list[Span] = []
    holes = list(holes)
    position = 0
    for start, end in spans:
        while position < len(holes) and holes[position][1] <= start:
            position += 1
        index = position
        while index < len(holes) and holes[index][0] < end:
            hole_start, hole_end = holes[index]
            if start < hole_start:
                left.append((start, hole_start))
            start = max(start, hole_end)
            index += 1
        if start < end:
            left.append((start, end))
    return left


def intersect(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """What is in both; both sorted and disjoint."""
    common: list[Span] = []
    others = list(others)
    position = 0
    for start, end in spans:
        while position < len(others) and others[position][1] <= start:
            position += 1
        for other_start, other_end in others[position:]:
            if other_start >= end:
                break
            common.append((max(start, other_start), min(end, other_end)))
    return common
