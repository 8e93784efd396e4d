"""One writer's flood: beyond a number of new cases within minutes, his further mails join the newest of them.

Ten thousand rows of one person would stand before everybody else's on the desk. Nothing is dropped, and a person may
split what belongs apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Max

from samehand.cases.models import Case

# Nobody has so many matters in so little time; whole archives of a mailing list do not reach it.
MANY, WITHIN = 200, timedelta(minutes=10)
# Fewer in one batch are no flood: then nothing is asked.
SEVERAL = 4


class Floods:
    def __init__(self, writers: Iterable[int], at: datetime) -> None:
        """`writers` are the customers of a batch, as often as they wrote; `at` is when its first mail came."""
        suspects = [customer for customer, times in Counter(writers).items() if times >= SEVERAL]
        self.newest: dict[int, Case] = {}
        if suspects:
            opened = Case.objects.filter(customer__in=suspects, opened_at__gt=at - WITHIN, merged_into=None)
            many = opened.values("customer").annotate(many=Count("id"), newest=Max("id")).filter(many__gte=MANY)
            self._hold(list(many.values_list("newest", flat=True)))

    def _hold(self, numbers: list[int]) -> None:
        held = Case.objects.select_for_update(of=("self",)).select_related("customer").order_by("id")
        self.newest = {case.customer_id: case for case in held.filter(pk__in=numbers)} if numbers else {}
