-- What an event needs to see: all that is in hands, whose moment has come, what is kept for these people, and the
-- earliest of these queues, those that can be in time and those that are late.
SELECT id FROM cases_turn WHERE given_to_id IS NOT NULL AND NOT aside
UNION
SELECT id FROM cases_turn WHERE given_to_id IS NOT NULL AND aside
UNION
SELECT id FROM cases_turn WHERE given_to_id IS NULL AND until <= %(now)s
UNION
SELECT id FROM cases_turn WHERE %(all)s AND given_to_id IS NULL AND kept_for && %(people)s::bigint[]
UNION
SELECT own.id
FROM unnest(%(people)s::bigint[]) AS asked (person)
CROSS JOIN LATERAL (
    (
        SELECT id FROM cases_turn
        WHERE given_to_id IS NULL AND kept_for @> ARRAY[asked.person] AND stage <> 'late'
          AND (stage <> 'owner' OR owner_id = asked.person)
        ORDER BY urgent DESC, due_at, message_id LIMIT %(count)s
    )
    UNION ALL
    (
        SELECT id FROM cases_turn
        WHERE given_to_id IS NULL AND kept_for @> ARRAY[asked.person] AND stage = 'late'
        ORDER BY urgent DESC, due_at, message_id LIMIT %(count)s
    )
) AS own
UNION
SELECT head.id
FROM unnest(%(skills)s::text[], %(languages)s::text[]) AS queue (skill, language)
CROSS JOIN LATERAL (
    (
        SELECT id FROM cases_turn
        WHERE skill = queue.skill AND language = queue.language
          AND given_to_id IS NULL AND stage IN ('fits', 'near', 'all', 'urgent')
        ORDER BY urgent DESC, due_at, message_id LIMIT %(count)s
    )
    UNION ALL
    (
        SELECT id FROM cases_turn
        WHERE skill = queue.skill AND language = queue.language AND given_to_id IS NULL AND stage = 'late'
        ORDER BY urgent DESC, due_at, message_id LIMIT %(count)s
    )
) AS head
