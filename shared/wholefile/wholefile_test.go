package wholefile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// That it survives a power cut is tried where whole programs are: see deployments/standalone/internal/city.
func TestWrite(t *testing.T) {
	t.Parallel()
	t.Run("a file is made and replaced, for its owner's eyes only, and leaves nothing beside it", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "secret")
		for _, content := range []string{"a long first content", "short"} {
			if err := wholefile.Write(path, []byte(content)); err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(path); err != nil || string(got) != content {
				t.Errorf("it holds %q, %v; want %q", got, err, content)
			}
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
		if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
	t.Run("a folder that is not there is an error", func(t *testing.T) {
		t.Parallel()
		if err := wholefile.Write(filepath.Join(t.TempDir(), "none", "secret"), nil); err == nil {
			t.Error("Write succeeded")
		}
	})
}
