"""What an instrument is told to bring, which is more than those named there sign."""

from __future__ import annotations

import regex

from kyket.agreements.grouping import Group
from kyket.agreements.mention import Mention
from kyket.agreements.scene import Scene

_EFFECT = regex.compile(
    r"(?<!\p{L})(?:góp\s+phần|giúp|sẽ|mở\s+ra|đánh\s+dấu|thúc\s+đẩy|thắt\s+chặt|nâng|tạo"
    r"|là(?!\s+(?:những\s+|một\s+)?(?:hợp\s+đồng|thỏa\s+thuận|hiệp\s+định|văn\s+(?:bản|kiện)|bản|kết\s+quả)))(?!\p{L})",
    regex.IGNORECASE,
)


def brings(scene: Scene, mention: Mention, start: int, group: Group) -> bool:
    """`Thỏa thuận góp phần tăng kim ngạch giữa hai nước A và B`: more than is signed."""
    if mention.kind == "treaty" or len(group.places) < len(group.ids):
        return False
    return start > mention.end and _EFFECT.search(scene.text, mention.end, start) is not None
