-- Of cases whose hands nobody wrote down yet: who answered in them, in order of appearance, and when last.
SELECT of_author.case_id, array_agg(of_author.author_id ORDER BY of_author.first, of_author.author_id),
    max(of_author.last)
FROM (
    SELECT case_id, author_id, min(at) AS first, max(at) AS last
    FROM cases_message
    WHERE case_id = ANY(%s) AND direction = 'out' AND author_id IS NOT NULL
    GROUP BY case_id, author_id
) AS of_author
GROUP BY of_author.case_id
