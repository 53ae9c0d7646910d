"""A tokenizer small enough to make anew for each run, of the kind that the encoders of kyket have."""

from __future__ import annotations

import json
import os

import hypothesis
import pytest
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

# kyket speaks the language of the locale, some of it as of its import: none that this machine may have.
for name in ("LANGUAGE", "LC_MESSAGES", "LANG"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"

# A busy machine is no fault of the code, and what lands is judged on the same examples each time.
hypothesis.settings.register_profile("kyket", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("kyket")

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
