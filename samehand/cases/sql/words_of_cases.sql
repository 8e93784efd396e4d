-- What was last said in these cases, of each the latest eight messages by their beginnings.
SELECT said.case_id, left(said.reply_text, 4000)
FROM unnest(%s::bigint[]) AS asked (case_id)
CROSS JOIN LATERAL (
    SELECT case_id, reply_text
    FROM cases_message
    WHERE case_id = asked.case_id AND direction <> 'note'
    ORDER BY at DESC, id DESC
    LIMIT 8
) AS said
