"""A small world for tests: a week of a few people, and a scenario folder with one case told by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SMALL: dict[str, Any] = {
    "name": "small",
    "days": 6,
    "warm_days": 1,
    "subscribers": 300,
    "messages_per_day": 120,
    "people": 8,
    "over_dispersion": 1.9,
    "returning": 0.1,
    "topics": {
        "general": {"share": 0.6, "median_minutes": 5, "sigma": 0.7},
        "technical": {"share": 0.4, "median_minutes": 9, "sigma": 0.7},
    },
    "languages": {"PL": 0.9, "UK": 0.1},
    "skills": [{"share": 0.5, "topics": ["general"]}, {"share": 0.5, "topics": ["general", "technical"]}],
}


def profile_file(folder: Path, **changed: Any) -> Path:
    path = folder / "small.json"
    path.write_text(json.dumps({**SMALL, **changed}), encoding="utf-8")
    return path


TOLD = {
    "scenario.json": json.dumps({"days": 1, "measured_from": 0, "measured_to": 1440}),
    "cases.csv": "case,customer,topic,lang,t0\n0,7,general,PL,500\n",
    "messages.csv": (
        "message,case,idx,is_ps,work_min,delay_min,snap_min,wake_min\n"
        "0,0,0,0,10,0,0,400\n1,0,1,0,6,20,0,400\n2,0,2,1,4,1,0,400\n"
    ),
    "consultants.csv": (
        "consultant,seat,from_day,to_day,speed,slow_until_day,topics,langs\n"
        "0,0,0,1,1,0,general,PL\n1,1,0,1,2,0,general,PL\n"
    ),
    "shifts.csv": "consultant,day,start,end,came\n0,0,480,505,1\n1,0,515,900,1\n",
    "breaks.csv": "consultant,t,minutes\n1,536,5\n",
    "calls.csv": "consultant,t,minutes\n0,502,3\n",
}


def told_folder(folder: Path, **changed: str) -> Path:
    """`shifts_csv=...` writes another table, "" leaves it out."""
    for name, text in TOLD.items():
        text = changed.get(name.replace(".", "_"), text)
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return folder
