-- What others asked that begins so and was found, the most frequent first.
SELECT folded, (array_agg(query ORDER BY at DESC))[1], count(*)
FROM guide_asked
WHERE language = %(language)s AND folded LIKE %(beginning)s AND found > 0
GROUP BY folded
HAVING count(*) >= %(often)s
ORDER BY count(*) DESC, folded
LIMIT %(limit)s
