//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// StartStandby starts a second server in a new folder, which copies of and then
// follows it under that name. What it is told first is in a slot of the same
// name, which of keeps until it has been fetched. It is for tests: a standby
// that guards anything runs on another machine.
func StartStandby(ctx context.Context, cfg Config, of *Server, name string) (*Server, error) {
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("locate database folder: %w", err)
	}
	who, err := prepareFolder(dir)
	if err != nil {
		return nil, err
	}
	prog, err := findProgram(ctx, of.dir, "", who)
	if err != nil {
		return nil, err
	}
	err = errors.Join(wholefile.Write(filepath.Join(dir, "password"), []byte(of.password+"\n")),
		wholefile.Write(filepath.Join(dir, "source"), []byte(prog.source)), who.own(dir))
	if err != nil {
		return nil, fmt.Errorf("make standby's folder: %w", err)
	}
	from, err := url.Parse(of.SuperURL())
	if err != nil {
		return nil, fmt.Errorf("read address of primary: %w", err)
	}
	q := from.Query()
	q.Set("application_name", name)
	from.RawQuery = q.Encode()
	cmd := exec.CommandContext(ctx, prog.path("pg_basebackup"), "--pgdata="+filepath.Join(dir, "data"), "--dbname="+from.String(),
		"--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--create-slot", "--slot="+name)
	cmd.Env, cmd.Dir, cmd.SysProcAttr = environment(), dir, attributes(who)
	runtime.LockOSThread() // it ends with this thread, see attributes
	defer runtime.UnlockOSThread()
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("copy the primary: %w: %s", err, lastLines(string(out), 3))
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return nil, err
	}
	return Start(ctx, cfg)
}
