-- What each sense has in the given documents: its best way to be said there, and the word by which.
INSERT INTO guide_senseposting (sense_id, document_id, lemma_id, weight)
SELECT DISTINCT ON (sense_id, document_id) sense_id, document_id, lemma_id, weight
FROM (
    SELECT e.sense_id, o.document_id, o.lemma_id, o.weight
    FROM guide_posting o JOIN guide_expression e ON e.lemma_id = o.lemma_id
    -- "ile zapłacę" asks for a price, "zapłacić" alone does not.
    WHERE o.document_id = ANY(%(documents)s) AND e.places = 1 AND NOT e.silent
    UNION ALL
    SELECT e.sense_id, o.document_id, min(o.lemma_id), 0.8 * min(o.weight)
    FROM guide_posting o JOIN guide_expression e ON e.lemma_id = o.lemma_id
    WHERE o.document_id = ANY(%(documents)s) AND e.loud > 1 AND NOT e.silent
    GROUP BY e.sense_id, e.number, e.loud, o.document_id
    HAVING count(DISTINCT e.place) = e.loud
) AS ways
ORDER BY sense_id, document_id, weight DESC, lemma_id
