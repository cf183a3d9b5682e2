"""The C library, by ctypes: its functions, handles that are freed, and arrays that it lends.

Every call lets other Python threads run. What `copra.h` says of a function holds here.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_BAD_FILE = 2
_DTYPES: dict[int, npt.DTypeLike] = {0: np.float64, 1: np.int64, 2: np.uint8, 3: np.uint8}


class CopraError(ValueError):
    """Something that was passed in, or what it names, is not what is expected."""


class CopraFileError(CopraError, OSError):
    """A file cannot be read, or does not hold what is expected."""


class _Numbers(ctypes.Structure):
    _fields_ = [("first", ctypes.c_void_p), ("stride", ctypes.c_int64), ("kind", ctypes.c_int32)]


class _Array(ctypes.Structure):
    _fields_ = [("first", ctypes.c_void_p), ("count", ctypes.c_int64), ("kind", ctypes.c_int32)]


class Settings(ctypes.Structure):
    """`copra_settings`."""

    _fields_ = [
        ("iou_type", ctypes.c_int32),
        ("use_categories", ctypes.c_int32),
        ("iou_thresholds", ctypes.c_void_p),
        ("iou_threshold_count", ctypes.c_int64),
        ("recall_thresholds", ctypes.c_void_p),
        ("recall_threshold_count", ctypes.c_int64),
        ("area_ranges", ctypes.c_void_p),
        ("area_names", ctypes.POINTER(ctypes.c_char_p)),
        ("area_range_count", ctypes.c_int64),
        ("maximum_detections", ctypes.c_void_p),
        ("maximum_detections_count", ctypes.c_int64),
        ("keypoint_sigmas", ctypes.c_void_p),
        ("keypoint_sigma_count", ctypes.c_int64),
        ("image_ids", ctypes.c_void_p),
        ("image_count", ctypes.c_int64),
        ("category_ids", ctypes.c_void_p),
        ("category_count", ctypes.c_int64),
    ]


def _open() -> ctypes.CDLL:
    """The library beside this file, or the one that `COPRA_LIBRARY` names."""
    path = os.environ.get("COPRA_LIBRARY") or str(Path(__file__).with_name("libcopra.so"))
    library = ctypes.CDLL(path)
    library.copra_last_error.restype = ctypes.c_char_p
    library.copra_version.restype = ctypes.c_char_p
    return library


_library = _open()

version: str = _library.copra_version().decode()


def call(name: str, *arguments: object) -> None:
    """Calls a function; raises what it met."""
    status = getattr(_library, name)(*arguments)
    if status:
        text = _library.copra_last_error().decode(errors="replace")
        raise CopraFileError(text) if status == _BAD_FILE else CopraError(text)


def set_threads(count: int) -> None:
    """Sets on how many threads a call works at most; 0, as at first, is one a processor."""
    _library.copra_set_threads(ctypes.c_int32(count))


class Handle:
    """Something that the library made, freed with this object."""

    def __init__(self, kind: str, make: str, *arguments: object) -> None:
        self._kind = kind
        self._as_parameter_ = ctypes.c_void_p()
        call(make, *arguments, ctypes.byref(self._as_parameter_))

    def __del__(self) -> None:
        pointer = getattr(self, "_as_parameter_", None)
        # At the very end of Python there may be nothing left to call.
        if pointer and _library is not None:
            getattr(_library, f"copra_{self._kind}_free")(pointer)
            self._as_parameter_ = ctypes.c_void_p()

    def __reduce__(self) -> Any:
        raise TypeError("copra: this object holds memory of the process and cannot be pickled")

    def column(self, number: int) -> Array:
        """A column that the library lends, without a copy."""
        lent = _Array()
        function = f"copra_{self._kind}_column"
        call(function, self, ctypes.c_int32(number), ctypes.byref(lent))
        return self.borrowed(lent)

    def texts(self, number: int) -> list[str]:
        """A column of texts."""
        return texts(self.column(number))

    def borrowed(self, lent: _Array) -> Array:
        """An array on memory that lives as long as this handle."""
        return np.asarray(_Lent(self, lent))


class _Lent:
    """What an array on lent memory keeps alive."""

    def __init__(self, owner: Handle, lent: _Array) -> None:
        self.owner = owner
        self.__array_interface__ = {
            "version": 3,
            "shape": (lent.count,),
            "typestr": np.dtype(_DTYPES[lent.kind]).str,
            "data": (lent.first, False),
        }


def texts(column: Array) -> list[str]:
    """The texts in bytes that each end with a zero."""
    return column.tobytes().decode(errors="replace").split("\0")[:-1]


def new_array() -> _Array:
    """Room for an array that is lent."""
    return _Array()


def numbers(values: Array) -> _Numbers:
    """A column of 64-bit numbers, whatever lies between them; the caller keeps it for the call."""
    kind = 0 if values.dtype == np.float64 else 1
    stride = values.strides[0] if len(values) > 1 else 8
    return _Numbers(values.ctypes.data, stride, kind)


def pointer(values: Array) -> ctypes.c_void_p:
    """Where a contiguous array begins, which is kept as long as this."""
    return values.ctypes.data_as(ctypes.c_void_p)


def doubles(values: Any) -> npt.NDArray[np.float64]:
    """Contiguous 64-bit numbers, the array itself where it is such."""
    return np.ascontiguousarray(values, dtype=np.float64)


def integers(values: Any) -> npt.NDArray[np.int64]:
    """Contiguous whole numbers of 64 bits, the array itself where it is such."""
    return np.ascontiguousarray(values, dtype=np.int64)


def names(values: Sequence[str]) -> Any:
    """A list of C texts."""
    return (ctypes.c_char_p * len(values))(*(value.encode() for value in values))


def count(value: int) -> ctypes.c_int64:
    """A number of elements."""
    return ctypes.c_int64(value)


def reference(value: ctypes.Structure | None) -> Any:
    """A pointer to a structure, or none."""
    return None if value is None else ctypes.byref(value)


def two_counts(name: str, *arguments: object) -> tuple[int, int]:
    """What a function stores as two counts."""
    first, second = ctypes.c_int64(), ctypes.c_int64()
    call(name, *arguments, ctypes.byref(first), ctypes.byref(second))
    return first.value, second.value
