-- How much that waits for an answer came in each hour of each of some days, by the wall clock of a zone.
SELECT day.number, extract(hour FROM said.at AT TIME ZONE %(zone)s)::int, count(*)
FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) WITH ORDINALITY AS day (starts, ends, number)
JOIN cases_message AS said ON said.at >= day.starts AND said.at < day.ends AND said.due_at IS NOT NULL
GROUP BY 1, 2
