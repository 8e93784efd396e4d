-- The devices whose words are those that were typed: whole, begun, or with a typing error; the rarer the word the better.
WITH typed AS (
    SELECT * FROM unnest(%(words)s::text[], %(slots)s::int[], %(weights)s::real[]) AS t (word, slot, weight)
),
whole AS (
    SELECT t.slot, v.word, t.weight * ln(1 + %(count)s::real / cardinality(v.devices)) AS score, v.devices
    FROM typed t JOIN guide_deviceword v ON v.word = t.word
),
begun AS (
    -- What is a word already counts no more when it goes on: "12" means 12 rather than 12r.
    SELECT t.slot, b.word, b.devices,
        t.weight * least(0.75 * ln(1 + %(count)s::real / cardinality(b.devices)), 0.8 * known.score) AS score
    FROM typed t
    LEFT JOIN LATERAL (SELECT max(w.score) AS score FROM whole w WHERE w.slot = t.slot) known ON true
    CROSS JOIN LATERAL (
        SELECT v.word, v.devices FROM guide_deviceword v
        -- Not LIKE: its index needs a pattern that is known beforehand. Words are letters and digits, before '~'.
        WHERE v.word ~>=~ t.word AND v.word ~<~ (t.word || '~') AND v.word <> t.word
        ORDER BY cardinality(v.devices) DESC LIMIT 60
    ) b
    WHERE (t.slot = %(last)s OR known.score IS NULL)
        AND length(t.word) >= CASE WHEN t.slot < %(typed)s THEN 2 ELSE 5 END
        AND (t.slot < %(typed)s OR t.word ~ '[0-9]')
),
mistyped AS (
    SELECT t.slot, m.word, m.devices,
        t.weight * CASE m.wrong WHEN 1 THEN 0.8 ELSE 0.55 END * ln(1 + %(count)s::real / cardinality(m.devices)) AS score
    FROM typed t
    CROSS JOIN LATERAL (
        SELECT v.word, v.devices, levenshtein(v.word, t.word) AS wrong FROM guide_deviceword v
        WHERE v.word %% t.word AND length(v.word) BETWEEN length(t.word) - 2 AND length(t.word) + 2
            -- Another digit is another device, not a typing error.
            AND translate(v.word, 'abcdefghijklmnopqrstuvwxyz', '') = translate(t.word, 'abcdefghijklmnopqrstuvwxyz', '')
            AND levenshtein(v.word, t.word) <= CASE WHEN length(t.word) < 6 THEN 1 ELSE 2 END
        ORDER BY wrong, cardinality(v.devices) DESC LIMIT 12
    ) m
    WHERE t.slot < %(typed)s AND length(t.word) >= 4 AND NOT EXISTS (SELECT 1 FROM whole w WHERE w.slot = t.slot)
),
hit AS (
    SELECT device, slot, max(score) AS score, (array_agg(word ORDER BY score DESC))[1] AS word
    FROM (
        SELECT slot, word, devices, score FROM whole
        UNION ALL SELECT slot, word, devices, score FROM begun
        UNION ALL SELECT slot, word, devices, score FROM mistyped
    ) AS every, unnest(devices) AS device
    GROUP BY device, slot
),
best AS (
    SELECT device, sum(score) AS score, array_agg(word) AS matched
    FROM hit GROUP BY device ORDER BY score DESC LIMIT 300
)
SELECT d.id, d.brand, d.name, d.family, d.skin,
    b.score + 0.5 * d.rank
        - 0.7 * (SELECT count(*) FROM unnest(d.named) AS word WHERE NOT word = ANY (b.matched)) AS score
FROM best b JOIN guide_device d ON d.id = b.device
ORDER BY score DESC, length(d.name), d.name, d.id
LIMIT %(limit)s
