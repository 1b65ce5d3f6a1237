"""Writing a file so that there is always a whole one: the new, or the one from before."""

import errno
import os
import tempfile
from pathlib import Path


def _umask() -> int:
    """What the user takes away from the rights of new files; asking means setting, so it is asked once."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


USUAL = 0o666 & ~_umask()  # rights of a new file


def write_whole(path: Path, data: bytes) -> None:
    """Write under a temporary name beside it, flush to the disc, then rename; raises OSError."""
    path = Path(os.path.realpath(path))  # what a link points at is written, and the link stays one
    is_there = os.path.exists(path)
    if is_there and not os.access(path, os.W_OK):  # renaming would not ask
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    mode = path.stat().st_mode & 0o777 if is_there else USUAL
    handle, name = tempfile.mkstemp(prefix=".mmlviz.", suffix=".tmp", dir=path.parent)
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
