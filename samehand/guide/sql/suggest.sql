-- Articles whose titles have, for each word typed, a word that begins with it; those that begin so first.
SELECT title, key
FROM guide_document
WHERE shelf = %(shelf)s AND folded LIKE ALL (%(patterns)s)
ORDER BY folded LIKE %(first)s DESC, length(title), key
LIMIT %(limit)s
