package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/testkit/bench"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/freeport"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

// superURL is the ledger's database as the superuser of the server.
func superURL(b *testing.B, l *ledger) string {
	b.Helper()
	server := os.Getenv("QIHE_TEST_POSTGRES")
	if server == "" {
		b.Fatal("Start it beside a server that keeps what it acknowledges. Type: make bench")
	}
	super, err := url.Parse(server)
	must(b, err)
	own, err := url.Parse(l.db.URL)
	must(b, err)
	super.Path = own.Path
	return super.String()
}

// measureProcess starts the service's own program on the ledger: how long until
// it serves, and how much memory it has then.
func measureProcess(b *testing.B, l *ledger, table *bench.Table, g *growth) {
	b.Helper()
	dir := b.TempDir()
	program := filepath.Join(dir, "hours")
	if out, err := exec.Command("go", "build", "-o", program, "../cmd/hours").CombinedOutput(); err != nil {
		b.Fatalf("build hours: %v\n%s", err, out)
	}
	key, err := translog.NewKey("bench/hours")
	must(b, err)
	must(b, os.WriteFile(filepath.Join(dir, "log-key"), key, 0o600))
	address := freeport.Address(b)
	cmd := exec.Command(program)
	cmd.Stderr = os.Stderr
	cmd.Env = append(os.Environ(),
		"HOURS_ADDRESS="+address, "HOURS_DATABASE_URL="+l.db.URL, "HOURS_OWNER_DATABASE_URL="+l.db.OwnerURL, "HOURS_NATS_URL="+bustest.StartSafe(b),
		"HOURS_PORTAL_URL=http://127.0.0.1:1", "HOURS_TEAMS_URL=http://127.0.0.1:1", "HOURS_INTERNAL_SECRET=secret",
		"HOURS_LOG_KEY_FILE="+filepath.Join(dir, "log-key"), "HOURS_KEY_FILE="+filepath.Join(dir, "keys"), "HOURS_MAKE_KEY_FILE=true", "HOURS_LOG_LEVEL=error")
	began := time.Now()
	must(b, cmd.Start())
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	wait.Within(b, 10*time.Minute, "hours to be ready", func() bool { return ready(address) })
	g.ready = time.Since(began)
	g.processMB = residentMB(b, cmd.Process.Pid)
	table.Say("the program with boards warm: ready after %s, %.0f MB resident", g.ready.Round(10*time.Millisecond), g.processMB)
}

func ready(address string) bool {
	res, err := http.Get("http://" + address + "/readyz")
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusNoContent
}

func residentMB(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	must(b, err)
	for lines := bufio.NewScanner(bytes.NewReader(status)); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			kB, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			must(b, err)
			return kB / 1024
		}
	}
	b.Fatal("this system does not say how much memory a process has")
	return 0
}
