from pathlib import Path

from tests.data.power.trees import Reader, add_pci, write

from large_enough.measure.power.pci import is_awake, nvidia_cards, slot_of
from large_enough.measure.power.sysfs import read_file


def test_cards_are_told_from_their_sound_and_from_others(tmp_path: Path) -> None:
    card = add_pci(tmp_path, "0000:01:00.0")
    add_pci(tmp_path, "0000:01:00.1", kind="0x040300")  # the sound of its HDMI
    add_pci(tmp_path, "0000:00:02.0", vendor="0x8086")
    computing = add_pci(tmp_path, "0000:02:00.0", kind="0x030200")
    assert nvidia_cards(tmp_path, read_file) == (card, computing)


def test_a_bus_that_cannot_tell(tmp_path: Path) -> None:
    assert nvidia_cards(tmp_path, read_file) is None
    add_pci(tmp_path, "0000:01:00.0", vendor="0x1414")
    assert nvidia_cards(tmp_path, read_file) == ()
    write(tmp_path / "dev", dxg="")  # WSL shows the card elsewhere
    assert nvidia_cards(tmp_path, read_file) is None


def test_looking_for_sleep_reads_nothing_of_the_device(tmp_path: Path) -> None:
    device = add_pci(tmp_path, "0000:01:00.0", status="suspended")
    reader = Reader()
    assert not is_awake(device, reader)
    assert reader.reads == [device / "power" / "runtime_status"]


def test_addresses(tmp_path: Path) -> None:
    assert slot_of(tmp_path, read_file) is None
    write(tmp_path, uevent="DRIVER=xe\nPCI_SLOT_NAME=0000:03:00.0\nMODALIAS=pci:v1")
    assert slot_of(tmp_path, read_file) == "0000:03:00.0"
    write(tmp_path, uevent="DRIVER=xe")
    assert slot_of(tmp_path, read_file) is None
