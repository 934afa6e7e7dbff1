"""`packs build`: fresh variants, and the shipped packs again."""

from pathlib import Path

import pytest

from large_enough.cli.main import main
from large_enough.cli.packs_build import BuildRequest, build_pack
from large_enough.packs.generators.registry import DOMAINS
from large_enough.packs.loading import load_pack
from large_enough.packs.shelf import Shelf
from large_enough.resources.locate import asset_path


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "packs")


def request(
    name: str = "school-office",
    seed: int = 7,
    language: str = "en",
    target: str = "",
    *,
    may_replace: bool = False,
) -> BuildRequest:
    return BuildRequest(
        name=name, seed=seed, language=language, target=target, may_replace=may_replace
    )


def test_a_variant_joins_the_users_packs(shelf: Shelf, capsys: pytest.CaptureFixture[str]):
    assert build_pack(shelf, request()) == 0
    found = shelf.find("school-office-7")
    assert not found.is_shipped
    assert found.pack is not None
    assert len(found.pack.graded_items) >= 100
    assert found.pack.title.endswith(" (variant 7)")
    assert "school-office-7" in capsys.readouterr().out


def test_seed_one_is_the_pack_that_ships(shelf: Shelf, tmp_path: Path):
    target = tmp_path / "banking.pack.json"
    wanted = request("retail-banking", 1, "de", str(target))
    assert build_pack(shelf, wanted) == 0
    assert target.read_bytes() == asset_path("packs", "retail-banking-de.pack.json").read_bytes()
    assert load_pack(target).pack.language == "de"


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        (request("school-ofice"), "school-office"),
        (request("machinery"), "onlyofretail-banking,telecom"),
        (request("school-office", language="de"), "school-office(en)"),
        (request(seed=1), "comeswiththeprogram.Chooseanotherseed"),
        (request(target="mine.txt"), "mine.txt:itmustendin.json"),
    ],
)
def test_what_cannot_be_built_is_refused_with_what_can(
    shelf: Shelf, wanted: BuildRequest, named: str, capsys: pytest.CaptureFixture[str]
):
    assert build_pack(shelf, wanted) == 2
    assert named in "".join(capsys.readouterr().err.split())


def test_a_pack_of_that_name_is_replaced_only_if_wished(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
):
    assert build_pack(shelf, request()) == 0
    assert build_pack(shelf, request()) == 1
    assert "--force" in capsys.readouterr().err
    assert build_pack(shelf, request(may_replace=True)) == 0


def test_the_help_names_exactly_what_can_be_built(capsys: pytest.CaptureFixture[str]):
    assert main(["packs", "build", "--help"], {}) == 0
    told = "".join(capsys.readouterr().out.split())  # lines break behind hyphens, too
    for domain in DOMAINS:
        assert domain.id in told
    assert "machinery" not in told
