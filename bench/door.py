"""Mail through the LMTP door of a whole house, until all of it is filed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import figures
from bench.figures import Row
from bench.house import ROOT, House, house, inside, wait_for
from bench.judge import judge
from bench.mails import Mails
from bench.meter import Cost, metered

CONNECTIONS = 16
PATIENCE = 1800.0


def measure(data: Path, mails: Mails, say: Callable[[str], None]) -> list[Row]:
    """Leaves the filled data folder behind, for the pages to be measured on."""
    inside(data, "furnish")
    with house(data) as one:
        time.sleep(2)
        with metered(one.roots) as cost:
            sent, filed_at = _deliver(one, mails, say)
        say("door: comparing with the manifest")
        verdict = judge(data, mails)
    redelivered = len(mails.manifest) - len(mails.originals)
    return [*_rates(sent, filed_at, cost), *figures.of_verdict("door", verdict, redelivered)]


def _deliver(one: House, mails: Mails, say: Callable[[str], None]) -> tuple[dict[str, Any], float]:
    command = [sys.executable, str(ROOT / "bench" / "sender.py"), str(one.lmtp), str(CONNECTIONS)]
    load = subprocess.Popen([*command, str(mails.folder), str(mails.count)], stdout=subprocess.PIPE)
    try:
        printed, _ = load.communicate(timeout=PATIENCE)
    finally:
        load.kill()
    sent = json.loads(printed)
    say(f"door: {sent['sent']} accepted in {sent['ended'] - sent['began']:.1f} s, waiting for the filing")
    wanted = len(mails.originals)
    wait_for(lambda: _settled(one, wanted), "all is filed", PATIENCE, every=0.25)
    return sent, time.time()


def _settled(one: House, wanted: int) -> bool:
    found = one.metrics()
    kept = sum(value for name, value in found.items() if name.startswith("samehand_arrivals_total"))
    return kept >= wanted and found["samehand_arrivals_waiting"] == 0


def _rates(sent: dict[str, Any], filed_at: float, cost: Cost) -> list[Row]:
    count, accepting, filing = sent["sent"], sent["ended"] - sent["began"], filed_at - sent["began"]
    return [
        Row("door", "accepted", count / accepting, "mails/s", "500", f"{CONNECTIONS} connections, LMTP"),
        Row("door", "filed", count / filing, "mails/s", "500", "from the first mail offered to the last one filed"),
        *figures.of_cost("door", cost, count, milliseconds="2.5"),
        Row("door", "load generator's CPU per mail", sent["cpu"] / count * 1000, "ms", remark="not in the sum above"),
    ]
