from __future__ import annotations

from pathlib import Path

import pytest
import regex
from rich.console import Console
from typer.testing import CliRunner

from kyket.errors import KyketError
from kyket_training.check import Finding, check
from kyket_training.commands import data
from kyket_training.corpus import CorpusError
from kyket_training.display import show_report
from kyket_training.tables import figures_block, write_figures

CASES = Path(__file__).parents[1] / "cases" / "check" / "findings.txt"
ROOT = Path(__file__).parents[2]

AGREEMENT = (
    'agreements:\n  - {{instrument: {instrument}, parties: ["Sở Y tế"], period: {period}, '
    "status: {status}, signed_on: {signed_on}}}\n"
)
GOOD = {"instrument": "agreement", "period": "2020/2025", "status": "signed", "signed_on": "2020-02"}


def write(folder: Path, id: str, body: str, front_matter: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{id}.txt").write_text(f"---\nid: {id}\n{front_matter}---\n{body}", encoding="utf-8")


def findings(folder: Path) -> list[Finding]:
    return check(folder).findings


def cases() -> list[tuple[list[str], str]]:
    source = regex.sub(r"(?m)^#.*\n", "", CASES.read_text(encoding="utf-8")).strip()
    blocks = [block.splitlines() for block in regex.split(r"\n{2,}", source)]
    return [
        (
            [line[3:].strip() for line in block if line.startswith("=>") and line[3:].strip()],
            "\n".join(line for line in block if not line.startswith("=>")),
        )
        for block in blocks
    ]


@pytest.mark.parametrize(("kinds", "body"), cases())
def test_cases(tmp_path: Path, kinds: list[str], body: str) -> None:
    write(tmp_path, "a", body)
    assert [finding.kind for finding in findings(tmp_path)] == kinds


def test_a_finding_names_its_line_and_shows_it(tmp_path: Path) -> None:
    write(tmp_path / "train", "a", "Một\nhai\n[[PER:Lý  A ]] ba\nbốn", "topic: t\n")
    (finding,) = findings(tmp_path)
    assert finding.place == "train/a.txt:7"
    assert (tmp_path / "train" / "a.txt").read_text(encoding="utf-8").splitlines()[6].startswith("[[PER")
    assert finding.message == "PER: ‹Lý  A › ba"


def test_spans_of_standoff_articles_are_checked_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sở Y tế họp", encoding="utf-8")
    (tmp_path / "a.json").write_text(
        '{"spans": [{"start": 0, "end": 7, "label": "ORG"}, {"start": 3, "end": 7, "label": "ORG"},'
        ' {"start": 8, "end": 99, "label": "MEETING"}]}'
    )
    assert [finding.kind for finding in findings(tmp_path)] == ["nested span", "outside the text"]


def test_a_good_record_gives_no_finding(tmp_path: Path) -> None:
    people = 'people:\n  - {name: "Lý A Sáng", role: "Giám đốc", org: ""}\npublished: 2020-02-03\n'
    write(tmp_path, "a", "[[ORG:Sở Y tế]] và [[PER:Lý A Sáng]]", AGREEMENT.format(**GOOD) + people)
    assert findings(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"instrument": "pact"}, "instrument"),
        ({"status": "done"}, "status"),
        ({"period": "2020-2025"}, "period"),
        ({"period": "2025/2020"}, "period: ends before it starts"),
        ({"period": "P2Y"}, "period: “P2Y” is no interval"),
        ({"signed_on": "'2020-02-30'"}, "signed_on"),
        ({"signed_on": "2020/2021"}, "signed_on: “2020/2021” is no date"),
        ({"signed_on": "2020, renewed: true"}, "renewed"),
    ],
)
def test_a_bad_record_is_an_error(tmp_path: Path, change: dict[str, str], message: str) -> None:
    write(tmp_path, "a", "[[ORG:Sở Y tế]]", AGREEMENT.format(**GOOD | change))
    (finding,) = findings(tmp_path)
    assert finding.severity == "error"
    assert message in finding.message


@pytest.mark.parametrize("day", ["14/6/2019", "2019-06", "20190614", "'2019-06-31'"])
def test_a_bad_day_of_publication_is_an_error(tmp_path: Path, day: str) -> None:
    write(tmp_path, "a", "A", f"published: {day}\n")
    assert [(f.severity, f.kind) for f in findings(tmp_path)] == [("error", "front matter")]


@pytest.mark.parametrize(
    ("party", "text", "warned"),
    [
        ("Liên đoàn Lao động tỉnh Đồng Lam", "LĐLĐ tỉnh Đồng Lam", False),
        ("Sở Nông nghiệp và Phát triển nông thôn", "Sở NN&PTNT", False),
        ("Bộ Lao động - Thương binh và Xã hội", "Bộ LĐ-TBXH", False),
        ("Sở Y tế Đồng Lâm", "Sở Y tế Đồng Lam", False),
        ("Sở Y tế Đồng Lộc", "Sở Y tế Đồng Lam", True),
    ],
)
def test_a_party_that_the_text_does_not_bear_out_is_a_warning(
    tmp_path: Path, party: str, text: str, warned: bool
) -> None:
    write(tmp_path, "a", text, AGREEMENT.format(**GOOD).replace("Sở Y tế", party))
    assert [f.severity for f in findings(tmp_path)] == ["warning"] * warned


def test_people_and_the_text_must_know_each_other(tmp_path: Path) -> None:
    people = 'people:\n  - {name: "Lý A Sáng", role: "", org: ""}\n  - {name: "Lò Na", role: "", org: ""}\n'
    write(tmp_path, "a", "[[PER:Lý A Sáng]], ông [[PER:Sáng]], bà [[PER:Khăm Ly]]", people)
    messages = [finding.message for finding in findings(tmp_path)]
    assert messages == [
        "person 2: “Lò Na” does not occur in the text",
        "“Khăm Ly” is marked PER and is not among the people",
    ]


@pytest.mark.parametrize(
    ("date", "messages"),
    [
        ("{text: ngày 9/9, type: DATE, value: 2022-09-09}", []),
        ("{text: ngày 9/9, type: DATE, value: null}", []),
        ("{text: ngày 9/9, type: TIME, value: 2022-09-09}", ["date 1: Invalid enum value 'TIME'"]),
        ("{text: ngày 9/9, type: DATE, value: 9/9}", ["date 1: value: not an ISO 8601 date"]),
        ("{text: ngày 9/9, type: DATE, value: 2022/2020}", ["date 1: value: ends before it starts"]),
        ("{text: ngày 9/9, type: DATE}", ["date 1: Object missing required field `value`"]),
        ("{text: ngày 9/9, type: DATE, value: 2022, note: a}", ["date 1: Object contains unknown field"]),
        (
            "{text: ngày 8/9, type: DATE, value: 2022-09-08}",
            ["dates not in the text after the date before: 1"],
        ),
        (
            "{start: 3, end: 11, text: ngày 9/9, type: DATE, value: 2022}",
            ["date 1: “ngày 9/9” does not stand"],
        ),
    ],
)
def test_dates_must_stand_in_the_text_and_have_a_type_and_a_value(
    tmp_path: Path, date: str, messages: list[str]
) -> None:
    write(tmp_path, "a", "Họp ngày 9/9 ở xã", f"dates:\n  - {date}\n")
    found = findings(tmp_path)
    assert [finding.severity for finding in found] == ["error"] * len(messages)
    assert all(finding.message.startswith(text) for finding, text in zip(found, messages, strict=True))


LONG = "Sáng nay đại biểu hai địa phương cùng trồng cây trên đồi và hẹn nhau mùa sau trở lại thăm rừng non."


def test_near_duplicates_are_errors_across_splits_and_warnings_within(tmp_path: Path) -> None:
    write(tmp_path / "train", "a-1", LONG)
    write(tmp_path / "train", "a-2", LONG.replace("mùa", "năm"))
    write(tmp_path / "test", "a-3", LONG.upper() + " Hết.")
    write(tmp_path / "test", "a-4", "Chiều qua mưa lớn nên buổi gặp phải dời vào hội trường nhỏ của xã.")
    found = [(f.severity, f.kind, f.place) for f in findings(tmp_path)]
    assert found == [
        ("error", "near-duplicate across splits", "train/a-1.txt"),
        ("error", "near-duplicate across splits", "train/a-2.txt"),
        ("warning", "near-duplicate", "train/a-2.txt"),
    ]


def test_one_id_for_two_articles_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "train", "a", "Một")
    write(tmp_path / "dev", "a", "Hai")
    assert [(f.kind, f.place) for f in findings(tmp_path)] == [("duplicate id", "train/a.txt")]


def test_a_surface_with_two_labels_is_shown_where_it_has_the_rarer(tmp_path: Path) -> None:
    write(tmp_path, "a", "[[LOC:Hải Vân]] và [[LOC:Hải Vân]]")
    write(tmp_path, "b", "Ảnh: [[PER:Hải Vân]]")
    (finding,) = findings(tmp_path)
    assert (finding.kind, finding.place) == ("several labels", "b.txt:4")
    assert "LOC 2, PER 1" in finding.message


def test_figures_and_shared_names(tmp_path: Path) -> None:
    write(tmp_path / "train", "union-1", "[[PER:Lý A Sáng]] và [[PER:Minh]] ở [[ORG:Sở Y tế]]")
    write(tmp_path / "test", "state-1", "[[PER:LÝ A SÁNG]], [[PER:Lò Na]], [[PER:Minh]]")
    report = check(tmp_path)
    assert list(report.splits) == ["train", "test"]
    train = report.splits["train"]
    assert (train.articles, train.syllables, train.spans) == (1, 9, 3)
    assert train.labels == {"PER": 2, "ORG": 1}
    assert train.blocks == {"union": 1}
    assert [(s.split, s.label, s.shared, s.distinct) for s in report.shared] == [
        ("test", "PER", 1, 2),
        ("test", "ORG", 0, 0),
    ]


def test_spans_that_encoding_loses_are_errors(tmp_path: Path) -> None:
    write(tmp_path, "a", "[[PER:Lò Na]]")
    write(tmp_path, "b", "[[PER:Lò Vi]]")
    report = check(tmp_path, lambda article: 2 if article.id == "b" else 0)
    assert report.lost == 2
    assert [(f.kind, f.place) for f in report.errors] == [("lost span", "b.txt")]
    assert check(tmp_path).lost is None


def test_one_unreadable_article_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"---\nid: a\n---\n\xff")
    write(tmp_path, "b", "[[PER: Na]]")
    assert [finding.kind for finding in findings(tmp_path)] == ["unreadable", "blank edge"]
    with pytest.raises(CorpusError, match="no annotated articles"):
        check(tmp_path / "missing")


def test_the_command_ends_with_1_where_something_must_be_mended(tmp_path: Path, tokenizer_json: str) -> None:
    write(tmp_path, "a", "[[PER:Lò Na]] và Lò Na")
    (tmp_path / "tokenizer.json").write_text(tokenizer_json, "utf-8")
    command = ["check", str(tmp_path), "--tokenizer", str(tmp_path)]
    result = CliRunner().invoke(data, command)
    assert result.exit_code == 0
    assert "a.txt:4: PER elsewhere: Lò Na và ‹Lò Na›" in result.output
    assert "0 errors, 1 warnings." in result.output
    write(tmp_path, "b", "[[PER: Na]]")
    assert CliRunner().invoke(data, command).exit_code == 1


def test_a_folder_without_a_tokenizer_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a", "[[PER:Lò Na]]")
    result = CliRunner().invoke(data, ["check", str(tmp_path), "--tokenizer", str(tmp_path / "nowhere")])
    assert isinstance(result.exception, KyketError)
    assert "nowhere: tokenizer.json cannot be read" in str(result.exception)


def test_output_fits_100_columns_and_is_plain_off_a_terminal(tmp_path: Path) -> None:
    write(tmp_path, "a" * 40, "[[PER:Lò Na]] và Lò Na " + "rất dài " * 30)
    result = CliRunner().invoke(data, ["check", str(tmp_path)])
    assert max(map(len, result.output.splitlines())) <= 100
    assert "\x1b" not in result.output


def test_long_lists_are_cut_and_say_so(tmp_path: Path) -> None:
    write(tmp_path, "a", "[[PER:Lò Na]]" + " và Lò Na" * 5)
    out = Console(width=100, record=True)
    show_report(check(tmp_path), out, most=2)
    text = out.export_text()
    assert text.count("elsewhere") == 2
    assert "… and 3 more" in text


def test_a_card_gets_the_figures_and_keeps_the_rest(tmp_path: Path) -> None:
    write(tmp_path / "train", "union-1", "[[PER:Lò Na]]")
    card = tmp_path / "README.md"
    card.write_text("# A\n<!-- figures: by command -->\nold\n<!-- end of figures -->\nB\n")
    report = check(tmp_path)
    write_figures(report, card)
    once = card.read_text(encoding="utf-8")
    assert once == f"# A\n<!-- figures: by command -->\n{figures_block(report)}<!-- end of figures -->\nB\n"
    assert "| PER | 1 |" in once
    write_figures(report, card)
    assert card.read_text(encoding="utf-8") == once
    card.write_text("none")
    with pytest.raises(CorpusError, match="no lines"):
        write_figures(report, card)


def test_own_labels_and_other_formats_can_be_checked(tmp_path: Path) -> None:
    lines = "Bà\tO\nLò\tB-NGƯỜI\nNa\tI-NGƯỜI\n\nbị\tO\nsốt\tB-BỆNH\n"
    (tmp_path / "train.conll").write_text(lines, "utf-8")
    (tmp_path / "dev.conll").write_text("Ông\tO\nLù\tI-NGƯỜI\nem\tO\n", "utf-8")

    def run(*options: str) -> tuple[int, str]:
        done = CliRunner().invoke(data, ["check", str(tmp_path), *options])
        return done.exit_code, " ".join(done.output.split())

    assert "data in other formats needs --from" in str(
        CliRunner().invoke(data, ["check", str(tmp_path)]).exception
    )
    code, output = run("--from", "conll")
    assert code == 1 and "train.conll, train-1: “NGƯỜI”" in output and "--any-labels" in output
    code, output = run("--from", "conll", "--any-labels")
    assert code == 0 and "0 errors, 1 warnings." in output and "BỆNH 1 0" in output
    assert "tag out of sequence" in output and "dev.conll:2" in output
    code, output = run("--from", "conll", "--labels", "NGƯỜI, SỐT")
    assert code == 1 and "1 errors" in output and "“BỆNH”" in output
    assert run("--labels", "A", "--any-labels")[0] == 2


def test_a_name_that_is_not_the_id_and_keys_that_nothing_reads(tmp_path: Path) -> None:
    write(tmp_path, "a", "[[PER:Lò Na]]", "publised: 2020-02-03\n")
    write(tmp_path, "b", "[[PER:Lò An]]", "publised: 2020-02-03\ntopic: t\n")
    (tmp_path / "b.txt").rename(tmp_path / "c.txt")
    told = [(f.severity, f.kind, f.place, f.message) for f in findings(tmp_path)]
    assert told == [
        ("warning", "id is not the file's name", "c.txt", "“b”"),
        ("warning", "unknown key", "a.txt", "nothing reads “publised”, and 1 others"),
    ]


def test_the_data_card_explains_each_topic_block() -> None:
    card = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    explained = set(regex.findall(r"`(\w+)`", "".join(regex.findall(r"(?m)^\| (`.*?) \|", card))))
    counted = card.partition("**Articles by topic block**")[2].partition("**Distinct")[0]
    assert set(regex.findall(r"(?m)^\| (\w+) \|", counted)) <= explained


def test_the_data_card_tells_the_truth() -> None:
    card = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert figures_block(check(ROOT / "data" / "articles")) in card, (
        "run `kyket data check --card data/README.md`"
    )


@pytest.mark.parametrize("count", [4, 501])
def test_copies_are_reported_once_however_many(tmp_path: Path, count: int) -> None:
    (tmp_path / "train.conll").write_text("Hôm\tO\nnay\tO\nnắng\tO\n\n" * (count - 2), "utf-8")
    (tmp_path / "test.conll").write_text("hôm\tO\nnay\tO\nnắng\tO\n\n" * 2, "utf-8")
    (finding,) = check(tmp_path, labels=None, format="conll").errors
    assert finding.kind == "near-duplicate across splits"
    assert finding.message.startswith("100% of")
    assert finding.message.endswith(f"in common with test.conll, test-1, and so have {count - 2} others")


def conll(*texts: str) -> str:
    return "\n\n".join("\n".join(f"{word}\tO" for word in text.split()) for text in texts)


def test_boilerplate_hides_no_near_duplicates(tmp_path: Path) -> None:
    boilerplate = "Bản quyền thuộc về báo điện tử của tỉnh và mọi hình thức sao chép phải được phép. " * 2

    apart = [f"{boilerplate} {n}a {n}b {n}c {n}d {n}e {n}f {n}g {n}h {n}i {n}k {n}l {n}m" for n in range(501)]
    pair = "đại biểu hai địa phương cùng trồng cây trên đồi"
    (tmp_path / "train.conll").write_text(conll(*apart, f"{boilerplate} {pair}"), "utf-8")
    (tmp_path / "test.conll").write_text(conll(f"{pair} hôm qua {boilerplate}"), "utf-8")
    found = check(tmp_path, labels=None, format="conll").findings
    assert [(f.severity, f.kind) for f in found] == [("error", "near-duplicate across splits")]


@pytest.mark.parametrize("count", [20, 600])
def test_texts_after_one_pattern_are_near_duplicates_however_many(tmp_path: Path, count: int) -> None:
    long = f"{LONG} Chiều về, cả đoàn ghé thăm trường làng, tặng sách cho thư viện nhỏ rồi chia tay."
    made = [long.replace("nhau", f"xã{n}").replace("sách", f"quà{n}") for n in range(count)]
    (tmp_path / "train.conll").write_text(conll(*made[1:]), "utf-8")
    (tmp_path / "test.conll").write_text(conll(made[0]), "utf-8")
    found = [f for f in check(tmp_path, labels=None, format="conll").findings if "duplicate" in f.kind]
    assert found[0].kind == "near-duplicate across splits"
    if count > 500:  # one line, not one for each of their pairs
        [finding] = found
        assert finding.message.startswith("at least 5")
        assert finding.message.endswith("in common with test.conll, and so have 598 others")
    else:
        assert len(found) == count * (count - 1) // 2


def test_two_patterns_with_one_imprint_are_two_crowds(tmp_path: Path) -> None:
    imprint = "Bản quyền thuộc về báo điện tử của tỉnh và mọi hình thức sao chép phải được phép."
    other = "Chiều qua mưa lớn nên buổi gặp phải dời vào hội trường nhỏ của xã, ai cũng đến cho bằng được."
    texts = [f"{text} {imprint} {text[:5]}{n}" for text in (LONG, other) for n in range(550)]
    (tmp_path / "train.conll").write_text(conll(*texts), "utf-8")
    found = [f.message for f in check(tmp_path, labels=None, format="conll").findings]
    assert [message.partition("common with ")[2] for message in found] == [
        "train.conll, train-1, and so have 548 others",
        "train.conll, train-551, and so have 548 others",
    ]


def test_copies_of_a_near_duplicate_are_looked_at_for_their_splits(tmp_path: Path) -> None:
    write(tmp_path / "dev", "a-1", LONG)
    write(tmp_path / "dev", "a-2", LONG.replace("mùa", "năm"))
    write(tmp_path / "test", "a-3", LONG.replace("mùa", "NĂM"))
    found = [(f.severity, f.place, f.message.rpartition(" ")[2]) for f in findings(tmp_path)]
    assert found == [("error", "test/a-3.txt", "dev/a-2.txt"), ("error", "test/a-3.txt", "dev/a-1.txt")]
