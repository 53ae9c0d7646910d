from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from kyket_training.formats import FORMATS, FormatError, Ledger, by_suffix, read_data, write_data
from kyket_training.formats.registry import reading, writing


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("a.conll", "conll"),
        ("d/a.bio", "conll"),
        ("a.ann", "brat"),
        ("a.parquet#train", "datasets"),
        ("a.json", None),
        ("a.jsonl", None),
        ("a.txt", None),
        ("folder", None),
        ("owner/name#train.conll", None),
    ],
)
def test_only_a_suffix_of_one_format_names_it(location: str, name: str | None) -> None:
    assert by_suffix(location) == name


def test_no_suffix_is_of_two_formats() -> None:
    suffixes = [suffix for format in FORMATS.values() for suffix in format.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize("name", FORMATS)
def test_every_option_has_a_default_and_says_what_it_is(name: str) -> None:
    for options in (FORMATS[name].read_options, FORMATS[name].write_options):
        options()
        schema = msgspec.json.schema(options)["$defs"][options.__name__]["properties"]
        assert all(field["description"] for field in schema.values())


def test_options_stand_behind_a_colon() -> None:
    _, options = reading("conll:scheme=BIOES, tag=4,separator=tab")
    assert (options.scheme, options.tag, options.separator) == ("BIOES", 4, "tab")
    _, options = writing("conll:plain")
    assert options.plain is True


@pytest.mark.parametrize(
    ("format", "message"),
    [
        ("conl", "unknown format “conl”; it is one of inline, conll, brat"),
        ("conll:tags=4", "`tags`; the options of reading are: token, tag, scheme"),
        ("conll:tag=last", "format conll:tag=last: Expected `int`"),
        ("conll:tag=0", "`tag` is a column from 1"),
        ("conll:tag=1", "and another than `token`"),
        ("conll:scheme=IOB", "Invalid enum value"),
        ("conll:plain", "the options of reading are"),
        ("brat:x=1", "the options of reading are: none"),
    ],
)
def test_an_unknown_format_or_option_is_refused_in_one_line(format: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_data("nowhere", format, Ledger())
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_options_of_reading_are_none_of_writing(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="the options of writing are: token, tag, scheme"):
        write_data([], tmp_path / "a.conll", "conll:article=sentence", Ledger())
    with pytest.raises(FormatError, match="another column than `token`"):
        writing("conll:token=2")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(FormatError, match=r"b\.conll: cannot be written"):
        write_data([], tmp_path / "a" / "b.conll", "conll", Ledger())


def test_formats_load_without_heavy_libraries() -> None:
    code = "import sys, kyket_training.formats; print({'torch', 'datasets', 'pyarrow'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_page_on_formats_names_them_all_and_its_commands_are_right() -> None:
    page = (Path(__file__).parents[3] / "docs" / "your-data.md").read_text("utf-8")
    for format in FORMATS.values():
        (row,) = (line for line in page.splitlines() if line.startswith(f"| `{format.name}` |"))
        assert row.count("`.") == len(format.suffixes) and all(f"`{s}`" in row for s in format.suffixes)
    asked = [(reading, spec) for spec in re.findall(r"--from (\S+)|^format: (\S+)", page, re.MULTILINE)]
    asked += [(writing, spec) for spec in re.findall(r"--to (\S+)()", page)]
    assert len(asked) >= 6
    for check, specs in asked:
        check("".join(specs))


def test_the_defaults_as_they_are_listed_can_be_written_out() -> None:
    for name, format in FORMATS.items():
        defaults = msgspec.to_builtins(format.read_options())
        spec = ",".join(f"{key}={value}" for key, value in defaults.items())
        assert reading(f"{name}:{spec}")[1] == format.read_options()
