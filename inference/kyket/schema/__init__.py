"""The JSON Schema of a document (draft 2020-12), as it ships in kyket-1.schema.json.

After a change of `kyket.document`, write the file anew with `python -m kyket.schema`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from kyket.document import Document
from kyket.timevalues import TimeValue

FILE = Path(__file__).with_name("kyket-1.schema.json")

_DAY = r"^\d{4}-\d{2}-\d{2}$"
_POINT = r"(\d{4}|XXXX)(-Q[1-4]|-\d{2}(-\d{2})?)?"
_INTERVAL = rf"({_POINT}|\.\.)/({_POINT}|\.\.)"
_LENGTH = r"P(\d+[YMWD])+"

_VALUE = {"type": "string", "pattern": rf"^({_POINT}|{_INTERVAL}|{_LENGTH})$"}

# What the types of Python leave open. Labels stay open: a bundle may bring its own.
_TIGHTER: dict[str, dict[str, dict[str, Any]]] = {
    "Document": {"schema": {"const": "kyket/1"}, "published": {"pattern": _DAY}},
    "Span": {"score": {"minimum": 0, "maximum": 1}, "by": {"enum": ["model", "rule"]}},
    "Date": {
        "type": {"enum": ["DATE", "PERIOD"]},
        "by": {"enum": ["model", "rule"]},
        "time": {"pattern": r"^\d{2}:\d{2}$"},
    },
    "Entity": {"type": {"enum": ["ORG", "PER", "LOC"]}, "country": {"pattern": "^[A-Z]{2}$"}},
    "Event": {"date": {"pattern": _VALUE["pattern"]}},
    "Agreement": {
        "instrument": {"enum": ["memorandum", "agreement", "programme", "treaty", "contract", "other"]},
        "status": {"enum": ["signed", "proposed"]},
        "period": {"pattern": _VALUE["pattern"]},
        "signed_on": {"pattern": _VALUE["pattern"]},
    },
}
_INDICES = {"start", "end", "trigger"}
_INDEX_LISTS = {"mentions", "evidence"}


def build() -> dict[str, Any]:
    """The schema, from the types of `kyket.document`."""
    schema = msgspec.json.schema(Document, schema_hook=_schema_of)
    for name, definition in schema["$defs"].items():
        definition["description"] = definition["description"].split("\n")[0]
        for field, property in definition["properties"].items():
            property.update(_TIGHTER.get(name, {}).get(field, {}))
            if field in _INDICES:
                property["minimum"] = 0
            if field in _INDEX_LISTS:
                property["items"]["minimum"] = 0
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:kyket:schema:1",
        "title": "kyket/1: an extracted article",
        **schema,
    }


def load() -> dict[str, Any]:
    """The schema as it ships."""
    schema: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return schema


def _schema_of(kind: type) -> dict[str, Any]:
    if issubclass(kind, TimeValue):
        return dict(_VALUE)
    raise NotImplementedError(kind)
