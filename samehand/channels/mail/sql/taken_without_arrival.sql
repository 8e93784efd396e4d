-- How many mails the ledgers of the mailboxes say are kept, and no arrival is them.
SELECT count(*)
FROM mail_taken AS taken
WHERE NOT EXISTS (
  SELECT FROM cases_rawarrival AS arrival
  WHERE arrival.channel = 'mail' AND arrival.fingerprint = taken.fingerprint
)
