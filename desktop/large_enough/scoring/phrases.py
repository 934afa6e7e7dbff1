"""Recognises answers that say there is no answer, and answers that refuse.

Phrases of all languages are looked for in every answer: small models often answer in English
whatever they are asked in.
"""

import re
from collections.abc import Iterable

from large_enough.domain.answer_words import ABSTAINING
from large_enough.scoring.bare import bare
from large_enough.scoring.normalising import normalised

_WHOLE = """
unknown; not known; n/a; na; none given; not available; not applicable; unclear;
no answer; not found; unspecified; unstated; cannot say; no idea; i have no idea; not sure;
unbekannt; nicht bekannt; k a; keine ahnung; unklar; keine antwort; nicht verfügbar;
desconocido; desconocida; no disponible; sin respuesta; no se sabe; ni idea
"""
_WITHIN = """
not mentioned; not specified; not given; not provided; not disclosed; not indicated;
not listed in; not included in the; not in the text; not in the context;
not explicitly stated; not explicitly mentioned; not explicitly given; not explicitly specified;
does not say; doesnt say; does not mention; doesnt mention; does not state; doesnt state;
does not specify; doesnt specify; does not provide; doesnt provide; does not contain;
doesnt contain; does not tell; doesnt tell; does not include; doesnt include; does not give;
doesnt give; does not indicate; doesnt indicate; does not list; doesnt list; do not know;
dont know; no information; not enough information; insufficient information; no mention of;
cannot be determined; cant be determined; can not be determined; cannot determine; cant determine;
unable to determine; not possible to determine; impossible to determine; impossible to tell;
cannot be answered; cant be answered; cannot be inferred; cannot be found; cannot tell from;
cant tell from; cannot answer; cant answer; unable to answer; not possible to say; is unknown;
is not known; is not available; is unclear;
nicht genannt; nicht erwähnt; nicht aufgeführt; nicht enthalten; steht nicht;
nicht im text; nicht im dokument; geht nicht hervor; geht daraus nicht hervor; keine angabe;
keine angaben; keine information; keine informationen; weiß nicht; weiss nicht; weiß es nicht;
ist nicht bekannt; ist unbekannt; lässt sich nicht sagen; lässt sich nicht bestimmen;
lässt sich nicht beantworten; kann nicht bestimmt werden; kann nicht beantwortet werden;
nicht beantwortbar; wird nicht gesagt; nicht ersichtlich;
no se menciona; no se especifica; no se dice; no se proporciona; no está indicado;
no está indicada; no está especificado; no está especificada; no consta; no hay información;
no hay datos; no se puede determinar; no se puede saber; no se puede responder; no es posible;
no lo sé; no sé; se desconoce; no dice; no aparece; no menciona; no indica; no especifica;
sin información; no figura; no contiene; es desconocido; es desconocida
"""
_REFUSALS = """
i cannot assist; i cant assist; i cannot help; i cant help; i am unable to; im unable to;
i am not able to; im not able to; i cannot provide; i cant provide; i wont; i will not;
i cannot fulfill; i cant fulfill; i cannot comply; i cant comply; i cannot do that; i cant do that;
as an ai; i must decline; against my guidelines; im sorry but i cant; im sorry but i cannot;
nicht helfen; als ki; als sprachmodell; darf ich nicht; ich muss ablehnen;
kann ich ihnen nicht; kann ich dir nicht; dazu kann ich nichts;
no puedo ayudar; no puedo ayudarte; no puedo ayudarle; no puedo proporcionar; no puedo responder a;
como modelo de lenguaje; como ia; lo siento pero no puedo
"""
_HEDGE = re.compile(
    r"\b(?:but|however|although|though|assuming|so it|therefore|aber|jedoch|allerdings|obwohl|"
    r"pero|sin embargo|aunque)\b"
)
_SENTENCES = re.compile(r"[.!?](?=\s)|\n")
_LOOKED_AT_CHARACTERS = 2_000
"""At each end of a text: who abstains or refuses says so there."""
_REFUSAL_CHARACTERS = 400


def _form(text: str) -> str:
    return normalised(text.replace("’", "'"), "en", keeps_articles=True)


def _list(text: str) -> tuple[str, ...]:
    return tuple(_form(phrase) for phrase in text.replace("\n", " ").split(";"))


WHOLE_PHRASES = _list(_WHOLE)
WITHIN_PHRASES = (*map(_form, ABSTAINING), *_list(_WITHIN))
REFUSAL_PHRASES = _list(_REFUSALS)


def abstaining_phrase(text: str, own: Iterable[str] = ()) -> str:
    """Return the phrase by which a short answer says that it cannot be known; "" if none.

    Args:
        text: What stands where the answer should be.
        own: What the pack counts beside the usual phrases.
    """
    form = _form(bare(text[:_LOOKED_AT_CHARACTERS]))
    own_forms = tuple(filter(None, map(_form, own)))
    if form in (*own_forms, *WHOLE_PHRASES):
        return form
    found = _first_within(form, (*own_forms, *WITHIN_PHRASES))
    return "" if found and _goes_on(form, found) else found


def abstaining_sentence(text: str, own: Iterable[str] = ()) -> str:
    """Return the phrase by which the first or the last sentence of a text abstains; "" if none."""
    own = tuple(own)
    whole = _form(bare(text[:_LOOKED_AT_CHARACTERS]))
    if whole in WHOLE_PHRASES:
        return whole
    sentences = [part for part in _SENTENCES.split(text[:_LOOKED_AT_CHARACTERS]) if bare(part)]
    tail = [part for part in _SENTENCES.split(text[-_LOOKED_AT_CHARACTERS:]) if bare(part)]
    if not sentences or not tail:
        return ""
    return abstaining_phrase(sentences[0], own) or abstaining_phrase(tail[-1], own)


def refusing_phrase(text: str) -> str:
    """Return the phrase by which a text refuses to answer; "" if there is none."""
    return _first_within(_form(text[:_REFUSAL_CHARACTERS]), REFUSAL_PHRASES)


def _first_within(form: str, phrases: Iterable[str]) -> str:
    padded = f" {form} "
    return next((phrase for phrase in phrases if f" {phrase} " in padded), "")


def _goes_on(form: str, phrase: str) -> bool:
    """Return whether a text abstains only to answer all the same: "not stated, but 5"."""
    _before, _phrase, after = form.partition(phrase)
    hedge = _HEDGE.search(after)
    return hedge is not None and any(character.isdigit() for character in after[hedge.end() :])
