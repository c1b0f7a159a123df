package pairings_test

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/erased"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/pgtest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// The service as it runs: who was erased is erased before it serves, and who is erased
// while it runs is in the list that lies beside the keys. And of who reports a concern
// the record of visits is told nothing.
func TestRunKnowsWhoWasErased(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "pairings", pairings.Migrations()...)
	keys := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	content, err := translog.NewKey("test/pairings")
	must(err)
	logKey := filepath.Join(keys, "openings-log.key")
	must(os.WriteFile(logKey, content, 0o600))
	keyFile := filepath.Join(keys, "pairing-keys.json")
	must(vault.EnsureKeys(keyFile))
	before, during := id.New(), id.New()
	for _, subject := range []string{before, during} {
		_, err := db.Owner(t).Exec(`INSERT INTO data_keys (subject_id, kind, wrapped, made_at) VALUES ($1, 'child', 'x', now())`, subject)
		must(err)
	}
	list := erased.At(filepath.Join(keys, "pairings-erased.jsonl"))
	must(list.Add([]erased.Line{{SubjectID: before, At: time.Now(), By: id.New(), Reason: "保存期满"}}))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	ctx, stop := context.WithCancel(t.Context())
	ended, nats := make(chan error, 1), bustest.Start(t)
	go func() {
		ended <- pairings.Run(ctx, pairings.Config{
			DatabaseURL: db.URL, OwnerDatabaseURL: db.OwnerURL, NATSURL: nats, PortalURL: "http://127.0.0.1:9", TeamsURL: "http://127.0.0.1:9",
			InternalSecret: "secret", KeyFile: keyFile, LogKeyFile: logKey, Listener: listener,
		})
	}()
	left := func() (n int) {
		must(db.Owner(t).Get(&n, `SELECT count(*) FROM data_keys WHERE wrapped IS NOT NULL`))
		return n
	}
	wait.Until(t, "the key that came back to be destroyed", func() bool { return left() == 1 })
	_, err = db.Owner(t).Exec(`SELECT destroy_key($1, $1, '监护人要求删除', now())`, during)
	must(err)
	wait.Until(t, "who is erased to be in the list", func() bool {
		lines, err := list.Read()
		return err == nil && len(lines) == 2 && lines[during].Reason != ""
	})
	for path, told := range map[string]bool{"children": true, "concerns": false, "concerns/" + before: false, "sealing-key": false, "sealed-messages": false} {
		var header http.Header
		wait.Until(t, "an answer", func() bool {
			res, err := http.Get("http://" + listener.Addr().String() + "/api/pairings/v1/" + path)
			if err == nil {
				header = res.Header
				_ = res.Body.Close()
			}
			return err == nil
		})
		if got := header.Get(httpserver.HeaderRoute) + header.Get(httpserver.HeaderRefusal); (got != "") != told {
			t.Errorf("of %s the portal is told %q", path, got)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
