package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// lockfile is what npm notes of the packages that it installs.
type lockfile struct {
	LockfileVersion int `json:"lockfileVersion"`
	Packages        map[string]struct {
		Version         string            `json:"version"`
		Integrity       string            `json:"integrity"`
		Resolved        string            `json:"resolved"`
		Link            bool              `json:"link"`
		Scripts         bool              `json:"hasInstallScript"`
		Dependencies    map[string]string `json:"dependencies"`
		DevDependencies map[string]string `json:"devDependencies"`
	} `json:"packages"`
}

// runsScripts are packages that may run something when they are installed; none of ours needs it.
var runsScripts = []string{"node_modules/fsevents"} // of macOS only, and optional

// loose returns what the lock leaves open: what would be installed without its hash, from a
// place of its own, in another version tomorrow, or running something.
func loose(content []byte) (all []string) {
	var lock lockfile
	if err := json.Unmarshal(content, &lock); err != nil {
		return []string{err.Error()}
	}
	if lock.LockfileVersion != 3 || len(lock.Packages) < 2 {
		all = append(all, fmt.Sprintf("version %d, %d packages", lock.LockfileVersion, len(lock.Packages)))
	}
	for path, p := range lock.Packages {
		switch {
		case path == "": // ourselves
			for _, wanted := range []map[string]string{p.Dependencies, p.DevDependencies} {
				for name, version := range wanted {
					if strings.Trim(version, "0123456789.") != "" {
						all = append(all, name+" may be any of "+version)
					}
				}
			}
		case !strings.HasPrefix(p.Integrity, "sha512-") || p.Link:
			all = append(all, path+" has no hash")
		case p.Resolved != "":
			all = append(all, path+" comes from "+p.Resolved)
		case p.Scripts && !slices.Contains(runsScripts, path):
			all = append(all, path+" runs something when it is installed")
		}
	}
	slices.Sort(all)
	return all
}

// TestLockfiles looks at every lock of npm packages in the repository. Go's are looked at by go
// itself, which builds nothing that go.sum does not know.
func TestLockfiles(t *testing.T) {
	t.Parallel()
	looked := 0
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return fs.SkipDir
		case entry.Name() != "package.json":
			return nil
		}
		lock := filepath.Join(filepath.Dir(path), "package-lock.json")
		content, err := os.ReadFile(lock) //nolint:gosec // of the repository
		if err != nil {
			return err // a package without one installs what it likes
		}
		looked++
		for _, open := range loose(content) {
			t.Errorf("%s: %s", lock, open)
		}
		return nil
	})
	if err != nil || looked == 0 {
		t.Errorf("%d locks, %v", looked, err)
	}
	for name, text := range map[string]string{
		"no hash":          `"node_modules/a": {"version": "1.0.0"}`,
		"a weak hash":      `"node_modules/a": {"version": "1.0.0", "integrity": "sha1-x"}`,
		"another place":    `"node_modules/a": {"version": "1.0.0", "integrity": "sha512-x", "resolved": "https://evil.example/a.tgz"}`,
		"a script":         `"node_modules/a": {"version": "1.0.0", "integrity": "sha512-x", "hasInstallScript": true}`,
		"an open version":  `"": {"dependencies": {"a": "^1.0.0"}}, "node_modules/a": {"version": "1.0.0", "integrity": "sha512-x"}`,
		"no packages":      ``,
		"another packages": `"node_modules/a": {"version": "1.0.0", "integrity": "sha512-x", "link": true}`,
	} {
		if ours := `"": {}, `; strings.HasPrefix(text, `"node`) {
			text = ours + text
		}
		if len(loose([]byte(`{"lockfileVersion": 3, "packages": {`+text+`}}`))) != 1 {
			t.Errorf("control: with %s the lock passes, or complains twice", name)
		}
	}
}
