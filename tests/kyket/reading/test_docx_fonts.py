"""Word documents typed in fonts from before Unicode."""

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement

from kyket.reading import read_bytes

from .office import docx_of, typed


def _run(paragraph, text, font=None, style=None):
    run = paragraph.add_run(text, style)
    if font:
        run.font.name = font
    return run


def test_docx_in_a_font_of_tcvn3_is_read_without_an_option():
    def build(document):
        _run(document.add_paragraph(), typed("liên đoàn lao động tỉnh", "tcvn3"), ".VnTimeH")
        paragraph = document.add_paragraph()
        _run(paragraph, typed("Hai bên đã ", "tcvn3"), ".VnTime")
        _run(paragraph, "ký thỏa thuận", "Times New Roman")
        _run(paragraph, typed(" tư", "tcvn3"), ".VnArial").bold = True
        _run(document.add_paragraph(), "Café à la carte")

    text = "LIÊN ĐOÀN LAO ĐỘNG TỈNH\nHai bên đã ký thỏa thuận tư\nCafé à la carte"
    assert read_bytes(docx_of(build), kind="docx").text == text


def test_docx_in_a_font_of_vni_with_a_vowel_and_its_mark_in_two_runs():
    def build(document):
        paragraph = document.add_paragraph()
        held = typed("Hội Làm vườn ký kết", "vni")
        for part in (held[:2], held[2:]):
            _run(paragraph, part, "VNI-Times")

    assert read_bytes(docx_of(build), kind="docx").text == "Hội Làm vườn ký kết"


def test_docx_with_the_font_in_a_style_or_in_its_defaults():
    def build(document):
        document.styles["Normal"].font.name = ".VnTime"
        style = document.styles.add_style("Lời", WD_STYLE_TYPE.PARAGRAPH)
        style.font.name = "Times New Roman"
        small = document.styles.add_style("Nhỏ", WD_STYLE_TYPE.CHARACTER)
        small.font.name = "VNI-Times"
        document.add_paragraph(typed("Hai bên đã ký", "tcvn3"))
        document.add_paragraph("Hai bên đã ký", style)
        _run(document.add_paragraph(), typed("Hai bên đã ký", "vni"), style=small)
        document.add_paragraph("Hai bên đã ký")  # Unicode, whatever its font is called

    assert read_bytes(docx_of(build), kind="docx").text == "\n".join(["Hai bên đã ký"] * 4)


def test_docx_where_word_has_made_a_letter_a_soft_hyphen():
    def build(document):
        run = _run(document.add_paragraph(), "", ".VnTime")
        for name, text in (("w:t", "th"), ("w:softHyphen", None), ("w:t", typed("ờng", "tcvn3"))):
            element = OxmlElement(name)
            element.text = text
            run._r.append(element)

    assert read_bytes(docx_of(build), kind="docx").text == "thường"


def test_an_encoding_of_fonts_holds_where_the_fonts_have_other_names():
    def build(document):
        document.add_paragraph(typed("Hai bên đã ký", "tcvn3"))
        document.add_paragraph("Hai bên đã ký")

    data = docx_of(build, typed("Lễ ký", "tcvn3"))
    article = read_bytes(data, kind="docx", encoding="tcvn3")
    assert (article.text, article.title) == ("Hai bên đã ký\nHai bên đã ký", "Lễ ký")
    assert read_bytes(data, kind="docx", encoding="windows-1258") == read_bytes(data, kind="docx")
