"""mmcv-lite has none of mmcv's compiled operators: importing this stands in for them."""

from __future__ import annotations

import sys
import types


def operator(name: str) -> types.FunctionType:
    """One of mmcv's operators, which none of this calls."""
    if name.startswith("__"):
        raise AttributeError(name)

    def refuse(*arguments: object, **options: object) -> None:
        raise NotImplementedError(name)

    return refuse


operators = types.ModuleType("mmcv._ext")
operators.__getattr__ = operator  # type: ignore[method-assign]
sys.modules["mmcv._ext"] = operators
