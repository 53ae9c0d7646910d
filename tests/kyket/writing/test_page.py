import html
import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyket import writing
from kyket.document import Date, Document, Span, Warning
from kyket.writing.page import runs

VOID = {"meta", "br", "input"}


class Page(HTMLParser):
    """The parts of a page that the tests ask for; fails where tags do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.ids, self.links, self.tags, self.texts = [], [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes["href"]] if "href" in attributes else []
        if tag not in VOID:
            self.open.append((tag, attributes))
        if attributes.get("class") == "text":
            self.texts.append("")

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if any(attributes.get("class") == "text" for _, attributes in self.open):
            self.texts[-1] += data


def page(*documents):
    out = io.BytesIO()
    writing.html(documents, out)
    return out.getvalue().decode("utf-8")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.delenv("LANGUAGE", raising=False)


def test_the_text_is_whole_and_marked(document):
    text = page(document)
    parsed = Page(text)
    assert parsed.texts == [document.text]
    marks = re.findall(r"<mark [^>]*>(.*?)</mark>", text)
    assert [html.unescape(re.sub("<.*?>", "", m)) for m in marks] == [span.text for span in document.spans]
    assert 'title="organisation, 0.90: Trường Đại học B"' in text
    assert 'title="2022-04-05">ngày 5/4</span>' in text


def test_every_link_leads_to_a_part_of_the_page(document):
    parsed = Page(page(document, document))
    assert len(parsed.ids) == len(set(parsed.ids))
    assert parsed.links and {link.removeprefix("#") for link in parsed.links} <= set(parsed.ids)


def test_it_needs_no_other_file_and_runs_nothing(document):
    text = page(document)
    assert not re.search(
        r"https?:|//|url\(|@import|<script|<link|<img| on\w+=", text.replace("<!doctype", "")
    )


def test_what_an_article_says_is_never_markup(document):
    attack = "<script>alert(1)</script>\"' onload=x & {{ 7*7 }}"
    document.title = document.id = document.source = document.agreements[0].title = attack
    document.agreements[0].status = document.agreements[0].instrument = attack
    document.entities[0].name = document.entities[2].role = document.warnings[0].message = attack
    document.spans[0].label = document.events[0].type = attack
    document.published = attack
    text = page(document, document)
    assert "<script" not in text and "49" not in text
    assert {tag for tag, _ in Page(text).tags}.isdisjoint({"script", "img", "iframe"})
    assert not any(name.startswith("on") for _, attributes in Page(text).tags for name in attributes)


def test_facts_and_records_are_there(document):
    text = page(document)
    for part in ("Hội &lt;A&gt;", "2022 – 2025", "proposed", "memorandum", "Chủ tịch", "not &lt;clear&gt;"):
        assert part in text


def test_words_come_in_the_language_of_the_locale(document, monkeypatch):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    text = page(document)
    assert '<html lang="vi">' in text and "đã ký" in text and "Nhân vật" in text
    assert "People" not in text and "signed<" not in text


def test_several_articles_have_a_list_and_none_says_so(document):
    assert "<nav" in page(document, document) and "<nav" not in page(document)
    assert "No article could be read." in page()


def test_labels_of_another_bundle_are_shown_by_their_own_names():
    span = Span(start=0, end=3, text="Cà ", label="PLANT")
    text = page(Document(id="x", text="Cà phê", spans=[span]))
    assert "<span>PLANT</span>" in text and "Nothing found." not in text
    assert '<label data-kind="other" style="--hue: 0">' in text and '<label data-kind="event"' not in text
    assert '<a href="#d1-span0">Cà </a> <span class="soft">PLANT</span></span> <span>1.00</span>' in text


def test_spans_of_our_labels_are_listed_where_nothing_else_is(document):
    assert "<h3>Marked</h3>" not in page(document)
    span = Span(start=0, end=3, text="Huế", label="LOC")
    assert "<h3>Marked</h3>" in page(Document(id="x", text="Huế", spans=[span]))


@st.composite
def marked_documents(draw):
    text = draw(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    spans = [
        Span(start=a, end=b, text=text[a:b], label="ORG")
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        if a < b
    ]
    ends = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    dates = [Date(start=a, end=b, text=text[a:b], type="DATE", value=None) for a, b in sorted(ends) if a < b]
    return Document(id="x", text=text, spans=spans, dates=dates)


@given(marked_documents())
def test_cutting_loses_nothing_and_keeps_every_span_whole(document):
    cut = list(runs(document))
    assert "".join(run.text for run in cut) == document.text
    assert all("".join(inner.text for inner in run.runs) == run.text for run in cut)
    assert [(r.mark, r.text) for r in cut if r.mark is not None] == [
        (i, span.text) for i, span in enumerate(document.spans)
    ]
    firsts = [inner.mark for run in cut for inner in run.runs if inner.first]
    assert len(firsts) == len(set(firsts))


@settings(max_examples=30)  # a page has its template compiled anew
@given(marked_documents())
def test_any_text_makes_a_page(document):
    document.warnings = [Warning(start=0, end=0, message=document.text)]
    assert "\0" not in page(document)
