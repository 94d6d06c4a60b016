"""The tree of RFC 6962, as far as verifying needs it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

HASH_LENGTH = 32


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def children_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Grows at its end; keeps only the roots of the complete subtrees there."""

    def __init__(self, roots: Sequence[bytes] = (), size: int = 0) -> None:
        self._roots = list(roots)
        self.size = size

    def append(self, leaves: Iterable[bytes], on_subtree: Callable[[int, bytes], None] | None = None) -> None:
        for leaf in leaves:
            level, node, rest = 0, leaf, self.size
            if on_subtree:
                on_subtree(level, node)
            while rest % 2 == 1:
                node = children_hash(self._roots.pop(), node)
                level, rest = level + 1, rest // 2
                if on_subtree:
                    on_subtree(level, node)
            self._roots.append(node)
            self.size += 1

    def root(self) -> bytes:
        if not self._roots:
            return hashlib.sha256().digest()
        node = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            node = children_hash(left, node)
        return node

    def copy(self) -> Tree:
        return Tree(self._roots, self.size)


def is_included(index: int, size: int, leaf: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the leaf is the one at `index` of the tree with that size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or any(len(sibling) != HASH_LENGTH for sibling in proof):
        return False
    at, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at % 2 == 1 or at == last:
            node = children_hash(sibling, node)
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            node = children_hash(node, sibling)
        at, last = at // 2, last // 2
    return last == 0 and node == root


def is_consistent(first_size: int, first_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the larger tree begins with all leaves of the smaller one (RFC 9162, 2.1.4.2)."""
    if not 0 <= first_size <= size or any(len(sibling) != HASH_LENGTH for sibling in proof):
        return False
    if first_size == size:
        return not proof and first_root == root
    if first_size == 0:
        return not proof and first_root == hashlib.sha256().digest()
    at, last = first_size - 1, size - 1
    while at % 2 == 1:
        at, last = at // 2, last // 2
    path = [first_root, *proof] if at == 0 else list(proof)
    if not path:
        return False
    first_node = node = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at % 2 == 1 or at == last:
            first_node, node = children_hash(sibling, first_node), children_hash(sibling, node)
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            node = children_hash(node, sibling)
        at, last = at // 2, last // 2
    return last == 0 and first_node == first_root and node == root
