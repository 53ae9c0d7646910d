"""The figures of a finished bundle, measured on its test articles and written into it with its card."""

from __future__ import annotations

import json
from pathlib import Path

import kyket
from kyket.bundle import Layout, read_manifest
from kyket.language import gettext as _
from kyket.tagging import OnnxNetwork, Tagger, TextTokenizer
from kyket_training.calibration import draw_reliability
from kyket_training.card import write_card, write_metrics
from kyket_training.config import read_config
from kyket_training.evaluate import evaluate, tagged_by
from kyket_training.robustness import robustness, to_json
from kyket_training.splits import read_split


def measure(bundle: Path) -> None:
    """Evaluates a bundle and writes `metrics.json`, `reliability.png` and the card into it.

    Args:
        bundle: What `kyket_training.export.export` wrote. Its recipe names the test articles; without any,
            the dev articles are taken.
    """
    config = read_config(bundle / Layout.RECIPE)
    location = config.test or config.dev
    articles = read_split(location, config.format)
    extractor = kyket.load(bundle)
    whole = evaluate(lambda article: extractor(article.text, published=article.published), articles)
    plain = evaluate(tagged_by(_uncalibrated(bundle)), articles, records=False)
    draw_reliability(plain.calibration, whole.calibration, bundle / Layout.RELIABILITY)
    measured = whole.to_json()
    measured["calibration"]["error_without_temperature"] = round(plain.calibration.error, 4)
    measured["robustness"] = to_json(robustness(tagged_by(extractor.tagger), articles))
    write_metrics(measured, location, bundle)
    write_card(bundle)


def final_figures(run: Path, bundle: Path) -> str:
    """What a run came to, on one line.

    Args:
        run: The folder that `train` filled.
        bundle: Its bundle, measured.
    """
    metrics = json.loads((bundle / Layout.METRICS).read_bytes())
    config = read_config(bundle / Layout.RECIPE)
    of_all = metrics["figures"].get("all")
    measured = "–" if of_all is None else f"{of_all['f1']:.3f}"
    record = run / "best" / "dev.json"  # which an average of runs does not have
    dev = f"{json.loads(record.read_bytes())['f1']:.3f}" if record.is_file() else "–"
    if metrics["data"] == config.dev:
        told = _(
            "F1 {dev} at the best epoch, {measured} of the bundle, both on {data}: optimistic, as all was "
            "chosen on it; name other articles by --test"
        )
    else:
        told = _("F1 {dev} on the dev articles at the best epoch, {measured} of the bundle on {data}")
    return told.format(dev=dev, measured=measured, data=metrics["data"])


def _uncalibrated(bundle: Path) -> Tagger:
    """The tagger of a bundle with scores as the network gives them."""
    manifest = read_manifest(bundle)
    return Tagger(
        TextTokenizer.from_file(bundle / Layout.TOKENIZER),
        OnnxNetwork(bundle / Layout.NETWORK, len(manifest.tags)),
        manifest.tags,
        window=manifest.window,
        overlap=manifest.overlap,
        threshold=manifest.threshold,
    )
