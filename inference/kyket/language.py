"""English and, where the locale asks for it, Vietnamese: the words that kyket shows to people.

The locale is what `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` and `LANG` say, in the order of GNU gettext; on the
command line of Windows, where nothing sets these, the language that Windows itself shows. Data (JSON, CSV)
stays the same in every language. Translations lie in locale/vi/LC_MESSAGES/kyket.po and are compiled by
`msgfmt kyket.po -o kyket.mo`.
"""

import gettext as _gettext
import os
import sys
from pathlib import Path

DOMAIN = "kyket"
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

_gettext.bindtextdomain(DOMAIN, str(Path(__file__).with_name("locale")))


def gettext(message: str) -> str:
    """`message` in the language of the locale, or itself."""
    return _gettext.dgettext(DOMAIN, message)


def language() -> str:
    """The language that `gettext` answers in: `vi` or `en`."""
    return gettext("language code: en").rsplit(" ", 1)[-1]


def follow_windows() -> None:
    """On Windows, take its display language for this process and its children, if no variable names one."""
    if sys.platform == "win32" and not any(os.environ.get(name) for name in _VARIABLES):
        import ctypes
        import locale

        shown = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
        if shown:
            os.environ["LANGUAGE"] = shown


def translate_libraries() -> None:
    """Let the headings that the command line's own library shows come in our language too."""
    _gettext.textdomain(DOMAIN)
