from pathlib import Path

import pytest
from tests.data.power.trees import add_battery, add_intel_laptop, add_pci
from tests.helpers.fake_clock import FakeClock

from large_enough.measure.power.trace import TraceRecorder
from large_enough.measure.power.trace_file import Trace, TraceCall, decode_trace, encode_trace
from large_enough.measure.power.trace_tree import LIST_TREE, lay_out_tree, note_tree


def listed(root: Path) -> Trace:
    recorder = TraceRecorder(FakeClock(), about="a laptop")
    note_tree(root, recorder)
    return decode_trace(encode_trace(recorder.trace()))


def test_what_is_laid_out_is_listed_alike(tmp_path: Path) -> None:
    add_intel_laptop(tmp_path / "machine")
    add_battery(tmp_path / "machine", power_now=5)
    add_pci(tmp_path / "machine", "0000:01:00.0")
    trace = listed(tmp_path / "machine")
    lay_out_tree(trace, tmp_path / "copy")
    assert listed(tmp_path / "copy") == trace
    counter = tmp_path / "copy/sys/class/powercap/intel-rapl:0/energy_uj"
    assert counter.stat().st_mode & 0o777 == 0o400
    assert (tmp_path / "copy/sys/class/power_supply/BAT0/power_now").stat().st_size == 0
    assert (tmp_path / "copy/sys/bus/pci/devices/0000:01:00.0").is_dir()


def test_only_what_probes_look_for_is_listed(tmp_path: Path) -> None:
    add_battery(tmp_path, power_now=5, serial_number="AB")
    (tmp_path / "etc").mkdir()
    (call,) = listed(tmp_path).calls
    assert call.call == LIST_TREE
    paths = [path for path, _mode in call.reply]  # type: ignore[attr-defined]
    assert paths == ["sys/class/power_supply/BAT0", "sys/class/power_supply/BAT0/power_now"]


def test_a_trace_without_a_list_lays_out_nothing(tmp_path: Path) -> None:
    call = TraceCall(t_s=0.0, call="read_text", args=("proc/cpuinfo",), reply="")
    lay_out_tree(Trace(origin="synthetic", about="", calls=(call,)), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["../outside", "/outside", "a/../../outside"])
def test_a_trace_cannot_write_outside_of_its_folder(tmp_path: Path, path: str) -> None:
    call = TraceCall(t_s=0.0, call=LIST_TREE, reply=[[path, 0o644]])
    root = tmp_path / "inside"
    root.mkdir()
    lay_out_tree(Trace(origin="recorded", about="", calls=(call,)), root)
    assert not (tmp_path / "outside").exists()
