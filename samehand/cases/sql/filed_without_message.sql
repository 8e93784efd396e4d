-- How many arrivals are said to be filed, and neither a message nor a machine's mail is made of them.
SELECT count(*)
FROM cases_rawarrival AS arrival
WHERE arrival.state = 'filed'
  AND NOT EXISTS (SELECT FROM cases_message AS message WHERE message.arrival_id = arrival.id)
  AND NOT EXISTS (SELECT FROM cases_machinemail AS mail WHERE mail.arrival_id = arrival.id)
