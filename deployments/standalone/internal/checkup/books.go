package checkup

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/qihe-volunteers/qihe/services/hours"
)

// books are the settings with which hours looks at its own books.
func (r round) books() hours.Config {
	return hours.Config{DatabaseURL: r.site.Address("hours"), LogKeyFile: filepath.Join(r.data, "keys", "ledger-log.key"), Clock: r.clock}
}

func (r round) totals(ctx context.Context) (Finding, error) {
	b, err := hours.Check(ctx, r.books())
	if err != nil && !errors.Is(err, hours.ErrWrongBooks) {
		return Finding{}, err
	}
	return Finding{
		Good: b.OK(),
		Chinese: fmt.Sprintf("账本 %d 行；合计表错 %d 处，内存合计错 %d 处，暂缓生效错 %d 处，历史时长错 %d 处",
			b.Lines, b.WrongTotals, b.WrongBoards, b.WrongHolds, b.WrongImport),
		English: b.String(),
	}, nil
}

// log compares ledger, log and checkpoints. Lines that have not come into the log yet
// are told, and wrong only beside a service that should have brought them there.
func (r round) log(ctx context.Context) (Finding, error) {
	before, after := hours.LogReport{}, hours.LogReport{}
	var err error
	for _, report := range []*hours.LogReport{&before, &after} {
		if *report, err = hours.CheckLog(ctx, r.books()); err != nil {
			return Finding{}, err
		}
		if n, only := report.Unlogged(); n == 0 || !only || !r.site.Runs {
			after = *report
			break
		}
		if err := wait(ctx); err != nil {
			return Finding{}, err
		}
	}
	was, _ := before.Unlogged()
	late, only := after.Unlogged()
	f := Finding{
		Good: after.OK() || only && (!r.site.Runs || late < was),
		Chinese: fmt.Sprintf("日志里 %d 行，和 %d 个检查点核对；还没进日志 %d 行；不对 %d 处",
			after.Lines, after.Checkpoints, after.New+int64(late), len(after.Findings)+after.More-late),
		English: fmt.Sprintf("%d lines compared with the log, the log with %d checkpoints; %d lines not in it yet; %d wrong",
			after.Lines, after.Checkpoints, after.New+int64(late), len(after.Findings)+after.More-late),
	}
	if !f.Good {
		first := after.Findings[0]
		f.Chinese, f.English = f.Chinese+"；"+first.Text(true), f.English+"; "+first.Text(false)
	}
	return f, nil
}
