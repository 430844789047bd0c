"""Brings the signs, digits and words of a written position to one form, whatever keyboard and language they came from.

Hemispheres in English, French and Russian, and the words of their neighbours that cannot be mistaken.
"""

from __future__ import annotations

import re
import unicodedata

_SAME = str.maketrans(
    {
        **dict.fromkeys("º˚∘⁰ᵒ*", "°"),
        **dict.fromkeys("′’‘‛´`ʹʼˈ＇", "'"),
        **dict.fromkeys("″”“„‟ʺ˝〃＂", '"'),
        **dict.fromkeys("−–—‐‑‒―﹣－", "-"),
        **dict.fromkeys("，、،", ","),
        **dict.fromkeys("；؛", ";"),
        **dict.fromkeys("．·∙⋅٫", "."),
        **dict.fromkeys("()[]{}<>_=\t", " "),
        **dict.fromkeys("\r\n\v\f\u2028\u2029", ";"),
        **dict.fromkeys("φΦϕ", " LAT "),
        **dict.fromkeys("λΛ", " LON "),
    }
)
_CYRILLIC = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_LATIN = str.maketrans("АВСЕНКМОРТХУ", "ABCEHKMOPTXY")

_WORDS: dict[str, str] = {
    "N": """NORTH NORTHERN NORTHERLY NORD NORDEN NÖRDLICH NÖRDLICHE NÖRDLICHER NORTE
            С СШ СЕВ СЕВЕР СЕВЕРНАЯ СЕВЕРНОЙ СЕВЕРНОЕ СЕВЕРНЫЙ""",
    "S": """SOUTH SOUTHERN SOUTHERLY SUD SÜD SÜDEN SÜDLICH SÜDLICHE SÜDLICHER SUR SYD SØR SÖDER
            Ю ЮШ ЮЖ ЮЖН ЮГ ЮЖНАЯ ЮЖНОЙ ЮЖНОЕ ЮЖНЫЙ""",
    "E": """EAST EASTERN EASTERLY EST ESTE OST OSTEN ÖSTLICH ÖSTLICHE ÖSTLICHER ØST ÖST ÖSTER
            Е В ВД ВОСТ ВОСТОК ВОСТОЧНАЯ ВОСТОЧНОЙ ВОСТОЧНОЕ ВОСТОЧНЫЙ""",
    "W": """WEST WESTERN WESTERLY WESTEN WESTLICH WESTLICHE WESTLICHER OUEST OESTE OVEST VEST VÄST
            З ЗД ЗАП ЗАПАД ЗАПАДНАЯ ЗАПАДНОЙ ЗАПАДНОЕ ЗАПАДНЫЙ""",
    "O": "О",
    "LAT": "LATITUDE LATITUD BREITE BREDDE Ш ШИР ШИРОТА ШИРОТЫ ШИРОТЕ",
    "LON": "LONG LNG LONGITUDE LONGITUD LÄNGE LENGDE Д ДОЛГ ДОЛГОТА ДОЛГОТЫ ДОЛГОТЕ",
    "°": "D DEG DEGREE DEGREES DEGRÉ DEGRÉS DEGRE DEGRES GRAD ГРАД ГРАДУС ГРАДУСА ГРАДУСОВ",
    "'": "M М MIN MINUTE MINUTES MINUTEN МИН МИНУТ МИНУТА МИНУТЫ",
    '"': "SEC SECS SECOND SECONDS SECONDE SECONDES SEK СЕК СЕКУНД СЕКУНДА СЕКУНДЫ",
    ";": "AND ET UND И BY",
    " ": "POSITION POSN POS ПОЗИЦИЯ КООРДИНАТЫ COORDINATES COORDONNÉES",
}
MEANS: dict[str, str] = {word: sign for sign, words in _WORDS.items() for word in (sign, *words.split())}
"""What a word in capitals stands for: N, S, E, W, O, LAT, LON, a mark, a gap or nothing."""

_GERMANIC = "NORDEN NÖRDLICHE NÖRDLICHER SÜD SÜDEN SÜDLICHE SÜDLICHER SYD SØR SÖDER BREITE BREDDE LÄNGE LENGDE GRAD"
_ROMANCE = "NORTE SUD SUR ET DEGRÉ DEGRÉS DEGRE DEGRES SECONDE SECONDES LATITUD LONGITUD"
SPEAKS_GERMANIC, SPEAKS_ROMANCE = (frozenset(words.split()) for words in (_GERMANIC, _ROMANCE))
"""Words of languages in which the letter O is east, or west; what is shared by both is in neither."""

LOOKALIKES = {"C": "N", "B": "E"}
"""Latin letters that look like the Cyrillic hemispheres С and В."""


def tidy(text: str) -> str:
    """Bring all marks, dashes, digits and letters to one form, in capitals; words stay words."""
    plain = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in text.translate(_SAME)
        if unicodedata.category(sign) != "Cf"  # marks of direction and the like, which nobody sees
    )
    plain = unicodedata.normalize("NFKC", plain).upper()
    plain = plain.replace("''", '"')
    # 64°30'.5 of old charts is 64°30.5'
    plain = re.sub(r"(?<=\d)(['\"°])\s?(\.\d+)", r"\2\1", plain)
    plain = re.sub(r'"\s*([A-Z]+)\s*"\s*:', r" \1 ", plain)  # {"lat": 64.5, "lon": 7.5}
    plain = re.sub(r"(\dM\s?\d+(?:\.\d+)?)\s?S(?=\s?[NSEW]\b)", r'\1"', plain.replace("\u00a0", " "))  # 64d30m36sN
    plain = re.sub(r"C(?=\.?\s*Ш)", "С", plain)
    plain = re.sub(r"B(?=\.?\s*Д)", "В", plain)
    return re.sub(r" +", " ", plain.replace(":", " ")).strip(" ;,")


def meaning_of(word: str) -> str | None:
    """What a word in capitals stands for, read through letters that only look right; None where it is unknown."""
    found = MEANS.get(word)
    if found is None and len(word) > 1:
        found = MEANS.get(word.translate(_CYRILLIC)) or MEANS.get(word.translate(_LATIN))
    return found


def latin(text: str) -> str:
    """Cyrillic letters that look like Latin ones made Latin: for grid references, which know no others."""
    return text.translate(_LATIN)
