-- Each word with the devices that have it.
INSERT INTO guide_deviceword (word, devices)
SELECT left(word, 120), array_agg(DISTINCT id)
FROM guide_device, unnest(string_to_array(words, ' ')) AS word
GROUP BY left(word, 120)
