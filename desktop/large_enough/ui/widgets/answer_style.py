"""Gives rendered Markdown its looks: Qt's own are poor, and style sheets do not reach them."""

import dataclasses

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)

from large_enough.ui.tokens import Tokens

LIST_INDENT_PX = 22.0

_LINE_HEIGHT_PERCENT = 138.0
_PARAGRAPH_GAP_PX = 8.0
_LIST_GAP_PX = 2.0
_CODE_INDENT_PX = 10.0
_CODE_GAP_PX = 12.0
_QUOTE_INDENT_PX = 14.0
_CELL_PADDING_PX = 5.0
_LARGE_HEADINGS = 2  # levels 1 and 2 are one step larger than plain text, deeper ones are not

_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_SEMIBOLD = QFont.Weight.DemiBold.value


@dataclasses.dataclass(frozen=True, slots=True)
class AnswerStyle:
    """The looks of answers in one theme."""

    tokens: Tokens
    code_font: QFont

    def apply(self, document: QTextDocument, position: int) -> None:
        """Dress everything from `position` to the end of the document."""
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable) and frame.lastPosition() >= position:
                self._dress_table(frame)
        block = document.findBlock(position)
        while block.isValid():
            self._dress_block(block)
            block = block.next()

    def _dress_block(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        old = block.blockFormat()
        if _is_code(old):
            cursor.mergeBlockFormat(self._code_block_format(block))
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.mergeCharFormat(self._code_format(with_ground=False))
            return
        gap = _gap_below(block, is_in_table=cursor.currentTable() is not None)
        cursor.mergeBlockFormat(_text_block_format(old, gap))
        self._dress_text(block, old)

    def _code_block_format(self, block: QTextBlock) -> QTextBlockFormat:
        change = QTextBlockFormat()
        change.setBackground(QBrush(QColor(self.tokens.code_ground)))
        change.setLeftMargin(_CODE_INDENT_PX)
        change.setRightMargin(_CODE_INDENT_PX)
        is_last = not _is_code(block.next().blockFormat())
        change.setBottomMargin(_CODE_GAP_PX if is_last else 0)
        return change

    def _dress_text(self, block: QTextBlock, old: QTextBlockFormat) -> None:
        changes = []
        stretches = block.begin()
        while not stretches.atEnd():
            fragment = stretches.fragment()
            change = self._change_for(fragment.charFormat(), old)
            if change is not None:
                end = fragment.position() + fragment.length()
                changes.append((fragment.position(), end, change))
            stretches += 1
        for start, end, change in changes:
            cursor = QTextCursor(block)
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(change)

    def _change_for(
        self, old: QTextCharFormat, block_format: QTextBlockFormat
    ) -> QTextCharFormat | None:
        """Return what to change in a stretch of text, or None to leave it."""
        if old.fontFixedPitch():
            return self._code_format(with_ground=True)
        change = QTextCharFormat()
        if old.fontWeight() > _SEMIBOLD:
            change.setFontWeight(_SEMIBOLD)  # the boldest there is of our typeface
        if level := block_format.headingLevel():
            steps = 1 if level <= _LARGE_HEADINGS else 0
            change.setProperty(QTextFormat.Property.FontSizeAdjustment, steps)
        if _is_quote(block_format):
            change.setForeground(QBrush(QColor(self.tokens.soft_ink)))
        return change if change.propertyCount() else None

    def _code_format(self, *, with_ground: bool) -> QTextCharFormat:
        change = QTextCharFormat()
        change.setFontFamilies(self.code_font.families())
        change.setFontPointSize(self.code_font.pointSizeF())
        if with_ground:
            change.setBackground(QBrush(QColor(self.tokens.code_ground)))
        return change

    def _dress_table(self, table: QTextTable) -> None:
        first = table.cellAt(0, 0).firstCursorPosition()
        if (
            not first.block().text()
            and first.block() != table.cellAt(0, 0).lastCursorPosition().block()
        ):
            first.deleteChar()  # WORKAROUND: Qt's importer leaves one there after a code fence
        style = table.format().toTableFormat()
        style.setCellPadding(_CELL_PADDING_PX)
        style.setBorder(1)
        style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        style.setBorderBrush(QBrush(QColor(self.tokens.line)))
        style.setBorderCollapse(True)
        style.setTopMargin(_LIST_GAP_PX)
        style.setBottomMargin(_PARAGRAPH_GAP_PX)
        table.setFormat(style)


def _text_block_format(old: QTextBlockFormat, gap_px: float) -> QTextBlockFormat:
    change = QTextBlockFormat()
    change.setLineHeight(_LINE_HEIGHT_PERCENT, _PROPORTIONAL)
    change.setTopMargin(0)
    change.setBottomMargin(gap_px)
    level = old.intProperty(QTextFormat.Property.BlockQuoteLevel)
    if level:
        change.setLeftMargin(_QUOTE_INDENT_PX * level)
    return change


def _gap_below(block: QTextBlock, *, is_in_table: bool) -> float:
    if is_in_table:
        return 0
    if block.textList() is not None and block.next().textList() is not None:
        return _LIST_GAP_PX
    return _PARAGRAPH_GAP_PX


def _is_quote(block_format: QTextBlockFormat) -> bool:
    return block_format.intProperty(QTextFormat.Property.BlockQuoteLevel) > 0


def _is_code(block_format: QTextBlockFormat) -> bool:
    return block_format.hasProperty(
        QTextFormat.Property.BlockCodeFence
    ) or block_format.hasProperty(QTextFormat.Property.BlockCodeLanguage)
