-- Texts and message ids are bytes of UTF-8: PostgreSQL's text can't hold U+0000, and bytes are compared as Tarantool does.
CREATE TABLE IF NOT EXISTS messages (
    first_user uuid NOT NULL, -- of the two the one that is less
    second_user uuid NOT NULL,
    created_us bigint NOT NULL, -- since 1970
    id uuid NOT NULL,
    from_user uuid NOT NULL,
    message_id bytea, -- the sender's own, if given
    text bytea NOT NULL,
    PRIMARY KEY (first_user, second_user, created_us, id)
);
CREATE UNIQUE INDEX IF NOT EXISTS messages_once ON messages (from_user, message_id) WHERE message_id IS NOT NULL;
