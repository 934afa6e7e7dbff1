import ctypes

from large_enough.measure.sysctl import load_system_library, system_count, system_text


class FakeLibrary:
    facts = {  # noqa: RUF012 - a table
        b"hw.perflevel0.physicalcpu": (6).to_bytes(4, "little"),
        b"machdep.cpu.brand_string": b"Apple M3 Pro\0",
    }

    def sysctlbyname(self, name, value, size, new_value, new_size) -> int:
        assert (new_value, new_size) == (None, 0)
        if name not in self.facts:
            return -1
        content = self.facts[name]
        ctypes.memmove(value, content, len(content))
        size._obj.value = len(content)
        return 0


def test_counts_and_texts() -> None:
    assert system_count("hw.perflevel0.physicalcpu", FakeLibrary()) == 6
    assert system_text("machdep.cpu.brand_string", FakeLibrary()) == "Apple M3 Pro"


def test_facts_there_are_not() -> None:
    assert system_count("hw.nothing", FakeLibrary()) is None
    assert system_text("hw.nothing", FakeLibrary()) is None


def test_other_systems_have_no_such_library() -> None:
    assert load_system_library("linux") is None
