-- What was said in these cases, in order: from the customer, or by a consultant; not what machines wrote.
SELECT case_id, direction, author_id, at
FROM cases_message
WHERE case_id = ANY(%(cases)s) AND NOT auto_submitted AND direction IN ('in', 'out')
ORDER BY case_id, at, id
