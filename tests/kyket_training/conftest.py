"""A base model and articles small enough to train on within a test."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tokenizers import Tokenizer

# Without a network the Hub is asked again and again for a model of no such name, 20 s each time.
os.environ.setdefault("HF_HUB_OFFLINE", "1")

ARTICLES = {
    "one": "[[ORG:Hội Làm vườn tỉnh Đồng Mây]] và [[ORG:Hội Nuôi ong vùng Xuân Lam]] [[SIGNING:ký]] "
    "[[AGREEMENT:bản ghi nhớ hợp tác]]\n\nLễ ký diễn ra chiều 12/3/2031 tại [[LOC:Mai Hạ]], giai đoạn "
    "[[PERIOD:2031-2035]].",
    "two": "[[PER:Trịnh Văn Bến]] thăm [[LOC:Xuân Lam]]\n\nÔng [[PER:Trịnh Văn Bến]], Chủ tịch "
    "[[ORG:Hội Làm vườn tỉnh Đồng Mây]], [[VISIT:thăm]] các hộ nuôi ong ở [[LOC:Xuân Lam]].",
    "three": "[[ORG:Công ty TNHH Gốm Bến Tranh]] [[SUPPORT:trao tặng]] 45 suất quà cho "
    "[[ORG:Trường Tiểu học Nà Pheo]]\n\nBà [[PER:Lò Thị Sương]] nhận quà – 3 - 4 lớp cùng dự.",
    "four": "Hai bên [[EXCHANGE:trao đổi đoàn]] trong [[PERIOD:giai đoạn 2031 - 2035]]\n\n"
    "[[ORG:Liên đoàn Lao động huyện Yên Giang]] (LĐLĐ) mở [[TRAINING:tập huấn]] cho người lao động.",
    "five": "[[ORG:Quỹ Khuyến học Sông Lam]] [[MEETING:gặp]] [[ORG:Viện Nghiên cứu Chè]]\n\n"
    "[[PER:Vàng A Tủa]] và [[PER:Đỗ Hồng Miên]] bàn về [[AGREEMENT:thỏa thuận hợp tác]] ở [[LOC:Mai Hạ]].",
}


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of five inline articles."""
    folder = tmp_path_factory.mktemp("articles")
    for name, marked in ARTICLES.items():
        (folder / f"{name}.txt").write_bytes(f"---\nid: {name}\n---\n{marked}\n".encode())
    return folder


@pytest.fixture(scope="session")
def often(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Makes a folder with so many of each: to measure an epoch takes longer than to train it."""

    def copied(times: int) -> Path:
        folder = tmp_path_factory.mktemp("often")
        for path in articles.iterdir():
            for number in range(times):
                name = f"{path.stem}-{number}"
                marked = path.read_text("utf-8").replace(f"id: {path.stem}", f"id: {name}")
                (folder / f"{name}.txt").write_text(marked, "utf-8")
        return folder

    return copied


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory, tokenizer_json: str) -> Path:
    """A two-layer BERT with random weights; its width is one block of the int8 network."""
    return _encoder(tmp_path_factory.mktemp("base"), tokenizer_json, 2)


@pytest.fixture(scope="session")
def shallow(tmp_path_factory: pytest.TempPathFactory, tokenizer_json: str) -> Path:
    """The same with one layer: to write a network takes seconds a layer."""
    return _encoder(tmp_path_factory.mktemp("shallow"), tokenizer_json, 1)


def _encoder(folder: Path, tokenizer_json: str, layers: int) -> Path:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(tokenizer_json),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
    )
    tokenizer.save_pretrained(folder)
    torch.manual_seed(5)
    transformers.BertModel(
        transformers.BertConfig(
            vocab_size=len(tokenizer),
            hidden_size=128,
            num_hidden_layers=layers,
            num_attention_heads=2,
            intermediate_size=256,
            max_position_embeddings=96,
            pad_token_id=tokenizer.pad_token_id,
        )
    ).save_pretrained(folder)
    return folder
