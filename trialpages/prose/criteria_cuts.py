"""Leaves of eligibility criteria, cut at their headings."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from trialpages.prose.blocks import (
    Block,
    Heading,
    Paragraph,
    Words,
    cut,
    has_word,
    text_of,
    texts,
)
from trialpages.prose.criteria_edges import behind_criterion, behind_link, is_item, is_none, is_sure
from trialpages.prose.criteria_headings import GroupKind
from trialpages.prose.criteria_keys import any_case
from trialpages.prose.criteria_leaves import Leaf, Place
from trialpages.prose.criteria_marks import (
    Mark,
    headings,
    is_about_criteria,
    is_short_line,
    is_title,
    reminds_of_other,
)
from trialpages.prose.criteria_places import is_before_list, is_flat, numbers, shared
from trialpages.prose.criteria_scope import is_bare_title, is_people, names_part
from trialpages.prose.criteria_sentences import decides, introduction, may_introduce, may_turn
from trialpages.prose.criteria_strangers import is_in_other_script, is_unplaced, may_be_heading
from trialpages.prose.criteria_times import begins_other_time

_FOR_PART = any_case(
    r"\bfor\s+(?:all\s+)?(?:the\s+)?(?:parts?|phases?|cohorts?|arms?|groups?|stages?|sub-?stud\w+)\b"
)
_BULLETS = "•·●▪◦-–— "
"""A heading that is an item of a list some program didn't know as one: NCT05464836, NCT00084097."""


class Cut(msgspec.Struct, frozen=True):
    """The leaves from one heading to the next."""

    kind: GroupKind
    """`other` also where something of the other kind stands among them."""
    part: str
    """A title above the heading."""
    heading: str
    leaves: Sequence[Leaf]

    @property
    def has_words(self) -> bool:
        """Whether more than a lone bullet stands under the heading."""
        return _have_words(self.leaves)


def cuts(leaves: Sequence[Leaf]) -> list[Cut]:
    """The leaves cut before each heading; what stands before the first is of no kind."""
    return _Cutter(leaves).cuts()


def _have_words(leaves: Sequence[Leaf]) -> bool:
    return any(any(map(has_word, texts((leaf.block,)))) for leaf in leaves if leaf.block)


class _Cutter:
    """The leaves, and the group that is being gathered."""

    __slots__ = (
        *("at", "done", "doubtful", "heading", "held", "inside", "kind", "leaves", "looked"),
        *("opened", "part", "since", "topical"),
    )

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves = leaves
        self.at = 0
        self.done: list[Cut] = []
        self.looked = (0, False)
        self._start("other", "", "", ())

    def cuts(self) -> list[Cut]:
        for at, leaf in enumerate(self.leaves):
            self.at = at
            if isinstance(leaf.block, Paragraph | Heading):
                self._look(leaf, leaf.block)
            else:
                self._keep_read(leaf.within, leaf.block)
        self._close()
        return self.done

    # --- a group ---

    def _start(self, kind: GroupKind, part: str, heading: str, opened: tuple[Place, ...]) -> None:
        self.kind, self.part, self.heading, self.opened = kind, part, heading, opened
        self.inside: list[Leaf] = []
        self.doubtful = self.topical = False
        self.held, self.since = -1 if opened else 0, self.at

    def _close(self) -> None:
        if self.inside or self.heading or self.part:
            kind: GroupKind = "other" if self.doubtful else self.kind
            self.done.append(Cut(kind, self.part, self.heading, tuple(self.inside)))

    def _keep(self, within: tuple[Place, ...], block: Block | None) -> None:
        """Take a leaf, out of the items in which the heading stands."""
        depth = shared(within, self.opened)
        if depth < self.held:
            self._close()
            self._start("other", "", "", ())
            depth = 0
        self.inside.append(Leaf(within[depth:], block) if depth else Leaf(within, block))
        said = [*filter(has_word, texts((block,)))] if block and self.held < 0 else []
        if any(not may_introduce(text) for text in said):
            self.held = self._held(within, depth)

    def _held(self, within: tuple[Place, ...], depth: int) -> int:
        """Of the items in which the heading stands how many hold all that it is over, as what
        comes first under it tells: a list that goes on behind these is of no sure kind."""
        return depth - 1 if within == self.opened and self.at == self.since else depth

    def _keep_read(self, within: tuple[Place, ...], block: Block | None) -> None:
        """Take a leaf with words of criteria in it."""
        self._keep(within, block)
        if block and self.kind != "other" and not self.doubtful:
            said = [line for text in texts((block,)) for line in (text, *text.split("\n")[1:])]
            self.doubtful = any(reminds_of_other(line, self.kind) for line in said)

    def _begin(self, kind: GroupKind, heading: str, within: tuple[Place, ...]) -> None:
        if not heading and self.heading and not _have_words(self.inside):
            # A heading of the source with nothing under it, and one of ours: what follows is both.
            self.kind = "other"
            return
        part = self._title(kind) if not within else ""
        self._close()
        self._start(kind, part, heading, within)

    def _title(self, kind: GroupKind) -> str:
        """What stands right above a heading of this kind and names a part; it is taken away."""
        above = f"{self.part} {self.heading}".strip()
        if above and not _have_words(self.inside) and self.kind in (kind, "other"):
            self.part, self.heading, self.inside = "", "", []
            return above
        last = self.inside[-1] if self.inside else None
        if last is None or not isinstance(last.block, Paragraph):
            return ""
        text = text_of(last.block)
        if self._is_title(kind, text, last):
            self.inside.pop()
            return text if has_word(text) else ""
        return ""

    def _is_title(self, kind: GroupKind, text: str, leaf: Leaf) -> bool:
        starts_over = kind == "inclusion" or kind == self.kind
        if leaf.within:
            return kind == "inclusion" and self.kind == "exclusion" and is_bare_title(text)
        if is_title(text) or (names_part(text) and starts_over):
            return True
        again = self._starts_over(kind) or (self.kind == "exclusion" and is_people(text))
        return is_short_line(text) and again and starts_over

    def _starts_over(self, kind: GroupKind) -> bool:
        """Whether inclusion criteria come once more, or first, behind one short paragraph."""
        if kind != "inclusion" or self.kind == "inclusion":
            return False
        if len(self.inside) == 1:
            return self.kind == "other" and not self.heading
        return self.kind == "exclusion" and bool(self.inside[-2].within)

    # --- a paragraph ---

    def _look(self, leaf: Leaf, words: Words) -> None:
        text = text_of(words)
        if not leaf.within and (self._opens_part(text) or begins_other_time(text)):
            self._close()
            self._start("other", text, "", ())
            return
        if not leaf.within and self._leaves_topic(text):
            self._begin("other", "", ())
        strange = self._is_strange(leaf.within, text)
        self.doubtful = self.doubtful or strange
        if self._turns(leaf.within, text):
            self.doubtful = True
            self._keep(leaf.within, words)
        elif is_about_criteria(text) or may_introduce(text):
            self._read(leaf.within, words, text)
            self.doubtful = self.doubtful or strange
        else:
            self._keep_read(leaf.within, words)

    def _is_strange(self, within: tuple[Place, ...], text: str) -> bool:
        """Whether it may be a heading that no form knows."""
        if self.kind == "other":
            return False
        foreign = is_in_other_script(text) and not is_in_other_script(self.heading)
        if may_be_heading(text, self.kind) or (foreign and text.endswith((":", "："))):
            return True
        behind = not within or self.leaves[self.at - 1].within == within
        return behind and _have_words(self.inside) and is_unplaced(text) and not headings(text)

    def _read(self, within: tuple[Place, ...], words: Words, text: str) -> None:
        at = 0
        for mark in headings(text):
            if is_none(mark, text):
                self.doubtful = True
                continue
            if not self._counts(mark, text, within):
                continue
            start, end = self._start_of(mark, text, within), behind_link(mark, text)
            before, rest = cut(words, at, start), cut(words, end, len(text))
            if before is None or rest is None:
                self.doubtful = True
                continue
            self._keep_words(within, before)
            heading = " ".join(text[start:end].split()).lstrip(_BULLETS)
            if heading and not before.html:
                heading = numbers(self.leaves, self.at) + heading
            sure = is_sure(mark, text, self.leaves, self.at) and not (
                self.kind == "exclusion" and is_item(mark, text, self.leaves, self.at, self.opened)
            )
            self._begin(mark.kind if sure else "other", heading, within)
            self.topical = mark.form.is_topical
            at = end
        self._read_rest(within, words, text, at)

    def _read_rest(self, within: tuple[Place, ...], words: Words, text: str, at: int) -> None:
        """What stands behind the last heading of a paragraph, which may say what follows."""
        if at == len(text):
            return
        said = introduction(text) if may_introduce(text) else None
        if said and said[0] != self.kind and said[1] >= at:
            kind, start = said
            if self.kind == "other" and self.heading and not self.inside:
                self.kind = kind
            elif not within or (start == 0 and is_flat(self.leaves, self.at)):
                before = cut(words, at, start)
                if before is None:
                    self.doubtful = True
                else:
                    self._keep_words(within, before)
                    self._begin(kind, "", within[:-1])
                    at = start
            elif start == 0:
                self.doubtful = True
        rest = cut(words, at, len(text)) if at else words
        self._keep_words(within, rest or words)

    def _keep_words(self, within: tuple[Place, ...], words: Words) -> None:
        if words.html:
            self._keep_read(within, words)
            self.doubtful = self.doubtful or may_be_heading(text_of(words), self.kind)

    def _counts(self, mark: Mark, text: str, within: tuple[Place, ...]) -> bool:
        """Whether a group begins at the mark."""
        form = mark.form
        at_line = mark.start == 0 or text[mark.start - 1] == "\n"
        if form.before_list and (within or not is_before_list(self.leaves, self.at)):
            return False
        if form.starts_line and (not at_line or len(within) > 1):
            return False
        if mark.kind == "other":
            return self._is_neither(mark, text, within)
        if mark.kind != self.kind:
            return True
        if not at_line or mark.end == mark.start:
            return False
        if within:
            return self._names_part() and self._is_behind_item(self.at, text, mark)
        return not self._has_equals_in_lists(mark.kind)

    def _start_of(self, mark: Mark, text: str, within: tuple[Place, ...]) -> int:
        """Where its heading begins: what only a criterion says, in an item or where nothing else
        would stand under the heading above, is of the group before."""
        lonely = bool(self.heading) and not _have_words(self.inside) and mark.kind != self.kind
        return behind_criterion(mark, text) if within or lonely else mark.start

    def _is_neither(self, mark: Mark, text: str, within: tuple[Place, ...]) -> bool:
        """Whether a group of neither kind begins here: `Eligibility criteria` behind criteria
        may stand over those of either kind, right below a heading it only says so once more."""
        restarts = mark.form.restarts and bool(self.inside) and self.kind != "other"
        if within:
            return restarts and self._is_behind_item(self.at, text, mark)
        return restarts or not (mark.form.fits_inclusion and self.kind == "inclusion")

    # --- equals of one kind: either each of them begins a group, or none does ---

    def _names_part(self) -> bool:
        """Whether the group is some people's alone, such as `Inclusion criteria for Part A`."""
        return bool(_FOR_PART.search(self.heading))

    def _is_behind_item(self, at: int, text: str, mark: Mark) -> bool:
        """Whether the heading is a paragraph that Markdown nested behind the last words of an item
        of no inner list."""
        within = self.leaves[at].within
        before = self.leaves[at - 1].within if at else ()
        whole = mark.start == 0 and mark.end == len(text)
        return whole and len(within) == 1 and before[:1] == within

    def _has_equals_in_lists(self, kind: GroupKind) -> bool:
        """Whether up to the other kind's heading another of this kind stands nested in a list: a
        group that began here would claim what is under that one."""
        if self.at >= self.looked[0]:
            self.looked = self._look_ahead(kind)
        return self.looked[1]

    def _look_ahead(self, kind: GroupKind) -> tuple[int, bool]:
        """Up to where it looked, and what it found."""
        found = False
        for at in range(self.at + 1, len(self.leaves)):
            block = self.leaves[at].block
            text = text_of(block) if isinstance(block, Paragraph | Heading) else ""
            for mark in headings(text) if is_about_criteria(text) else ():
                if mark.kind not in (kind, "other"):
                    return at, found
                found = found or (mark.kind == kind and self._is_behind_item(at, text, mark))
        return len(self.leaves), found

    # --- what is no heading, and yet ends a group ---

    def _opens_part(self, text: str) -> bool:
        """Whether it names the next part where the group has the title of one: `Group 2 (G2)`."""
        above = names_part(self.part) if self.part else None
        here = names_part(text) if above else None
        if not above or not here or above["label"] == here["label"] or headings(text):
            return False
        return above["word"].lower() == here["word"].lower()

    def _leaves_topic(self, text: str) -> bool:
        """Whether a paragraph stands behind the list of a topic (`Prior Medication: Excluded:`),
        which doesn't say whether it lets in or keeps out: the topic's heading doesn't either."""
        if not self.topical or self.kind == "other" or not self.inside[-1:]:
            return False
        listed = any(leaf.within for leaf in self.inside)
        return listed and not is_about_criteria(text) and not decides(text, self.kind)

    def _turns(self, within: tuple[Place, ...], text: str) -> bool:
        """Whether it stands before a list, or items of its own, and may say the contrary of the
        group."""
        if self.kind == "other":
            return False
        leads = may_introduce(text) and not text.endswith(";")
        before = is_flat(self.leaves, self.at) if within else is_before_list(self.leaves, self.at)
        if not before or not (leads or (not within and is_short_line(text))):
            return False
        if not may_turn(text, self.kind):
            return False
        return not headings(text) and not (leads and introduction(text))  # which say more
