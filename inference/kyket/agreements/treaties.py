"""Treaties: between two states or their governments, of which the text may name one or none."""

from __future__ import annotations

from kyket.agreements.grounds import Ground, Rule, Stretch, Told
from kyket.agreements.kinds import SOVEREIGN
from kyket.agreements.mention import Mention
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Scene, Sentence
from kyket.agreements.states import HOME
from kyket.agreements.vocabulary import BY_ALL, BY_NAME


def contracting(
    parties: tuple[Told[str], ...], sentence: Sentence, cast: Cast, *, at: Stretch | None, governments: bool
) -> tuple[Told[str], ...]:
    """Those that can conclude a treaty: as told, or named by the sentence, else home and the state spoken of.

    Args:
        parties: As the sentence tells them.
        sentence: That of the treaty.
        cast: Of the article.
        at: Where the treaty is named.
        governments: Whether it is one of governments, by its name.
    """
    known = {party.value: party for party in parties if _is_sovereign(party.value, cast)}
    if len(known) > 1 or (len(parties) > 2 and any(_is_bank(party, cast) for party in known)):
        return parties  # a bank lends to several provinces too
    if known and all(party.grounds[0].rule is Rule.BETWEEN for party in parties):
        others = [party.value for party in parties if party.value not in known]
        if any(_is_bank(other, cast) for other in others):
            return parties  # and the bank of a state to another state
    found = list(known)
    for piece in sentence.pieces:
        if piece.entity and piece.label in ("LOC", "ORG") and _is_sovereign(piece.entity, cast):
            found.append(cast.imply(cast.state(piece.entity) or cast.name(piece.entity)))
    abroad = [id for id in found if not _is_home(id, cast)]
    abroad = abroad or [id for id in cast.states() if not _is_home(id, cast)]
    home = [id for id in found if _is_home(id, cast)]
    main = cast.states()
    if not home and abroad and abroad[0] in main and not any(_is_home(id, cast) for id in main):
        pair = list(main)  # an article that hardly names home
    else:
        pair = [*(home or [cast.imply(HOME)])[:1], *abroad[:1]] if abroad else []
    ids = [cast.body("Chính phủ", id) if governments and cast.state(id) else id for id in pair]
    return tuple(known.get(id) or Told(id, (Ground(Rule.STATES, at),)) for id in ids) or parties


def _is_sovereign(entity: str, cast: Cast) -> bool:
    """Whether an entity can conclude a treaty: a state, a government, a union or a bank of states."""
    low = cast.name(entity).lower()
    return cast.state(entity) is not None or low == "eu" or low.startswith(SOVEREIGN)


def _is_bank(entity: str, cast: Cast) -> bool:
    """Whether an entity is a bank or a fund of many states."""
    return cast.name(entity).lower().startswith(("ngân hàng", "quỹ"))


def _is_home(entity: str, cast: Cast) -> bool:
    """Whether an entity is the country that the news is written in, or its government."""
    return cast.name(entity).endswith(HOME)


def by_name(scene: Scene, mention: Mention, cast: Cast) -> tuple[str, ...]:
    """The parties that the name of a treaty tells: of `EVFTA`; of `COC` where its sentence names them all."""
    name = scene.text[mention.start : mention.end].rpartition(" ")[2].strip("()")
    if name in BY_NAME:
        return tuple(cast.imply(state) for state in BY_NAME[name])
    if name not in BY_ALL:
        return ()
    here = {cast.name(p.entity): p.entity for p in mention.sentence.pieces if p.entity and p.label != "PER"}
    every = [here.get(other) for other in BY_ALL[name]]
    return tuple(id for id in every if id) if all(every) else ()
