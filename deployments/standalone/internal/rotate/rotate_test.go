package rotate_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/backup"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/rotate"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/translog"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func TestMain(m *testing.M) { os.Exit(citytest.Main(m)) }

// All keys are changed. The city goes on, a backup from before goes on with the newest
// keys, and what still needs an old key keeps it from being dropped.
func TestRotate(t *testing.T) {
	t.Parallel()
	data, out := citytest.Folder(t), t.TempDir()
	password := filepath.Join(out, "password")
	must(t, os.WriteFile(password, []byte("淇河两岸，杨柳依依，一二三四\n"), 0o600))
	o := backup.Options{Data: data, To: filepath.Join(out, "databases"), KeysTo: filepath.Join(out, "keys"), PasswordFile: password, Now: time.Now().In(clock.City), Say: func(string) {}}
	before, err := backup.Take(t.Context(), o)
	must(t, err)

	s, err := site.Open(t.Context(), data)
	must(t, err)
	for _, k := range rotate.Keys {
		path := filepath.Join(data, "keys", k.File)
		was, err := os.ReadFile(path)
		must(t, err)
		_, err = rotate.Add(t.Context(), s, data, k, quiet)
		must(t, err)
		if is, err := os.ReadFile(path); err != nil || string(is) == string(was) {
			t.Errorf("%s is what it was: %v", k.Name, err)
		}
	}
	if err := rotate.Drop(t.Context(), s, data, named("signing")); !errors.Is(err, rotate.ErrDrop) {
		t.Errorf("a key of which there is one: %v", err)
	}
	must(t, rotate.Drop(t.Context(), s, data, named("children"))) // nothing is sealed for a child here
	dropSigner(t, s, data)
	must(t, s.Close())

	r, err := city.Start(t.Context(), city.Options{Data: data})
	must(t, err)
	running, err := site.Open(t.Context(), data)
	must(t, err)
	for _, name := range []string{"signing", "internal", "ledger-log"} {
		if _, err := rotate.Add(t.Context(), running, data, named(name), quiet); !errors.Is(err, rotate.ErrRuns) {
			t.Errorf("%s of a city that runs: %v", name, err)
		}
	}
	if err := rotate.Drop(t.Context(), running, data, named("phones")); !errors.Is(err, rotate.ErrRuns) {
		t.Errorf("dropped beside a city that runs: %v", err)
	}
	phones, err := rotate.Add(t.Context(), running, data, named("phones"), quiet)
	must(t, err)
	if phones == 0 {
		t.Error("beside a city that runs nothing is sealed anew")
	}
	must(t, r.Stop())

	o.To = filepath.Join(out, "after")
	after, err := backup.Take(t.Context(), o)
	must(t, err)
	again := citytest.EmptyFolder(t)
	_, err = backup.Restore(t.Context(), backup.RestoreOptions{Databases: before.Databases, Keys: after.Keys, PasswordFile: password, Data: again, Say: o.Say})
	must(t, err)
	r, err = city.Start(t.Context(), city.Options{Data: again})
	must(t, err)
	must(t, r.Stop())

	s, err = site.Open(t.Context(), data)
	must(t, err)
	for _, name := range []string{"phones", "certificates"} {
		must(t, rotate.Drop(t.Context(), s, data, named(name))) // all was sealed anew
	}
	resealed(t, s, data)
	must(t, s.Close())
	r, err = city.Start(t.Context(), city.Options{Data: data}) // which opens a phone number before it is ready
	must(t, err)
	must(t, r.Stop())
	path := filepath.Join(data, "keys", "vault-keys.json")
	must(t, vault.AddKey(path))
	must(t, vault.PromoteKey(path))
	must(t, vault.DropKeys(path))
	if r, err := city.Start(t.Context(), city.Options{Data: data}); err == nil || !strings.Contains(err.Error(), "sealed value refused") {
		if err == nil {
			_ = r.Stop()
		}
		t.Errorf("control: without the old key it starts with %v: refusing to drop it protects nothing", err)
	}
}

func quiet(int, int) {}

// resealed breaks a change off in the middle: the old key cannot be dropped then, the
// next call goes on with the same keys, and afterwards the old one is needed no more.
func resealed(t *testing.T, s *site.Site, data string) {
	t.Helper()
	k := named("phones")
	path := filepath.Join(data, "keys", k.File)
	ctx, kill := context.WithCancel(t.Context())
	first := 0
	if _, err := rotate.Add(ctx, s, data, k, func(done, of int) {
		if done > 0 && done < of {
			first = done
			kill()
		}
	}); err == nil || first == 0 {
		t.Fatalf("broken off after %d: %v", first, err)
	}
	if err := rotate.Drop(t.Context(), s, data, k); err == nil || !strings.Contains(err.Error(), "volunteers.phone_sealed") {
		t.Errorf("control: half is sealed with it, and the old key is dropped, or why not is not said: %v", err)
	}
	keys, err := os.ReadFile(path)
	must(t, err)
	all := 0
	rest, err := rotate.Add(t.Context(), s, data, k, func(done, of int) { all = of })
	must(t, err)
	if after, err := os.ReadFile(path); err != nil || string(after) != string(keys) || rest == 0 || rest != all {
		t.Errorf("going on: %d of %d, other keys: %v, %v", rest, all, string(after) != string(keys), err)
	}
	must(t, rotate.Drop(t.Context(), s, data, k))
}

// dropSigner wants the old key of the ledger's log to stay until the new one has signed.
func dropSigner(t *testing.T, s *site.Site, data string) {
	t.Helper()
	k := named("ledger-log")
	keys, err := translog.ReadKeys(filepath.Join(data, "keys", k.File))
	must(t, err)
	if len(keys.Signers) != 2 {
		t.Fatalf("%d keys sign", len(keys.Signers))
	}
	db, err := s.Reach("hours")
	must(t, err)
	defer func() { _ = db.Close() }()
	sign := func(size int64, signers ...note.Signer) {
		signed, err := note.Sign(&note.Note{Text: translog.Checkpoint{Origin: signers[0].Name(), Size: size}.Text()}, signers...)
		must(t, err)
		_, err = db.ExecContext(t.Context(), `INSERT INTO log_checkpoints (size, note, signed_at) VALUES ($1, $2, now())`, size, string(signed))
		must(t, err)
	}
	sign(1_000_000_000, keys.Signers[0])
	if err := rotate.Drop(t.Context(), s, data, k); err == nil {
		t.Error("dropped, and nobody who knows the new key can check the newest checkpoint")
	}
	sign(1_000_000_001, keys.Signers...)
	must(t, rotate.Drop(t.Context(), s, data, k))
	if left, err := translog.ReadKeys(filepath.Join(data, "keys", k.File)); err != nil || len(left.Public) != 1 || left.Public[0] != keys.Public[1] {
		t.Errorf("left is %v, %v", left.Public, err)
	}
	_, err = db.ExecContext(t.Context(), `ALTER TABLE log_checkpoints DISABLE TRIGGER USER; DELETE FROM log_checkpoints WHERE size >= 1000000000; ALTER TABLE log_checkpoints ENABLE TRIGGER USER`)
	must(t, err)
}

func named(name string) rotate.Key {
	for _, k := range rotate.Keys {
		if k.Name == name {
			return k
		}
	}
	panic(name)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
