-- What the list has no longer goes, unless a customer has it.
DELETE FROM guide_device d
WHERE NOT EXISTS (SELECT 1 FROM listed l WHERE l.brand = d.brand AND l.name = d.name)
    AND NOT EXISTS (SELECT 1 FROM guide_owneddevice o WHERE o.device_id = d.id)
