-- What was packed anew lies in another place, unless it was erased or moved meanwhile.
UPDATE lib_blob AS kept
SET pack = moved.to_pack, start = moved.to_start, size = moved.size
FROM unnest(%s::bytea[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::int[])
    AS moved (key, pack, start, to_pack, to_start, size)
WHERE kept.key = moved.key AND kept.pack = moved.pack AND kept.start = moved.start
RETURNING kept.key
