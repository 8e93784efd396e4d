-- For each way in, the seconds within which 95 of 100 of its new mails were stored after they had reached it.
SELECT mailbox, percentile_disc(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM stored_at - received_at))::float
FROM cases_rawarrival
WHERE stored_at >= %(since)s AND channel = 'mail' AND mailbox <> 'import' AND NOT envelope ? 'history'
GROUP BY mailbox
