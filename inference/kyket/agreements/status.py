"""Whether an instrument was signed, or is only asked for, planned or about to be."""

from __future__ import annotations

import regex

from kyket.agreements.grounds import Rule, Told, told, value_of
from kyket.agreements.mention import Mention
from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.signing import signing_date
from kyket.agreements.vocabulary import (
    ASK,
    CONTENT,
    DISCUSS,
    DONE,
    DRAFT,
    IN_FORCE,
    PLAN,
    RENEWED,
    SOFT_PLAN,
    UNSIGNED,
)

_NOMINAL = regex.compile(r"(?<!\p{L})việc\s*$", regex.IGNORECASE)
_ONCE = regex.compile(r"(?<!sau\s)(?<!trước\s)(?<!\p{L})(?:khi|nếu|một khi)(?!\p{L})", regex.IGNORECASE)
_AHEAD = regex.compile(r"(?<!\p{L})(?:sẽ|có\s+thể|dự\s+kiến|mới)(?!\p{L})", regex.IGNORECASE)
_WILL = regex.compile(r"(?<!\p{L})(?:sẽ|sắp\s+tới|thời\s+gian\s+tới)(?!\p{L})[^,;:]*$", regex.IGNORECASE)
_COMING = regex.compile(
    r"(?<!\p{L})(?:dự\s+kiến|sẽ|sắp)\s+(?:\p{L}+\s+)?(?:thăm|đến|sang|tới|dự|tham\s+dự|chứng\s+kiến|chào)(?!\p{L})",
    regex.IGNORECASE,
)
_OVER = regex.compile(
    r"(?<!\p{L})(?:đã|vừa|từng|sau\s+đó|trước\s+đó|cùng\s+ngày|đồng\s+thời|nhân\s+dịp\s+này)(?!\p{L})|[;:]",
    regex.IGNORECASE,
)
_CEREMONY = regex.compile(r"(?<!\p{L})(?:chứng\s+kiến|dự|tham\s+dự)\s+lễ\s*$", regex.IGNORECASE)
_TALKS = regex.compile(
    r"(?<!\p{L})(?:(?:đang|sẽ|tiếp\s+tục|bắt\s+đầu|còn)\s+(?:\p{L}+\s+)?(?:đàm\s+phán|thương\s+thảo|thảo\s+luận|"
    rf"{DISCUSS}"
    r"|trao\s+đổi(?=\s+(?:về|để|với|dự\s+thảo|nội\s+dung)(?!\p{L}))|chờ(?!\s+đợi)))(?!\p{L})",
    regex.IGNORECASE,
)
# A statement that is still to be made: `hai bên sẽ ra tuyên bố chung`.
_TO_ISSUE = regex.compile(
    r"(?<!\p{L})(?:sẽ|sắp|dự\s+kiến|có\s+thể)\s+(?:cùng\s+)?(?:đưa\s+)?ra\s+(?:(?:một|bản)\s+)*$",
    regex.IGNORECASE,
)
_UNDER_IT = regex.compile(r"(?<!\p{L})(?:theo|căn\s+cứ(?:\s+vào)?|trong\s+khuôn\s+khổ)\s+$", regex.IGNORECASE)
_TALKED = regex.compile(
    r"(?<!\p{L})(?:theo|trong\s+khuôn\s+khổ|thực\s+hiện|căn\s+cứ|đã|vừa|từ)(?!\p{L})|[;:]", regex.IGNORECASE
)
_TO_SIGN = regex.compile(
    r"(?<!\p{L})(?:để|sang|đến|tới|nhằm)\s+(?:cùng\s+|chính\s+thức\s+)?$", regex.IGNORECASE
)
_HOPE = regex.compile(r"tin|vọng|mong", regex.IGNORECASE)
_BRINGS = regex.compile(
    r"(?<!\p{L})(?:góp\s+phần|đánh\s+dấu|(?:sẽ|có\s+thể)\s+(?:\p{L}+\s+)?(?:mở|giúp|tạo|góp|mang|đem|thúc\s+đẩy|nâng|tăng|đánh\s+dấu|đưa|làm|phát"
    r"|củng\s+cố|hỗ\s+trợ|đáp\s+ứng|cải\s+thiện|thu\s+hút|khơi|khuyến\s+khích|đóng\s+góp|là))(?!\p{L})",
    regex.IGNORECASE,
)
_TO_THAT_END = regex.compile(
    r"(?:^|,)\s*để\s+(?:(?:có\s+thể|đi\s+đến|được)\s+)?(?:việc\s+)?$", regex.IGNORECASE
)
# `đã vượt qua chặng đường dài để ký`, `phải mất ba năm để đặt bút ký`: they came to it.
_REACHED = regex.compile(
    r"(?<!(?:sẽ|thể|kiến|còn|cần)\s)(?<!\p{L})(?:đã|phải|từng)\s+(?:phải\s+)?(?:mất|vượt\s+qua|trải\s+qua)\s[^,;:]{0,50}?(?<!\p{L})để\s+"
    r"(?:(?:đi\s+đến|đi\s+tới|có\s+thể|đặt\s+bút|chính\s+thức|lễ)\s+)*$",
    regex.IGNORECASE,
)
# Behind a plan that is what one wants to be allowed: `xin tỉnh cho hai xã được ký`.
_ALLOWED = regex.compile(
    r"(?<!\p{L})cho(?:\s+phép)?(?!\s+(?:biết|hay|rằng|thấy|đến|tới|nên)(?!\p{L}))\s+"
    r"(?:(?!(?:đã|vừa|mới|nay)\s)\p{L}+\s+){0,4}được$",
    regex.IGNORECASE,
)
# The same asked of somebody: `đề xuất với tỉnh được ký`.
_OF_HIM = regex.compile(r"\s+với(?:\s+(?!(?:đã|vừa|mới|nay|và)\s)\p{L}+){0,5}\s+được", regex.IGNORECASE)
# Far behind an instrument, the end of what is said of it.
_STILL = regex.compile(r"[^,]*\s(?:vẫn|còn)\s+đang(?:\s+\p{L}+)*", regex.IGNORECASE)
_DONE_FOR_IT = regex.compile(r"[^,;]{0,40},[^,;]{0,40}\sđã\s", regex.IGNORECASE)
# What is to be carried out, changed or ended is there, and so is what has effects or is built upon.
_CARRIED_OUT = regex.compile(
    r"(?<!\p{L})(?:thực\s+hiện|triển\s+khai|thực\s+thi|chấm\s+dứt|hủy(?:\s+bỏ)?|rút\s+khỏi|sửa\s+đổi|dựa\s+trên"
    r"|(?:ảnh\s+hưởng|tác\s+động)\s+của)(?!\p{L})(?!.*một\s)",
    regex.IGNORECASE,
)
_ONCE_VALID = regex.compile(r"(?<!\p{L})khi\s+(?:\p{L}+\s+){0,2}$", regex.IGNORECASE)
# What it waits for to begin.
_COUNTED = regex.compile(r"(?<!\p{L})(?:kể|tính)\s+từ(?!\p{L})", regex.IGNORECASE)
_AWAITED = regex.compile(r"chờ|đợi|sớm\s", regex.IGNORECASE)
# What comes after the signing of a treaty: `chờ quốc hội phê chuẩn`, `chờ sự thông qua của quốc hội`.
_PARLIAMENT = r"(?:quốc\s+hội|nghị\s+viện|(?:thượng|hạ)\s+viện)(?!\p{L})"
_RATIFIED = regex.compile(
    rf"(?<!\p{{L}})(?:(?P<parliament>{_PARLIAMENT}[^.;]{{0,60}}?(?:phê\s+chuẩn|thông\s+qua)"
    rf"|(?:phê\s+chuẩn|thông\s+qua)\s+(?:của|bởi|tại)\s+{_PARLIAMENT})|phê\s+chuẩn)(?!\p{{L}})",
    regex.IGNORECASE,
)
# What is not so far that it waits for that.
_IN_TALKS = regex.compile(r"đàm\s+phán|soạn|dự\s+thảo|hoàn\s+thiện|lấy\s+ý\s+kiến|ký", regex.IGNORECASE)
_IF = regex.compile(
    r"\W*nếu(?!\s+không\s*(?:,|thì))(?!\p{L})(?:[^,;]{0,80}(?:,|\sthì))?"
    r"(?:\s+(?:hai|đôi|ba|các)\s+bên(?:\s+(?:sẽ|có\s+thể|cùng|tiến\s+hành|chính\s+thức))*|\s+(?:buổi\s+)?lễ)?\s*",
    regex.IGNORECASE,
)
_AGAIN = regex.compile(r"\s+(?:tiếp|thêm|lại)(?!\p{L})", regex.IGNORECASE)
# When two will sign what they agree upon; `trong 5 năm tới` is how long it holds.
_LATER = regex.compile(
    r"(?<!\p{L})(?:trong\s+thời\s+gian\s+(?:tới|sớm\s+nhất)|sắp\s+tới|vào\s+dịp|khi\s+đủ"
    r"|(?:tháng|quý|tuần)(?:\s+[\p{N}/]+)?\s+tới)(?!\p{L})",
    regex.IGNORECASE,
)
_BEFORE, _AFTER, _SHORT, _CHAIN, _CAME = 60, 90, 25, 240, 30
_TOPIC = 150  # behind a long topic and the names: `hiệp định về … giữa A và B vẫn đang đàm phán`
_HARDLY = 12  # `sẽ được ký`: what is planned is not done for the words right behind


def status_of(scene: Scene, mention: Mention) -> Told[str] | None:
    """`signed`, `proposed`, or None where this mention does not tell."""
    if mention.aim:
        return mention.aim
    text = scene.text
    if (trigger := mention.trigger) is not None:
        start = max(mention.sentence.start, trigger.start - _BEFORE)
        if mention.end <= trigger.start:
            start = max(start, mention.end)
        before = scene.without_names(mention.sentence, start, trigger.start)
        cut = max(before.rfind(";"), before.rfind(":")) + 1
        if (
            cut
            and len(before) - cut < _SHORT
            and (asked := ASK.search(text, mention.sentence.start, trigger.start))
        ):
            return told("proposed", Rule.PLANNED, *asked.span())
        before, start = before[cut:], start + cut
        plan = _last(PLAN, before)
        if plan and _agreed_upon(scene, mention, trigger, before[plan.start() :]):
            plan = _last(PLAN, before[: plan.start()])  # `để thống nhất ký kết`
        if _NOMINAL.search(before) and not DONE.search(before) and not _past(scene, mention):
            return None if plan is None or _hopes_of_it(scene, mention, plan) else _planned(plan, start)
        done = _last(DONE, before)
        if plan and done and _to_be_allowed(plan, done, before):
            done = None
        soft = _last(SOFT_PLAN, before)
        if (
            plan
            and not _REACHED.search(before)
            and _outlasts(plan, done)
            and not (soft and soft.end() == plan.end() and _past(scene, mention))
        ):
            return None if _for_it(scene, mention, trigger.start) else _planned(plan, start)
        if coming := _ceremony_to_come(scene, mention, trigger.start):
            return coming
        if mention.end <= trigger.start and (draft := _proposed_object(scene, mention, trigger.start)):
            return draft
        if mention.end <= trigger.start and (hoped := _once_signed(scene, mention, trigger.end)):
            return hoped
        return told("signed", Rule.SIGNED, trigger.start, trigger.end)
    if draft := _proposed_object(scene, mention, mention.right):
        return draft
    if mention.review:
        return told("signed", Rule.REVIEWED, mention.review.start, mention.review.end)
    start = max(mention.left, mention.start - _BEFORE)
    if standing := IN_FORCE.search(text[start : min(mention.right, mention.end + _AFTER)]):
        if "lực" in standing.group() and _ONCE_VALID.search(text, start, mention.start):
            return None  # `khi hiệp định có hiệu lực, …`
        return told("signed", Rule.IN_FORCE, start + standing.start(), start + standing.end())
    return None


def announced(scene: Scene, sentence: Sentence, signing: Piece) -> Told[str]:
    """What a sentence says of the signing of a list that it opens: `Các văn kiện sẽ được ký kết gồm:`."""
    before = scene.without_names(sentence, sentence.start, signing.start)
    clause = before.rfind(",") + 1  # `Mong muốn hợp tác, hai bên ký:`
    plan, done = _last(PLAN, before[clause:]), _last(DONE, before[clause:])
    if plan and _outlasts(plan, done):
        return _planned(plan, sentence.start + clause)
    return told("signed", Rule.SIGNED, signing.start, signing.end)


def if_signed(scene: Scene, sentence: Sentence) -> Told[str] | None:
    """`Nếu thuận lợi, hai bên ký vào tháng 6.`: what was told of before is not signed; not `…, A ký`."""
    signing = next((piece for piece in sentence.pieces if piece.label == "SIGNING"), None)
    if signing is None or RENEWED.match(scene.text, signing.start, signing.end):
        return None
    condition = _IF.fullmatch(scene.text, sentence.start, signing.start)
    if condition is None or _AGAIN.match(scene.text, signing.end, sentence.end):
        return None
    return _planned(condition, 0)


def _outlasts(plan: regex.Match[str], done: regex.Match[str] | None) -> bool:
    """Whether nothing behind the words of a plan, but for those right behind, says that it is done."""
    return plan.end() >= (done.end() if done else -1) - _HARDLY


def _to_be_allowed(plan: regex.Match[str], done: regex.Match[str], before: str) -> bool:
    """`xin tỉnh cho hai xã được ký`, `đề xuất với tỉnh được ký`: nothing is done yet."""
    if _ALLOWED.search(before, plan.end(), done.end()):
        return True
    asked = ASK.search(plan.group()) is not None
    return asked and _OF_HIM.fullmatch(before, plan.end(), done.end()) is not None


def _once_signed(scene: Scene, mention: Mention, signed: int) -> Told[str] | None:
    """`sẽ tăng khi hiệp định được ký`, `khi … được ký (dự kiến cuối tháng)`: it is still to be signed."""
    start = max(mention.left, mention.start - _SHORT)
    when = _ONCE.search(scene.text, start, mention.start)
    if when is None or _past(scene, mention):
        return None
    ahead = _AHEAD.search(scene.text, signed, min(mention.sentence.end, signed + _BEFORE)) or _WILL.search(
        scene.text, max(mention.sentence.start, when.start() - _BEFORE), when.start()
    )
    return told("proposed", Rule.PLANNED, *when.span()) if ahead else None


def _hopes_of_it(scene: Scene, mention: Mention, plan: regex.Match[str]) -> bool:
    """`tin rằng việc ký thỏa thuận sẽ mở ra cơ hội`: what comes of the signing is hoped for."""
    signing = mention.trigger
    end = max(mention.end, signing.end) if signing else mention.end
    after = scene.without_names(mention.sentence, end, min(mention.sentence.end, end + _AFTER))
    hoped = _HOPE.search(plan.group()) is not None and _BRINGS.search(after) is not None
    return hoped and signing_date(scene, mention) is None  # `việc ký … vào cuối năm nay sẽ mở ra …`


def _for_it(scene: Scene, mention: Mention, signing: int) -> bool:
    """`Để ký bản ghi nhớ này, hai bên đã mất ba năm`: what was done to that end tells that it was reached."""
    lead = scene.text[mention.sentence.start : signing]
    return (
        mention.anaphor
        and signing < mention.start
        and _TO_THAT_END.search(lead) is not None
        and _DONE_FOR_IT.match(scene.text, mention.end, mention.sentence.end) is not None
    )


def _agreed_upon(scene: Scene, mention: Mention, signing: Piece, plan: str) -> bool:
    """`hai bên thống nhất ký kết Chương trình` is done; `tái ký`, `ký … tháng tới` is what they will do."""
    if plan.lower().split() not in (["thống", "nhất"], ["thống", "nhất", "cùng"]):
        return False
    if RENEWED.match(scene.text, signing.start, signing.end) or _AGAIN.match(scene.text, signing.end):
        return False
    return _LATER.search(scene.text, signing.end, mention.right) is None


def _planned(words: regex.Match[str], offset: int) -> Told[str]:
    return told("proposed", Rule.PLANNED, offset + words.start(), offset + words.end())


def _ceremony_to_come(scene: Scene, mention: Mention, signing: int) -> Told[str] | None:
    """`dự kiến thăm …, chứng kiến lễ ký`: what a plan goes on to at some distance."""
    if not _CEREMONY.search(scene.text, mention.sentence.start, signing):
        return None
    start = max(mention.sentence.start, signing - _CHAIN)
    before = scene.without_names(mention.sentence, start, signing)
    plan = _last(_COMING, before)
    return _planned(plan, start) if plan and not _OVER.search(before, plan.end()) else None


def _past(scene: Scene, mention: Mention) -> bool:
    """Whether the sentence dates the signing before publication."""
    day = value_of(signing_date(scene, mention))
    return day is not None and scene.published is not None and str(day) < scene.published[: len(str(day))]


def _told_signed(scene: Scene, mention: Mention) -> bool:
    """`chờ EVIPA, được ký năm 2019`: what is awaited of it is something else."""
    return _past(scene, mention) or (scene.published is None and signing_date(scene, mention) is not None)


def _proposed_object(scene: Scene, mention: Mention, stop: int) -> Told[str] | None:
    """`proposed` where the words about the instrument say that it is a draft, or not signed yet."""
    start = max(mention.left, mention.start - 30)
    before = scene.without_names(mention.sentence, start, mention.start)
    draft = DRAFT.search(before)
    asked = draft and mention.kind == "programme" and ASK.search(draft.group())
    if draft and not asked and _CARRIED_OUT.search(before, draft.end()):
        return None  # `chuẩn bị tốt việc thực hiện Hiệp định`, but `đề xuất thực hiện chương trình hợp tác`
    if draft and not (_AWAITED.match(draft.group()) and _told_signed(scene, mention)):
        return told("proposed", Rule.DRAFT, start + draft.start(), start + draft.end())
    before = scene.without_names(mention.sentence, mention.left, mention.start)
    if mention.trigger is None and (issue := _TO_ISSUE.search(before)):
        return told("proposed", Rule.DRAFT, mention.left + issue.start(), mention.left + issue.end())
    if _UNDER_IT.search(before):
        return None  # `theo hiệp định … còn hơn 100 suất chưa dùng hết`
    talks = _last(_TALKS, before)
    if talks and mention.trigger is None and not _TALKED.search(before, talks.end()):
        return told("proposed", Rule.DRAFT, mention.left + talks.start(), mention.left + talks.end())
    end = max(mention.end, min(stop, mention.end + _TOPIC))
    after = scene.without_names(mention.sentence, mention.end, end)
    if told_of := CONTENT.search(after) or _COUNTED.search(after):
        after = after[: told_of.start()]
    unsigned = UNSIGNED.search(after)
    if unsigned is None or mention.review:
        return None
    if unsigned.end() > _AFTER and not _STILL.match(after, 0, unsigned.end()):
        return None
    ratified = _RATIFIED.search(scene.text, mention.left, mention.right)
    if (
        ratified
        and (mention.kind == "treaty" or ratified["parliament"])
        and not _IN_TALKS.search(unsigned.group())
    ):
        return None
    standing = IN_FORCE.search(after)
    if standing is not None and standing.start() <= unsigned.start():
        return None
    return told("proposed", Rule.UNSIGNED, mention.end + unsigned.start(), mention.end + unsigned.end())


def _last(pattern: regex.Pattern[str], text: str) -> regex.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last


def comes_to_sign(scene: Scene, mention: Mention) -> bool:
    """`sang để ký thỏa thuận`: a signing is told as what somebody came for."""
    if mention.trigger is None:
        return False
    start = max(mention.sentence.start, mention.trigger.start - _CAME)
    return _TO_SIGN.search(scene.text, start, mention.trigger.start) is not None
