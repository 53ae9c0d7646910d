"""What docs/output.md says of `kyket extract`: standard output, standard error and exit statuses."""

import json
import os
import signal
from pathlib import Path

import pytest


def documents(out: bytes):
    return [json.loads(line) for line in out.decode("utf-8").splitlines()]


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1", "vi_VN.UTF-8"])
def test_json_is_one_object_a_line_in_utf8_in_every_locale(run, articles, locale):
    status, out, err = run("extract", *articles, env={"LC_ALL": locale, "PYTHONIOENCODING": "ascii"})
    assert (status, err) == (0, "")
    assert out.count(b"\n") == 2 and "ký".encode() in out
    first, second = documents(out)
    assert first["text"] == "Hai bên ký kết.\r\nHọ ký xong.\r\n"
    assert [first["text"][s["start"] : s["end"]] for s in first["spans"]] == ["ký", "ký"]
    assert (first["source"], second["title"], second["published"]) == ("một.txt", "Lễ ký", "2020-02-03")


def test_published_overrides_what_the_file_says(invoke, articles):
    _, out, _ = invoke("extract", "hai.md", "--published", "2021-12-07")
    assert documents(out)[0]["published"] == "2021-12-07"


def test_standard_input_is_text_unless_told(run):
    status, out, _ = run("extract", "-", stdin="<p>ký</p>".encode())
    assert (status, documents(out)[0]["text"], documents(out)[0]["source"]) == (0, "<p>ký</p>", None)
    marked = "---\ntitle: Lễ ký\n---\nHọ ký.".encode("utf-16")
    _, out, _ = run("extract", "-", "--input", "md", "--encoding", "utf-16", stdin=marked)
    assert documents(out)[0]["title"] == "Lễ ký"


def test_an_empty_file_is_a_document_without_spans(invoke, tmp_path):
    (tmp_path / "empty.txt").touch()
    status, out, _ = invoke("extract", "empty.txt")
    assert (status, documents(out)[0]["text"], documents(out)[0]["spans"]) == (0, "", [])


def test_a_file_that_fails_is_named_with_the_reason_and_the_others_are_done(invoke, articles, tmp_path):
    (tmp_path / "latin.txt").write_bytes(b"k\xfd k\xea\xff\xfe")
    (tmp_path / "bug.txt").write_text("BUG")
    status, out, err = invoke("extract", "gone.txt", "một.txt", "latin.txt", "bug.txt", ".", "hai.md")
    assert status == 1
    assert [d["source"] for d in documents(out)] == ["một.txt", "hai.md"]
    assert [line.split(":")[1].strip() for line in err.splitlines()] == [
        "gone.txt",
        "latin.txt",
        "bug.txt",
        ".",
    ]
    assert "seen a bug" in err and "Traceback" not in err


def test_all_files_failing_gives_no_output(invoke):
    status, out, err = invoke("extract", "gone.txt")
    assert (status, out) == (1, b"") and "gone.txt" in err


def test_a_file_name_that_is_not_utf8(run, tmp_path):
    name = os.fsdecode(b"k\xfd.txt")
    (tmp_path / name).write_text("ký", "utf-8")
    status, out, _ = run("extract", name)
    assert (status, documents(out)[0]["source"]) == (0, "k\ufffd.txt")


def test_the_size_limit_holds_for_files_and_standard_input(invoke, tmp_path):
    (tmp_path / "large.txt").write_bytes(b"a" * 1_000_001)
    status, out, err = invoke("extract", "large.txt", "-", "--max-size", "1", stdin=b"a" * 1_000_001)
    assert (status, out, len(err.splitlines())) == (1, b"", 2)
    status, out, _ = invoke("extract", "large.txt", "--max-size", "2")
    assert status == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "xml"], "--format"),
        (["--input", "doc"], "--input"),
        (["--published", "7/12/2021"], "7/12/2021"),
        (["--published", "2021-02-29"], "2021-02-29"),
        (["--published", "20211207"], "20211207"),
        (["--encoding", "utf-9"], "one of utf-8, utf-16, utf-16-le, utf-16-be, windows-1258, tcvn3, vni"),
        (["--encoding", "hex"], "hex"),
        (["--max-size", "0"], "--max-size"),
        (
            ["--output", "no/such/folder.json"],
            "--output: no/such/folder.json: the folder for it is not there",
        ),
        (["--output", "."], "--output: .: a directory, not a file"),
        (["--output", "một.txt"], "--output"),
        (["--model", "broken"], "model.onnx is missing"),
        (["--device", "cuda"], "cuda: the fake has none"),
        (["--tables", "none"], "none: no folder of tables there"),
        (["--colour"], "--colour"),
    ],
)
def test_a_wrong_option_or_a_broken_bundle_ends_before_any_file(invoke, articles, options, said):
    status, out, err = invoke("extract", "gone.txt", *articles, *options)
    assert (status, out) == (2, b"")
    assert said in err and "gone.txt" not in err
    assert err.startswith("kyket: ") and err.count("\n") == 1


def test_no_file_is_a_wrong_call(invoke):
    status, _, err = invoke("extract")
    assert (status, err) == (2, "kyket: FILE is missing (kyket extract --help)\n")


def test_a_broken_bundle_leaves_the_output_file_as_it_was(invoke, articles, tmp_path):
    (tmp_path / "out.json").write_text("kept")
    assert invoke("extract", *articles, "--model", "broken", "--output", "out.json")[0] == 2
    assert (tmp_path / "out.json").read_text() == "kept"


@pytest.mark.parametrize("format", ["json", "table", "html", "csv"])
def test_output_gets_what_standard_output_would(invoke, articles, tmp_path, format):
    _, out, _ = invoke("extract", *articles, "--format", format)
    status, nothing, err = invoke("extract", *articles, "--format", format, "--output", "result")
    assert (status, nothing, err) == (0, b"", "")
    assert (tmp_path / "result").read_bytes() == out != b""


def test_a_closed_pipe_ends_quietly(start, articles):
    with start("extract", *articles * 2000) as process:
        assert process.stdout.readline()
        process.stdout.close()
        assert process.wait(300) == 141
        assert process.stderr.read() == b""


def test_interrupting_ends_quietly(start, articles, tmp_path):
    (tmp_path / "wait.txt").write_text("WAIT")
    with start("extract", "một.txt", "wait.txt") as process:
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(300) == 130
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("to_option", [True, False])
def test_a_full_disk_is_one_line(run, articles, to_option):
    if to_option:
        status, _, err = run("extract", *articles, "--output", "/dev/full")
    else:
        with Path("/dev/full").open("wb") as full:
            status, _, err = run("extract", *articles, stdout=full)
    assert status == 1
    assert err.startswith("kyket: cannot write") and len(err.splitlines()) == 1


def test_messages_come_in_the_language_of_the_locale(invoke):
    vietnamese = {"LC_ALL": "vi_VN.UTF-8"}
    assert "không phải là một ngày" in invoke("extract", "-", "--published", "x", env=vietnamese)[2]
    assert "is not a day" in invoke("extract", "-", "--published", "x")[2]


def test_progress_shows_on_a_terminal_only(start, articles, tmp_path):
    pty = pytest.importorskip("pty")
    terminal, side = pty.openpty()
    with start("extract", *articles, stderr=side, env={"TERM": "xterm"}) as process:
        out, _ = process.communicate(timeout=300)
    os.close(side)
    assert b"Reading" in os.read(terminal, 100_000)
    assert len(documents(out)) == 2


@pytest.mark.parametrize("format", ["json", "table", "csv"])
def test_a_text_that_is_hardly_vietnamese_is_said_on_standard_error(invoke, tmp_path, format):
    (tmp_path / "hai.txt").write_text("Hai bªn ®· ký tháa thuËn. " * 20, "utf-8")
    status, out, err = invoke("extract", "hai.txt", "--format", format)
    assert status == 0 and out
    assert err.startswith("kyket: hai.txt: hardly any Vietnamese") and "--encoding" in err
    assert err.count("\n") == 1
    assert "hầu như không có chữ Việt" in invoke("extract", "hai.txt", env={"LC_ALL": "vi_VN.UTF-8"})[2]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["--format", "xml"], "--format: it takes one of json, table, html, csv"),
        (["--max-size", "0"], "--max-size: it takes a whole number from 1 to 100000"),
        (["--max-size", "x"], "--max-size: it takes a whole number from 1 to 100000"),
        (["--formt", "csv"], "there is no option --formt (is it --format?)"),
        (["--published"], "--published needs a value"),
        (["--published", "x"], "--published: x is not a day as YYYY-MM-DD"),
    ],
)
def test_a_wrong_option_says_what_it_takes(invoke, call, said):
    status, _, err = invoke("extract", "một.txt", *call)
    assert (status, err) == (2, f"kyket: {said} (kyket extract --help)\n")


def test_files_that_fail_are_said_in_the_language_of_the_locale(invoke, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"k\xfd")
    (tmp_path / "{a}.rtf").write_bytes(b"{\\rtf1")
    (tmp_path / "a.pdf").write_bytes(b"a")
    vietnamese = {"LC_ALL": "vi_VN.UTF-8"}
    err = invoke("extract", "gone.txt", "a.txt", "{a}.rtf", "a.pdf", env=vietnamese)[2].splitlines()
    assert err[0] == "kyket: gone.txt: không có tệp này; hãy xem lại đường dẫn"
    assert err[1].startswith("kyket: a.txt: không đúng UTF-8: byte 0xFD ở vị trí 1; ")
    assert err[2].startswith("kyket: {a}.rtf: không phải văn bản RTF, hoặc bị hỏng; hãy lưu lại")
    assert err[3].startswith("kyket: a.pdf: không phải PDF, hoặc bị hỏng")
    err = invoke("extract", "-", stdin=b"k\xfd", env=vietnamese)[2]
    assert err.startswith("kyket: đầu vào chuẩn: không đúng UTF-8")
    assert invoke("extract", "-", stdin=b"k\xfd")[2].startswith("kyket: standard input: not valid UTF-8")
    err = invoke("extract", "--colour", env=vietnamese)[2]
    assert err.startswith("kyket: không có tùy chọn --colour")
    assert "In lời giúp này rồi thoát." in invoke("extract", "--help", env=vietnamese)[1].decode()


def test_a_word_document_of_old_is_refused_with_a_remedy(invoke, tmp_path):
    (tmp_path / "cũ.doc").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(100))
    status, out, err = invoke("extract", "cũ.doc")
    assert (status, out) == (1, b"")
    assert "an old Word document" in err and "save it as .docx or .txt" in err and "--encoding" not in err
