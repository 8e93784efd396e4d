-- The newest cases opened since a moment, with who asked and about what; joined ones are told by the case they are in.
SELECT id, customer_id, skill, language, opened_at, touched_at, status = 'solved' AS solved
FROM cases_case
WHERE touched_at >= %(since)s AND opened_at >= %(since)s AND status <> 'merged'
ORDER BY opened_at DESC, id DESC
LIMIT %(limit)s
