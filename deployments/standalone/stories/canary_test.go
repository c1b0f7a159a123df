package stories_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// canary is in the names, addresses and notes of all children and families in the
// stories, and in nothing else. What is known of them lies sealed: so the word must be
// in no file of a city, no log, no URL and nothing that a browser keeps (browser.mjs
// looks there).
const canary = "金丝雀"

// forms are how the word may be written down.
func forms() map[string][]byte {
	all := map[string][]byte{
		"as it is": []byte(canary), "in JSON": []byte(`\u91d1\u4e1d\u96c0`),
		"in a URL": []byte(url.QueryEscape(canary)), "in a URL, small": []byte(strings.ToLower(url.QueryEscape(canary))),
	}
	for shift := range 3 { // where the word begins in a group of three bytes
		text := base64.StdEncoding.EncodeToString(append(make([]byte, shift), canary...))
		from, whole := []int{0, 2, 3}[shift], (shift+len(canary))/3*4
		all[fmt.Sprintf("in base64, %d", shift)] = []byte(text[from:whole])
	}
	return all
}

// leaks returns where the word is in a folder and in what was logged.
func leaks(t testing.TB, folder string, logged []byte) (found []string) {
	t.Helper()
	look := func(where string, content []byte) {
		for how, form := range forms() {
			if bytes.Contains(content, form) {
				found = append(found, where+", "+how)
			}
		}
	}
	look("the log", logged)
	if err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path) //nolint:gosec // a folder that the test made
		look(path, content)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return found
}

// The search finds the word in whatever form, or it would prove nothing.
func TestCanaryIsFound(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if got := leaks(t, folder, []byte("nothing")); len(got) != 0 {
		t.Errorf("%q", got)
	}
	for name, content := range map[string]string{
		"plain": "x" + canary + "y", "json": `{"name":"\u91d1\u4e1d\u96c0"}`, "url": "/search?q=" + url.QueryEscape(canary),
		"base64":  base64.StdEncoding.EncodeToString([]byte(`{"name":"` + canary + `小明"}`)),
		"base64b": base64.StdEncoding.EncodeToString([]byte(`{"name": "` + canary + `小明"}`)),
		"base64c": base64.StdEncoding.EncodeToString([]byte(`{"name":  "` + canary + `小明"}`)),
	} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := leaks(t, folder, nil); len(got) != 1 {
			t.Errorf("%s: %q", name, got)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if got := leaks(t, folder, []byte("level=ERROR child="+canary)); len(got) != 1 {
		t.Errorf("the log: %q", got)
	}
}

// record keeps what several write at once.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

func (r *record) bytes() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return bytes.Clone(r.text.Bytes())
}
