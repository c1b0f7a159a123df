package setup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/standby"
)

// acts are what can be done with a primary and its standby, each with what it means.
var acts = map[string]struct {
	do   func(ctx context.Context, addresses []string) error
	says string
}{
	"promote":  {standby.Promote, "备库成为主库，独自工作。原来的主库不再算数：清空后才能作备库。主库“独自工作”时坏的，不要提升 · The standby becomes the primary and goes on alone. The former one counts no more: it must be emptied before it follows. Never when the former one was alone."},
	"alone":    {standby.Alone, "主库不再等备库：签到只在一块盘上就算数。在 together 以前不许提升备库 · Commits do not wait for the standby: what is answered is on one disk. Until “together” the standby must not be promoted."},
	"together": {standby.Together, "主库等备库：签到在两块盘上才算数 · Commits wait for the standby: what is answered is on two disks."},
}

// Standby says how the servers at the addresses are, and, with an act and yes,
// does it.
func Standby(ctx context.Context, out io.Writer, addresses string, args []string) error {
	if addresses == "" {
		return fmt.Errorf("没有设置 %[1]s：写两台数据库服务器的地址，中间用逗号 · %[1]s is not set: it names both servers, with a comma between", SuperuserURL)
	}
	both := postgres.Split(addresses)
	yes := slices.Contains(args, "--yes")
	args = slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == "--yes" })
	for _, s := range standby.Look(ctx, both) {
		_, _ = fmt.Fprintln(out, describe(s))
	}
	if len(args) == 0 {
		return nil
	}
	act, known := acts[args[0]]
	if !known || len(args) > 1 {
		return errors.New("用法 usage: qihe-setup standby [promote | alone | together] [--yes]")
	}
	_, _ = fmt.Fprintf(out, "\n%s: %s\n", args[0], act.says)
	if !yes {
		_, _ = fmt.Fprintln(out, "什么也没做；确定要做，加上 --yes · Nothing was done; to do it add --yes")
		return nil
	}
	if err := act.do(ctx, both); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(out, "做完了 · done")
	return nil
}

func describe(s standby.Server) string {
	switch {
	case s.Away != nil:
		return fmt.Sprintf("%s  没有应答 away: %v", s.Host, s.Away)
	case s.Standby:
		heard := "—"
		if !s.Heard.IsZero() {
			heard = s.Heard.UTC().Format(time.RFC3339)
		}
		return fmt.Sprintf("%s  备库 standby: %s, 最后一笔 last commit %s", s.Host, s.Position, heard)
	default:
		waits := "独自工作 ALONE"
		if s.WaitsFor != "" {
			waits = "等 waits for " + s.WaitsFor
		}
		return fmt.Sprintf("%s  主库 primary: %s, %s; 跟随 followed by: %s", s.Host, s.Position, waits, strings.Join(s.Following, ", "))
	}
}
