"""One writer's flood: beyond a number of new cases within minutes, his further mails join the newest of them.

Ten thousand rows of one person would stand before everybody else's on the desk. Nothing is dropped, and a person may
split what belongs apart. What is proven and what is not are two writers: a flood in somebody's name swallows nothing
that she writes herself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef

from samehand.cases.models import Case, Message

# Nobody has so many matters in so little time; whole archives of a mailing list do not reach it.
MANY, WITHIN = 200, timedelta(minutes=10)
# Fewer in one batch are no flood: then nothing is asked.
SEVERAL = 4


class Floods:
    def __init__(self, writers: Iterable[int], at: datetime) -> None:
        """`writers` are the customers of a batch, as often as they wrote; `at` is when its first mail came."""
        suspects = [customer for customer, times in Counter(writers).items() if times >= SEVERAL]
        self.newest: dict[tuple[int, bool], Case] = {}
        if suspects:
            opened = Case.objects.filter(customer__in=suspects, opened_at__gt=at - WITHIN, merged_into=None)
            opened = opened.annotate(proven=Exists(Message.objects.filter(case=OuterRef("pk"), trust="proven")))
            groups = opened.values("customer", "proven").annotate(many=Count("id"), newest=Max("id"))
            many = groups.filter(many__gte=MANY).values_list("customer", "proven", "newest")
            self._hold({newest: (customer, proven) for customer, proven, newest in many})

    def _hold(self, groups: dict[int, tuple[int, bool]]) -> None:
        held = Case.objects.select_for_update(of=("self",), no_key=True).select_related("customer").order_by("id")
        self.newest = {groups[case.pk]: case for case in held.filter(pk__in=groups)} if groups else {}
