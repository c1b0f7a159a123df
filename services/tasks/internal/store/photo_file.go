package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// InsertPhotoFiles keeps the sizes of a photo.
func InsertPhotoFiles(ctx context.Context, q postgres.Querier, photoID string, display, thumbnail []byte) error {
	const query = `
		INSERT INTO photo_files (photo_id, size, bytes)
		VALUES ($1, $2, $3), ($1, $4, $5)`

	if _, err := q.ExecContext(ctx, query, photoID, domain.PhotoDisplay, display, domain.PhotoThumbnail, thumbnail); err != nil {
		return fmt.Errorf("keep the sizes of photo %s: %w", photoID, err)
	}
	return nil
}

// FindPhotoFile returns a photo in one size, or domain.ErrNoSuchPhoto.
func FindPhotoFile(ctx context.Context, q postgres.Querier, photoID string, size domain.PhotoSize) ([]byte, error) {
	const query = `
		SELECT bytes
		FROM photo_files
		WHERE photo_id = $1 AND size = $2`

	var bytes []byte
	err := sqlx.GetContext(ctx, q, &bytes, query, photoID, size)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, domain.ErrNoSuchPhoto
	}
	if err != nil {
		return nil, fmt.Errorf("find photo %s in size %s: %w", photoID, size, err)
	}
	return bytes, nil
}

// DeletePhotoFiles takes away what can be seen of a photo.
func DeletePhotoFiles(ctx context.Context, q postgres.Querier, photoID string) error {
	if _, err := q.ExecContext(ctx, `DELETE FROM photo_files WHERE photo_id = $1`, photoID); err != nil {
		return fmt.Errorf("delete the sizes of photo %s: %w", photoID, err)
	}
	return nil
}
