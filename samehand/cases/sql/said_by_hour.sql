-- How much was answered by people in each hour of each of some days, by the wall clock of a zone.
SELECT day.number, extract(hour FROM said.at AT TIME ZONE %(zone)s)::int, count(*)
FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) WITH ORDINALITY AS day (starts, ends, number)
JOIN cases_message AS said
    ON said.at >= day.starts AND said.at < day.ends AND said.direction = 'out' AND NOT said.auto_submitted
GROUP BY 1, 2
