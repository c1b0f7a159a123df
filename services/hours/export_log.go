package hours

import (
	"context"
	"io"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// ExportLog writes the whole ledger with its log, as of one moment, for an
// auditor who checks it with qihe-verify. It may run beside the service or
// without it, and changes nothing.
func ExportLog(ctx context.Context, cfg Config, to io.Writer) error {
	cfg = cfg.withDefaults()
	keys, err := translog.ReadKeys(cfg.LogKeyFile)
	if err != nil {
		return err
	}
	db, err := postgres.Open(ctx, cfg.DatabaseURL, 2)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return app.ExportLog(ctx, db, keys.Signers[0].Name(), cfg.Clock.Now(), to)
}
