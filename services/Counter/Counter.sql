-- One row. Its page has room for its own next versions, so an update touches no index (HOT).
CREATE TABLE IF NOT EXISTS counter (
    id integer PRIMARY KEY CHECK (id = 1),
    granted bigint NOT NULL, -- how many numbers were granted
    last bigint NOT NULL -- how many of them in the last call
) WITH (fillfactor = 10);
INSERT INTO counter VALUES (1, 0, 0) ON CONFLICT DO NOTHING;
