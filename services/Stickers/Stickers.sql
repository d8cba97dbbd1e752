-- Packs, stickers, the tokens that were spent, and one key. A rating is plus less minus and can be nothing else.
CREATE TABLE IF NOT EXISTS packs (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE IF NOT EXISTS stickers (
    id integer PRIMARY KEY, -- 1 to the number of stickers, without gaps
    pack integer NOT NULL REFERENCES packs,
    name text NOT NULL,
    comment text NOT NULL,
    plus bigint NOT NULL DEFAULT 0,
    minus bigint NOT NULL DEFAULT 0,
    rating bigint GENERATED ALWAYS AS (plus - minus) STORED
);
CREATE INDEX IF NOT EXISTS stickers_rating ON stickers (rating, id);
CREATE INDEX IF NOT EXISTS stickers_pack ON stickers (pack, id);
CREATE TABLE IF NOT EXISTS spent (token uuid PRIMARY KEY, expires bigint NOT NULL);
CREATE INDEX IF NOT EXISTS spent_expires ON spent (expires);
CREATE TABLE IF NOT EXISTS keys (id integer PRIMARY KEY CHECK (id = 1), bytes bytea NOT NULL);

-- What a caller reads.
DO $$ BEGIN
    CREATE TYPE shown AS (id integer, pack text, name text, comment text, plus bigint, minus bigint, rating bigint);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- The page's whole visit to the store: two stickers that are not the same.
CREATE OR REPLACE FUNCTION stickers_pair() RETURNS SETOF shown LANGUAGE plpgsql AS $$
DECLARE
    most integer := (SELECT max(id) FROM stickers);
    one integer := 1 + floor(random() * most);
    other integer := 1 + floor(random() * (most - 1));
BEGIN
    IF other >= one THEN other := other + 1; END IF;
    RETURN QUERY SELECT s.id, p.name, s.name, s.comment, s.plus, s.minus, s.rating
        FROM stickers s JOIN packs p ON p.id = s.pack WHERE s.id = one;
    RETURN QUERY SELECT s.id, p.name, s.name, s.comment, s.plus, s.minus, s.rating
        FROM stickers s JOIN packs p ON p.id = s.pack WHERE s.id = other;
END $$;

-- Best or worst first.
CREATE OR REPLACE FUNCTION stickers_ranked(is_best boolean, most integer) RETURNS SETOF shown LANGUAGE plpgsql AS $$
BEGIN
    IF is_best THEN
        RETURN QUERY SELECT s.id, p.name, s.name, s.comment, s.plus, s.minus, s.rating
            FROM stickers s JOIN packs p ON p.id = s.pack ORDER BY s.rating DESC, s.id DESC LIMIT most;
    ELSE
        RETURN QUERY SELECT s.id, p.name, s.name, s.comment, s.plus, s.minus, s.rating
            FROM stickers s JOIN packs p ON p.id = s.pack ORDER BY s.rating, s.id LIMIT most;
    END IF;
END $$;

-- A vote and the next page's two stickers: rows of whether it counted and a sticker; the first is the one that was voted for, as
-- it is now. The token is spent with the vote or not at all: who comes second with it waits for the first one's commit and finds
-- it spent. What expired long ago can't be spent again, so each vote clears two such rows away.
CREATE OR REPLACE FUNCTION stickers_vote(vote_token uuid, voted integer, is_plus boolean, token_expires bigint, forgotten bigint)
    RETURNS TABLE (counted boolean, id integer, pack text, name text, comment text, plus bigint, minus bigint, rating bigint)
    LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    is_counted boolean := false;
BEGIN
    IF EXISTS (SELECT FROM stickers WHERE id = voted) THEN
        INSERT INTO spent VALUES (vote_token, token_expires) ON CONFLICT DO NOTHING;
        is_counted := FOUND;
    END IF;
    IF is_counted THEN
        UPDATE stickers SET plus = plus + is_plus::integer, minus = minus + (NOT is_plus)::integer WHERE id = voted;
        DELETE FROM spent WHERE token IN
            (SELECT token FROM spent WHERE expires < forgotten ORDER BY expires LIMIT 2 FOR UPDATE SKIP LOCKED);
    END IF;
    RETURN QUERY SELECT is_counted, s.id, p.name, s.name, s.comment, s.plus, s.minus, s.rating
        FROM stickers s JOIN packs p ON p.id = s.pack WHERE s.id = voted;
    RETURN QUERY SELECT is_counted, s.* FROM stickers_pair() s;
END $$;

-- What --naive asks for, one statement after the other, as the original did: it keeps tokens, sessions and a count of views.
CREATE TABLE IF NOT EXISTS naive_tokens (token text PRIMARY KEY, sticker integer NOT NULL);
CREATE TABLE IF NOT EXISTS naive_sessions (id uuid PRIMARY KEY, agent text NOT NULL, views bigint NOT NULL);
CREATE TABLE IF NOT EXISTS naive_views (page text PRIMARY KEY, views bigint NOT NULL);
