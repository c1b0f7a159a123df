package setup

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/deployments/compose"
	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/services/pairings"
	"github.com/qihe-volunteers/qihe/services/portal"
	"github.com/qihe-volunteers/qihe/services/tasks"
	"github.com/qihe-volunteers/qihe/services/teams"
	"github.com/qihe-volunteers/qihe/shared/config"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

const server = "postgres://boss:open%20sesame@db.example:6543/postgres?sslmode=verify-full"

// What is written for a cluster is all that its files refer to; a service can start
// from it; and nobody but the job that migrates is told the owner's address.
func TestKubernetes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	must(t, Kubernetes(folder, "qihe.example", server))
	path := filepath.Join(folder, "secrets.json")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	text, err := os.ReadFile(path)
	must(t, err)
	var list struct{ Items []secret }
	must(t, json.Unmarshal(text, &list))
	secrets := map[string]map[string]string{}
	for _, s := range list.Items {
		secrets[s.Metadata["name"]] = s.StringData
	}

	want := map[string]bool{}
	for _, manifest := range manifests(t, "base", "overlays/city", "watching") {
		for _, reference := range regexp.MustCompile(`secretRef: \{ name: ([a-z-]+) \}|secretName: ([a-z]+-keys)`).FindAllStringSubmatch(manifest, -1) {
			want[reference[1]+reference[2]] = true
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(secrets))); diff != "" || len(want) < 10 {
		t.Errorf("secrets (-referred to +written):\n%s", diff)
	}

	starts[teams.Config](t, "teams", secrets)
	starts[tasks.Config](t, "tasks", secrets)
	starts[hours.Config](t, "hours", secrets)
	starts[pairings.Config](t, "pairings", secrets)
	starts[portal.Config](t, "portal", secrets)
	for name, data := range secrets {
		for variable, value := range data {
			if owner := strings.Contains(value, "_owner:"); owner != (name == strings.TrimSuffix(name, "-owner")+"-owner") || strings.Contains(value, "open%20sesame") != (name == "postgres-superuser") {
				t.Errorf("%s is told %s", name, variable)
			}
			if strings.Contains(variable, "DATABASE_URL") && !strings.Contains(value, "@db.example:6543/qihe_") {
				t.Errorf("%s is told of another server", name)
			}
		}
	}
	for _, place := range regexp.MustCompile(`\$([A-Z_]+_PASSWORD|NATS_ROUTE_\d)`).FindAllStringSubmatch(files(t), -1) {
		if secrets["nats"][place[1]] == "" {
			t.Errorf("NATS is not told %s", place[1])
		}
	}

	must(t, Kubernetes(folder, "qihe.example", server))
	again, err := os.ReadFile(path)
	must(t, err)
	if string(again) != string(text) {
		t.Error("a second time it writes others")
	}
}

// starts reads the service's settings as its pod is told them.
func starts[C any](t *testing.T, name string, secrets map[string]map[string]string) {
	t.Helper()
	text, err := compose.Env.ReadFile("env/" + name + ".env")
	must(t, err)
	told := names(text)
	maps.DeleteFunc(told, func(_, value string) bool { return strings.Contains(value, "${") })
	for variable, value := range secrets[name] {
		if _, twice := told[variable]; twice || strings.Contains(value, "$") {
			t.Errorf("%s is told %s=%s", name, variable, value)
		}
		told[variable] = value
	}
	prefix := strings.ToUpper(name) + "_"
	if _, err := config.LoadFrom[C](prefix, told); err != nil {
		t.Error(err)
	}
	for variable := range secrets[name] {
		if strings.HasSuffix(variable, "_SITE_URL") { // not required, and wanted all the same
			continue
		}
		less := maps.Clone(told)
		delete(less, variable)
		if _, err := config.LoadFrom[C](prefix, less); err == nil {
			t.Errorf("%s starts without %s", name, variable)
		}
	}
}

func manifests(t *testing.T, folders ...string) (texts []string) {
	t.Helper()
	for _, folder := range folders {
		must(t, filepath.WalkDir(filepath.Join("../../../kubernetes", folder), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".yaml" {
				return err
			}
			text, err := os.ReadFile(path)
			texts = append(texts, string(text))
			return err
		}))
	}
	return texts
}

func files(t *testing.T) string {
	t.Helper()
	conf, err := os.ReadFile("../../nats/server.conf")
	must(t, err)
	users, err := os.ReadFile("../../nats/gen/users.conf")
	must(t, err)
	return string(conf) + string(users)
}

// A Secret's files, as a pod has them, are refused by the service; the copies are taken.
func TestKeys(t *testing.T) {
	t.Parallel()
	from, to := t.TempDir(), t.TempDir()
	kept := filepath.Join(from, "..2026")
	must(t, os.Mkdir(kept, 0o750))
	must(t, vault.EnsureKeys(filepath.Join(kept, "vault-keys.json")))
	must(t, os.Chmod(filepath.Join(kept, "vault-keys.json"), 0o440)) //nolint:gosec // what Kubernetes makes of fsGroup and defaultMode
	must(t, os.Symlink("..2026", filepath.Join(from, "..data")))
	must(t, os.Symlink("..data/vault-keys.json", filepath.Join(from, "vault-keys.json")))
	if _, err := vault.Load(filepath.Join(from, "vault-keys.json")); err == nil {
		t.Error("control: the service takes a key that a group can read, and nothing need be copied")
	}
	must(t, Keys(from, to))
	if _, err := vault.Load(filepath.Join(to, "vault-keys.json")); err != nil {
		t.Error(err)
	}
	if err := Keys(to, from+"/nowhere"); err == nil {
		t.Error("it copied into nothing")
	}
	if err := Keys(t.TempDir(), to); err == nil {
		t.Error("it is content with no keys")
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
