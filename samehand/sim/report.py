"""The report: one HTML file with its pictures inside, for light and dark, to open anywhere and to send on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from samehand.sim.charts import STYLE_OF, bars, busy, by_hour, lost, trade, waits, week
from samehand.sim.comparing import Difference, Estimate
from samehand.sim.curves import Curves
from samehand.sim.losses import REASONS
from samehand.sim.words import TABLE, number, percent, shown, shown_difference, words

Row = Mapping[str, Estimate | None]

CSS = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")
LESS_IS_BETTER = {"median", "p99"}
NEITHER_IS_BETTER = {"occupancy"}
ABOUT = 0.02  # so much less in time is still about as many


@dataclass(frozen=True, slots=True)
class Result:
    """By policy: the figures over all seeds, and the curves of the first."""

    name: str
    seeds: int
    promise: float
    rows: Mapping[str, Row]
    curves: Mapping[str, Curves]
    less: Mapping[str, Difference]
    lost: Mapping[str, Row]


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
{_figure(said["q_busy"], said["busy_note"], busy(result.curves, names, language))}
{_figure(said["q_week"], said["week_note"], week(result.curves, language))}
</div>
{_table(result, names, language)}
<p class="legend">{escape(said["legend"])}</p>
{_less(result, names, language)}
{_losses(result, names, language)}
</main></body></html>
"""


def _headline(result: Result, names: Mapping[str, str], language: str) -> str:
    best, said = _leader(result), words(language)
    row = {} if best is None else result.rows[best]
    in_time, kept = row.get("in_time"), row.get("promise_kept")
    text = said["none"]
    if best is not None and in_time and kept:
        shares = {"in_time": percent(in_time.mean, language), "share": percent(kept.mean, language)}
        text = said["headline"].format(policy=names[best], **shares)
    promise = said["promise"].format(minutes=f"{result.promise:g}")
    return f"<h1>{escape(text)}</h1><p>{escape(promise)}</p>"


def _leader(result: Result) -> str | None:
    """Who keeps the promise best, of those that answer about as many in time as any: late is late, whoever answers."""
    in_time = {name: one.mean for name, row in result.rows.items() if (one := row["in_time"])}
    least = max(in_time.values(), default=0.0) - ABOUT
    kept = {name: one.mean for name, row in result.rows.items() if (one := row["promise_kept"])}
    return max((name for name in kept if in_time.get(name, -1.0) >= least), key=lambda name: kept[name], default=None)


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
    best = {key: _best(key, result.rows) for key in TABLE}
    rows = {
        names[policy]: [_cell(shown(key, row[key], language), policy in best[key]) for key in TABLE]
        for policy, row in result.rows.items()
    }
    return _section(said["all_figures"], "", [said["short_" + key] + _unit(key, said) for key in TABLE], rows)


def _less(result: Result, names: Mapping[str, str], language: str) -> str:
    if not result.less:
        return ""
    said = words(language)
    rows = {
        f"{names[policy]} \u2212 {names[one.rival]}": [
            _cell(shown_difference(key, one.row[key], language), _is_sure(one.row[key])) for key in TABLE
        ]
        for policy, one in result.less.items()
    }
    note = said["less_note" if result.seeds > 1 else "less_note_one"]
    return _section(said["q_less"], note, [said["short_" + key] for key in TABLE], rows)


def _is_sure(one: Estimate | None) -> bool:
    return one is not None and one.half_width is not None and abs(one.mean) > one.half_width


def _losses(result: Result, names: Mapping[str, str], language: str) -> str:
    said = words(language)
    seen = [reason for reason in REASONS if any((one := row.get(reason)) and one.mean for row in result.lost.values())]
    rows = {
        said[f"loss_{reason}"]: [_cell(shown("loss", row.get(reason), language)) for row in result.lost.values()]
        for reason in ("kept", "unavoidable", "avoidable", *seen)
    }
    head = [f"{names[policy]}, %" for policy in result.lost]
    picture = f'<div class="beside">{lost(result.lost, names, language)}</div>'
    return _section(said["q_losses"], said["losses_note"], head, rows, picture)


def _cell(text: str, strong: bool = False) -> str:
    return f"<td{' class=best' if strong else ''}>{escape(text)}</td>"


def _section(title: str, note: str, head: Sequence[str], rows: Mapping[str, Sequence[str]], picture: str = "") -> str:
    columns = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join(f'<tr><th scope="row">{escape(name)}</th>{"".join(cells)}</tr>' for name, cells in rows.items())
    told = f"<p>{escape(note)}</p>" if note else ""
    return (
        f'<section class="table" tabindex="0" aria-label="{escape(title)}"><h2>{escape(title)}</h2>{told}{picture}'
        f"<table><thead><tr><td></td>{columns}</tr></thead><tbody>{body}</tbody></table></section>"
    )


def _unit(key: str, said: Mapping[str, str]) -> str:
    return f", {said['minute']}" if key in LESS_IS_BETTER else ", %"


def _best(key: str, rows: Mapping[str, Row]) -> set[str]:
    known = {policy: one.mean for policy, row in rows.items() if (one := row[key])}
    if key in NEITHER_IS_BETTER or len(known) < 2:
        return set()
    top = (min if key in LESS_IS_BETTER else max)(known.values())
    return {policy for policy, value in known.items() if value == top}
