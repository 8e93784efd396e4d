-- The documents of a shelf that speak for what was asked, the best first, each with the words that decided.
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(
        %(places)s::int[], %(words)s::text[], %(stems)s::text[], %(kinds)s::text[], %(slips)s::int[],
        %(silent)s::bool[]
    ) AS t(place, word, stem, kind, slips, silent)
),
-- As it is written; two words that belong together; else by its stem or with two letters exchanged; else what looks like it.
known AS MATERIALIZED (
    SELECT place, lemma_id, 1.0::float8 AS sure, 'form' AS how, shown, word, silent
    FROM asked JOIN guide_form f ON f.folded = word AND f.shelf = %(shelf)s
    WHERE kind IN ('word', 'joined')
),
unknown AS MATERIALIZED (
    SELECT * FROM asked a WHERE kind <> 'joined' AND NOT EXISTS (SELECT FROM known k WHERE k.place = a.place)
),
near AS MATERIALIZED (
    SELECT place, lemma_id, CASE kind WHEN 'word' THEN 0.85::float8 ELSE 0.8 END AS sure,
        CASE kind WHEN 'word' THEN 'stem' ELSE 'typo' END AS how, shown, word, silent
    FROM unknown JOIN guide_form f ON f.shelf = %(shelf)s
        AND f.folded = CASE kind WHEN 'word' THEN '=' || stem ELSE word END
),
guessed AS MATERIALIZED (
    SELECT place, lemma_id, CASE off WHEN 1 THEN 0.8::float8 ELSE 0.6 END * (0.6 + 0.4 * alike) AS sure,
        'typo' AS how, shown, u.word, silent
    FROM unknown u CROSS JOIN LATERAL (
        SELECT lemma_id, shown, off, alike, rank() OVER (ORDER BY off, round(alike::numeric, 2) DESC) AS place_among
        FROM (
            SELECT lemma_id, shown, levenshtein_less_equal(folded, u.word, u.slips) AS off,
                similarity(folded, u.word) AS alike
            FROM guide_form
            WHERE folded %% u.word AND shelf = %(shelf)s AND folded NOT LIKE '=%%'
                AND length(folded) BETWEEN length(u.word) - u.slips AND length(u.word) + u.slips
        ) AS alike_ones
        WHERE off <= u.slips
    ) AS guess
    WHERE kind = 'word' AND u.slips > 0 AND place_among <= 2
        AND NOT EXISTS (SELECT FROM near n WHERE n.place = u.place)
),
heard AS MATERIALIZED (
    SELECT * FROM known UNION ALL SELECT * FROM near UNION ALL SELECT * FROM guessed
),
-- Little words alone are a phrase only in their order: "na mnie" is not "mnie na".
said AS MATERIALIZED (
    SELECT e.sense_id, s.equal, e.places, min(h.place) AS place, min(h.sure) AS sure,
        bool_and(h.silent) AS silent, string_agg(DISTINCT h.word, ' ') AS word
    FROM heard h JOIN guide_expression e ON e.lemma_id = h.lemma_id JOIN guide_sense s ON s.id = e.sense_id
    GROUP BY e.sense_id, s.equal, e.number, e.places
    HAVING count(DISTINCT e.place) = e.places AND max(h.place) - min(h.place) <= e.places + %(reach)s
        AND (min(e.loud) > 0 OR max(h.place - e.place) - min(h.place - e.place) <= 1)
),
-- Silent words are heard in phrases only. A slot is what counts once: a word with all that it may mean, a phrase, or what a word leads to.
meant AS MATERIALIZED (
    SELECT place AS slot, place, sense_id, 0.85 * sure AS weight, 'synonym' AS how, word FROM said
    WHERE places = 1 AND equal AND NOT silent
    UNION ALL
    SELECT -2 * sense_id, place, sense_id, 1.1 * sure, 'synonym', word FROM said WHERE places > 1 AND equal
    UNION ALL
    SELECT -2 * l.to_id - 1, s.place, l.to_id, l.weight * s.sure, 'leads', s.word
    FROM said s JOIN guide_lead l ON l.sense_id = s.sense_id
),
spoken AS (
    SELECT place::bigint AS slot, 0::bigint AS sense_id, lemma_id, place, sure AS weight, how, word
    FROM heard WHERE NOT silent
    UNION ALL
    SELECT place, -1, l.family_id, place, 0.75 * sure, 'family', word
    FROM heard h JOIN guide_lemma l ON l.id = h.lemma_id
    WHERE NOT silent AND EXISTS (SELECT FROM guide_lemma o WHERE o.family_id = l.family_id AND o.id <> l.id)
    UNION ALL
    (SELECT DISTINCT ON (slot, sense_id) slot, sense_id, NULL, place, weight, how, word
    FROM meant ORDER BY slot, sense_id, weight DESC, place)
),
parts AS MATERIALIZED (
    SELECT dense_rank() OVER (ORDER BY slot, sense_id)::int AS meaning, spoken.* FROM spoken
),
-- How many articles have it. Counted here, from the index alone: a number kept beside it would go wrong one day.
frequency AS MATERIALIZED (
    SELECT meaning, min(slot) AS slot, CASE
        WHEN min(sense_id) > 0 THEN (SELECT count(*) FROM guide_senseposting WHERE sense_id = min(p.sense_id))
        WHEN count(*) = 1 THEN (SELECT count(*) FROM guide_posting WHERE lemma_id = min(p.lemma_id))
        ELSE (SELECT count(DISTINCT document_id) FROM guide_posting WHERE lemma_id = ANY(array_agg(p.lemma_id)))
    END AS documents
    FROM parts p GROUP BY meaning
),
rarity AS MATERIALIZED (
    SELECT meaning, slot,
        ln(1 + (SELECT count(*) FROM guide_document WHERE shelf = %(shelf)s) / (0.5 + documents)::float8) AS idf
    FROM frequency WHERE documents > 0
),
-- Thousands of rows may come from here on: they are narrow, and gone through once. What a sense has in an article was
-- found out when the article was laid out.
best AS MATERIALIZED (
    SELECT slot, document_id, max(score) AS score
    FROM (
        SELECT p.slot, o.document_id, p.weight * r.idf * o.weight AS score
        FROM parts p JOIN rarity r USING (meaning) JOIN guide_posting o ON o.lemma_id = p.lemma_id
        UNION ALL
        SELECT p.slot, o.document_id, p.weight * r.idf * o.weight
        FROM parts p JOIN rarity r USING (meaning) JOIN guide_senseposting o ON o.sense_id = p.sense_id
    ) AS either
    GROUP BY slot, document_id
),
slots AS MATERIALIZED (
    SELECT slot, max(idf) AS idf FROM rarity GROUP BY slot
),
top AS MATERIALIZED (
    SELECT document_id,
        sum(score) * (%(uncovered)s + (1 - %(uncovered)s) * sum(slots.idf) / (SELECT sum(idf) FROM slots)) AS score
    FROM best JOIN slots USING (slot)
    GROUP BY document_id
    ORDER BY 2 DESC, 1
    LIMIT %(limit)s
),
-- The words that decided are looked up for what is shown only; OFFSET 0 keeps it from reading all of a word's rows.
told AS MATERIALIZED (
    SELECT DISTINCT ON (t.document_id, p.slot) t.document_id, p.place, p.how, p.word, o.lemma_id,
        p.weight * o.weight * r.idf AS score
    FROM top t CROSS JOIN parts p JOIN rarity r USING (meaning)
        CROSS JOIN LATERAL (
            SELECT lemma_id, weight FROM guide_posting
            WHERE lemma_id = p.lemma_id AND document_id = t.document_id
            UNION ALL
            SELECT lemma_id, weight FROM guide_senseposting
            WHERE sense_id = p.sense_id AND document_id = t.document_id
            OFFSET 0
        ) AS o
    ORDER BY t.document_id, p.slot, p.weight * o.weight * r.idf DESC, o.lemma_id
)
SELECT d.key, d.problem_id, d.revision_id, d.title, d.summary, t.score, w.why,
    (SELECT jsonb_object_agg(s.word, s.shown) FROM (
        SELECT DISTINCT ON (word) word, shown FROM heard WHERE how IN ('form', 'typo') ORDER BY word, sure DESC, shown
    ) AS s) AS shown,
    w.lemmas
FROM top t JOIN guide_document d ON d.id = t.document_id
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_array(word, how, lemma_id, place) ORDER BY b.score DESC) AS why,
            jsonb_object_agg(l.id, l.text) AS lemmas
        FROM told b JOIN guide_lemma l ON l.id = b.lemma_id
        WHERE b.document_id = t.document_id
    ) AS w
ORDER BY t.score DESC, d.key
