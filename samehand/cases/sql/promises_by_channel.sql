-- Promises that end in a week, by channel, by whether they end today, and by what became of them.
SELECT channel, today, state, count(*)
FROM (
    SELECT channel,
        due_at >= %(today)s AND due_at < %(tomorrow)s AS today,
        CASE
            WHEN due_before_choice IS NOT NULL OR waits_for_id IS NOT NULL THEN 'chosen'
            WHEN answered_at IS NOT NULL AND (waived_at IS NULL OR answered_at <= waived_at)
                THEN CASE WHEN answered_at <= due_at THEN 'kept' ELSE 'broken' END
            WHEN waived_at IS NOT NULL THEN 'waived'
            WHEN due_at < %(now)s THEN 'broken'
            WHEN due_at <= %(risky)s THEN 'at_risk'
            ELSE 'open'
        END AS state
    FROM cases_message
    WHERE due_at >= %(week)s AND due_at < %(week_after)s
) AS promised
GROUP BY 1, 2, 3
