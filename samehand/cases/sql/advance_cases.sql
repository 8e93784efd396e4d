-- Bring the cases of a filed batch up to date, all in one statement.
UPDATE cases_case AS held
SET status = filed.status,
    owner_id = filed.owner_id,
    owner_reason = filed.owner_reason,
    preview = filed.preview,
    touched_at = filed.touched_at,
    due_at = filed.due_at
FROM unnest(
    %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[]
) AS filed (id, status, owner_id, owner_reason, preview, touched_at, due_at)
WHERE held.id = filed.id
