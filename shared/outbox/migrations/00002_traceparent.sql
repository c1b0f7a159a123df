-- +goose Up

-- Within which span of which trace it became true, as W3C Trace Context writes
-- it. Null: the act is not followed, or was before there was this column.
ALTER TABLE outbox ADD COLUMN traceparent text;

-- +goose StatementBegin
DO $$
DECLARE
    service text := regexp_replace(current_user, '_owner$', '');
BEGIN
    EXECUTE format('GRANT INSERT (traceparent) ON outbox TO %I', service);
END $$;
-- +goose StatementEnd
