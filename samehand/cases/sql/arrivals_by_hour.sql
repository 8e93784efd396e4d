-- For each way in, how many new mails reached it in each hour on the clocks of a zone.
SELECT mailbox, date_trunc('hour', received_at AT TIME ZONE %(zone)s), count(*)
FROM cases_rawarrival
WHERE stored_at >= %(since)s AND received_at >= %(since)s AND channel = 'mail' AND mailbox <> 'import'
  AND NOT envelope ? 'history'
GROUP BY 1, 2
