-- Of the promises that end today and were answered: by the hour in which their clock began, how many, and the open minutes
-- until the first word of half of them and of nine in ten.
SELECT hour, count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY minutes)
FROM (
    SELECT extract(hour FROM waited.began AT TIME ZONE %(zone)s)::int AS hour, waited.minutes
    FROM cases_message AS asked
    CROSS JOIN LATERAL (
        SELECT min(greatest(asked.at, span.opens)) AS began,
            sum(extract(epoch FROM greatest(
                least(asked.answered_at, span.closes) - greatest(asked.at, span.opens), interval '0'
            )))::float / 60 AS minutes
        FROM unnest(%(opens)s::timestamptz[], %(closes)s::timestamptz[]) AS span (opens, closes)
        WHERE span.closes > asked.at
    ) AS waited
    WHERE asked.due_at >= %(today)s AND asked.due_at < %(tomorrow)s AND asked.answered_at IS NOT NULL
        AND waited.began IS NOT NULL
) AS answered
GROUP BY 1
ORDER BY 1
