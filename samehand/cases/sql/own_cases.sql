-- Cases that nobody owns, or somebody who has left us, belong to these people now; what somebody holds is passed over.
UPDATE cases_case AS held
SET owner_id = free.owner_id, owner_reason = 'given'
FROM (
    SELECT orphan.id, given.owner_id
    FROM unnest(%s::bigint[], %s::bigint[]) AS given (case_id, owner_id)
    JOIN cases_case AS orphan ON orphan.id = given.case_id
    WHERE orphan.owner_id IS NULL
        OR NOT EXISTS (SELECT FROM people_staff WHERE people_staff.id = orphan.owner_id AND is_active)
    ORDER BY orphan.id
    FOR NO KEY UPDATE OF orphan SKIP LOCKED
) AS free
WHERE held.id = free.id
