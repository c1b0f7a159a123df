package pgtest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// victimVariable makes this test binary one that has started its server and
// never comes to an end.
const victimVariable = "PGTEST_TEST_VICTIM"

func TestMain(m *testing.M) {
	if os.Getenv(victimVariable) != "" {
		s, err := theServer()
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		var dir string
		err = s.super.Get(&dir, "SHOW data_directory")
		fmt.Println(dir, err)
		select {}
	}
	os.Exit(m.Run())
}

func TestKeeper(t *testing.T) {
	t.Parallel()
	t.Run("a test binary that is killed leaves no server and no folder", func(t *testing.T) {
		t.Parallel()
		victim := exec.Command(os.Args[0])
		victim.Env = append(os.Environ(), victimVariable+"=1", Variable+"=")
		out, err := victim.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := victim.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		dir, verdict, _ := strings.Cut(strings.TrimSpace(line), " ")
		if err != nil || verdict != "<nil>" {
			t.Fatalf("the victim said %q: %v", line, err)
		}
		mark, err := os.ReadFile(dir + "/postmaster.pid")
		if err != nil {
			t.Fatal(err)
		}
		pid, _, _ := strings.Cut(string(mark), "\n")
		_ = victim.Process.Kill()
		_ = victim.Wait()
		wait.Until(t, "the folder to go", func() bool {
			_, err := os.Stat(dir)
			return os.IsNotExist(err)
		})
		wait.Until(t, "the server to end", func() bool {
			stat, err := os.ReadFile("/proc/" + pid + "/stat")
			return err != nil || strings.Contains(string(stat), ") Z ") // a container may have nobody to bury it
		})
	})
}
