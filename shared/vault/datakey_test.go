package vault_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/vault"
)

var (
	atKey  = vault.Place{Table: "data_keys", Column: "wrapped", Row: "1"}
	atName = vault.Place{Table: "children", Column: "sealed", Row: "1"}
)

func givenDataKey(t *testing.T, v *vault.Vault, version int, at vault.Place) (*vault.DataKey, []byte) {
	t.Helper()
	key, wrapped, err := v.NewDataKey(version, at)
	if err != nil {
		t.Fatal(err)
	}
	return key, wrapped
}

func TestDataKey(t *testing.T) {
	t.Parallel()
	v := givenVault(t)
	key, wrapped := givenDataKey(t, v, 1, atKey)
	sealed, err := key.Seal([]byte("小明"), atName)
	if err != nil {
		t.Fatal(err)
	}

	t.Run("a key that was kept opens what it sealed", func(t *testing.T) {
		t.Parallel()
		again, err := v.DataKey(wrapped, 1, atKey)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := again.Open(sealed, atName); err != nil || string(got) != "小明" {
			t.Errorf("%q, %v", got, err)
		}
	})
	t.Run("a key is refused elsewhere, as another version, and by another vault", func(t *testing.T) {
		t.Parallel()
		elsewhere := atKey
		elsewhere.Row = "2"
		for name, open := range map[string]func() (*vault.DataKey, error){
			"of another row":     func() (*vault.DataKey, error) { return v.DataKey(wrapped, 1, elsewhere) },
			"of another version": func() (*vault.DataKey, error) { return v.DataKey(wrapped, 2, atKey) },
			"of another vault":   func() (*vault.DataKey, error) { return givenVault(t).DataKey(wrapped, 1, atKey) },
		} {
			if _, err := open(); !errors.Is(err, vault.ErrRefused) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	t.Run("wrapped anew under the vault's present key, it opens the same", func(t *testing.T) {
		t.Parallel()
		anew, err := v.Rewrap(wrapped, 1, atKey)
		if err != nil || bytes.Equal(anew, wrapped) {
			t.Fatalf("%x, %v", anew, err)
		}
		again, err := v.DataKey(anew, 1, atKey)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := again.Open(sealed, atName); err != nil || string(got) != "小明" {
			t.Errorf("%q, %v", got, err)
		}
	})
	t.Run("a key of another person opens nothing", func(t *testing.T) {
		t.Parallel()
		other, _ := givenDataKey(t, v, 1, vault.Place{Table: "data_keys", Column: "wrapped", Row: "2"})
		if _, err := other.Open(sealed, atName); !errors.Is(err, vault.ErrRefused) {
			t.Error(err)
		}
	})
}

// A thousand ciphertexts are moved to another row, another column, another table
// and another version of the key: none opens there, and all open at home.
func TestMovedCiphertexts(t *testing.T) {
	t.Parallel()
	v := givenVault(t)
	_, wrapped := givenDataKey(t, v, 1, atKey)
	key, err := v.DataKey(wrapped, 1, atKey)
	if err != nil {
		t.Fatal(err)
	}
	next, _ := givenDataKey(t, v, 2, atKey)
	refused := 0
	for range 1000 {
		row := rand.Text()
		home := vault.Place{Table: "children", Column: "sealed", Row: row}
		sealed, err := key.Seal([]byte(strings.Repeat("王小丽 ", 20)), home)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := key.Open(sealed, home); err != nil {
			t.Fatal(err)
		}
		moved := 0
		for _, away := range []vault.Place{
			{Table: "children", Column: "sealed", Row: rand.Text()}, {Table: "children", Column: "home", Row: row}, {Table: "households", Column: "sealed", Row: row},
		} {
			if _, err := key.Open(sealed, away); errors.Is(err, vault.ErrRefused) {
				moved++
			}
		}
		if _, err := next.Open(sealed, home); moved == 3 && errors.Is(err, vault.ErrRefused) {
			refused++
		}
	}
	if refused != 1000 {
		t.Errorf("%d of 1000 were refused everywhere", refused)
	}
}

// A nonce that came twice under one key would give both texts away. The first
// twelve bytes of a ciphertext are its nonce.
func TestNonces(t *testing.T) {
	t.Parallel()
	key, _ := givenDataKey(t, givenVault(t), 1, atKey)
	const times = 1_000_000
	seen := make(map[[12]byte]bool, times)
	for range times {
		sealed, err := key.Seal(nil, atName)
		if err != nil {
			t.Fatal(err)
		}
		seen[[12]byte(sealed)] = true
	}
	if len(seen) != times {
		t.Errorf("%d nonces came again", times-len(seen))
	}
}
