"""The rest of a day, from what waits and who is there: which promises will be broken, and what would help.

The simulator runs it many times with the house's own engine. All variants of one run meet the same customers and the
same works, so that what one more person saves is not luck. The same seeds give the same forecast. Moments are minutes,
as in `world`.

`values` is what is known and what is said, `drawing` what customers will do, `trying` one crew's day, `helping` what a
lead can do, `reckoning` puts it together.
"""

from samehand.sim.forecast.reckoning import forecast
from samehand.sim.forecast.values import HOUR, Forecast, Hour, Remedy, Today, Waiting, Work, Worker

__all__ = ["HOUR", "Forecast", "Hour", "Remedy", "Today", "Waiting", "Work", "Worker", "forecast"]
