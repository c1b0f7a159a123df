package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func facePlace(certificateID string) vault.Place {
	return vault.Place{Table: "certificate_faces", Column: "sealed", Row: certificateID}
}

// nameIndex is what a certificate is found by, for who knows the whole name.
func nameIndex(v *vault.Vault, name string) []byte { return v.BlindIndex("certificate name", name) }

// InsertFace seals what a certificate says of people.
func InsertFace(ctx context.Context, q postgres.Querier, v *vault.Vault, certificateID string, f domain.Face) error {
	const query = `
		INSERT INTO certificate_faces (certificate_id, sealed, name_index)
		VALUES ($1, $2, $3)`

	plain, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("encode face: %w", err)
	}
	sealed, err := v.Seal(string(plain), facePlace(certificateID))
	if err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, query, certificateID, sealed, nameIndex(v, f.Name)); err != nil {
		return fmt.Errorf("insert face of certificate %s: %w", certificateID, err)
	}
	return nil
}

// FindFaces returns what these certificates say of people, by certificate; those
// of people who were erased have none any more.
func FindFaces(ctx context.Context, q postgres.Querier, v *vault.Vault, certificateIDs ...string) (map[string]domain.Face, error) {
	const query = `
		SELECT certificate_id, sealed
		FROM certificate_faces
		WHERE certificate_id = ANY ($1::uuid[])`

	var rows []struct {
		CertificateID string `db:"certificate_id"`
		Sealed        []byte `db:"sealed"`
	}
	if err := sqlx.SelectContext(ctx, q, &rows, query, postgres.Array(certificateIDs)); err != nil {
		return nil, fmt.Errorf("find %d faces: %w", len(certificateIDs), err)
	}
	found := make(map[string]domain.Face, len(rows))
	for _, r := range rows {
		plain, err := v.Open(r.Sealed, facePlace(r.CertificateID))
		if err != nil {
			return nil, err
		}
		var f domain.Face
		if err := json.Unmarshal([]byte(plain), &f); err != nil {
			return nil, fmt.Errorf("decode face of %s: %w", r.CertificateID, err)
		}
		found[r.CertificateID] = f
	}
	return found, nil
}

// DeleteFaces makes the certificates of these people say nothing of them any more.
func DeleteFaces(ctx context.Context, q postgres.Querier, volunteerIDs []string) error {
	const query = `
		DELETE FROM certificate_faces f
		USING certificates c
		WHERE c.id = f.certificate_id AND c.volunteer_id = ANY ($1::uuid[])`

	if _, err := q.ExecContext(ctx, query, postgres.Array(volunteerIDs)); err != nil {
		return fmt.Errorf("delete faces of %d people: %w", len(volunteerIDs), err)
	}
	return nil
}
