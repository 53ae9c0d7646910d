from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from kyket.errors import KyketError  # noqa: E402
from kyket_training.trim import trim  # noqa: E402

TEXT = "Hội Làm vườn và Hội Nuôi ong ký bản ghi nhớ hợp tác"
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


@pytest.fixture(scope="module")
def pieces(base: Path) -> list[str]:
    """The special pieces and those of the text, single letters too, in an order of their own."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(base)
    return [*SPECIAL[:4], *sorted(set(tokenizer.tokenize(TEXT)), reverse=True), "<mask>"]


def write(path: Path, pieces: list[str]) -> Path:
    path.write_bytes("".join(f"{piece}\n" for piece in pieces).encode())
    return path


def test_a_text_of_kept_pieces_gives_the_same_hidden_states(
    base: Path, pieces: list[str], tmp_path: Path
) -> None:
    assert trim(str(base), write(tmp_path / "v.txt", pieces), tmp_path / "out") == len(pieces)
    states, tokens = [], []
    for folder in (base, tmp_path / "out"):
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        model = transformers.AutoModel.from_pretrained(folder, dtype=torch.float32).eval()
        ids = tokenizer(TEXT, return_tensors="pt")["input_ids"]
        tokens.append(tokenizer.convert_ids_to_tokens(ids[0]))
        with torch.inference_mode():
            states.append(model(input_ids=ids).last_hidden_state)
    assert tokens[0] == tokens[1]
    assert tokens[0][0] == "<s>"
    assert torch.allclose(*states, atol=0.02)  # weights are kept in half precision


def test_the_trimmed_encoder_is_smaller_and_in_the_order_asked_for(
    base: Path, pieces: list[str], tmp_path: Path
) -> None:
    trim(str(base), write(tmp_path / "v.txt", pieces), tmp_path / "out")
    tokenizer = transformers.AutoTokenizer.from_pretrained(tmp_path / "out")
    config = json.loads((tmp_path / "out" / "config.json").read_text())
    assert config["vocab_size"] == len(pieces) == len(tokenizer)
    assert [tokenizer.convert_tokens_to_ids(piece) for piece in pieces] == list(range(len(pieces)))
    assert config["pad_token_id"] == pieces.index("<pad>")


@pytest.mark.parametrize("special", SPECIAL)
def test_a_special_piece_must_be_kept(base: Path, pieces: list[str], tmp_path: Path, special: str) -> None:
    vocabulary = write(tmp_path / "v.txt", [piece for piece in pieces if piece != special])
    with pytest.raises(KyketError, match=special):
        trim(str(base), vocabulary, tmp_path / "out")


def test_a_piece_that_the_encoder_has_not_is_named(base: Path, pieces: list[str], tmp_path: Path) -> None:
    vocabulary = write(tmp_path / "v.txt", [*pieces, "▁xylophone"])
    with pytest.raises(KyketError, match="xylophone"):
        trim(str(base), vocabulary, tmp_path / "out")


def test_no_encoder_there(pieces: list[str], tmp_path: Path) -> None:
    with pytest.raises(KyketError, match="nowhere") as caught:
        trim(str(tmp_path / "nowhere"), write(tmp_path / "v.txt", pieces), tmp_path / "out")
    assert "\n" not in str(caught.value)
