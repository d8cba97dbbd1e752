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
-- A person has over a hundred trigrams. Gathered, two hundred people enter the index at a third of the cost of each alone; the
-- list is short, because every search reads it and who fills it up waits until it is emptied.
CREATE INDEX IF NOT EXISTS people_search ON people USING gin (search gin_trgm_ops) WITH (fastupdate = on, gin_pending_list_limit = 256);
