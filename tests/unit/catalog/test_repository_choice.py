import pytest

from large_enough.catalog.repository import HubFile, Listing
from large_enough.catalog.repository_choice import (
    MOST_NAMED,
    Wish,
    matching,
    models_of,
    pasted,
    the_one,
    wish_of,
)
from large_enough.catalog.safe_names import is_repository, is_safe_name, is_weights_path
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.quantity import Unavailable


def listing_of(*paths: str) -> Listing:
    files = tuple(
        HubFile(path=path, size_bytes=1000 + number, sha256="ab" * 32)
        for number, path in enumerate(paths)
    )
    return Listing(
        repository="a/b",
        commit="c0ffee",
        licence=Unavailable(reason="the repository does not say"),
        files=files,
        is_cut=False,
    )


USUAL = listing_of(
    "mmproj-F16.gguf",
    "x-Q4_K_M.gguf",
    "x-Q4_K_S.gguf",
    "x-UD-Q4_K_XL.gguf",
    "x-F16.gguf",
    "big/x-Q8_0-00001-of-00002.gguf",
    "big/x-Q8_0-00002-of-00002.gguf",
    "half/x-BF16-00001-of-00002.gguf",
)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("Q4_K_M", ["x-Q4_K_M.gguf"]),
        ("q4_k_xl", ["x-UD-Q4_K_XL.gguf"]),
        ("Q4_K", ["x-Q4_K_M.gguf", "x-Q4_K_S.gguf", "x-UD-Q4_K_XL.gguf"]),
        ("F16", ["x-F16.gguf"]),
        ("Q8_0", ["x-Q8_0-00001-of-00002.gguf"]),
        ("big/x-Q8_0-00001-of-00002.gguf", ["x-Q8_0-00001-of-00002.gguf"]),
        ("mmproj-F16.gguf", ["mmproj-F16.gguf"]),
        ("BF16", []),
        ("Q2_K", []),
        ("../x", []),
    ],
)
def test_what_fits(wanted: str, names: list[str]) -> None:
    assert [model.name for model in matching(models_of(USUAL), wanted)] == names


def test_parts_belong_together() -> None:
    split = next(model for model in models_of(USUAL) if len(model.files) > 1)
    assert [file.path for file in split.files] == [
        "big/x-Q8_0-00001-of-00002.gguf",
        "big/x-Q8_0-00002-of-00002.gguf",
    ]
    assert split.size_bytes == sum(file.size_bytes for file in split.files)
    assert split.quantisation == "Q8_0"


def test_counts_that_make_no_sense_are_no_parts() -> None:
    strange = listing_of("x-00000-of-00001.gguf", "x-00005-of-99999.gguf", "x-00001-of-00000.gguf")
    assert models_of(strange) == ()


def test_none_and_several_are_refused() -> None:
    with pytest.raises(RequestError) as caught:
        the_one(USUAL, "Q2_K")
    assert caught.value.info.kind is FailureKind.NO_SUCH_WEIGHTS
    assert "x-F16.gguf" in str(caught.value.info.facts["candidates"])
    with pytest.raises(RequestError) as caught:
        the_one(listing_of(), "")
    assert "candidates" not in caught.value.info.facts
    many = listing_of(*(f"x{number}.gguf" for number in range(MOST_NAMED + 5)))
    with pytest.raises(RequestError) as caught:
        the_one(many, "")
    assert caught.value.info.kind is FailureKind.SEVERAL_WEIGHTS
    assert str(caught.value.info.facts["candidates"]).endswith("…")
    assert caught.value.info.facts["example"] == "a/b:x0.gguf"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("a/b", Wish("a/b", "")),
        ("Qwen/Qwen3-8B-GGUF:Q4_K_M", Wish("Qwen/Qwen3-8B-GGUF", "Q4_K_M")),
        ("a/b:c/d.gguf", Wish("a/b", "c/d.gguf")),
        ("smollm2", None),
        ("a/b/c", None),
        ("../b", None),
        ("a/..", None),
        ("/b", None),
        ("a/", None),
        ("a/con", None),
        ("https://huggingface.co/a/b", None),
    ],
)
def test_what_names_a_repository(text: str, wish: Wish | None) -> None:
    assert wish_of(text) == wish


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" https://huggingface.co/a/b/tree/main?x=1#top ", "a/b"),
        ("hf.co/a/b", "a/b"),
        ("http://www.HuggingFace.co/a/b:Q4_0", "a/b:Q4_0"),
        ("https://huggingface.co.example/a/b", "https://huggingface.co.example/a/b"),
        ("https://huggingface.co/a", "https://huggingface.co/a"),
        (" a/b ", "a/b"),
    ],
)
def test_the_address_of_a_page_names_its_repository(text: str, name: str) -> None:
    assert pasted(text) == name


@pytest.mark.parametrize("name", ["..", ".", "", "a\\b", "nul", "COM1.gguf", "a.", " a", "-a"])
def test_names_that_are_not_safe(name: str) -> None:
    assert not is_safe_name(name)
    assert not is_repository(f"owner/{name}")
    assert not is_weights_path(f"{name}/x.gguf")


def test_only_weights_are_fetched() -> None:
    assert is_weights_path("a/b/x.GGUF")
    assert not is_weights_path("setup.py")
    assert not is_weights_path("x.gguf.sh")
