-- Write down that a trouble is told now, unless it is written down already.
INSERT INTO mail_alarm (trouble, told_at) VALUES (%s, %s) ON CONFLICT (trouble) DO NOTHING
