package backup_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/backup"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
)

func TestMain(m *testing.M) {
	backup.Quickly()
	os.Exit(citytest.Main(m))
}

const password = "淇河两岸，杨柳依依，一二三四" // as long as it has to be, and not ASCII

// A city is backed up while it runs, goes on in a new folder with the same ledger,
// and nothing else can be made of its files.
func TestBackup(t *testing.T) {
	t.Parallel()
	data, out := citytest.Folder(t), t.TempDir()
	o := backup.Options{
		Data: data, To: filepath.Join(out, "databases"), KeysTo: filepath.Join(out, "keys"), PasswordFile: written(t, password+"\n"),
		Now: time.Date(2026, time.November, 27, 4, 0, 0, 0, clock.City), Say: func(string) {},
	}
	lived := citytest.Run(t, city.Options{Data: data})
	before := settled(t, lived.URL)
	began := time.Now()
	taken, err := backup.Take(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows backed up beside a running city in %s", taken.Manifest.Rows(), time.Since(began).Round(time.Millisecond))
	if err := lived.Stop(); err != nil {
		t.Fatal(err)
	}
	still := o
	still.To, still.KeysTo = t.TempDir(), t.TempDir()
	if _, err := backup.Take(t.Context(), still); err != nil {
		t.Errorf("a city that stands still: %v", err)
	}

	t.Run("the city goes on in another folder, with the same ledger", func(t *testing.T) {
		t.Parallel()
		to := citytest.EmptyFolder(t)
		began := time.Now()
		m, err := backup.Restore(t.Context(), backup.RestoreOptions{Databases: taken.Databases, Keys: taken.Keys, PasswordFile: o.PasswordFile, Data: to, Say: o.Say})
		if err != nil {
			t.Fatal(err)
		}
		took := time.Since(began).Round(time.Millisecond)
		again := citytest.Run(t, city.Options{Data: to})
		if after := settled(t, again.URL); after != before {
			t.Errorf("the ledger's log was %q and is %q", before, after)
		}
		if err := again.Stop(); err != nil {
			t.Fatal(err)
		}
		chaos.Promise(t, "B5", "a backup restored elsewhere has the same ledger root and the same rows", "%d rows restored and compared in %s, root the same", m.Rows(), took)

		if err := os.RemoveAll(filepath.Join(to, "keys")); err != nil {
			t.Fatal(err)
		}
		if other, err := city.Start(t.Context(), city.Options{Data: to}); err == nil || !strings.Contains(err.Error(), "sealed value refused") {
			if err == nil {
				_ = other.Stop()
			}
			t.Errorf("control: beside other keys it starts with %v: what is sealed was not read above", err)
		}
		chaos.Promise(t, "B5", "control: beside other keys", "it says so and does not start")
	})
	t.Run("a row that is missing is noticed, and nothing is left behind", func(t *testing.T) {
		t.Parallel()
		inside := t.TempDir()
		if err := backup.Unseal(taken.Databases, inside, password); err != nil {
			t.Fatal(err)
		}
		manifest := filepath.Join(inside, "manifest.json")
		text, err := os.ReadFile(manifest)
		if err != nil {
			t.Fatal(err)
		}
		changed := bytes.Replace(text, []byte(`"entries": {`+"\n"+`        "rows": `), []byte(`"entries": {`+"\n"+`        "rows": 1`), 1)
		if bytes.Equal(changed, text) {
			t.Fatalf("no table of entries in %s", text)
		}
		if err := os.WriteFile(manifest, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "changed.data")
		if err := backup.Seal(inside, file, password); err != nil {
			t.Fatal(err)
		}
		refuses(t, "entries", backup.RestoreOptions{Databases: file, Keys: taken.Keys, PasswordFile: o.PasswordFile})
	})
	t.Run("a file that is not whole or not ours is refused", func(t *testing.T) {
		t.Parallel()
		content, err := os.ReadFile(taken.Databases)
		if err != nil {
			t.Fatal(err)
		}
		flipped := bytes.Clone(content)
		flipped[len(flipped)/2] ^= 1
		for name, wrong := range map[string]backup.RestoreOptions{
			"another password": {Databases: taken.Databases, PasswordFile: written(t, "杨柳依依，淇河两岸，一二三四")},
			"one bit":          {Databases: written(t, string(flipped))},
			"its end missing":  {Databases: written(t, string(content[:len(content)-1000]))},
			"no backup":        {Databases: written(t, "age-encryption.org/v1\n")},
		} {
			if wrong.PasswordFile == "" {
				wrong.PasswordFile = o.PasswordFile
			}
			wrong.Keys = taken.Keys
			t.Run(name, func(t *testing.T) { refuses(t, "备份文件打不开", wrong) })
		}
		refuses(t, "no backup of the databases", backup.RestoreOptions{Databases: taken.Keys, Keys: taken.Keys, PasswordFile: o.PasswordFile})
	})
	t.Run("a folder that is there is left alone", func(t *testing.T) {
		t.Parallel()
		there := t.TempDir()
		_, err := backup.Restore(t.Context(), backup.RestoreOptions{Databases: taken.Databases, Keys: taken.Keys, PasswordFile: o.PasswordFile, Data: there, Say: o.Say})
		if err == nil || !strings.Contains(err.Error(), "已经有了") {
			t.Errorf("restored over %s: %v", there, err)
		}
	})
	t.Run("a short password is refused", func(t *testing.T) {
		t.Parallel()
		if _, err := backup.Password(written(t, "12345678901\n")); err == nil {
			t.Error("eleven characters are enough")
		}
	})
}

// refuses wants a restore to fail for that reason and to leave no folder.
func refuses(t *testing.T, reason string, o backup.RestoreOptions) {
	t.Helper()
	o.Data, o.Say = citytest.EmptyFolder(t), func(string) {}
	_, err := backup.Restore(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), reason) {
		t.Errorf("restored, or for another reason than %q: %v", reason, err)
	}
	if _, err := os.Stat(o.Data); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder is left behind: %v", err)
	}
}

func written(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// settled returns size and root of the ledger's log once it stands still.
func settled(t *testing.T, url string) string {
	t.Helper()
	for last, same := "", 0; ; {
		now := checkpoint(t, url)
		if same++; now != last || now == "" {
			last, same = now, 0
		}
		if same >= 15 { // three seconds: on a busy machine the log is slow, not at its end
			return now
		}
		select {
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func checkpoint(t *testing.T, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/hours/v1/ledger/checkpoint", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(string(text), "\n"); res.StatusCode == http.StatusOK && len(lines) > 3 {
		return lines[1] + " " + lines[2]
	}
	return ""
}
