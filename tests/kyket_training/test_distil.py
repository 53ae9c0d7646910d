"""Students that learn from teachers, with tiny encoders."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from msgspec.structs import replace  # noqa: E402
from safetensors.torch import load_file  # noqa: E402

from kyket.errors import KyketError  # noqa: E402
from kyket.tagging.tokens import TextTokenizer  # noqa: E402
from kyket_training import distil as distilling  # noqa: E402
from kyket_training.base import load_tokenizer  # noqa: E402
from kyket_training.config import DistilConfig  # noqa: E402
from kyket_training.distil import _keep_layers, distil  # noqa: E402

TAGS = ("O", "B-ORG", "I-ORG", "B-MEETING", "I-MEETING")
TEXT = "\n\n".join(f"Hội làm vườn huyện số {n} họp.\nHai bên ký bản ghi nhớ hợp tác." for n in range(120))


def _teacher(base: Path, folder: Path, seed: int, tags: tuple[str, ...] = TAGS) -> Path:
    """Random weights, but sure of itself: it always says the same, and has an opinion of every piece."""
    torch.manual_seed(seed)
    model = transformers.AutoModelForTokenClassification.from_pretrained(
        base, id2label=dict(enumerate(tags)), label2id={tag: i for i, tag in enumerate(tags)}
    )
    with torch.no_grad():
        model.classifier.weight.normal_(std=0.5)
    model.save_pretrained(folder)
    load_tokenizer(str(base)).save_pretrained(folder)
    return folder


def _states(folder: str | Path) -> torch.Tensor:
    """What the last layer makes of a sentence."""
    model = transformers.AutoModel.from_pretrained(folder, dtype=torch.float32)
    tokens = TextTokenizer(load_tokenizer(str(folder)).backend_tokenizer)("Hội làm vườn huyện số 7 họp.")
    with torch.inference_mode():
        states: torch.Tensor = model.eval()(
            input_ids=torch.from_numpy(tokens.ids.astype("int64"))[None]
        ).last_hidden_state
    return states


@pytest.fixture(scope="module")
def recipe(base: Path, tmp_path_factory: pytest.TempPathFactory) -> DistilConfig:
    """Sixty steps of 4 × 24 tokens, two teachers, one layer of the student's two."""
    folder = tmp_path_factory.mktemp("distil")
    (folder / "news.txt").write_text(TEXT, "utf-8")
    return DistilConfig(
        name="small",
        student=str(base),
        layers=1,
        teachers=tuple(str(_teacher(base, folder / f"teacher-{seed}", seed)) for seed in (1, 2)),
        text=(str(folder / "news.txt"),),
        tokens=60 * 4 * 24,
        window=24,
        batch_size=4,
        learning_rate=3e-3,
        snapshot_tokens=20 * 4 * 24,
        precision="fp32",
    )


@pytest.fixture(scope="module")
def student(recipe: DistilConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return distil(recipe, tmp_path_factory.mktemp("student") / "small")


def test_the_student_comes_to_say_what_its_teachers_say_on_average(
    recipe: DistilConfig, student: Path
) -> None:
    def probabilities(folder: str | Path) -> torch.Tensor:
        model = transformers.AutoModelForTokenClassification.from_pretrained(folder, dtype=torch.float32)
        tokens = TextTokenizer(load_tokenizer(str(folder)).backend_tokenizer)("Hội làm vườn huyện số 7 họp.")
        with torch.inference_mode():
            logits = model.eval()(input_ids=torch.from_numpy(tokens.ids.astype("int64"))[None]).logits[0]
        return logits[torch.from_numpy(tokens.firsts)].softmax(-1)

    told = torch.stack([probabilities(teacher) for teacher in recipe.teachers]).mean(0)
    learned = probabilities(student)
    assert (learned - told).abs().mean() < 0.08
    assert (1 / len(TAGS) - told).abs().mean() > 0.15  # an untaught student would not come so near


def test_losses_are_kept_and_fall(student: Path) -> None:
    losses = list(json.loads((student / "distillation.json").read_text())["held_out_loss_by_tokens"].values())
    assert len(losses) == 3 and losses[-1] < losses[0]
    assert not list(student.glob("checkpoint-*")) and not (student / "tokens.npz").exists()


def test_teachers_speak_in_the_precision_of_the_run(
    recipe: DistilConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[torch.dtype, bool]] = []

    def overheard(config: DistilConfig) -> list[transformers.PreTrainedModel]:
        found = teachers(config)
        for teacher in found:
            teacher.register_forward_hook(
                lambda _, __, output: heard.append((output.logits.dtype, output.logits.requires_grad))
            )
        return found

    teachers = distilling._teachers
    monkeypatch.setattr(distilling, "_teachers", overheard)
    distil(replace(recipe, precision="bf16", tokens=2 * 4 * 24), tmp_path / "run")
    assert set(heard) == {(torch.bfloat16, False)}


def test_the_student_has_the_layers_asked_for_and_the_teachers_tags(student: Path) -> None:
    model, told = transformers.AutoModelForTokenClassification.from_pretrained(
        student, output_loading_info=True
    )
    assert not told["missing_keys"] and not told["unexpected_keys"]
    assert model.config.num_hidden_layers == 1
    assert tuple(model.config.id2label.values()) == TAGS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"teachers": ("nowhere",)}, "nowhere: no teacher there"),
        ({"student": "nowhere"}, "nowhere: no"),
        ({"layers": 3}, "has 2 layers; `layers` asks for 3: ask for 2 or less"),
        ({"layers": (1, 3)}, "has 2 layers; `layers` asks for 3: ask for 2 or less"),
        ({"frozen": 2}, "2 of its 1 layers cannot be frozen"),
        ({"settings": {"hidden_act": "rely"}}, "one of its settings cannot be so: 'rely'"),
        ({"settings": {"number_of_heads": 1}}, "bert has no setting number_of_heads"),
        ({"settings": {"num_attention_heads": 0}}, "one of its settings cannot be so"),
        ({"settings": {"num_attention_heads": "2"}}, "one of its settings cannot be so"),
        ({"settings": {"num_hidden_layers": 1}}, "bert has no setting num_hidden_layers"),
        ({"settings": {"num_attention_heads": 3}}, "no student to teach: .*heads"),
        ({"settings": {"intermediate_size": 6}}, "its weights have other shapes than intermediate_size"),
        ({"window": 4000}, "teacher-1: it reads .* tokens at once; `window` is 4000"),
    ],
)
def test_what_is_missing_is_named(
    recipe: DistilConfig, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    with pytest.raises(KyketError, match=said):
        distil(replace(recipe, **change), tmp_path / "run")


@pytest.fixture(scope="module")
def of_states(recipe: DistilConfig) -> DistilConfig:
    """The second of a teacher's two layers is to come to what both do; its embeddings stay."""
    teacher = recipe.teachers[0]
    return replace(
        recipe,
        student=teacher,
        teachers=(teacher,),
        layers=(2,),
        states={1: 2},
        snapshot_tokens=recipe.tokens,
    )


def test_the_student_comes_to_have_the_states_of_its_teacher(of_states: DistilConfig, tmp_path: Path) -> None:
    wanted = _states(of_states.student)
    errors = [
        float((_states(distil(taught, tmp_path / name)) - wanted).square().mean())
        for name, taught in (("with", of_states), ("without", replace(of_states, states={})))
    ]
    assert errors[0] < errors[1] / 4
    done = (tmp_path / "with" / "distillation.json").stat().st_mtime_ns
    distil(of_states, tmp_path / "with")  # a finished run is known by its recipe, states and layers too
    assert (tmp_path / "with" / "distillation.json").stat().st_mtime_ns == done


def test_a_student_may_keep_its_embeddings_alone(of_states: DistilConfig, tmp_path: Path) -> None:
    recipe = replace(of_states, layers=None, frozen=0, states={1: 1, 2: 2}, learning_rate=3e-4)
    taught = distil(recipe, tmp_path / "taught")
    before, after = (load_file(Path(folder) / "model.safetensors") for folder in (recipe.student, taught))
    same = {name for name in after if torch.equal(before[name].half(), after[name])}
    assert {name for name in after if "embeddings" in name} <= same < after.keys()


def test_a_student_with_other_settings_comes_to_do_what_its_teacher_does(
    of_states: DistilConfig, tmp_path: Path
) -> None:
    model = transformers.AutoModelForTokenClassification.from_pretrained(of_states.student)
    for name, weights in model.named_parameters():
        if ".layer." in name and weights.ndim == 2:
            weights.data *= 10  # so that it matters which function they feed, and how many heads they are
    teacher = shutil.copytree(of_states.student, tmp_path / "teacher")
    model.save_pretrained(teacher)
    recipe = replace(
        of_states,
        student=str(teacher),
        teachers=(str(teacher),),
        layers=None,
        states={1: 1, 2: 2},
        settings={"hidden_act": "relu", "num_attention_heads": 1},
        tokens=6 * of_states.tokens,
    )
    untaught = distil(replace(recipe, tokens=4 * 24, learning_rate=1e-9), tmp_path / "untaught")
    taught = distil(recipe, tmp_path / "taught")
    wanted = _states(recipe.student)
    errors = [float((_states(folder) - wanted).square().mean()) for folder in (untaught, taught)]
    assert errors[1] < 0.9 * errors[0]  # 0.4 to 0.75: the pieces of the tokenizer differ from run to run
    shape = transformers.AutoConfig.from_pretrained(taught)
    assert (shape.hidden_act, shape.num_attention_heads) == ("relu", 1)


@pytest.fixture(scope="module")
def with_a_frozen_layer(of_states: DistilConfig) -> DistilConfig:
    """Four steps, with a checkpoint after each second."""
    return replace(
        of_states, layers=None, frozen=1, states={2: 2}, tokens=4 * 4 * 24, checkpoint_tokens=2 * 4 * 24
    )


@pytest.fixture(scope="module")
def half_frozen(with_a_frozen_layer: DistilConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return distil(with_a_frozen_layer, tmp_path_factory.mktemp("frozen") / "student")


def test_what_is_frozen_stays(of_states: DistilConfig, half_frozen: Path) -> None:
    def weights(folder: str | Path) -> dict[str, torch.Tensor]:
        return dict(
            transformers.AutoModelForTokenClassification.from_pretrained(
                folder, dtype=torch.float32
            ).state_dict()
        )

    before, learned = weights(of_states.student), weights(half_frozen)
    frozen = {name for name in before if "embeddings" in name or ".layer.0." in name}
    changed = {name for name in before if not torch.equal(before[name].half(), learned[name].half())}
    assert frozen and changed and not changed & frozen


def test_a_run_with_states_that_was_cut_off_ends_as_an_undisturbed_one(
    with_a_frozen_layer: DistilConfig, half_frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die_at_the_fourth(self: distilling._Pupil, *args: object, **kwargs: object) -> object:
        if self.state.global_step == 3:
            raise Killed
        return original(self, *args, **kwargs)

    original = distilling._Pupil.training_step
    with monkeypatch.context() as patch:
        patch.setattr(distilling._Pupil, "training_step", die_at_the_fourth)
        with pytest.raises(Killed):
            distil(with_a_frozen_layer, tmp_path / "run")
    assert (tmp_path / "run" / "checkpoint-2").is_dir()
    distil(with_a_frozen_layer, tmp_path / "run")
    left, right = (load_file(folder / "model.safetensors") for folder in (half_frozen, tmp_path / "run"))
    assert left.keys() == right.keys()
    assert all(torch.equal(left[name], right[name]) for name in left)


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ({2: 2}, "`states` names layer 2 of the student, which has 1"),
        ({1: 3}, "`states` names layer 3 of the teacher, which has 2"),
    ],
)
def test_states_of_layers_that_are_not_there_are_refused(
    of_states: DistilConfig, tmp_path: Path, states: dict[int, int], said: str
) -> None:
    with pytest.raises(KyketError, match=said):
        distil(replace(of_states, states=states), tmp_path / "run")


def test_teachers_of_other_tags_are_refused(recipe: DistilConfig, base: Path, tmp_path: Path) -> None:
    other = _teacher(base, tmp_path / "other", 3, ("O", "B-PER", "I-PER", "B-LOC", "I-LOC"))
    with pytest.raises(KyketError, match="not of the same tags"):
        distil(replace(recipe, teachers=(*recipe.teachers, str(other))), tmp_path / "run")


def test_teachers_of_other_pieces_are_refused(recipe: DistilConfig, tmp_path: Path) -> None:
    """They would read the student's ids as other words, and say nothing of it."""
    other = shutil.copytree(recipe.teachers[0], tmp_path / "other")
    tokenizer = json.loads((other / "tokenizer.json").read_text("utf-8"))
    pieces = tokenizer["model"]["vocab"]
    pieces[10], pieces[11] = pieces[11], pieces[10]
    (other / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    with pytest.raises(KyketError, match="other: not of the same pieces as"):
        distil(replace(recipe, teachers=(*recipe.teachers, str(other))), tmp_path / "run")


def test_layers_of_two_kinds_stay() -> None:
    """Which layer sees all and which its neighbours alone goes by its number, when a checkpoint is read."""
    shape = {"vocab_size": 30, "hidden_size": 8, "intermediate_size": 8, "num_attention_heads": 2}
    config = transformers.ModernBertConfig(**shape, num_hidden_layers=4, pad_token_id=0, cls_token_id=1)
    model = transformers.ModernBertForTokenClassification(config)
    with pytest.raises(KyketError, match="layers of modernbert cannot be left out"):
        _keep_layers(model, (1, 3), "base")


def test_layers_stay_where_one_is_not_as_the_next() -> None:
    shape = {"vocab_size": 30, "d_model": 8, "d_kv": 4, "d_ff": 8, "num_heads": 2, "num_layers": 2}
    model = transformers.T5ForTokenClassification(transformers.T5Config(**shape))
    with pytest.raises(KyketError, match="layers of t5 cannot be left out"):
        _keep_layers(model, 1, "base")
