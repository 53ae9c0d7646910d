"""Finds the mentions of instruments: their kind, their signing trigger, the stretch that tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

import regex

from kyket.agreements.apposition import also_called, apposed, in_bracket, predicate
from kyket.agreements.collective import between_parties
from kyket.agreements.counts import number_of
from kyket.agreements.denials import NOT_YET
from kyket.agreements.exclusions import (
    BARE_AGREEMENT,
    DECREED,
    NO_RECORD,
    no_paper,
    of_nobody,
    of_one,
)
from kyket.agreements.headwords import COOPERATION, kind_of
from kyket.agreements.in_turn import in_turn
from kyket.agreements.items import listed, opens_item
from kyket.agreements.joints import join
from kyket.agreements.memos import is_memo
from kyket.agreements.mention import Mention
from kyket.agreements.renewing import longer, may_be_renewed, renewed
from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.unnamed import is_deed, they_sign, to_cooperate, with_a_body
from kyket.agreements.vocabulary import (
    ANAPHOR,
    COLLECTIVE,
    MULTILATERAL,
    NEW,
    OLD,
    OTHER,
    PLURAL,
    RENEWED,
    REPLACED,
    UNCOUNTED_PAPERS,
)

_SIGNED_COOPERATION = regex.compile(
    r"^\s*(?:kết\s+)?(?:(?:(?:nội\s+dung|văn\s+bản|chương\s+trình)\s+)?hợp\s+tác|(?:kết\s+)?nghĩa(?!\s+tình))(?!\p{L})",
    regex.IGNORECASE,
)
_NEW_COPY = regex.compile(
    r"(?<!\p{L})(?:(?:bản|văn bản|chương trình|thỏa thuận)\s+(?:mới|thứ\s+(?:hai|ba|tư)|kế\s+tiếp)"
    r"|(?<!nhiệm\s+|đầu\s+tư\s+|học\s+|ngân\s+sách\s+)kỳ\s+tới)(?!\p{L})",
    regex.IGNORECASE,
)
_OLD_COPY = regex.compile(
    r"(?<!\p{L} ?)(?:(?:so\s+)?với\s+)?(?:văn\s+)?bản\s+(?:trước(?:\s+đó)?|cũ|đầu(?:\s+tiên)?)"
    r"(?:\s*,)?\s+(?:được\s+)?$",
    regex.IGNORECASE,  # not `kịch bản cũ`, `ấn bản đầu tiên`
)
_BULLET = regex.compile(r"[-–—•*+■◆►»\d]|\p{Ll}\)")
_LETTERED = regex.compile(r"^\W*\p{Ll}\)")
_ACCORDING_TO = regex.compile(r"(?<!\p{L})theo\s+$", regex.IGNORECASE)
_AGAIN = regex.compile(r"\s*(?:lần|tiếp|lại|cho)(?!\p{L})", regex.IGNORECASE)
_RELATIVE = regex.compile(r"^\s*(?:mà|do)(?!\p{L})[^,;:.]*$", regex.IGNORECASE)
_PASSIVE = regex.compile(r"(?<!\p{L})được(?:\s+(?:chính\s+thức|sớm))?\s*$", regex.IGNORECASE)
_FROM_SIGNING = regex.compile(r"(?<!\p{L})(?:từ|sau|trước|đến)\s+(?:ngày|khi|lúc)\s*$", regex.IGNORECASE)
# `các hiệp định được ký kết giữa hai chính phủ`
_OF_TWO = regex.compile(
    r"\s+(?:(?:mà|đã|được|vừa)\s+)*+(?:ký(?:\s+kết)?\s+)?giữa\s+(?:hai\s+\p{Ll}|\p{Lu})", regex.IGNORECASE
)
_AT_CEREMONY = regex.compile(r"(?<!\p{L})(?:tại|trong|sau|trước)\s+(?:buổi\s+)?lễ\s*$", regex.IGNORECASE)
_ALSO = regex.compile(
    r"(?<!\p{L})(?:cũng|còn|ngoài\s+ra|bên\s+cạnh\s+đó|đồng\s+thời|cùng\s+ngày)(?!\p{L})", regex.IGNORECASE
)
_ONE = regex.compile(r"\s+(?:thêm(?:\s+một)?|một)\s+(?:bản\s+)?", regex.IGNORECASE)
_ABOUT = regex.compile(r"tuyên\s+bố(?!\p{L})", regex.IGNORECASE)  # `tuyên bố chung CPTPP` is not that itself
# `bản ghi nhớ (MoU) ký năm 2011, tuyên bố ký năm 2015`: straight behind its object the signing is dated.
_DATED = regex.compile(r"\s+(?:(?:vào|hồi|từ)\s+)?(?:năm|ngày|tháng)\s+\p{N}", regex.IGNORECASE)
_NEAR, _LEAD, _NOUN, _FAR = 45, 60, 2, 400


def mentions(
    scene: Scene,
    sentence: Sentence,
    kinds: Mapping[str, str] | None = None,
    codes: frozenset[str] = frozenset(),
    memos: bool = False,
) -> list[Mention]:
    """The instruments that a sentence speaks of, in order.

    Args:
        scene: The article.
        sentence: One of it.
        kinds: Of instruments, by code.
        codes: Those of single instruments.
        memos: Whether the memoranda of the article are of one office.
    """
    if not sentence.times and not any(p.label in ("AGREEMENT", "SIGNING") for p in sentence.pieces):
        return []
    found: list[Mention] = []
    nobodys: list[Piece] = []
    crowd = -1  # where the last mention of unnumbered instruments ended
    for piece in sentence.pieces:
        if piece.label != "AGREEMENT":
            continue
        text = scene.text[piece.start : piece.end]
        code = last if (last := text.rpartition(" ")[2]) in codes and not _ABOUT.match(text) else None
        if found and _same_paper(scene, found[-1], piece, code):
            continue
        of_one_office = DECREED.match(text) or (memos and is_memo(scene, piece))
        if of_one_office or NO_RECORD.search(text) or of_nobody(scene, sentence, piece):
            nobodys.append(piece)
            continue
        if COLLECTIVE.search(text) and not between_parties(scene, sentence, piece):
            continue
        before = scene.text[max(sentence.start, piece.start - 16) : piece.start]
        joined = crowd >= 0 and scene.text[crowd : piece.start].strip() in ("và", ",")
        many = UNCOUNTED_PAPERS.match(before) is not None and not in_turn(scene, sentence, piece)
        if joined or (many and not _OF_TWO.match(scene.text, piece.end, sentence.end)):
            crowd = piece.end  # `các tuyên bố và thỏa thuận`
            continue
        by_code = (kinds or {}).get(text)
        if by_code is None and no_paper(scene, sentence, piece):
            continue
        mention = Mention(sentence, piece.index, piece.start, piece.end, kind=by_code or kind_of(text))
        mention.plural = bool(PLURAL.match(before))
        mention.number = number_of(before) if mention.plural else 0
        mention.code = code
        if COOPERATION.match(text):
            mention.kind = None  # `ký hợp tác triển khai chương trình …`: any paper may be it
        if _ACCORDING_TO.search(before) and BARE_AGREEMENT.fullmatch(text):
            mention.kind = None  # `Theo thỏa thuận, …` speaks of the contract just told of
            mention.anaphor = scene.text.startswith(",", piece.end)
        found.append(mention)
    _give_triggers(scene, sentence, found, nobodys)
    found.sort(key=lambda mention: mention.start)
    _set_stretches(scene, sentence, found)
    join(scene, sentence, found)
    for mention in found:
        _describe(scene, mention)
    return found


def _same_paper(scene: Scene, mention: Mention, piece: Piece, code: str | None) -> bool:
    """Whether a name only says again what the mention before it speaks of, which then holds it too."""
    if in_bracket(scene, mention.end, piece.start):
        mention.alias, mention.code = piece.index, code
        mention.end = piece.end
        return True
    if (
        code
        and not MULTILATERAL.match(code)
        and also_called(scene, mention.sentence, mention.end, piece.start)
    ):
        mention.alias, mention.code = piece.index, code
        return True
    if mention.called is not None and in_bracket(scene, mention.called, piece.start):
        return True  # `X là một thỏa thuận thương mại tự do (FTA)`
    kind = kind_of(scene.text[piece.start : piece.end])
    fits = kind in (mention.kind, "agreement", "treaty", None)
    if fits and apposed(scene, mention.sentence, mention.start, mention.end, piece):
        mention.end = piece.end
        return True
    if fits and not code and predicate(scene, mention.sentence, mention.start, mention.end, piece):
        mention.called = piece.end
        return True
    return False


def _describe(scene: Scene, mention: Mention) -> None:
    """What the words around a mention say of it: its age, what it goes back to, whether it opens a line."""
    sentence = mention.sentence
    after = scene.text[mention.end : min(mention.end + 24, sentence.end)]
    dated = next((t.end for t in sentence.times if 0 <= t.start - mention.end < 8), mention.end)
    later = scene.text[dated : min(dated + 24, sentence.end)]
    if REPLACED.match(scene.text, max(sentence.start, mention.start - 24), mention.start):
        mention.age = "old"
    elif mention.age is None and NEW.match(after):
        mention.age = "new"
    elif mention.age is None and (OLD.match(after) or OLD.match(later)):
        mention.age = "old"
    elif mention.age is None and renewed(scene, mention):
        mention.age = "new"
    mention.anaphor |= bool(ANAPHOR.match(after))
    mention.other = bool(OTHER.match(after))
    signed = mention.trigger.end if mention.trigger is not None else mention.start
    mention.also = (
        _ALSO.search(scene.text, max(sentence.start, mention.start - _FAR), mention.start) is not None
        or _ONE.fullmatch(scene.text, signed, mention.start) is not None
    )
    reviews = (p for p in reversed(sentence.pieces) if p.label == "REVIEW")
    mention.review = next((p for p in reviews if mention.left <= p.start < mention.start), None)
    lead = scene.text[sentence.start : min(mention.start, sentence.start + _LEAD)]
    opens = not any(c.isalpha() for c in _LETTERED.sub("", lead, count=1))
    mention.listed = mention.index is not None and not mention.anaphor and opens
    mention.bullet = mention.listed and bool(_BULLET.search(lead))


def _give_triggers(scene: Scene, sentence: Sentence, found: list[Mention], nobodys: list[Piece]) -> None:
    """Hang each signing on its object; a signing without one speaks of an instrument by itself.

    But for one whose object makes no record: `biên bản giữa các trường và các doanh nghiệp được ký`.
    """
    named = list(found)
    signings = [
        piece
        for piece in sentence.pieces
        if piece.label == "SIGNING"
        and not of_one(scene, sentence, piece)
        and not _of_no_record(scene, sentence, piece, nobodys)
    ]
    for signing, following in zip_longest(signings, signings[1:]):
        limit = following.start if following else sentence.end
        if (unnamed := _hang(scene, sentence, signing, limit, named)) is not None:
            found.append(unnamed)
    _give_to_items(scene, signings, named)
    _add_new_copies(scene, sentence, found)


def _of_no_record(scene: Scene, sentence: Sentence, signing: Piece, nobodys: list[Piece]) -> bool:
    """Whether the paper right behind a signing, or the last before its passive, makes no record."""
    if any(0 <= paper.start - signing.end <= 1 for paper in nobodys):
        return True
    papers = (p for p in reversed(sentence.pieces) if p.label == "AGREEMENT" and p.end <= signing.start)
    last = next(papers, None)
    if last is None or last not in nobodys:
        return False
    between = scene.text[last.end : signing.start]
    return not {",", ";"} & set(between) and _PASSIVE.search(between) is not None


def _hang(
    scene: Scene, sentence: Sentence, signing: Piece, limit: int, named: list[Mention]
) -> Mention | None:
    """Give a signing to its objects among those named up to `limit`; else what it speaks of by itself."""
    behind = [m for m in named if signing.end <= m.start < limit]
    after = next((m for m in behind if m.trigger is None), None)
    before = next((m for m in reversed(named) if m.end <= signing.start), None)
    gap = scene.gap(signing.end, after.start, sentence) if after is not None else ""
    near = after is not None and len(gap) <= _NEAR and ";" not in gap
    if before is not None and before.trigger is None and _object_before(scene, before, signing):
        near = False
    if after is not None and (near or before is None):
        after.trigger = signing
        last = after
        for more in behind[behind.index(after) + 1 :]:  # `lễ ký A, B và C`: one signing, several objects
            if more.start - last.end > _FAR or not listed(scene, last, more):
                break
            more.trigger = signing
            last = more
        return None
    unnamed = _unnamed(scene, sentence, signing, limit, before)
    if unnamed and RENEWED.match(scene.text, signing.start, signing.end):
        return None if longer(scene, sentence, signing, limit) else unnamed
    if before is None:
        return unnamed
    if may_be_renewed(scene, before, signing):
        return None
    if before.trigger is None and ";" not in scene.text[before.end : signing.start]:
        before.trigger = signing
        _share(scene, named[: named.index(before)], before)
        return None
    return unnamed


def _share(scene: Scene, earlier: list[Mention], last: Mention) -> None:
    """Give the signing behind `last` to those that it is joined to: `X, Y và Z được ký`."""
    if not earlier or scene.text[earlier[-1].end : last.start].strip() == ",":
        return  # `đã trao X, Y được ký`
    for mention in reversed(earlier):
        if mention.trigger is not None or not listed(scene, mention, last):
            break
        mention.trigger = last.trigger
        last = mention


def _give_to_items(scene: Scene, signings: list[Piece], named: list[Mention]) -> None:
    """`ký 3 văn kiện: A giữa …; B giữa …`, `ký hai văn kiện gồm A và B`: the items are signed."""
    item: Mention | None = None
    for mention in named:
        signing = next((p for p in reversed(signings) if p.end <= mention.start), None)
        if mention.trigger is not None or signing is None:
            continue
        goes_on = item is not None and item.trigger is signing and listed(scene, item, mention)
        if goes_on or opens_item(scene.text, signing.end, mention.start):
            mention.trigger = signing
            item = mention


def _add_new_copies(scene: Scene, sentence: Sentence, found: list[Mention]) -> None:
    """`bản mới giai đoạn 2020-2025`: what no span names, told with its years."""
    periods = [time.start for time in sentence.times if time.date.type == "PERIOD"]
    if not periods:
        return
    for match in _NEW_COPY.finditer(scene.text, sentence.start, sentence.end):
        start, end = match.span()
        if any(m.start < end and start < m.end for m in found):
            continue
        years = next((years for years in periods if end <= years <= end + 40), None)
        if (
            years is not None
            and not _of_pupils(scene, end, years)
            and not any(end <= m.start <= years for m in found)
        ):
            found.append(Mention(sentence, None, start, end, age="new"))


def _of_pupils(scene: Scene, end: int, years: int) -> bool:
    """`bản mới nay mới ký, nên học sinh năm học 2025-2026 phải chờ`: whose years these are."""
    return scene.text.startswith("năm học", years) and "," in scene.text[end:years]


def _object_before(scene: Scene, mention: Mention, signing: Piece) -> bool:
    """`thỏa thuận mà hai bên ký`, `hợp đồng … được ký`: the object stands before the signing."""
    between = scene.text[mention.end : signing.start]
    following = scene.text[signing.end : signing.end + 2].lstrip()[:1]
    if following == ":":
        return False
    if between.strip(' )"”') == "" and _DATED.match(scene.text, signing.end):
        return True
    # not `nhờ bản ghi nhớ này, A được ký hợp đồng`
    passive = (following == "," or "," not in between) and _PASSIVE.search(between)
    return bool(passive) or _RELATIVE.search(between) is not None


def _unnamed(
    scene: Scene, sentence: Sentence, signing: Piece, limit: int, before: Mention | None
) -> Mention | None:
    """`ký kết hợp tác`, or `ký lần hai cho giai đoạn 2018-2023`, which repeats the last instrument."""
    start = max(sentence.start, signing.start - _LEAD)
    after = scene.text[signing.end : min(signing.end + 30, limit)]
    cooperation, deed = _SIGNED_COOPERATION.match(after), is_deed(scene, sentence, signing)
    if (cooperation or deed) and NOT_YET.search(scene.text, start, signing.start):
        return None  # `chưa ký kết nghĩa`: nothing says that they will
    if cooperation:
        return Mention(sentence, None, signing.start, signing.end + cooperation.end(), trigger=signing)
    alone = Mention(sentence, None, signing.start, signing.end, trigger=signing)
    alone.deed = deed and not to_cooperate(scene, sentence, signing)
    again = RENEWED.match(scene.text, signing.start, signing.end) or _AGAIN.match(after)
    if not again and _FROM_SIGNING.search(scene.text, start, signing.start):
        return None  # `kể từ ngày ký, từ năm 2017 đến năm 2022`
    if before is None and (
        with_a_body(scene, sentence, signing) or (deed and they_sign(scene, sentence, signing))
    ):
        return alone
    if (
        before is None
        and _DATED.match(scene.text, signing.end)
        and _OLD_COPY.search(scene.text, start, signing.start)
    ):
        alone.age = "old"  # `Bản trước, ký năm 2012, …`
        return alone
    if _AT_CEREMONY.search(scene.text, start, signing.start) and "," in after[:_NOUN]:
        return None  # `Tại lễ ký, ông A cho biết trong giai đoạn 2020-2025 …`
    if any(
        time.date.type == "PERIOD"
        and signing.end <= time.start < limit
        and not _of_pupils(scene, signing.end, time.start)
        for time in sentence.times
    ):
        alone.kind, alone.age = before.kind if before else None, "new"
        return alone
    return None


def _set_stretches(scene: Scene, sentence: Sentence, found: list[Mention]) -> None:
    """A mention's stretch ends at the next mention (or its signing) and at a semicolon."""
    for at, mention in enumerate(found):
        if at + 1 < len(found):
            following = found[at + 1]
            start = following.start
            if (
                following.trigger
                and mention.end <= following.trigger.start < start
                and following.trigger is not mention.trigger
            ):
                start = following.trigger.start
            mention.right = max(mention.end, start)
        stop = scene.text.find(";", mention.end, mention.right)
        if stop >= 0 and not sentence.bracket(stop):
            mention.right = stop
        if at:
            mention.left = found[at - 1].end
        mention.left = max(mention.left, scene.text.rfind(";", mention.left, mention.start) + 1)
