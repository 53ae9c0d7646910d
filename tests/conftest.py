"""A tokenizer small enough to make anew for each run, of the kind that the encoders of kyket have."""

from __future__ import annotations

import gc
import json
import os
import time
from collections.abc import Callable
from typing import TypeVar

import hypothesis
import pytest
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

# kyket speaks the language of the locale, some of it as of its import: none that this machine may have.
for name in ("LANGUAGE", "LC_MESSAGES", "LANG", "COLUMNS", "FORCE_COLOR", "NO_COLOR"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"
# Networks this small gain nothing from threads, which wait for each other and for the other worker's tests.
os.environ["OMP_NUM_THREADS"] = "1"

# A busy machine is no fault of the code, and what lands is judged on the same examples each time.
hypothesis.settings.register_profile("kyket", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("kyket")

Given = TypeVar("Given")

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
SAMPLES = [
    "Chiều 12/3/2031, Hội Làm vườn tỉnh Đồng Mây và Hội Nuôi ong vùng Xuân Lam ký bản ghi nhớ hợp tác. •",
    "Ông Trịnh Văn Bến, Chủ tịch Hội Làm vườn, tiếp đoàn của bà Lò Thị Sương tại thị xã Mai Hạ. •",
    "Giai đoạn 2031-2035, hai bên thống nhất trao đổi đoàn, tập huấn cán bộ và thăm hỏi hội viên.",
    "• Công ty TNHH Gốm Bến Tranh (GBT) trao tặng 45 suất quà cho Trường Tiểu học Nà Pheo.",
    "Đoàn đại biểu thăm, làm việc với Liên đoàn Lao động huyện Yên Giang; cuộc gặp kéo dài 3 giờ.",
    "Thỏa thuận có hiệu lực 5 năm, hoà bình và hữu nghị là mục tiêu của hai tổ chức.",
    "QUỸ KHUYẾN HỌC SÔNG LAM KÝ KẾT VỚI VIỆN NGHIÊN CỨU CHÈ",
]


@pytest.fixture(scope="session")
def tokenizer_json() -> str:
    """A Unigram tokenizer with Metaspace and the special pieces of XLM-R, before `prepare` has seen it."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=320, special_tokens=SPECIAL, unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator(SAMPLES * 5, trainer)
    state = json.loads(tokenizer.to_str())
    vocabulary = state["model"]["vocab"]
    if all(piece != "▁•" for piece, _ in vocabulary):
        vocabulary.append(["▁•", -6.0])
    tokenizer = Tokenizer.from_str(json.dumps(state))
    index = tokenizer.get_vocab()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", index["<s>"]), ("</s>", index["</s>"])],
    )
    tokenizer.decoder = None
    return str(tokenizer.to_str())


@pytest.fixture(scope="session")
def linear() -> Callable[..., None]:
    """Asserts that eight times as much takes about eight times as long: of a square it would be 64 times."""
    return _is_linear


def _is_linear(read: Callable[[Given], object], make: Callable[[int], Given], size: int) -> None:
    """Fails where the time that `read` takes grows faster than what it is given; passes on any machine.

    It is processor time, compared within one run, and what is too long is tried twice again: what else the
    machine does slows the one or the other. Nothing is read twice, as readers remember names that they have
    read. What takes less than a few milliseconds eight times over is too fast to compare, and is taken as
    quick enough.

    Args:
        read: What is measured.
        make: Gives what is read, of a size.
        size: The smaller of two, or a little less; the other is eight times as much.
    """

    def seconds(size: int) -> float:
        given = make(size)
        gc.disable()  # what other tests left lying does not count
        try:
            start = time.process_time()
            read(given)
            return time.process_time() - start
        finally:
            gc.enable()

    told = []
    for start in range(3):
        sizes = [size + (3 * start + more) * max(size // 25, 1) for more in range(3)]
        short = max(min(map(seconds, sizes)), 0.003)  # the first may load something
        told.append(seconds(8 * sizes[0]) / short)
        if told[-1] < 24:
            return
    raise AssertionError(f"eight times as much took {', '.join(f'{one:.0f}' for one in told)} times as long")


LONG = {"test_cluster", "test_kill", "test_memory", "test_processes"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no half of the tests waits for one of them at the end.

    Then comes training, so that one half alone loads what it needs, and makes its models.
    """
    items.sort(key=lambda item: (item.path.stem not in LONG, "kyket_training" not in item.path.parts))
