import pytest

from large_enough.domain.quantity import Unavailable
from large_enough.wording import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0.00"),
        (3.14159, "3.14"),
        (-3.14159, "-3.14"),
        (9.994, "9.99"),
        (9.996, "10.0"),
        (30.24, "30.2"),
        (99.96, "100"),
        (141.4, "141"),
        (1234.5, "1,234"),
        (float("nan"), "—"),
        (float("inf"), "—"),
    ],
)
def test_three_significant_digits(value: float, text: str) -> None:
    assert numbers.number_text(value) == text
    assert numbers.rate_text(value) == text


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 bytes"),
        (512, "512 bytes"),
        (17_300, "17 kB"),
        (98_362_432, "98 MB"),
        (210_000_000, "0.21 GB"),
        (491_400_064, "0.49 GB"),
        (1_117_320_768, "1.12 GB"),
        (19_900_000_000, "19.9 GB"),
        (137_000_000_000, "137 GB"),
    ],
)
def test_bytes(size_bytes: int, text: str) -> None:
    assert numbers.bytes_text(size_bytes) == text


def test_gigabytes_stay_gigabytes() -> None:
    assert numbers.gigabytes_text(98_362_432) == "0.10 GB"
    assert numbers.gigabytes_number_text(98_362_432) == "0.10"


@pytest.mark.parametrize(
    ("duration_s", "text"),
    [
        (0, "0.00 s"),
        (0.001, "<0.01 s"),
        (0.06, "0.06 s"),
        (12.34, "12.3 s"),
        (119.4, "119 s"),
        (119.6, "2 min 0 s"),
        (125, "2 min 5 s"),
        (4200, "1 h 10 min"),
        (7199, "2 h 0 min"),
    ],
)
def test_seconds(duration_s: float, text: str) -> None:
    assert numbers.seconds_text(duration_s) == text


def test_coarse_durations() -> None:
    assert numbers.duration_text(7.6) == "8 s"
    assert numbers.duration_text(59.7) == "1 min 0 s"


@pytest.mark.parametrize(
    ("factor", "text"), [(1.06, "1.1"), (3.14, "3.1"), (9.94, "9.9"), (9.96, "10"), (1234, "1,234")]
)
def test_times(factor: float, text: str) -> None:
    assert numbers.times_text(factor) == text


def test_counts_rates_and_shares() -> None:
    assert numbers.count_text(32_768) == "32,768"
    assert numbers.bytes_rate_text(4_240_000) == "4.2 MB/s"
    assert numbers.share_text(0.424) == "42 %"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (512_000, "0.51 million parameters"),
        (134_515_008, "0.13 billion parameters"),
        (1_543_714_304, "1.5 billion parameters"),
        (32_763_876_352, "32.8 billion parameters"),
    ],
)
def test_parameters(count: int, text: str) -> None:
    assert numbers.parameters_text(count) == text


@pytest.mark.parametrize(
    ("count", "text"), [(512_000, "<0.01"), (134_515_008, "0.13"), (1_543_714_304, "1.5")]
)
def test_parameters_in_billions(count: int, text: str) -> None:
    assert numbers.parameters_number_text(count) == text


def test_quantities() -> None:
    assert numbers.quantity_text(2.0, numbers.seconds_text) == "2.00 s"
    assert numbers.quantity_text(2, numbers.count_text) == "2"
    missing = Unavailable(reason="no instrument yet")
    assert numbers.quantity_text(missing, numbers.seconds_text) == "—"
