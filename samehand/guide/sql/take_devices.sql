-- Devices of the list come in or are brought up to date under the number that they have.
INSERT INTO guide_device AS d (brand, name, codes, family, skin, rank, named, words)
SELECT brand, name, codes, family, skin, rank, named, words FROM listed
ON CONFLICT (brand, name) DO UPDATE
SET codes = excluded.codes, family = excluded.family, skin = excluded.skin, rank = excluded.rank,
    named = excluded.named, words = excluded.words
WHERE (d.codes, d.family, d.skin, d.rank, d.named, d.words)
    IS DISTINCT FROM (excluded.codes, excluded.family, excluded.skin, excluded.rank, excluded.named, excluded.words)
