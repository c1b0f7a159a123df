-- +goose Up

-- A code is counted first and hashed afterwards: the slow hash must not be made
-- while others who ask from the same address wait. It is set once.
-- +goose StatementBegin
CREATE FUNCTION set_code_hash(code uuid, to_hash bytea) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE sign_in_codes SET hash = to_hash WHERE id = code AND hash = ''
$$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION set_code_hash(uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_code_hash(uuid, bytea) TO teams;
