"""Writes the window's style sheet from its colours.

Widgets say what they are by the dynamic property `kind`; nothing here names a widget's content.
Sizes of text are set as fonts (`fonts.py`), never here, so that digits keep their equal widths.
"""

import string

from large_enough.ui.tokens import CARD_RADIUS, CONTROL_RADIUS, Tokens

_SHEET = string.Template("""
QMainWindow, QDialog, QMessageBox { background: $background; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: $card; color: $ink; border: 1px solid $line; padding: 4px 6px; }
QLabel { background: transparent; color: $ink; }
QLabel[tone="soft"] { color: $soft_ink; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="good"] { color: $good; }

QFrame[kind="rail"] { background: $rail; border: none; border-right: 1px solid $line; }
QFrame[kind="card"] { background: $card; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame[kind="line"] { background: $line; border: none; }
QFrame[kind="hint"] { background: $hint; border: none; border-radius: ${control_radius}px; }
QFrame[kind="notice"] {
    background: $warning_tint; border: none; border-radius: ${control_radius}px; }

QToolButton[kind="rail"] {
    background: transparent; color: $soft_ink; border: none; border-radius: ${control_radius}px;
    padding: 9px 0 7px 0; }
QToolButton[kind="rail"]:hover { color: $ink; background: $chip; }
QToolButton[kind="rail"]:checked { background: $card; color: $ink; }
QToolButton[kind="rail"]::menu-indicator { image: none; }

QPushButton { background: $card; color: $ink; border: 1px solid $line;
    border-radius: ${control_radius}px; padding: 8px 14px; }
QPushButton:hover { background: $chip; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $soft_ink; background: $background; }
QPushButton:checked { background: $chip; }
QPushButton[kind="primary"], QPushButton:default {
    background: $accent; color: $accent_ink; border: 1px solid $accent; }
QPushButton[kind="primary"]:hover, QPushButton:default:hover { background: $accent_hover; }
QPushButton[kind="primary"]:disabled {
    background: $chip; color: $soft_ink; border-color: $chip; }
QPushButton[kind="chip"] {
    background: $chip; color: $soft_ink; border: none; border-radius: ${chip_radius}px;
    padding: 5px 11px; }
QPushButton[kind="chip"]:hover { color: $ink; }
QPushButton[kind="chip"]:checked { background: $accent; color: $accent_ink; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[kind="small"] { padding: 5px 11px; }

QFrame[kind="switch"] { background: $card; border: 1px solid $line;
    border-radius: ${control_radius}px; }
QPushButton[kind="part"] { background: transparent; color: $soft_ink; border: none;
    border-radius: ${part_radius}px; padding: 7px 12px; }
QPushButton[kind="part"]:hover { color: $ink; }
QPushButton[kind="part"]:checked { background: $chip; color: $ink; }

QToolButton[kind="flat"] { background: transparent; color: $soft_ink; border: none;
    border-radius: 7px; padding: 4px 6px; }
QToolButton[kind="flat"]:hover { background: $chip; color: $ink; }
QToolButton[kind="flat"]:checked { background: $chip; color: $ink; }

QLineEdit, QPlainTextEdit, QTextBrowser { placeholder-text-color: $soft_ink; }
QLineEdit { background: $card; color: $ink; border: 1px solid $field_line;
    border-radius: ${control_radius}px; padding: 7px 10px;
    selection-background-color: $accent; selection-color: $accent_ink; }
QLineEdit[isWrong="true"] { border: 1px solid $warning; background: $warning_tint; }

QPlainTextEdit, QTextBrowser {
    background: transparent; color: $ink; border: none;
    selection-background-color: $accent; selection-color: $accent_ink; }

QPlainTextEdit[kind="code"] { background: $code_ground; border-radius: ${control_radius}px;
    padding: 8px 10px; }
QPlainTextEdit[kind="field"] { background: $card; border: 1px solid $field_line;
    border-radius: ${control_radius}px; padding: 7px 10px; }
QPlainTextEdit[kind="field"][isWrong="true"] {
    border: 1px solid $warning; background: $warning_tint; }
QPlainTextEdit[kind="earlier"] { background: $code_ground; color: $soft_ink;
    border-radius: ${control_radius}px; padding: 8px 10px; }

QMenu { background: $card; color: $ink; border: 1px solid $line; border-radius: 8px;
    padding: 6px; }
QMenu::item { padding: 7px 18px 7px 12px; border-radius: 6px; }
QMenu::item:selected { background: $chip; color: $ink; }
QMenu::item:disabled { color: $soft_ink; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }

QTableView { background: transparent; border: none; color: $ink; gridline-color: $line;
    selection-background-color: $chip; selection-color: $ink; }
QTableView::item { padding: 2px 5px; border-bottom: 1px solid $line; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $soft_ink; border: none;
    border-bottom: 1px solid $line; padding: 4px 8px; }
QHeaderView::section:horizontal { border-bottom: none; }
QTableCornerButton::section { background: transparent; border: none; }

QListWidget { background: transparent; border: none; color: $ink; outline: none; }
QListWidget::item { padding: 5px 8px; border-radius: 6px; }
QListWidget::item:selected { background: $chip; color: $ink; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $line; border-radius: 3px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $soft_ink; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
""")


def style_sheet(tokens: Tokens, scale: float = 1.0) -> str:
    """Return the style sheet of the whole window.

    Args:
        tokens: The colours.
        scale: Enlarges everything alike; round ends of chips grow with the type.
    """
    return _SHEET.substitute(
        {
            name: getattr(tokens, name)
            for name in (
                "background",
                "card",
                "ink",
                "soft_ink",
                "line",
                "rail",
                "chip",
                "accent",
                "accent_ink",
                "code_ground",
                "good",
                "warning",
                "warning_tint",
            )
        },
        hint=tokens.tint("A"),
        field_line=_mixed(tokens.line, tokens.soft_ink, 0.75),
        accent_hover=_mixed(tokens.accent, tokens.ink, 0.14),
        card_radius=CARD_RADIUS,
        control_radius=CONTROL_RADIUS,
        part_radius=CONTROL_RADIUS - 2,
        chip_radius=round(13 * scale),
    )


def _mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with a share of another one in it, both as "#rrggbb"."""
    parts = []
    for start in (1, 3, 5):
        first, second = int(colour[start : start + 2], 16), int(other[start : start + 2], 16)
        parts.append(f"{round(first + (second - first) * share):02x}")
    return "#" + "".join(parts)
