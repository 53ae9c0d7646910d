"""What docs/agreements.md says of `kyket explain`."""

import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import kyket
from kyket.explanation import ExplainedAgreement, Explanation, Ground, Passage, Reason
from kyket.writing import reasons

ROOT = Path(__file__).parents[3]


def test_json_is_one_object_a_line(run, articles):
    status, out, err = run("explain", *articles, "--format", "json", env={"LC_ALL": "vi_VN.UTF-8"})
    assert (status, err) == (0, "")
    first, second = map(json.loads, out.decode().splitlines())
    assert (first["schema"], first["agreements"], first["source"]) == ("kyket-explanation/1", [], "một.txt")
    assert (second["title"], second["published"]) == ("Lễ ký", "2020-02-03")


def test_text_says_where_there_is_no_agreement(invoke, articles):
    assert invoke("explain", "hai.md") == (0, "Lễ ký\n  No agreement.\n\n".encode(), "")
    _, out, _ = invoke("explain", "hai.md", env={"LC_ALL": "vi_VN.UTF-8"})
    assert "Không có thỏa thuận nào." in out.decode()


def test_what_the_document_warns_of_is_told_too(invoke, tmp_path):
    (tmp_path / "hai.txt").write_text("Hai bªn ®· ký tháa thuËn. " * 20, "utf-8")
    status, out, err = invoke("explain", "hai.txt", "--format", "json")
    [warning] = json.loads(out)["warnings"]
    assert status == 0 and warning["message"].startswith("hardly any Vietnamese")
    assert err == f"kyket: hai.txt: {warning['message']}\n"


def test_options_and_errors_are_those_of_extract(invoke, articles):
    status, out, err = invoke(
        "explain", "gone.txt", "một.txt", "--format", "json", "--published", "2021-12-07"
    )
    assert (status, json.loads(out)["published"]) == (1, "2021-12-07")
    assert "gone.txt" in err and len(err.splitlines()) == 1
    for args in (["--format", "csv"], ["--encoding", "none"], ["--model", "broken"], ["--output", "một.txt"]):
        status, out, err = invoke("explain", "một.txt", *args)
        assert (status, out, len(err.splitlines())) == (2, b"", 1)


def ground(rule: str, meaning: str, words: str, sentence: str) -> Ground:
    start = sentence.index(words)
    return Ground(
        rule=rule,
        meaning=meaning,
        words=Passage(start=start, end=start + len(words), text=words),
        sentence=Passage(start=0, end=len(sentence), text=sentence),
    )


def test_text_shows_each_value_once_with_its_rules_and_marked_words():
    sentence = "A và B\nký\x1b[31m ghi nhớ."
    pair = [ground("frame", "Both sign.", "A và B", sentence)]
    signing = ground("signing", "It is signed.", "ký", sentence)
    agreement = ExplainedAgreement(
        id="agreement-1",
        title=None,
        mentions=[signing],
        instrument=Reason(value="memorandum", grounds=[signing]),
        parties=[Reason(value=f"org-{n}", name=name, grounds=pair) for n, name in enumerate("AB")],
        period=None,
        status=Reason(value="signed", grounds=[signing, Ground(rule="open", meaning="No words.")]),
        signed_on=None,
        renews=None,
    )
    explanation = Explanation(id="x", source=None, title=None, published=None, agreements=[agreement])
    out = io.BytesIO()
    reasons.text([explanation], out)
    lines = out.getvalue().decode().splitlines()
    at = lines.index("    party: A")
    assert lines[at + 1 : at + 4] == [
        "    party: B",
        "      frame: Both sign.",
        "        0-6  [A và B] ký␛[31m ghi nhớ.",
    ]
    assert lines[lines.index("    status: signed") + 3] == "      open: No words."


@pytest.mark.skipif(
    not (ROOT / "models/kyket-small/model.onnx").exists(), reason="the model is not built yet"
)
def test_the_example_in_the_documentation():
    page = (ROOT / "docs/agreements.md").read_text("utf-8")
    command, shown = re.search(r"^```sh\n(echo .*?)\n```\n\n```text\n(.*?)^```", page, re.M | re.S).groups()
    echo, explain = (shlex.split(part) for part in command.split(" | "))
    done = subprocess.run(
        [sys.executable, "-m", *explain],
        input=f"{echo[1]}\n".encode(),
        capture_output=True,
        timeout=300,
        env={"PYTHONPATH": str(Path(kyket.__file__).parents[1]), "LC_ALL": "C.UTF-8"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().strip("\n") == shown.strip("\n")
