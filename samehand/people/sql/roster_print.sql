-- A number that is another one as soon as any colleague, shift, break or absence of these days is another one; their
-- place tells it as well within the transaction that changes them.
SELECT sum(hashint8(kind * 1000003 + id * 31 + version) + hashtid(place)::bigint)::bigint
FROM (
    SELECT 1 AS kind, id, xmin::text::bigint AS version, ctid AS place FROM people_staff
    UNION ALL
    SELECT 2, id, xmin::text::bigint, ctid FROM people_shift WHERE starts_at < %(end)s AND ends_at > %(begin)s
    UNION ALL
    SELECT 3, id, xmin::text::bigint, ctid FROM people_break WHERE starts_at < %(end)s AND ends_at > %(begin)s
    UNION ALL
    SELECT 4, id, xmin::text::bigint, ctid FROM people_absence WHERE starts_at < %(end)s AND ends_at > %(begin)s
) AS row
