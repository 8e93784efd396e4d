-- All words go; those who search meanwhile still see them.
DELETE FROM guide_deviceword
