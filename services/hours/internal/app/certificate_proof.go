package app

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// ProveCertificate returns what the volunteer needs to show, without us, that the
// hours of a certificate are in the ledger's log: its lines with their proofs
// against the signed checkpoint that the certificate names, and the volunteer's
// own salt, which nobody else gets. It returns domain.ErrNoCertificate.
func (a *App) ProveCertificate(ctx context.Context, certificateID string) (file audit.CertificateFile, name string, err error) {
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		o, err := officerOf(ctx, q)
		if err != nil {
			return err
		}
		c, err := store.FindCertificate(ctx, q, a.papers, certificateID)
		if err != nil {
			return err
		}
		if !o.self.Is(c.VolunteerID) {
			return domain.ErrNoCertificate
		}
		name = "志愿服务记录证明-" + c.Number() + ".json"
		file = audit.NewCertificateFile(c)
		signed, err := translog.ListCheckpoints(ctx, q, c.LogSize-1, 1)
		if err != nil || len(signed) == 0 {
			return fmt.Errorf("the checkpoint of certificate %s: %w", c.ID, err)
		}
		file.Checkpoint = signed[0].Note
		lines, err := store.ListCertifiedLines(ctx, q, c.ID)
		if err != nil {
			return err
		}
		tree, err := translog.Open(ctx, q)
		if err != nil {
			return err
		}
		for _, l := range lines {
			proof, err := tree.ProveLeaf(ctx, c.LogSize, l.Index)
			if err != nil {
				return err
			}
			encoded, err := l.Encode()
			if err != nil {
				return err
			}
			hash := translog.LeafHash(encoded)
			file.Prove(l.Entry, l.Leaf, base64.StdEncoding.EncodeToString(hash[:]), l.Salt, proof)
		}
		return nil
	})
	return file, name, err
}
