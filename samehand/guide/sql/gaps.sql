-- Searches that led to no article and that nobody has put aside since, with how often.
SELECT a.folded, a.language, (array_agg(a.query ORDER BY a.at DESC))[1], count(*),
    count(*) FILTER (WHERE a.found = 0), max(a.at)
FROM guide_asked a LEFT JOIN guide_gap g ON g.folded = a.folded AND g.language = a.language
WHERE a.at >= %(since)s AND a.opened_id IS NULL AND (g.id IS NULL OR a.at > g.seen_at)
GROUP BY a.folded, a.language
-- Who opens nothing once may have read what he wanted in the list.
HAVING count(*) FILTER (WHERE a.found = 0) > 0 OR count(*) >= 3
ORDER BY count(*) DESC, max(a.at) DESC, a.folded
LIMIT %(limit)s
