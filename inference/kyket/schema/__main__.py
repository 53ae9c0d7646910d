"""`python -m kyket.schema` writes the schema anew."""

import json

from kyket.schema import FILE, build

FILE.write_text(json.dumps(build(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
