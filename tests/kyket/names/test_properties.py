"""What holds of `link` whatever the text and the spans."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyket.document import Entity, Span
from kyket.names import expand, link, person_key, same_person

PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "Chủ tịch ", "LĐLĐ tỉnh Hà Nam", "LĐLĐ tỉnh", "TP", "Nguyễn Văn Ví", "ông ", ", ", " (", ") ",
            " - ", "\n", ": ", "Ảnh: ", "Lào", "Bộ trưởng ", "Tổng Liên đoàn", "Thành ủy", "(LĐLĐ)", "VDM",
            "Viêng Chăn", "\r\n", "\0", "🙂", "hoà", "các ",
        ]
    ),
)  # fmt: skip

LABELS = st.sampled_from(["ORG", "PER", "LOC", "PERIOD", "SIGNING"])
ARTICLES = st.lists(st.tuples(PIECES, st.one_of(st.none(), LABELS)), max_size=30)


def build(pieces: list[tuple[str, str | None]], form: str | None = None) -> tuple[str, list[Span]]:
    text, spans = "", []
    for piece, label in pieces:
        piece = unicodedata.normalize(form, piece) if form else piece
        if label and piece:
            spans.append(Span(start=len(text), end=len(text) + len(piece), text=piece, label=label))
        text += piece
    return text, spans


@given(ARTICLES)
@settings(max_examples=150, deadline=None)
def test_every_entity_span_belongs_to_one_entity(pieces: list[tuple[str, str | None]]) -> None:
    text, spans = build(pieces)
    entities = link(text, spans)
    claimed = sorted(index for entity in entities for index in entity.mentions)
    assert claimed == [i for i, span in enumerate(spans) if span.label in ("ORG", "PER", "LOC")]
    assert all(spans[i].label == entity.type for entity in entities for i in entity.mentions)
    ids = [entity.id for entity in entities]
    assert len(set(ids)) == len(ids)
    assert all(e.organization in ids for e in entities if e.organization)
    assert all(e.mentions == sorted(e.mentions) and e.name not in e.aliases for e in entities)
    assert link(text, spans) == entities


@given(ARTICLES)
@settings(max_examples=60, deadline=None)
def test_decomposed_letters_change_nothing(pieces: list[tuple[str, str | None]]) -> None:
    def shape(entities: list[Entity]) -> list[tuple[object, ...]]:
        return [(e.id, e.type, e.name, e.role, e.organization) for e in entities]

    known = [(piece, label) for piece, label in pieces if piece.isascii() or "ĐL" in piece]
    assert shape(link(*build(known))) == shape(link(*build(known, "NFD")))


def test_ids_count_by_first_mention() -> None:
    text, spans = build(
        [
            ("B Mẫu", "PER"),
            (", ", None),
            ("Hội An", "LOC"),
            (" ", None),
            ("A Mẫu", "PER"),
            (" ", None),
            ("B Mẫu", "PER"),
        ]
    )
    assert [(e.id, e.mentions) for e in link(text, spans)] == [
        ("per-1", [0, 3]),
        ("per-2", [2]),
        ("loc-1", [1]),
    ]


@given(st.text(max_size=40), st.text(max_size=40))
@settings(deadline=None)
def test_functions_alone_take_any_text(a: str, b: str) -> None:
    assert isinstance(expand(a), str)
    assert person_key(a) == person_key(unicodedata.normalize("NFD", a))
    assert same_person(a, b) is same_person(b, a)


def article(copies: int) -> tuple[str, list[Span]]:
    pieces: list[tuple[str, str | None]] = []
    for i in range(copies):
        pieces += [
            ("Chủ tịch ", None), (f"LĐLĐ tỉnh Mẫu {i}", "ORG"), (" ", None), (f"Trần Văn Ví {i % 50}", "PER"),
            (" gặp ông ", None), ("Ví", "PER"), (" và ", None), ("LĐLĐ tỉnh", "ORG"), (" tại ", None),
            (f"Bến {i}", "LOC"), (" để bàn việc chung. ", None), (f"Bounkham Vongsone {i}", "PER"),
            (", Giám đốc ", None), (f"Tập đoàn Kalimba {i}", "ORG"), (". ", None),
        ]  # fmt: skip
    return build(pieces)


def test_time_is_linear_in_the_length(linear: Callable[..., None]) -> None:
    linear(lambda given: link(*given), article, 60)


@pytest.mark.parametrize("label", ["ORG", "PER", "LOC"])
@pytest.mark.parametrize("unit", ["năm ", "1", "- ", "(", "Chủ tịch ", "TS. ", "nguyên là "])
def test_long_runs_do_not_backtrack(linear: Callable[..., None], unit: str, label: str) -> None:
    def between(size: int) -> tuple[str, list[Span]]:
        run = unit * (size // len(unit))
        return f"{run}Mẫu{run}", [Span(start=len(run), end=len(run) + 3, text="Mẫu", label=label)]

    linear(lambda given: link(*given), between, 25_000)


@pytest.mark.parametrize("label", ["ORG", "PER", "LOC"])
@pytest.mark.parametrize("unit", ["LĐLĐ, ", "Công ty ", "A-", "Bounkham Vongsone ", "Nguyễn Văn "])
def test_time_is_linear_in_the_length_of_a_mention(
    linear: Callable[..., None], unit: str, label: str
) -> None:
    def mention(words: int) -> tuple[str, list[Span]]:
        name = (unit * words).strip(" ,-")
        return name, [Span(start=0, end=len(name), text=name, label=label)]

    linear(lambda given: link(*given), mention, 500)


@pytest.mark.parametrize(("start", "end"), [(9, 26), (0, 4), (-1, 2), (2, 2), (2, 1)])
def test_a_span_that_is_not_in_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match=f"^a span from {start} to {end}: the text has 3 characters"):
        link("abc", [Span(start=start, end=end, text="", label="ORG")])


def test_no_name_is_nobodys():
    assert not same_person("", "")
    assert not same_person(" ", "Nguyễn Văn Hùng")
