"""Lists of instruments: the line that opens one says of its items whether they are signed."""

from __future__ import annotations

from collections.abc import Sequence

from kyket.agreements.grounds import Rule, Told
from kyket.agreements.joining import Reading, apart
from kyket.agreements.mention import Mention
from kyket.agreements.scene import Scene, Sentence
from kyket.agreements.signing import just_signed
from kyket.agreements.status import announced
from kyket.agreements.visits import within_a_visit


class Listing:
    """The list of instruments that the sentences read so far have opened.

    Args:
        scene: The article.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._standing: Told[str] | None = None

    def tell(self, reading: Reading) -> None:
        """Give an item what the list says of it, and what was just signed the day of the news."""
        mention = reading.mention
        reading.listed |= mention.bullet or (mention.listed and self._standing is not None)
        if reading.listed and reading.standing is None:
            reading.standing = self._standing
        if reading.signing is None:
            self._sign_today(reading)
        if mention.plural and mention.trigger is not None:
            self._standing = reading.standing or self._standing

    def read(self, sentence: Sentence, named: Sequence[Mention]) -> None:
        """Open the list that a sentence opens; without a paper it ends one of what is to be signed."""
        if (opened := self._opened(sentence)) is not None:
            self._standing = opened
        elif not named and self._standing is not None and self._standing.value == "proposed":
            self._standing = None

    def _opened(self, sentence: Sentence) -> Told[str] | None:
        """`Các bên đã ký kết:`, `Các văn kiện sẽ được ký gồm:`."""
        signing = next((piece for piece in sentence.pieces if piece.label == "SIGNING"), None)
        if signing is None or not self._scene.text[sentence.start : sentence.end].rstrip().endswith(":"):
            return None
        return announced(self._scene, sentence, signing)

    def _sign_today(self, reading: Reading) -> None:
        news, mention = self._scene.news, reading.mention
        if news is None or apart(news.value, reading.period):
            return
        if just_signed(self._scene, mention, reading.status, reading.period):
            reading.signing = within_a_visit(self._scene, mention, news)
        elif self._standing is not None and reading.listed and reading.status != "proposed":
            reading.signing = news.then(news.value, Rule.ITEM, (mention.start, mention.end))
