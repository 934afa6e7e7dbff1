"""Says why the energy counter of the processor is missing or closed.

Since Linux 5.10 `energy_uj` may be read by administrators only (CVE-2020-8694, "PLATYPUS": from
the power drawn, one program can guess at secrets of another). The unlocking rule opens it to one
group in place of everybody for that reason. It survives reboots and the order in which modules
load.
"""

import stat
from pathlib import Path
from typing import NamedTuple

from large_enough.domain.power import Absent, Scope
from large_enough.domain.text import to_translate
from large_enough.measure.power.sysfs import ReadText, read_word, reason_of

INSTRUMENT = to_translate("RAPL counter of the processor (Linux powercap)")

UDEV_RULE_FILE = "/etc/udev/rules.d/70-rapl-read.rules"
GROUP = "users"
"""To which the counter is opened."""
UDEV_RULE = (
    'SUBSYSTEM=="powercap", ACTION=="add|change", KERNEL=="intel-rapl*", '
    f'RUN+="/bin/chgrp {GROUP} /sys%p/energy_uj", RUN+="/bin/chmod g+r /sys%p/energy_uj"'
)
"""Opens the counter to the group, for good."""
JOIN_GROUP = 'sudo usermod -aG {group} "$USER"'
"""Lets this user into the group of the rule, from the next login on."""
UNLOCK = (
    f"echo '{UDEV_RULE}' | sudo tee {UDEV_RULE_FILE} && "
    "sudo udevadm control --reload && sudo udevadm trigger -s powercap && "
    f"{JOIN_GROUP.format(group=GROUP)}"
)
"""One line for an administrator: writes the rule, makes it work at once, and lets this user into
the group, which changes nothing for who is in it already."""
UNLOCK_COST = to_translate(
    "It opens the counter to the group “users” only, from the next login on: programs that may "
    "read it can guess at secrets of other programs from the power they draw (PLATYPUS, "
    "CVE-2020-8694)."
)
"""What the administrator should know before."""
UNLOCK_UNTIL_REBOOT = "sudo chmod -R a+r /sys/class/powercap/*"
"""The same for everybody until the next start."""
LOAD_DRIVER = "sudo modprobe intel_rapl_msr"
"""Loads the driver of the counter, for kernels that do not do so themselves."""

_AMD = frozenset({"AuthenticAMD", "HygonGenuine"})
_INTEL = "GenuineIntel"


class Processor(NamedTuple):
    """What /proc/cpuinfo tells of the processor."""

    vendor: str | None
    """As it names itself; None on other kinds of processor."""
    is_virtual: bool
    """Whether a hypervisor stands between it and us."""

    @property
    def is_amd(self) -> bool:
        """Whether it counts in AMD's unit, by AMD's model."""
        return self.vendor in _AMD

    @property
    def has_counter(self) -> bool:
        """Whether its maker builds in such a counter."""
        return self.is_amd or self.vendor == _INTEL


def read_processor(root: Path, read_text: ReadText) -> Processor:
    """Return maker and kind of the first processor."""
    text = read_word(root / "proc" / "cpuinfo", read_text) or ""
    fields: dict[str, str] = {}
    for line in text.partition("\n\n")[0].splitlines():
        name, _, value = line.partition(":")
        fields[name.strip()] = value.strip()
    return Processor(fields.get("vendor_id"), "hypervisor" in fields.get("flags", "").split())


def why_unreadable(counter: Path, read_text: ReadText) -> Absent:
    """Return why a counter that is there cannot be read, with what would open it."""
    try:
        int(read_text(counter))
    except PermissionError:
        return _why_denied(counter)
    except OSError as error:
        return _absent(reason_of(error, to_translate("the processor's energy counter")))
    except ValueError:
        return _absent(to_translate("the processor's energy counter holds no number"))
    return _absent(to_translate("the processor's energy counter could not be read a moment ago"))


def why_without_counter(root: Path, processor: Processor) -> Absent:
    """Return why there is no counter of a package."""
    if processor.is_virtual:
        return _absent(
            to_translate("virtual machines do not pass on the processor's energy counter")
        )
    if not processor.has_counter:
        return _absent(to_translate("only processors of Intel and AMD have this counter"))
    if (root / ".dockerenv").exists() or (root / "run" / ".containerenv").exists():
        return _absent(to_translate("containers hide the processor's energy counter"))
    return _absent(to_translate("the kernel shows no energy counter of the processor"), LOAD_DRIVER)


def _why_denied(counter: Path) -> Absent:
    """Tell a counter that is closed from one that is open to a group without this user."""
    group = _group_that_may_read(counter)
    if group is None:
        return _absent(
            to_translate("only administrators may read the processor's energy counter"), UNLOCK
        )
    return _absent(
        f"{to_translate('only members of this group may read it, from their next login on')}: "
        f"{group}",
        JOIN_GROUP.format(group=group),
    )


def _group_that_may_read(counter: Path) -> str | None:
    try:
        if not counter.stat().st_mode & stat.S_IRGRP:
            return None
        return counter.group()
    except (OSError, KeyError, NotImplementedError):  # a group without a name; another system
        return None


def _absent(reason: str, unlock: str = "") -> Absent:
    return Absent(instrument=INSTRUMENT, scope=Scope.CPU_PACKAGE, reason=reason, unlock=unlock)
