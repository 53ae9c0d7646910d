from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

torch = pytest.importorskip("torch")

from kyket.errors import KyketError  # noqa: E402
from kyket_training.config import TrainConfig  # noqa: E402
from kyket_training.corpus import AnnotatedArticle, GoldSpan  # noqa: E402
from kyket_training.runs import DATA, check_data, check_recipe, fingerprint, uses_bf16  # noqa: E402

RECIPE = TrainConfig(name="n", base="b", train="t", dev="d", labels=("A", "B"))


def test_a_torch_without_mkldnn_trains_in_fp32(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_operator() -> bool:
        raise AttributeError

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", no_such_operator, raising=False)
    assert uses_bf16("auto") is False
    assert uses_bf16("bf16") is True


def test_a_run_goes_on_with_other_articles_to_measure_on_and_with_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_bytes(msgspec.yaml.encode(RECIPE))
    check_recipe(tmp_path, RECIPE)
    check_recipe(tmp_path, replace(RECIPE, test="elsewhere"))
    for other, message in (
        (replace(RECIPE, seed=2, epochs=3), r"another recipe \(epochs, seed\); name another folder"),
        (replace(RECIPE, labels=("A",)), r"other labels \(A, B\) than are now to be learned \(A\)"),
    ):
        with pytest.raises(KyketError, match=message):
            check_recipe(tmp_path, other)
    (tmp_path / "config.yaml").write_text("name: n\n")
    with pytest.raises(KyketError, match="another recipe; name another folder, or remove it"):
        check_recipe(tmp_path, RECIPE)


def test_a_run_knows_its_data(tmp_path: Path) -> None:
    article = AnnotatedArticle("a", "Lò Na", [GoldSpan(0, 5, "PER")])
    others = (
        AnnotatedArticle("b", article.text, article.spans),
        AnnotatedArticle("a", "Lò Ná", article.spans),
        AnnotatedArticle("a", article.text, [GoldSpan(0, 5, "ORG")]),
    )
    assert len({fingerprint([one]) for one in (article, *others)}) == 4
    check_data(tmp_path, {"t": fingerprint([article])})  # a run of before there was such a file
    (tmp_path / DATA).write_text(msgspec.json.encode({"t": fingerprint([article]), "d": "0"}).decode())
    check_data(tmp_path, {"t": fingerprint([article]), "d": "0"})
    for other in others:
        with pytest.raises(KyketError, match="trained on other data than is now in t; name another folder"):
            check_data(tmp_path, {"t": fingerprint([other]), "d": "0"})
