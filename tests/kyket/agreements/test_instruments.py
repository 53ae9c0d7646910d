import pytest

from kyket.agreements.instruments import mentions
from kyket.agreements.scene import lay_out

from .agreement_cases import unmark


@pytest.mark.parametrize(
    ("between", "listed"),
    [
        (": ", True),
        (": một ", True),
        (": biên bản; 2) ", True),
        (": biên bản: ", True),
        (": giờ: phút; và ", True),
        ("; ", False),
        (": biên bản ", False),
        (": x; biên bản cũ ", False),
        (" ", False),
    ],
)
def test_items_of_a_list_share_the_signing_before_it(between: str, listed: bool) -> None:
    text, spans, dates, entities = unmark(
        "Hai bên [[SIGNING:ký]] [[AGREEMENT:thỏa thuận]] ba năm tại buổi lễ"
        f"{between}[[AGREEMENT:bản ghi nhớ]] về cá."
    )
    scene = lay_out(text, spans, dates, entities, None)
    (sentence,) = scene.sentences
    first, second = mentions(scene, sentence)
    assert first.trigger is not None
    assert (second.trigger == first.trigger) is listed
