package city_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/shared/testkit/chaos"
	"github.com/qihe-volunteers/qihe/shared/testkit/powercut"
)

// The worst moment is the first minute: the databases, the keys and the
// passwords are all new, and nothing of it is on the disk unless somebody saw
// to that. Then the power goes again, a moment after the second start.
//
// It is not parallel: whoever runs beside it would be late.
func TestPowerCut(t *testing.T) { //nolint:paralleltest // see above
	dir := citytest.EmptyFolder(t)
	if err := os.Mkdir(dir, 0o711); err != nil { //nolint:gosec // as the city would make it
		t.Fatal(err)
	}
	cuts, cookie := chaos.Times(2, 5), "" // who is signed in stays so
	for n := range cuts {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childVariable+"="+dir)
		cmd.Stderr = t.Output()
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		m := powercut.Start(t, dir, cmd)
		line, err := bufio.NewReader(out).ReadString('\n')
		var url, phone string
		if _, scanErr := fmt.Sscan(line, &url, &phone); err != nil || scanErr != nil || url == "error" {
			t.Fatalf("after %d power cuts the city said %q: %v", n, line, err)
		}
		if n == 0 {
			cookie = signIn(t, url, phone)
		} else if me := get(t, url, "/api/teams/v1/me", cookie); !strings.Contains(me, `"board_consent":`+fmt.Sprint(n%2 == 0)) {
			t.Errorf("after %d power cuts what was answered is not there: %s", n, me)
		}
		put(t, url, "/api/teams/v1/me/board-consent", fmt.Sprintf(`{"consent":%t}`, n%2 == 1), cookie)
		m.Cut()
	}
	r := start(t, city.Options{Data: dir})
	if me := get(t, r.URL, "/api/teams/v1/me", cookie); !strings.Contains(me, `"board_consent":`+fmt.Sprint(cuts%2 == 0)) {
		t.Errorf("after %d power cuts what was answered is not there: %s", cuts, me)
	}
	chaos.Promise(t, "A1", "the whole program without power, in its first minute too, starts again and has what it answered", "%d cuts", cuts)
}
