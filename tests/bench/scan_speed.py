"""Times the search for models: single headers, many files, and asking whether there are new ones.

    python -m tests.bench.scan_speed [--files 1000] [--rounds 5]

Part 1: headers with vocabularies as large as those of usual models, made up here, since only their
size matters. Wanted: at most 25 ms for 50,000 words, 80 ms for 260,000; vocabularies that come with
a second list (merges) are shown as well.

Part 2: models in the folders of all programs that are known, first without, then with what was
remembered. Their headers are small (a thousand words), so that the first look tells the cost of
finding them rather than that of reading. Wanted: under 3 s with what was remembered.

Part 3: asking whether anything is new, as the window does every few seconds.

All figures are medians of the rounds; files come from the operating system's memory of the disk.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.decode_ratio import say
from tests.helpers.app_layouts import MODEL_TYPE, Home, HubRepository, OllamaStore, write
from tests.helpers.gguf_files import (
    STRING,
    U32,
    RawGguf,
    list_key,
    string,
    tensor,
    text_key,
)

from large_enough.catalog.changes import has_changed_since
from large_enough.catalog.header_cache import HeaderCache
from large_enough.catalog.places.known import known_places, own_place
from large_enough.catalog.places.whereabouts import Whereabouts
from large_enough.catalog.scan import Scan, scan_places
from large_enough.domain.clock import SystemClock
from large_enough.gguf.header import read_header

CLOCK = SystemClock()
HEADERS = (
    (50_000, 0, 25.0),
    (50_000, 50_000, 25.0),
    (150_000, 150_000, None),
    (260_000, 0, 80.0),
    (260_000, 510_000, None),
)
"""Words, merges, and the most milliseconds wanted."""
WANTED_WARM_S = 3.0
TENSOR_COUNT = 300
PROGRAM_COUNT = 7


def words(count: int, generator: random.Random) -> list[bytes]:
    """Return made-up words, as long as real ones are on average."""
    return [string("w" * generator.randint(1, 12)) for _ in range(count)]


def model_with_vocabulary(word_count: int, merge_count: int = 0, name: str = "bench") -> bytes:
    """Return a model whose header holds so many words and merges."""
    generator = random.Random(name)
    vocabulary = b"".join(words(word_count, generator))
    keys = [
        text_key("general.architecture", "llama"),
        text_key("general.name", name),
        list_key("tokenizer.ggml.tokens", STRING, word_count, vocabulary),
        list_key("tokenizer.ggml.token_type", U32, word_count, bytes(4 * word_count)),
    ]
    if merge_count:
        merges = b"".join(words(merge_count, generator))
        keys.append(list_key("tokenizer.ggml.merges", STRING, merge_count, merges))
    lines = [
        tensor(f"blk.{number}.ffn_up.weight", [8, 1], offset=32 * number)
        for number in range(TENSOR_COUNT)
    ]
    return RawGguf(keys=keys, tensors=lines, data=bytes(32 * TENSOR_COUNT)).build()


def median_s(action: Callable[[], object], rounds: int) -> float:
    """Return how long an action takes."""
    durations = []
    for _ in range(rounds):
        began_s = CLOCK.monotonic_s()
        action()
        durations.append(CLOCK.monotonic_s() - began_s)
    return statistics.median(durations)


def time_headers(folder: Path, rounds: int) -> bool:
    """Time the reading of headers; return whether all are as fast as wanted."""
    is_good = True
    for word_count, merge_count, wanted_ms in HEADERS:
        path = write(folder / "header.gguf", model_with_vocabulary(word_count, merge_count))
        took_ms = median_s(lambda path=path: read_header(path), rounds) * 1e3
        wanted = f" (wanted: at most {wanted_ms:.0f})" if wanted_ms else ""
        say(f"  header of {word_count:,} words, {merge_count:,} merges: {took_ms:5.1f} ms{wanted}")
        is_good &= wanted_ms is None or took_ms <= wanted_ms
    return is_good


def lay_out(home: Home, own: Path, count: int) -> None:
    """Write models into the folders of all programs, and every tenth into two of them."""
    for number in range(count):
        content = model_with_vocabulary(1000, name=f"Model {number}")
        add_to_program(home, own, number % PROGRAM_COUNT, number, content)
        if number % 10 == 0:
            add_to_program(home, own, (number + 1) % PROGRAM_COUNT, number, content)


def add_to_program(home: Home, own: Path, program: int, number: int, content: bytes) -> None:
    """Write a model into the folder of one program."""
    name = f"model-{number}.gguf"
    if program == 0:
        write(own / name, content)
    elif program == 1:
        write(home.lm_studio / f"publisher{number % 20}" / f"repository{number}" / name, content)
    elif program == 2:
        HubRepository(home.hub, f"owner/repository{number}").add(name, content)
    elif program == 3:
        write(home.llama_cpp / f"owner_repository{number}_{name}", content)
    elif program == 4:
        home.jan.add(f"owner/model{number}", content)
    elif program == 5:
        write(home.gpt4all / name, content)
    else:
        add_to_ollama(home.ollama, number, content)


def add_to_ollama(store: OllamaStore, number: int, content: bytes) -> None:
    """Write a model into Ollama's folder."""
    manifest = store.manifest((MODEL_TYPE, content))
    store.note(manifest, f"registry.ollama.ai/library/model{number}/latest")


def make_old(folder: Path) -> None:
    """Date all files an hour back: files of the last seconds are not remembered."""
    an_hour_ago_s = CLOCK.utc_now().timestamp() - 3600
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (an_hour_ago_s, an_hour_ago_s))


def time_scans(folder: Path, count: int, rounds: int) -> bool:
    """Time looks at many files; return whether they are as fast as wanted."""
    home, own, cache_file = Home(folder / "home"), folder / "own", folder / "cache.json"
    lay_out(home, own, count)
    make_old(folder)
    user = Whereabouts({}, home.folder, "linux", folder / "root")
    places = [own_place(own), *known_places(user)]
    scans: list[Scan] = []

    def look() -> None:
        scans.append(scan_places(places, (), cache=HeaderCache(cache_file)))

    cold_s = median_s(look, 1)
    warm_s = median_s(look, rounds)
    scan = scans[-1]
    repeats = sum(model.is_repeat for model in scan.found)
    say(f"  {len(scan.found)} models found, {repeats} of them for the second time,")
    say(f"  {len(scan.apart)} set aside; first look {cold_s:.2f} s,")
    say(f"  with what was remembered {warm_s:.2f} s (wanted: under {WANTED_WARM_S:.0f} s);")
    say(f"  what is remembered: {cache_file.stat().st_size / 1e6:.2f} MB")
    watch_ms = median_s(lambda: has_changed_since(scan.stamps), rounds) * 1e3
    say(f"  asking {len(scan.stamps.folders)} folders whether anything is new: {watch_ms:.1f} ms")
    return warm_s < WANTED_WARM_S and len(scan.found) >= count


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        are_headers_good = time_headers(Path(folder), options.rounds)
        are_scans_good = time_scans(Path(folder), options.files, options.rounds)
    return 0 if are_headers_good and are_scans_good else 1


if __name__ == "__main__":
    sys.exit(main())
