"""The report: one HTML file with its pictures inside, for light and dark, to open anywhere and to send on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from samehand.sim.charts import STYLE_OF, bars, by_hour, trade, waits
from samehand.sim.comparing import Curves, Estimate
from samehand.sim.words import TABLE, number, percent, shown, words

Row = Mapping[str, Estimate | None]

CSS = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
LESS_IS_BETTER = {"median", "p99"}
NEITHER_IS_BETTER = {"occupancy"}


@dataclass(frozen=True, slots=True)
class Result:
    """By policy: the figures over all seeds, and the curves of the first."""

    name: str
    seeds: int
    promise: float
    rows: Mapping[str, Row]
    curves: Mapping[str, Curves]


def html(result: Result, language: str) -> str:
    said = words(language)
    names = {policy: said.get(policy, policy) for policy in result.rows}
    return f"""<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(said["title"])} {escape(result.name)}</title><style>{CSS}{STYLE_OF}</style></head>
<body><main>
<header><p class="kicker">{escape(said["title"])} {escape(result.name)}</p>
{_headline(result, names, language)}
<p>{escape(_facts(result, language))}</p></header>
<div class="charts">
{_figure(said["q_kept"], "", bars(result.rows, names, language))}
{_figure(said["q_trade"], said["trade_note"], trade(result.rows, names, language))}
{_figure(said["q_wait"], _of_first(result, said), waits(result.curves, names, result.promise, language))}
{_figure(said["q_hour"], said["hour_note"], by_hour(result.curves, names, language))}
</div>
{_table(result, names, language)}
<p class="legend">{escape(said["legend"])}</p>
</main></body></html>
"""


def _headline(result: Result, names: Mapping[str, str], language: str) -> str:
    kept = {policy: row["promise_kept"] for policy, row in result.rows.items()}
    best = max(kept, key=lambda policy: one.mean if (one := kept[policy]) else -1.0)
    said, share = words(language), kept[best]
    text = said["headline"].format(policy=names[best], share=percent(share.mean, language)) if share else said["none"]
    promise = said["promise"].format(minutes=f"{result.promise:g}")
    return f"<h1>{escape(text)}</h1><p>{escape(promise)}</p>"


def _facts(result: Result, language: str) -> str:
    counted = next(iter(result.rows.values()))["messages"]
    messages = number(counted.mean if counted else 0, language, 0)
    return words(language)["facts_many" if result.seeds > 1 else "facts_one"].format(
        messages=messages, seeds=result.seeds
    )


def _of_first(result: Result, said: Mapping[str, str]) -> str:
    return said["of_first"] if result.seeds > 1 else ""


def _figure(title: str, note: str, picture: str) -> str:
    return f"<figure><figcaption><h2>{escape(title)}</h2><p>{escape(note)}</p></figcaption>{picture}</figure>"


def _table(result: Result, names: Mapping[str, str], language: str) -> str:
    said = words(language)
    head = "".join(f'<th scope="col">{escape(said["short_" + key] + _unit(key, said))}</th>' for key in TABLE)
    best = {key: _best(key, result.rows) for key in TABLE}
    body = ""
    for policy, row in result.rows.items():
        cells = "".join(
            f"<td{' class=best' if policy in best[key] else ''}>{escape(shown(key, row[key], language))}</td>"
            for key in TABLE
        )
        body += f'<tr><th scope="row">{escape(names[policy])}</th>{cells}</tr>'
    caption = escape(said["all_figures"])
    return (
        f'<section class="table" tabindex="0" aria-label="{caption}"><h2>{caption}</h2><table><thead><tr>'
        f'<th scope="col"></th>{head}</tr></thead><tbody>{body}</tbody></table></section>'
    )


def _unit(key: str, said: Mapping[str, str]) -> str:
    return f", {said['minute']}" if key in LESS_IS_BETTER else ", %"


def _best(key: str, rows: Mapping[str, Row]) -> set[str]:
    known = {policy: one.mean for policy, row in rows.items() if (one := row[key])}
    if key in NEITHER_IS_BETTER or len(known) < 2:
        return set()
    top = (min if key in LESS_IS_BETTER else max)(known.values())
    return {policy for policy, value in known.items() if value == top}
