"""The group of commands: help, version, commands of other packages."""

import ast
import ctypes
import functools
import gettext
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import kyket
from kyket import language
from kyket.agreements.grounds import Rule
from kyket.bundle import read_manifest
from kyket.cli.app import app
from kyket.cli.commands import message as in_words
from kyket.dates.resolve import DAY_UNKNOWN, REASONS
from kyket.errors import KyketError, MissingExtraError
from kyket.names import read_tables
from kyket.names.tables import parse
from kyket.reading.vietnamese import DOUBTS
from kyket.tagging import provider_of
from kyket_training import commands

PACKAGE = Path(kyket.__file__).parent
TRAINING = Path(__file__).parents[3] / "training" / "kyket_training"
CATALOGUE = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "kyket.po"


def po_messages() -> dict[str, str]:
    pairs = re.findall(r'^msgid (".*")\nmsgstr (".*")$', CATALOGUE.read_text("utf-8"), re.MULTILINE)
    return {ast.literal_eval(message): ast.literal_eval(translation) for message, translation in pairs[1:]}


@functools.cache
def our_messages() -> frozenset[str]:
    found = set(re.findall(r'\b_\("([^"]+)"\)', (PACKAGE / "writing" / "page.html.jinja").read_text("utf-8")))
    found |= set(
        re.findall(r"\b_\('([^']+)'\)", (PACKAGE / "writing" / "page.html.jinja").read_text("utf-8"))
    )
    for path in [*PACKAGE.rglob("*.py"), *TRAINING.rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            # What is raised as one is translated where it is shown; batch says it in English, as data.
            names = {"_", "gettext", "BundleError", "DeviceError", "TablesError"}
            if path.parent.name in ("reading", "cli"):
                names.add("ReadingError")
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in names:
                found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    # A command's help is what it says of itself.
    for name in ("train", "pretrain", "average", "distil", "trim", "evaluate", "export"):
        found.add(inspect.getdoc(getattr(commands, name)))
    found |= {*DOUBTS, MissingExtraError("x").message, *set(REASONS) - {DAY_UNKNOWN}}
    found |= {rule.meaning for rule in Rule}  # what `kyket explain` says of a rule
    return frozenset(found)


@pytest.fixture
def other_package(tmp_path, monkeypatch):
    """A distribution with commands of its own, on the path of what `run` and `invoke` run."""
    info = tmp_path / "other-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[kyket.commands]\n"
        "greet = other_package:greet [train]\n"
        "learn = other_package:learn [train]\n"
        "sail = other_package:tools\n"
        "gone = other_package_that_is_not_there:run [batch]\n"
    )
    (tmp_path / "other_package.py").write_text(
        "import typer\n"
        "def greet(name: str, loud: bool = False) -> None:\n"
        "    '''Greet somebody.'''\n"
        "    print('HELLO' if loud else 'hello', name)\n"
        "def learn() -> None:\n"
        "    '''Learn much.'''\n"
        "    import a_heavy_package\n"
        "tools = typer.Typer(add_completion=False, help='Sail about.')\n"
        "@tools.command()\n"
        "def out() -> None: print('out')\n"
        "@tools.command()\n"
        "def home() -> None: print('home')\n"
        "far = typer.Typer()\n"
        "@far.command()\n"
        "def east(miles: int) -> None: print('east')\n"
        "@far.command()\n"
        "def west() -> None: print('west')\n"
        "tools.add_typer(far, name='far')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("other_package", None)


def test_functions_and_applications_of_other_packages_are_commands(run, other_package):
    assert run("greet", "you", "--loud") == (0, b"HELLO you\n", "")
    assert run("sail", "home") == (0, b"home\n", "")
    _, out, _ = run("--help")
    listed = out.decode().split("Commands:")[1].split()
    assert [name for name in listed if name in ("extract", "gone", "greet", "learn", "sail")] == [
        "extract", "gone", "greet", "learn", "sail",
    ]  # fmt: skip
    assert b"Greet somebody." in out and b"Sail about." in out


@pytest.mark.parametrize(("command", "extra"), [("learn", "train"), ("gone", "batch")])
def test_a_missing_extra_is_one_line_that_says_what_to_install(invoke, other_package, command, extra):
    status, out, err = invoke(command)
    assert (status, out, len(err.splitlines())) == (2, b"", 1)
    assert f'pip install "kyket[{extra}]"' in err


def test_an_unknown_command_is_a_wrong_call(invoke):
    said = "kyket: there is no command explin (is it explain?) (kyket --help)\n"
    assert invoke("explin") == (2, b"", said)
    assert invoke("zzz", env={"LC_ALL": "vi_VN.UTF-8"})[2] == "kyket: không có lệnh zzz (kyket --help)\n"


def test_a_file_in_place_of_a_command_is_to_be_extracted(invoke, tmp_path):
    (tmp_path / "tin.txt").write_text("Hai bên đã ký.", "utf-8")
    said = "kyket: there is no command tin.txt (is it extract tin.txt?) (kyket --help)\n"
    assert invoke("tin.txt") == (2, b"", said)


def test_a_text_in_place_of_a_command_is_a_wrong_call(invoke):
    text = "Hai bên đã ký. " * 50
    said = f"kyket: there is no command {text}(kyket --help)\n"
    assert invoke(text) == (2, b"", said)


def test_help_names_arguments_without_types_of_python(invoke):
    help = invoke("extract", "--help")[1].decode()
    assert "  FILE  " in help and "Path" not in help


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["sail", "hom"], "không có lệnh hom (có phải home?) (kyket sail --help)"),
        (["sail", "far", "north"], "không có lệnh north (kyket sail far --help)"),
        (["sail", "far", "east"], "thiếu MILES (kyket sail far east --help)"),
        (["data", "chekc"], "không có lệnh chekc (có phải check?) (kyket data --help)"),
    ],
)
def test_wrong_calls_below_a_command_are_in_the_language_too(invoke, other_package, args, said):
    vietnamese = {"LC_ALL": "vi_VN.UTF-8"}
    assert invoke(*args, env=vietnamese) == (2, b"", f"kyket: {said}\n")
    help = invoke(*args[:-1], "--help", env=vietnamese)[1].decode()
    assert "Show this message" not in help and "In lời giúp này" in help


def test_version():
    result = CliRunner().invoke(app, ["--version"])
    assert result.exit_code == 0 and result.stdout.startswith("kyket")


@pytest.mark.parametrize(
    "args", [["--help"], ["extract", "--help"], ["explain", "--help"], ["batch", "--help"]]
)
def test_help_in_vietnamese_shows_no_english_sentence_of_ours(run, invoke, args):
    status, english, _ = invoke(*args)
    assert status == 0
    status, vietnamese, _ = run(*args, env={"LC_ALL": "vi_VN.UTF-8", "COLUMNS": "200"})
    shown = " ".join(vietnamese.decode().split())
    assert status == 0 and "Tùy chọn" in shown
    assert [message for message in our_messages() if " " in message and message in shown] == []
    assert sum(translation in shown for translation in po_messages().values()) >= 3
    assert "Options:" in english.decode()


@pytest.mark.parametrize(
    ("variables", "is_vietnamese"),
    [
        ({"LC_ALL": "vi_VN.UTF-8"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "vi_VN"}, True),
        ({"LC_ALL": "", "LANG": "vi"}, True),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "vi_VN"}, False),
        ({"LC_ALL": "fr_FR.UTF-8"}, False),
    ],
)
def test_the_locale_chooses_the_language(monkeypatch, variables, is_vietnamese):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, variables.get(name, ""))
    assert language.language() == ("vi" if is_vietnamese else "en")


@pytest.mark.parametrize(
    ("variables", "shown", "is_vietnamese"),
    [
        ({}, 0x042A, True),
        ({}, 0x0409, False),
        ({}, 0xFFFF, False),
        ({"LC_ALL": "en_US"}, 0x042A, False),
        ({"LANG": "vi"}, 0x0409, True),
    ],
)
def test_windows_speaks_the_language_it_shows(monkeypatch, variables, shown, is_vietnamese):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, variables.get(name, ""))
    windows = SimpleNamespace(kernel32=SimpleNamespace(GetUserDefaultUILanguage=lambda: shown))
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    language.follow_windows()
    assert language.language() == ("vi" if is_vietnamese else "en")


def test_every_message_has_its_vietnamese_and_no_translation_is_left_over():
    translated = po_messages()
    of_typer = {"Options", "Arguments", "Commands", "required", "default: {default}", "Missing command."}
    of_typer |= {"No such command {name!r}.", "Aborted!"}
    assert our_messages() == translated.keys() - of_typer
    for message, translation in translated.items():
        assert translation and translation != message
        assert set(re.findall(r"{.*?}", message)) == set(re.findall(r"{.*?}", translation))


@pytest.mark.parametrize(
    ("fail", "said"),
    [
        (read_manifest, "{}: không phải gói mô hình: thiếu bundle.json"),
        (read_tables, "{}: ở đó không có bảng nào; tên bảng là một trong "),
        (lambda folder: parse("", str(folder)), "{}: không có dòng tiêu đề"),
        (lambda folder: parse("a\tb\nc\n", str(folder)), "{}, dòng 2: có 1 ô thay vì 2"),
        (lambda _: provider_of("tpu"), "tpu: không có thiết bị này; có cpu, cuda"),
    ],
    ids=["bundle", "tables", "header", "row", "device"],
)
def test_what_ends_the_work_is_said_in_the_language(monkeypatch, tmp_path, fail, said):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    with pytest.raises(KyketError) as caught:
        fail(tmp_path)
    assert in_words(caught.value).startswith(said.format(tmp_path))


def test_the_compiled_catalogue_is_that_of_the_source():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {message: compiled.gettext(message) for message in po_messages()} == po_messages()


@pytest.mark.parametrize("args", [["--help"], ["--version"]])
def test_it_starts_fast(run, args):
    """By turns with Python and typer alone: what machine it is, and what else it does, counts for both."""

    def seconds(start: Callable[[], object]) -> float:  # of the processor
        before = os.times()
        start()
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    def kyket() -> None:
        assert run(*args)[0] == 0

    def bare() -> None:
        subprocess.run([sys.executable, "-c", "import typer"], check=True)

    ours, least = zip(*((seconds(kyket), seconds(bare)) for _ in range(3)), strict=True)
    assert min(ours) < 8 * min(least)  # 2 to 4 measured; torch alone adds 20


@pytest.mark.parametrize("args", [["--help"], ["--version"]])
def test_it_starts_without_what_only_the_work_needs(run, args):
    status, _, imported = run(*args, env={"PYTHONPROFILEIMPORTTIME": "1"})
    names = {line.rpartition("|")[2].strip() for line in imported.splitlines()}
    assert status == 0 and "kyket.cli.app" in names
    heavy = {"torch", "transformers", "datasets", "numpy", "onnxruntime", "tokenizers", "trafilatura"}
    assert not names & {*heavy, "kyket_training.corpus", "yaml"}
