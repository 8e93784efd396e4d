"""Files of the guide as they came."""

from __future__ import annotations

from django.db import models


class Original(models.Model):
    """A file to the byte, with what its writer's order, comments and line ends add to what the guide keeps of it.

    `plain` is the digest of what the guide itself wrote for it then: once that differs, the file is of the past.
    """

    name = models.CharField(max_length=120, unique=True)
    data = models.BinaryField()
    plain = models.BinaryField()

    def __str__(self) -> str:
        return self.name
