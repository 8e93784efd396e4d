-- How many arrivals are said to be filed, and no message is made of them.
SELECT count(*)
FROM cases_rawarrival AS arrival
WHERE arrival.state = 'filed'
  AND NOT EXISTS (SELECT FROM cases_message AS message WHERE message.arrival_id = arrival.id)
