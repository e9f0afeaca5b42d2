"""A disk that fails, for tests of what is kept meanwhile."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def failing_disk() -> Iterator[None]:
    """Let no file grow past its first byte: writing is an error of the operating system, not a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
