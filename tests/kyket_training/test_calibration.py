"""Temperatures of made-up logits."""

from __future__ import annotations

import logging
import math

import numpy as np
import pytest

from kyket.tagging.decoding import bio_tags
from kyket_training.calibration import Judged, fit_temperature

TAGS = bio_tags(["PER"])


def judged(lead: float, right: int, wrong: int) -> list[Judged]:
    """Articles of one unit, all found to be a person by that lead, some of them wrongly."""
    logits = np.array([[0.0, lead, -50.0]], dtype=np.float32)
    return [Judged(logits, [1])] * right + [Judged(logits, [0])] * wrong


@pytest.mark.parametrize(("lead", "share"), [(3.0, 0.8), (12.0, 0.9), (0.4, 0.9), (0.2, 0.9)])
def test_scores_become_the_share_that_is_right(lead: float, share: float) -> None:
    temperature = fit_temperature(judged(lead, round(100 * share), round(100 * (1 - share))), TAGS)
    assert temperature == pytest.approx(lead / math.log(share / (1 - share)), rel=0.04)


def test_where_there_is_nothing_to_fit_scores_stay_as_they_are() -> None:
    assert fit_temperature([Judged(np.array([[50.0, 0.0, 0.0]], dtype=np.float32), [0])], TAGS) == 1.0
    assert fit_temperature([], TAGS) == 1.0


def test_the_edge_of_what_is_tried_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert fit_temperature(judged(3.0, 80, 20), TAGS) < 10
        assert caplog.messages == []
        assert fit_temperature(judged(3.0, 20, 80), TAGS) > 9
    (message,) = caplog.messages
    assert message.startswith("temperature 9.88 is the last that was tried")
