-- What --store postgresql://... needs. Run by every server at its start, one at a time: it must do no harm when all is there.
DO $$
BEGIN
    IF to_regclass('blobs') IS NULL THEN
        -- COLLATE "C": ids are listed by the values of their bytes, whatever the database's language is.
        CREATE TABLE blobs (
            owner text COLLATE "C" NOT NULL,
            namespace text COLLATE "C" NOT NULL,
            id text COLLATE "C" NOT NULL,
            generation bigint NOT NULL,
            size bigint NOT NULL,
            tag text NOT NULL,
            stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            flags text NOT NULL DEFAULT '[]',
            data bytea NOT NULL,
            PRIMARY KEY (owner, namespace, id)
        );
        -- Encrypted bytes do not get smaller, and only what is not compressed can be read from its middle.
        ALTER TABLE blobs ALTER COLUMN data SET STORAGE EXTERNAL;
    END IF;
END $$;
CREATE TABLE IF NOT EXISTS tombstones (
    owner text COLLATE "C" NOT NULL,
    namespace text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    deleted_at timestamptz NOT NULL,
    PRIMARY KEY (owner, namespace, id)
);
