-- What --quota-kib needs: what each user's blobs take, kept by the database for every server, also for those that were
-- started without a quota. Filled while nobody can write, once; then the trigger keeps it.
DO $$
BEGIN
    IF to_regclass('blob_usage') IS NULL THEN
        LOCK TABLE blobs IN SHARE ROW EXCLUSIVE MODE;
        CREATE TABLE blob_usage (owner text COLLATE "C" PRIMARY KEY, used_bytes bigint NOT NULL);
        INSERT INTO blob_usage SELECT owner, sum(greatest(size, {least})) FROM blobs GROUP BY owner;

        CREATE FUNCTION count_blob() RETURNS trigger LANGUAGE plpgsql AS $count$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO blob_usage VALUES (NEW.owner, greatest(NEW.size, {least}))
                    ON CONFLICT (owner) DO UPDATE SET used_bytes = blob_usage.used_bytes + excluded.used_bytes;
            ELSE
                UPDATE blob_usage SET used_bytes = used_bytes - greatest(OLD.size, {least}) WHERE owner = OLD.owner;
            END IF;
            RETURN NULL;
        END $count$;
        CREATE TRIGGER count_blob AFTER INSERT OR DELETE ON blobs FOR EACH ROW EXECUTE FUNCTION count_blob();
    END IF;
END $$;
