"""Says whether an adapter was made for the model that it is added to."""

from large_enough.domain.found_model import AdaptedModel
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.wording.translate import _


def base_sentence(adapted: AdaptedModel) -> str:
    """Return what the adapter's file says about the model it was made for."""
    if isinstance(adapted.base_model, Unavailable):
        return _(
            "The adapter does not say which model it was made for. Its shapes fit this one; judge "
            "by the answers whether it belongs to it."
        )
    base = harmless_line(adapted.base_model)
    if adapted.is_meant:
        return _("With an adapter that was made for {base}.").format(base=base)
    return _(
        "The adapter was made for another model, {base}. Its shapes fit this one, too, but answers "
        "may be worse than without it."
    ).format(base=base)
