package secrets_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/secrets"
)

func TestEnsure(t *testing.T) {
	t.Parallel()
	t.Run("keys are made once and found again", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		first, err := secrets.Ensure(dir)
		if err != nil {
			t.Fatal(err)
		}
		second, err := secrets.Ensure(dir)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, second); diff != "" || len(first.Internal) < 26 {
			t.Errorf("secret of %d characters; %s", len(first.Internal), diff)
		}
	})
	t.Run("no two deployments have the same", func(t *testing.T) {
		t.Parallel()
		one, errOne := secrets.Ensure(t.TempDir())
		two, errTwo := secrets.Ensure(t.TempDir())
		if errOne != nil || errTwo != nil || one.Internal == two.Internal {
			t.Errorf("%v, %v, same secret: %v", errOne, errTwo, one.Internal == two.Internal)
		}
	})
}
