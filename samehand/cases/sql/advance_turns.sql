-- These turns wait: for whom they are kept from now on, and how long.
UPDATE cases_turn AS held
SET stage = now.stage,
    until = now.until,
    due_at = now.due_at,
    bar = now.bar,
    owner_id = now.owner_id,
    kept_for = now.kept_for::bigint[],
    only_for_id = now.only_for_id,
    given_to_id = NULL,
    given_at = NULL,
    reason = '',
    aside = false,
    word_at = NULL
FROM unnest(
    %s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::float8[], %s::bigint[], %s::text[],
    %s::bigint[]
) AS now (id, stage, until, due_at, bar, owner_id, kept_for, only_for_id)
WHERE held.id = now.id
