"""Writing a file so that there is always a whole one: the new, or the one from before."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write under a temporary name beside it, flush to the disc, then rename; raises OSError."""
    path = path.resolve()  # what a link points at is written, and the link stays one
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    """What the user takes away from the rights of new files; asking means setting."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
