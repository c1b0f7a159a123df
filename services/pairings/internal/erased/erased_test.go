package erased_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/erased"
)

// Two replicas keep one list, as two containers do that have one folder: nobody is lost from it.
func TestAddAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "erased.jsonl")
	const each = 25
	var replicas sync.WaitGroup
	for replica := range 4 {
		replicas.Go(func() {
			for n := range each {
				line := erased.Line{SubjectID: fmt.Sprintf("%d-%d", replica, n), At: time.Unix(1, 0).UTC(), By: "clock", Reason: "保存期满"}
				if err := erased.At(path).Add([]erased.Line{line}); err != nil {
					t.Errorf("replica %d: %v", replica, err)
					return
				}
			}
		})
	}
	replicas.Wait()
	if lines, err := erased.At(path).Read(); err != nil || len(lines) != 4*each {
		t.Errorf("the list has %d, want %d: %v", len(lines), 4*each, err)
	}
}
