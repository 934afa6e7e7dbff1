"""Holds what the pack about telephone companies says of itself, and its questions for the Arena."""

from large_enough.packs.generators.template import Demo
from large_enough.packs.generators.tongue import Tongue


def about(tongue: Tongue) -> str:
    """Return what the pack tests."""
    return tongue.say(
        "Work with the papers of a telephone company: tables of tariffs, roaming zones, terms and"
        " notes of calls. Every question comes with its document; companies, countries and prices"
        " are invented, so nothing can be known by heart. Twenty-four kinds of questions, five of"
        " each: looking up, choosing the cheapest, sums over months, roaming, periods of notice,"
        " sending calls to the right team, filling fields, finding the rule that was broken, saying"
        " when the document is silent, and keeping to a form. Real tariffs are not tested.",
        "Arbeit mit den Papieren einer Telefongesellschaft: Tariftabellen, Auslandszonen,"
        " Bedingungen und Gesprächsnotizen. Jede Frage bringt ihr Dokument mit; Firmen, Länder und"
        " Preise sind erfunden, auswendig wissen kann man also nichts. Vierundzwanzig Arten von"
        " Fragen, je fünf: Nachschlagen, das Günstigste wählen, Summen über Monate, Ausland,"
        " Kündigungsfristen, Anrufe zuordnen, Felder füllen, die verletzte Regel finden, sagen,"
        " dass das Dokument schweigt, und eine Form einhalten. Echte Tarife und Gesetze werden"
        " nicht geprüft.",
    )


def demos(tongue: Tongue) -> tuple[Demo, ...]:
    """Return five questions to look at, discuss and vote on."""
    return (
        Demo(
            name="demo-no-signal",
            question=tongue.say(
                "A customer has no signal in the cellar flat. Write what the hotline should ask,"
                " step by step.",
                "Eine Kundin hat in der Kellerwohnung keinen Empfang. Schreiben Sie Schritt für"
                " Schritt,"
                " was die Hotline fragen soll.",
            ),
        ),
        Demo(
            name="demo-roaming",
            question=tongue.say(
                "Explain to a pensioner what roaming is and how not to be surprised by the bill."
                " At most 120 words.",
                "Erkläre einer Rentnerin, was Roaming ist und wie sie Überraschungen auf der"
                " Rechnung vermeidet. Höchstens 120 Wörter.",
            ),
        ),
        Demo(
            name="demo-cancel",
            question=tongue.say(
                "Write a short notice that ends a mobile contract at the next possible date and"
                " asks for a confirmation.",
                "Schreiben Sie eine kurze Kündigung eines Mobilfunkvertrags zum nächstmöglichen"
                " Termin"
                " mit Bitte um Bestätigung.",
            ),
        ),
        Demo(
            name="demo-apology",
            question=tongue.say(
                "The network was down for six hours in a whole town. Write the message to all"
                " customers there: honest, short, without excuses.",
                "Das Netz war in einer ganzen Stadt sechs Stunden ausgefallen. Schreiben Sie die"
                " Nachricht an alle Kunden dort: ehrlich, kurz, ohne Ausreden.",
            ),
        ),
        Demo(
            name="demo-fibre",
            question=tongue.say(
                "Compare fibre and cable for a household of four in a small table: speed,"
                " reliability, price, work in the house.",
                "Vergleiche Glasfaser und Kabel für einen Vierpersonenhaushalt in einer kleinen"
                " Tabelle: Tempo, Zuverlässigkeit, Preis, Arbeiten im Haus.",
            ),
        ),
    )
