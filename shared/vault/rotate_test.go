package vault_test

import (
	"path/filepath"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/vault"
)

func TestRotation(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys.json")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(vault.EnsureKeys(path))
	running, err := vault.Load(path) // a service that was started before and goes on
	must(err)
	old, err := running.Seal("13800000001", home)
	must(err)
	index := running.BlindIndex("phone", "13800000001")

	must(vault.AddKey(path))
	added, err := vault.Load(path)
	must(err)
	if sealed, err := added.Seal("x", home); err != nil || !running.Current(sealed) {
		t.Errorf("a key that was only added seals: %v", err)
	}
	must(vault.PromoteKey(path))
	command, err := vault.Load(path)
	must(err)
	fresh, err := command.Seal("13800000002", home)
	must(err)
	if command.Current(old) || !command.Current(fresh) || string(command.BlindIndex("phone", "13800000001")) != string(index) {
		t.Error("the new key does not seal, or fingerprints have changed")
	}
	for sealed, want := range map[string]string{string(old): "13800000001", string(fresh): "13800000002"} {
		if got, err := running.Open([]byte(sealed), home); err != nil || got != want {
			t.Errorf("the running service opens %q, %v; want %s", got, err, want)
		}
	}
	if sealed, err := running.Seal("x", home); err != nil || !command.Current(sealed) {
		t.Errorf("the running service goes on sealing with the old key: %v", err)
	}

	must(vault.DropKeys(path))
	last, err := vault.Load(path)
	must(err)
	if _, err := last.Open(old, home); err == nil {
		t.Error("a key that was dropped opens")
	}
	if got, err := last.Open(fresh, home); err != nil || got != "13800000002" {
		t.Errorf("%q, %v", got, err)
	}
}
