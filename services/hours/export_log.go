package hours

import (
	"context"
	"io"
)

// ExportLog writes the whole ledger with its log, as of one moment, for an
// auditor who checks it with qihe-verify. It may run beside the service.
func ExportLog(ctx context.Context, cfg Config, to io.Writer) error {
	s, err := open(ctx, cfg.withDefaults())
	defer s.close()
	if err != nil {
		return err
	}
	return s.app.ExportLog(ctx, to)
}
