"""Short texts beside places on a line."""

from hypothesis import given
from hypothesis import strategies as st

from large_enough.figures.boxes import text_box
from large_enough.figures.label_rows import ROW, Label, placed, row_count
from large_enough.figures.primitives import Anchor

LABELS = st.lists(
    st.builds(
        Label,
        text=st.text("abcdef 123", min_size=1, max_size=40),
        x=st.floats(0, 400),
        anchor=st.sampled_from(Anchor),
        push=st.sampled_from([-1, 0, 1]),
    ),
    max_size=6,
)


@given(LABELS)
def test_labels_never_overlap_and_never_leave(labels: list[Label]) -> None:
    done = placed(labels, 400)
    boxes = [text_box(each.text(each.row * ROW + 20)) for each in done]
    for number, box in enumerate(boxes):
        assert box.left >= -0.6
        assert box.right <= 400.6
        assert not any(box.overlaps(other) for other in boxes[:number])
    assert len(done) == len(labels)
    assert row_count(done) <= len(labels)


def test_a_label_stands_at_its_place_or_gives_way_to_its_side() -> None:
    first, left, right, below = placed(
        [
            Label("first", 200, Anchor.MIDDLE),
            Label("left", 190, Anchor.MIDDLE, push=-1),
            Label("right", 205, Anchor.MIDDLE, push=1),
            Label("below", 200, Anchor.MIDDLE),
        ],
        400,
    )
    assert first.text(0).place.x == 200
    assert left.right < first.left < first.right < right.left
    assert [each.row for each in (first, left, right, below)] == [0, 0, 0, 1]
