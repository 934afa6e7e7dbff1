"""What so many questions are likely to settle, in a sentence."""

from large_enough.report.power import chance_sentence


def test_a_handful_of_questions_gets_no_chance_at_all():
    assert chance_sentence(19, 0.10) == ""


def test_a_usual_pack_says_how_many_would_do():
    told = chance_sentence(60, 0.10)
    assert "41 %" in told
    assert "200 questions" in told


def test_a_margin_in_between_is_taken_for_the_narrower_one():
    assert "margin of 10 points" in chance_sentence(100, 0.12)
