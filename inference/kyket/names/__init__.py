"""Names: which mentions are one organisation, person or place, its full name, and who is what where.

Each function is usable alone:

- `link(text, spans)`: entities from entity spans;
- `expand(name)`: `LĐLĐ TP Hà Nội` to `Liên đoàn Lao động thành phố Hà Nội`;
- `person_key(name)`, `same_person(a, b)`: people across spellings;
- `is_agency(name)`: agencies of news and pictures;
- `find_place(name)`, `province_today(name)`: places, countries, provinces before and after 2025;
- `with using(read_tables(folder))`: the same with tables of your own.
"""

from kyket.names.abbreviations import definitions, expand
from kyket.names.agencies import is_agency
from kyket.names.link import link
from kyket.names.organizations import parse as parse_organization
from kyket.names.own import read_tables, using
from kyket.names.people import same_person
from kyket.names.places import find as find_place
from kyket.names.places import province_today
from kyket.names.tables import Own as OwnTables
from kyket.names.transliteration import person_key

__all__ = [
    "OwnTables",
    "definitions",
    "expand",
    "find_place",
    "is_agency",
    "link",
    "parse_organization",
    "person_key",
    "province_today",
    "read_tables",
    "same_person",
    "using",
]
