"""Files that are not what they are read as, told by their first bytes: refused with a word on what to do."""

from __future__ import annotations

import io
import zipfile

import regex

from kyket.errors import ReadingError

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ODF = b"application/vnd.oasis.opendocument"
_WORKBOOK = "Workbook".encode("utf-16-le")  # the name of what an old Excel file holds
_HTML = regex.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!doctype\s++html|<html[\s>])", regex.I
)
_PICTURES = regex.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:hei[cx]|mif1|avif)",
    regex.DOTALL,
)
_HEAD = 1000  # bytes in which a page says that it is one


def refuse(data: bytes, kind: str) -> None:
    """Refuse a file that nobody can mean to be of this kind.

    What a file is comes from its name or from the caller; here it is only found out that it cannot be that.

    Raises:
        ReadingError: it is a word processor's file, a spreadsheet, a page, a PDF or an archive, and `kind` is
            another; or it is a picture.
    """
    if data.startswith(b"{\\rtf") and kind != "rtf":  # which may be called .doc
        raise _other("rtf", kind)
    if data.startswith(_OLE) and _WORKBOOK in data:
        raise _spreadsheet(kind)
    if data.startswith(_OLE):
        raise ReadingError(
            "an old Word document (.doc), or one with a password, which kyket does not read; "
            "save it as .docx or .txt"
        )
    if _PICTURES.match(data):  # a scan or a photograph of a page
        raise ReadingError(
            "a picture, not {kind}; have its text recognised (OCR), and save that as .txt", kind=kind
        )
    if data.startswith(b"%PDF-") and kind != "pdf":
        raise ReadingError("a PDF, not {kind}; name it .pdf, or say --input pdf", kind=kind)
    if kind == "txt" and _HTML.match(data[:_HEAD]):  # which sites call .doc, too
        raise _other("html", kind)
    if data.startswith(b"PK\x03\x04"):
        held = _held(data)
        if held in ("docx", "odt"):
            if kind != held:
                raise _other(held, kind)
        elif held == "spreadsheet":
            raise _spreadsheet(kind)
        elif held or kind not in ("docx", "odt"):  # whose readers say what a damaged one lacks
            raise ReadingError("an archive, not {kind}; unpack it, or save its text as .txt", kind=kind)


def _other(held: str, kind: str) -> ReadingError:
    return ReadingError(
        "of the kind {held}, not {kind}; name it .{held}, or say --input {held}", held=held, kind=kind
    )


def _spreadsheet(kind: str) -> ReadingError:
    return ReadingError(
        "a spreadsheet, not {kind}; copy its table into a Word document, and save that as .docx", kind=kind
    )


def _held(data: bytes) -> str:
    """What a zip holds: `docx`, `odt`, `spreadsheet`, `other`; empty where it is damaged or holds nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "spreadsheet"
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    said = file.read(len(_ODF) + 20)
                if said.startswith(_ODF):
                    document = said[len(_ODF) :].partition(b"-")[0].decode("ascii", "replace")
                    return {".text": "odt", ".spreadsheet": "spreadsheet"}.get(document, "other")
    except Exception:  # a zip can be damaged in more ways than its module names
        pass
    return ""
