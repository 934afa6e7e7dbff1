"""Holds what the pack about banking says of itself, and its questions for the Arena."""

from large_enough.packs.generators.template import Demo
from large_enough.packs.generators.tongue import Tongue


def demos(tongue: Tongue) -> tuple[Demo, ...]:
    """Return five questions to look at, discuss and vote on."""
    return (
        Demo(
            name="demo-letter",
            question=tongue.say(
                "Write a short, friendly letter that tells a customer that the monthly fee rises"
                " from EUR 4.90 to EUR 5.90 in three months, and what he can do about it.",
                "Schreiben Sie einen kurzen, freundlichen Brief an einen Kunden: Das Monatsentgelt"
                " steigt in drei Monaten von 4,90 auf 5,90 EUR; und was er dagegen tun kann.",
            ),
            keywords=(
                tongue.say("amount", "Betrag"),
                tongue.say("date", "Datum"),
                tongue.say("right to leave", "Kündigungsrecht"),
            ),
        ),
        Demo(
            name="demo-overdraft",
            question=tongue.say(
                "Explain to an eighteen-year-old what an overdraft is, what it costs, and when it"
                " is a bad idea. At most 120 words.",
                "Erkläre einer Achtzehnjährigen, was eine Überziehung ist, was sie kostet und wann"
                " sie keine gute Idee ist. Höchstens 120 Wörter.",
            ),
        ),
        Demo(
            name="demo-complaint",
            question=tongue.say(
                "A customer writes: 'You took EUR 12 for a returned direct debit although the money"
                " was there an hour later!' Draft the answer of the bank.",
                "Ein Kunde schreibt: „Sie haben 12 EUR für eine Rücklastschrift genommen, dabei war"
                " das Geld eine Stunde später da!“ Entwirf die Antwort der Bank.",
            ),
        ),
        Demo(
            name="demo-checklist",
            question=tongue.say(
                "Make a checklist of seven points for somebody who changes banks.",
                "Erstelle eine Liste mit sieben Punkten für jemanden, der die Bank wechselt.",
            ),
        ),
        Demo(
            name="demo-phishing",
            question=tongue.say(
                "Which signs in this message tell that it is a fraud? 'Dear custumer, your acount"
                " is locked. Confirm your PIN within 2 hours at haldenbank-secure.example or all"
                " money is lost.'",
                "Woran erkennt man, dass diese Nachricht ein Betrug ist? „Liber Kunde, ihr Konto"
                " ist gespert. Bestätigen sie binnen 2 Stunden ihre PIN auf"
                " haldenbank-secure.example, sonst ist alles Geld verloren.“",
            ),
        ),
    )


def about(tongue: Tongue) -> str:
    """Return what the pack tests."""
    return tongue.say(
        "Work with the papers of a retail bank: schedules of fees, card conditions, account"
        " statements, loan agreements and customers' letters. Every question comes with its"
        " document; banks, people and amounts are invented, so nothing can be known by heart."
        " Twenty-four kinds of questions, five of each: looking up, rules with exceptions, sums"
        " with rounding, working days and due dates, sending letters to the right department,"
        " filling fields, choosing all who qualify, finding the clause that applies, saying that"
        " the document is silent, and keeping to a form. It does not test knowledge of banking law,"
        " and nothing in it is advice.",
        "Arbeit mit den Papieren einer Privatkundenbank: Preisverzeichnisse, Kartenbedingungen,"
        " Kontoauszüge, Kreditverträge und Briefe von Kunden. Jede Frage bringt ihr Dokument mit;"
        " Banken, Personen und Beträge sind erfunden, auswendig wissen kann man also nichts."
        " Vierundzwanzig Arten von Fragen, je fünf: Nachschlagen, Regeln mit Ausnahmen, Rechnen mit"
        " Runden, Arbeitstage und Fristen, Briefe zuordnen, Felder füllen, alle Berechtigten"
        " auswählen, die zutreffende Klausel finden, sagen, dass das Dokument schweigt, und eine"
        " Form einhalten. Bankrecht wird nicht geprüft, und nichts darin ist ein Rat.",
    )
