-- Put what a door got in line, in its order, wake who files it, and tell which of it is new.
WITH woken AS (SELECT pg_notify(%s, '')),
kept AS (
    INSERT INTO cases_rawarrival
        (channel, mailbox, stored_at, fingerprint, blob, size, envelope, received_at, state, reason, tries)
    SELECT %s, %s, %s, came.fingerprint, came.blob, came.size, came.envelope, came.received_at, 'waiting', '', 0
    FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::jsonb[], %s::timestamptz[])
        WITH ORDINALITY AS came (fingerprint, blob, size, envelope, received_at, number)
    ORDER BY came.number
    ON CONFLICT (channel, fingerprint) DO NOTHING
    RETURNING fingerprint
)
SELECT fingerprint FROM kept, woken
