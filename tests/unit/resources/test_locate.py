import shutil
import subprocess
import sys
from pathlib import Path

import large_enough
from large_enough.resources.locate import asset_path, catalogue_path, checkout_root

PACKAGE = Path(large_enough.__file__).parent


def test_the_tests_run_from_a_checkout():
    root = checkout_root()
    assert root is not None
    assert (root / "pyproject.toml").is_file()


def test_assets_of_the_checkout():
    assert asset_path("icons", "logo.svg").is_file()


def test_the_catalogue_of_the_checkout():
    assert catalogue_path().is_file()


def test_an_installed_package_uses_its_own_data(tmp_path: Path):
    installed = tmp_path / "large_enough"
    (installed / "resources").mkdir(parents=True)
    for name in ("__init__.py", "resources/__init__.py", "resources/locate.py"):
        shutil.copy(PACKAGE / name, installed / name)
    (installed / "_data").mkdir()
    (tmp_path.parent / "pyproject.toml").write_text("")  # whatever lies around does not count
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from large_enough.resources.locate import *\n"
        "print(checkout_root(), asset_path('a', 'b.svg'), catalogue_path(), sep='\\n')"
    )
    printed = subprocess.check_output([sys.executable, "-I", "-S", "-c", code], text=True)
    data = installed / "_data"
    assert printed.splitlines() == [
        "None",
        str(data / "assets" / "a" / "b.svg"),
        str(data / "models" / "catalog.toml"),
    ]
