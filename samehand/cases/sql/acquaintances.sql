-- Of customers of whom it was not written down yet: who answered them, the latest last, and when they last wrote.
SELECT asked.customer_id,
    (
        SELECT coalesce(array_agg(of_author.author_id ORDER BY of_author.last), '{}')
        FROM (
            SELECT said.author_id, max(said.at) AS last
            FROM cases_case AS held JOIN cases_message AS said ON said.case_id = held.id
            WHERE held.customer_id = asked.customer_id AND said.direction = 'out' AND said.author_id IS NOT NULL
            GROUP BY said.author_id
        ) AS of_author
    ),
    (
        SELECT coalesce(array_agg(wrote.at ORDER BY wrote.at), '{}')
        FROM (
            SELECT said.at
            FROM cases_case AS held JOIN cases_message AS said ON said.case_id = held.id
            WHERE held.customer_id = asked.customer_id AND said.direction = 'in' AND said.due_at IS NOT NULL
              AND NOT said.id = ANY(%s)
            ORDER BY said.at DESC LIMIT 4
        ) AS wrote
    )
FROM unnest(%s::bigint[]) AS asked (customer_id)
