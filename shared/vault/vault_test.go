package vault_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/vault"
)

func givenVault(t *testing.T) *vault.Vault {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := vault.EnsureKeys(path); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var home = vault.Place{Table: "volunteers", Column: "phone", Row: "1"}

func givenSealed(t *testing.T, v *vault.Vault, value string) []byte {
	t.Helper()
	sealed, err := v.Seal(value, home)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestOpen(t *testing.T) {
	t.Parallel()
	v := givenVault(t)
	const phone = "13800000001"

	t.Run("a sealed value opens in its place", func(t *testing.T) {
		t.Parallel()
		got, err := v.Open(givenSealed(t, v, phone), home)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(phone, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the ciphertext does not hold the value and is never the same twice", func(t *testing.T) {
		t.Parallel()
		one, two := givenSealed(t, v, phone), givenSealed(t, v, phone)
		if bytes.Contains(one, []byte(phone)) || bytes.Equal(one, two) {
			t.Errorf("got %x and %x", one, two)
		}
	})
	for name, place := range map[string]vault.Place{
		"a ciphertext moved to another row is refused":    {Table: "volunteers", Column: "phone", Row: "2"},
		"a ciphertext moved to another column is refused": {Table: "volunteers", Column: "address", Row: "1"},
		"a ciphertext moved to another table is refused":  {Table: "children", Column: "phone", Row: "1"},
		"a place that only reads the same is refused":     {Table: "volunteersphone", Column: "", Row: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := v.Open(givenSealed(t, v, phone), place); !errors.Is(err, vault.ErrRefused) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	t.Run("a ciphertext with any bit changed is refused", func(t *testing.T) {
		t.Parallel()
		sealed := givenSealed(t, v, phone)
		for i := range len(sealed) * 8 {
			changed := bytes.Clone(sealed)
			changed[i/8] ^= 1 << (i % 8)
			if _, err := v.Open(changed, home); !errors.Is(err, vault.ErrRefused) {
				t.Fatalf("bit %d: %v", i, err)
			}
		}
	})
	t.Run("another vault's ciphertext is refused", func(t *testing.T) {
		t.Parallel()
		if _, err := v.Open(givenSealed(t, givenVault(t), phone), home); !errors.Is(err, vault.ErrRefused) {
			t.Error(err)
		}
	})
}

func TestBlindIndex(t *testing.T) {
	t.Parallel()
	v := givenVault(t)
	base := v.BlindIndex("phone", "13800000001")
	if len(base) != 32 || !bytes.Equal(base, v.BlindIndex("phone", "13800000001")) {
		t.Error("the same value has the same index of 32 bytes")
	}
	for name, other := range map[string][]byte{
		"another value":                    v.BlindIndex("phone", "13800000002"),
		"another purpose":                  v.BlindIndex("id_number", "13800000001"),
		"another split of the same letter": v.BlindIndex("phone1", "3800000001"),
		"another vault":                    givenVault(t).BlindIndex("phone", "13800000001"),
	} {
		if bytes.Equal(base, other) {
			t.Errorf("%s has the same index", name)
		}
	}
}

func TestEnsureKeys(t *testing.T) {
	t.Parallel()
	t.Run("the file can be read by its owner only", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "keys.json")
		if err := vault.EnsureKeys(path); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
	})
	t.Run("of many that start together one makes the keys and all read the same", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "keys.json")
		indexes := make([][]byte, 8)
		var wg sync.WaitGroup
		for i := range indexes {
			wg.Go(func() {
				if err := vault.EnsureKeys(path); err != nil {
					t.Error(err)
					return
				}
				opened, err := vault.Load(path)
				if err != nil {
					t.Error(err)
					return
				}
				indexes[i] = opened.BlindIndex("phone", "x")
			})
		}
		wg.Wait()
		for _, index := range indexes {
			if !bytes.Equal(index, indexes[0]) {
				t.Errorf("%x differs from %x", index, indexes[0])
			}
		}
		left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".keys-*"))
		if err != nil || len(left) != 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

func TestLoad(t *testing.T) {
	t.Parallel()
	t.Run("a missing file is an error and is not made", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "keys.json")
		if _, err := vault.Load(path); !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
	})
	t.Run("a file that others can read is refused", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "keys.json")
		if err := vault.EnsureKeys(path); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Load(path); err == nil {
			t.Error("it was read")
		}
	})
	t.Run("a file that holds no keys is refused", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "keys.json")
		if err := os.WriteFile(path, []byte(`{"seal":{},"index":{}}`), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Load(path); err == nil {
			t.Error("it was used")
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	path := filepath.Join(b.TempDir(), "keys.json")
	if err := vault.EnsureKeys(path); err != nil {
		b.Fatal(err)
	}
	v, err := vault.Load(path)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := v.Seal("13800000001", home); err != nil {
			b.Fatal(err)
		}
	}
}
