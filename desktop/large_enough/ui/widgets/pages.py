"""Several views at one place, one of them in sight."""

from PySide6.QtWidgets import QStackedWidget


class Pages(QStackedWidget):
    """As high as there is room, whatever the views would like."""

    def hasHeightForWidth(self) -> bool:
        """Return no: otherwise Qt would not let a view be lower than all of its rows."""
        return False
