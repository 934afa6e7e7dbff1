import pytest

from large_enough.catalog.hub_address import DEFAULT_HUB, hub_address, with_hub
from large_enough.catalog.hub_reach import place
from large_enough.domain.errors import FailureKind, RequestError

MIRROR = "https://mirror.example"


def test_the_first_that_is_given_wins() -> None:
    environ = {"HF_ENDPOINT": "https://environment.example/"}
    assert hub_address({}) == DEFAULT_HUB
    assert hub_address({"HF_ENDPOINT": " "}) == DEFAULT_HUB
    assert hub_address(environ) == "https://environment.example"
    assert hub_address(environ, setting="https://setting.example") == "https://setting.example"
    assert hub_address(environ, setting="https://x.example", override=MIRROR) == MIRROR


@pytest.mark.parametrize(
    "address",
    ["http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:80", "https://a.example:8443/hf"],
)
def test_addresses_that_can_be_trusted(address: str) -> None:
    assert hub_address({}, override=address) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://mirror.example",
        "http://localhost.example",
        "http://10.0.0.1",
        "mirror.example",
        "ftp://mirror.example",
        "file:///etc",
        "https://",
        "https://user:word@mirror.example",
        "https://mirror.example?x=1",
        "https://mirror.example#x",
        "https://mirror.example:99999",
        "https://[::1",
        "https://mirror.example\x1b[31m",
    ],
)
def test_addresses_that_cannot(address: str) -> None:
    with pytest.raises(RequestError) as caught:
        hub_address({}, setting=address)
    assert caught.value.info.kind is FailureKind.BAD_SETTING
    assert caught.value.info.subject == "hub_address"


def test_programs_are_told() -> None:
    environ = {"HF_ENDPOINT": "https://x.example", "PATH": "/bin"}
    assert with_hub(environ, MIRROR) == {"HF_ENDPOINT": MIRROR, "PATH": "/bin"}


def test_a_proxy_is_what_must_be_reached() -> None:
    assert place("https://mirror.example/hf") == ("127.0.0.1", 9)  # the tests' own closed proxy
    assert place("http://localhost:8123") == ("localhost", 8123)
    assert place("https://127.0.0.1") == ("127.0.0.1", 443)
