package main

import (
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/secrets"
)

// cryptographic are the packages that encrypt, sign, hash or draw at random.
var cryptographic = regexp.MustCompile(`^(crypto(/.*)?|golang\.org/x/crypto/.*|golang\.org/x/mod/sumdb/.*|filippo\.io/.*|` +
	`github\.com/(tink-crypto|golang-jwt|go-webauthn|pquerna)/.*)$`)

// usersOf returns the folders whose sources use such a package.
func usersOf(t *testing.T, all map[string]string) []string {
	t.Helper()
	found := map[string]bool{}
	for name, text := range all {
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			if of, _ := strconv.Unquote(i.Path.Value); cryptographic.MatchString(of) {
				found[path.Dir(name)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// TestCryptography compares docs/cryptography.md with the sources and with the keys that are
// made: an inventory that nobody compares is soon a list of what there once was.
func TestCryptography(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/cryptography.md")
	must(t, err)
	used, _, _ := strings.Cut(string(page), "\n## Keys")
	named := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^\|.*\| (.*) \|$`).FindAllStringSubmatch(used, -1) {
		for _, folder := range regexp.MustCompile("`([a-z/-]+)`").FindAllStringSubmatch(row[1], -1) {
			named[folder[1]] = true
		}
	}
	all := sources(t, ".go")
	if diff := cmp.Diff(usersOf(t, all), slices.Sorted(maps.Keys(named))); diff != "" {
		t.Errorf("folders that use cryptography (-sources +page):\n%s", diff)
	}
	all["services/new/internal/app/seal.go"] = "package app\n\nimport \"crypto/aes\"\n"
	if !slices.Contains(usersOf(t, all), "services/new/internal/app") {
		t.Error("control: one that is new is not found")
	}

	keys := filepath.Join(t.TempDir(), "keys")
	_, err = secrets.Ensure(keys)
	must(t, err)
	files, err := os.ReadDir(keys)
	must(t, err)
	made, rows := []string{}, []string{}
	for _, f := range files {
		made = append(made, f.Name())
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others may read %s: %v", f.Name(), err)
		}
	}
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z-]+(?:\\.[a-z]+)?)` \\|").FindAllStringSubmatch(string(page), -1) {
		rows = append(rows, row[1])
	}
	slices.Sort(rows)
	if diff := cmp.Diff(made, rows); diff != "" {
		t.Errorf("key files (-made +page):\n%s", diff)
	}
}
