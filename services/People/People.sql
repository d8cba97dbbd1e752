-- One table. `search` is what GET ?t= looks into: nickname, full name and the stack's elements, in lower case, with U+001F
-- between them, so that no term is found across two of them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE IF NOT EXISTS people (
    id uuid PRIMARY KEY,
    nickname text NOT NULL UNIQUE,
    full_name text NOT NULL,
    born date NOT NULL,
    stack text[],
    search text NOT NULL
);
-- Without fastupdate an insert costs a little more and no search ever has to read a list of what is not yet in the index.
CREATE INDEX IF NOT EXISTS people_search ON people USING gin (search gin_trgm_ops) WITH (fastupdate = off);
