"""What the painter of rows asks a list's model for, beside the title."""

from PySide6.QtCore import Qt

SECOND_LINE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The second line of a row."""
THIRD_LINE_ROLE = Qt.ItemDataRole.UserRole + 2
"""The third line of a row."""
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 3
"""Whether there is something wrong with what the row stands for."""
