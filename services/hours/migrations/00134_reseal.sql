-- +goose Up

-- Changing a vault's key seals every value anew (shared/reseal), also of rows that are
-- never changed otherwise. Only the owner may, and only the ciphertext: what is inside
-- cannot be another, for who has the key only can make one that opens in its place.

-- +goose StatementBegin
CREATE FUNCTION certificate_issuers_are_only_resealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'sealed' <> to_jsonb(OLD) - 'sealed' THEN
        RAISE EXCEPTION 'the register of certificates only grows: revoke or replace' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION history_pages_are_only_resealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.import_id, NEW.number, NEW.kind, NEW.size, NEW.added_at) IS DISTINCT FROM (OLD.id, OLD.import_id, OLD.number, OLD.kind, OLD.size, OLD.added_at) THEN
        RAISE EXCEPTION 'pages are never changed' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'history_stays_check';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

DROP TRIGGER certificate_issuers_are_for_ever ON certificate_issuers;
CREATE TRIGGER certificate_issuers_are_for_ever BEFORE DELETE OR TRUNCATE ON certificate_issuers
    FOR EACH STATEMENT EXECUTE FUNCTION certificates_are_for_ever();
CREATE TRIGGER certificate_issuers_are_only_resealed BEFORE UPDATE ON certificate_issuers
    FOR EACH ROW EXECUTE FUNCTION certificate_issuers_are_only_resealed();

DROP TRIGGER history_pages_stay ON history_pages;
CREATE TRIGGER history_pages_stay BEFORE DELETE ON history_pages FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE TRIGGER history_pages_are_only_resealed BEFORE UPDATE ON history_pages
    FOR EACH ROW EXECUTE FUNCTION history_pages_are_only_resealed();
