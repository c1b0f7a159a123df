package wait_test

import (
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// spy is a test that fails without ending ours.
type spy struct {
	testing.TB
	failed bool
}

func (s *spy) Helper() {}

func (s *spy) Fatalf(string, ...any) {
	s.failed = true
	panic(s)
}

func TestUntil(t *testing.T) {
	t.Parallel()

	t.Run("it returns once the condition holds", func(t *testing.T) {
		t.Parallel()
		asked := 0
		wait.Until(t, "the third question", func() bool {
			asked++
			return asked == 3
		})
		if asked != 3 {
			t.Errorf("asked %d times, want 3", asked)
		}
	})

	t.Run("it fails when the condition never holds", func(t *testing.T) {
		t.Parallel()
		s := &spy{TB: t}
		defer func() {
			if recover() != any(s) || !s.failed {
				t.Error("it did not fail")
			}
		}()
		wait.Within(s, 10*time.Millisecond, "nothing", func() bool { return false })
	})
}
