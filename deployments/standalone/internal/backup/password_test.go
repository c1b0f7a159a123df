package backup_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/backup"
)

// A stolen file is opened by guessing at its password: each guess costs what the file itself
// says, scrypt with so much work, and in earnest at least as much as OWASP asks (2^17, ASVS 11.4.4).
func TestGuessing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := backup.Seal(t.TempDir(), path, password); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := bytes.Cut(file, []byte("\n---"))
	fields := strings.Fields(strings.Split(string(head), "\n")[1]) // -> scrypt SALT WORK
	if len(fields) != 4 || fields[1] != "scrypt" || fields[3] != "10" || backup.QuickWork != 10 {
		t.Errorf("a file begins with %q", fields)
	}
	if backup.UsualWork < 17 {
		t.Errorf("2^%d is too little work", backup.UsualWork)
	}
}
