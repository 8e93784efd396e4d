-- The cases in which these customers had something said since then: of each the latest twelve.
SELECT held.customer_id, held.id, held.subject, held.touched_at, coalesce(holder.first_name, '')
FROM unnest(%s::bigint[]) AS asked (customer_id)
CROSS JOIN LATERAL (
    SELECT id, customer_id, subject, touched_at, owner_id
    FROM cases_case
    WHERE customer_id = asked.customer_id AND touched_at > %s AND status <> 'merged'
    ORDER BY touched_at DESC
    LIMIT 12
) AS held
LEFT JOIN people_staff AS holder ON holder.id = held.owner_id
