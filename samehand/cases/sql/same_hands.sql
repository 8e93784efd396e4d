-- Of the promises that ended between two moments and were answered by a person: what was asked in a case that somebody had
-- answered before, by whom it was answered now; and the first words of customers whom somebody knew from another case.
SELECT
    count(*) FILTER (WHERE met IS NOT NULL),
    count(*) FILTER (WHERE met[1] = author_id),
    count(*) FILTER (WHERE author_id = ANY (met[:2]) OR cardinality(met) = 1),
    count(*) FILTER (WHERE met IS NULL AND known IS NOT NULL),
    count(*) FILTER (WHERE met IS NULL AND author_id = ANY (known))
FROM (
    SELECT answer.author_id, here.met, elsewhere.known
    FROM cases_message AS asked
    JOIN cases_message AS answer ON answer.id = asked.answer_id
    JOIN cases_case AS held ON held.id = asked.case_id
    CROSS JOIN LATERAL (
        SELECT array_agg(author_id ORDER BY since, first) AS met
        FROM (
            SELECT author_id, min(at) AS since, min(id) AS first
            FROM cases_message
            WHERE case_id = asked.case_id AND at < asked.at AND direction = 'out' AND NOT auto_submitted
                AND author_id IS NOT NULL
            GROUP BY author_id
        ) AS said
    ) AS here
    LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT said.author_id) AS known
        FROM cases_case AS other
        JOIN cases_message AS said ON said.case_id = other.id
        WHERE here.met IS NULL AND other.customer_id = held.customer_id AND other.id <> held.id
            AND said.at < asked.at AND said.direction = 'out' AND NOT said.auto_submitted
            AND said.author_id IS NOT NULL
    ) AS elsewhere ON TRUE
    WHERE asked.due_at >= %(start)s AND asked.due_at < %(end)s AND answer.author_id IS NOT NULL
) AS answered
