"""Which failures are the machine's: what it lacks, and what can be done about it.

Only the standard library is used here: it is asked before any other is there.
"""

from __future__ import annotations

import errno


def shortage(error: BaseException) -> tuple[str, str] | None:
    """What the machine lacks that ended the run so, and what to do; None for other failures."""
    code = error.errno if isinstance(error, OSError) else None
    said = str(error)
    of_memory = isinstance(error, MemoryError) or _lost_its_error(error)
    if of_memory or code == errno.ENOMEM or lacks_memory(error):
        return "memory ran out", f"free some, or raise the limit on it {_LIMITS}; {_LESS}"
    if isinstance(error, RuntimeError) and "start new thread" in said:
        return "the system refuses one more thread", f"free memory, or raise the limits {_LIMITS}"
    if code == errno.EAGAIN:
        hint = f"end some, or raise the limit on them (ulimit -u); {_LESS}"
        return "the system refuses one more process", hint
    if code in (errno.EMFILE, errno.ENFILE):
        return "too many files are open", "raise the limit on them: ulimit -n 4096"
    return None


_LIMITS = "(ulimit -v, or that of the container)"
_LESS = "--jobs 1 needs less"


def _lost_its_error(error: BaseException) -> bool:
    """Whether a compiled part of Python failed and had no memory left to say at what."""
    return isinstance(error, SystemError) and "without exception set" in str(error)


def lacks_memory(error: BaseException) -> bool:
    """Whether a library could not be loaded for want of it; the system may say it isn't there."""
    return isinstance(error, ImportError) and any(sign in str(error).lower() for sign in _UNLOADED)


_UNLOADED = ("failed to map segment", "cannot allocate memory", "cannot create shared object")
