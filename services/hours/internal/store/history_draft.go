package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func draftPlace(column, importID string) vault.Place {
	return vault.Place{Table: "history_drafts", Column: column, Row: importID}
}

// UpsertDraft seals what an uploader works on. A nil file leaves the one there is.
func UpsertDraft(ctx context.Context, q postgres.Querier, v *vault.Vault, importID string, d domain.HistoryDraft, file []byte) error {
	const query = `
		INSERT INTO history_drafts (import_id, sealed_rows, sealed_file)
		VALUES ($1, $2, $3)
		ON CONFLICT (import_id) DO UPDATE
		SET sealed_rows = excluded.sealed_rows, sealed_file = COALESCE(excluded.sealed_file, history_drafts.sealed_file)`

	plain, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("encode draft: %w", err)
	}
	rows, err := v.Seal(string(plain), draftPlace("sealed_rows", importID))
	if err != nil {
		return err
	}
	var sealed []byte
	if file != nil {
		if sealed, err = v.Seal(string(file), draftPlace("sealed_file", importID)); err != nil {
			return err
		}
	}
	if _, err := q.ExecContext(ctx, query, importID, rows, sealed); err != nil {
		return fmt.Errorf("keep draft %s: %w", importID, err)
	}
	return nil
}

// FindDraft returns what an uploader works on; an empty draft when nothing was
// kept yet, or nothing is kept any more.
func FindDraft(ctx context.Context, q postgres.Querier, v *vault.Vault, importID string) (d domain.HistoryDraft, err error) {
	sealed, err := findSealed(ctx, q, `SELECT sealed_rows FROM history_drafts WHERE import_id = $1`, importID)
	if err != nil || sealed == nil {
		return d, err
	}
	plain, err := v.Open(sealed, draftPlace("sealed_rows", importID))
	if err != nil {
		return d, err
	}
	if err := json.Unmarshal([]byte(plain), &d); err != nil {
		return d, fmt.Errorf("decode draft %s: %w", importID, err)
	}
	return d, nil
}

// FindDraftFile returns the file that was uploaded; nil for none.
func FindDraftFile(ctx context.Context, q postgres.Querier, v *vault.Vault, importID string) ([]byte, error) {
	sealed, err := findSealed(ctx, q, `SELECT sealed_file FROM history_drafts WHERE import_id = $1`, importID)
	if err != nil || sealed == nil {
		return nil, err
	}
	plain, err := v.Open(sealed, draftPlace("sealed_file", importID))
	return []byte(plain), err
}

func findSealed(ctx context.Context, q postgres.Querier, query, key string) (sealed []byte, err error) {
	err = sqlx.GetContext(ctx, q, &sealed, query, key)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("find what is sealed for %s: %w", key, err)
	}
	return sealed, nil
}

// DeleteDraft takes away what an uploader worked on.
func DeleteDraft(ctx context.Context, q postgres.Querier, importID string) error {
	if _, err := q.ExecContext(ctx, `DELETE FROM history_drafts WHERE import_id = $1`, importID); err != nil {
		return fmt.Errorf("delete draft %s: %w", importID, err)
	}
	return nil
}
