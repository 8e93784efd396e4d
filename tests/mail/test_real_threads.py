"""A real mailing list, as far as CI has time for it: her replies come to her case, and nobody else's do."""

from __future__ import annotations

import pytest

from tests.mail import real_threads

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not real_threads.FOLDER.is_dir(),
        reason=f"the threads are not at {real_threads.FOLDER}; SAMEHAND_SHARED names their folder",
    ),
]


def test_replies_come_to_their_case_and_without_headers_there_is_a_hint() -> None:
    figures = real_threads.Replay(real_threads.mails(120)).run()

    assert figures.wrong == []
    assert figures.right == figures.provable >= 10
    assert figures.mixed == 0
    assert figures.misled == 0
    assert figures.hinted >= 0.8 * figures.hints > 0
