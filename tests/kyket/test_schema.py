"""The JSON Schema that ships: up to date, right about the example of the contract, and strict."""

import copy
import json
import re
from pathlib import Path

import jsonschema
import pytest

from kyket import schema
from kyket.document import Document

EXAMPLE = json.loads(Path(__file__).with_name("example.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema.load())
    return jsonschema.Draft202012Validator(schema.load())


def test_the_file_is_what_the_types_say():
    assert schema.load() == schema.build(), "write it anew: python -m kyket.schema"


def test_the_example_of_the_contract_is_valid_and_loads(validator):
    validator.validate(EXAMPLE)
    document = Document.from_dict(EXAMPLE)
    written = document.to_dict()
    validator.validate(written)
    for name, value in EXAMPLE.items():
        if isinstance(value, list):
            for given, back in zip(value, written[name], strict=True):
                assert given.items() <= back.items()
        else:
            assert written[name] == value


def test_the_documentation_shows_the_same_example():
    page = (Path(__file__).parents[2] / "docs" / "output.md").read_text("utf-8")
    assert json.loads(re.findall(r"```json\n(.*?)```", page, re.DOTALL)[0]) == EXAMPLE


def test_more_fields_may_be_added(validator):
    validator.validate({**EXAMPLE, "added": 1})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["schema"], "kyket/2"),
        (["id"], None),
        (["text"], None),
        (["published"], "7/12/2021"),
        (["spans", 0, "start"], -1),
        (["spans", 0, "score"], 1.5),
        (["spans", 0, "by"], "hand"),
        (["dates", 0, "type"], "TIME"),
        (["dates", 0, "value"], "7/12"),
        (["entities", 0, "type"], "MISC"),
        (["entities", 0, "country"], "Lào"),
        (["entities", 0, "mentions"], [-1]),
        (["events", 0, "trigger"], None),
        (["agreements", 0, "instrument"], "handshake"),
        (["agreements", 0, "status"], "dreamt"),
        (["agreements", 0, "period"], "2016-2021"),
        (["warnings"], [{"start": 0, "end": 1}]),
    ],
)
def test_what_the_contract_forbids_is_invalid(validator, path, value):
    wrong = copy.deepcopy(EXAMPLE)
    place = wrong
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not validator.is_valid(wrong)


@pytest.mark.parametrize(
    "value",
    ["2021", "2015-05", "2024-Q3", "XXXX-07-18", "2024/..", "../2027", "2015-07/2016-04", "P26M", None],
)
def test_every_form_of_value_is_valid(validator, value):
    document = copy.deepcopy(EXAMPLE)
    document["dates"][0]["value"] = value
    validator.validate(document)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"schema": "kyket/9", "id": "a", "text": ""}, "schema: 'kyket/9' is not kyket/1"),
        ({}, "id"),
        ({"id": "a", "text": 7}, "text"),
        ([], "object"),
    ],
)
def test_what_is_not_of_the_contract_is_a_value_error(data, said):
    with pytest.raises(ValueError, match=said):
        Document.from_dict(data)
