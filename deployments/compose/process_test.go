package compose_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/deployments/compose/internal/setup"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// programs are what the image holds, built once for all tests.
var programs = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "qihe-programs-")
	if err != nil {
		return "", err
	}
	built = folder
	const services = "github.com/qihe-volunteers/qihe/services/"
	out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", folder+"/",
		services+"teams/cmd/teams", services+"tasks/cmd/tasks", services+"hours/cmd/hours", services+"pairings/cmd/pairings", services+"portal/cmd/portal",
		"./cmd/qihe-setup", "./cmd/qihe-hub-database", "github.com/nats-io/nats-server/v2").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return folder, nil
})

var built string

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		if err := os.RemoveAll(built); err != nil {
			fmt.Println(err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// process is a container's program that runs.
type process struct {
	name  string
	cmd   *exec.Cmd
	log   string
	ended chan struct{}
	err   error
}

// command is the container's entrypoint with the container's environment, here.
func (i *installation) command(t *testing.T, name string) *exec.Cmd {
	t.Helper()
	container, err := i.project.GetService(name)
	must(t, err)
	folder, err := programs()
	must(t, err)
	here := i.here(container)
	args := []string{}
	for _, arg := range container.Entrypoint[1:] {
		args = append(args, here.Replace(arg))
	}
	cmd := exec.Command(filepath.Join(folder, filepath.Base(container.Entrypoint[0])), args...)
	for variable, value := range i.environment(t, name) {
		cmd.Env = append(cmd.Env, variable+"="+value)
	}
	return cmd
}

// start runs a container's program until the test ends; then it must end well.
func (i *installation) start(t *testing.T, name string) *process {
	t.Helper()
	return i.run(t, name, i.command(t, name))
}

// run runs a program until the test ends; then it must end well.
func (i *installation) run(t *testing.T, name string, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{name: name, cmd: cmd, log: filepath.Join(i.folder, name+".log"), ended: make(chan struct{})}
	log, err := os.Create(p.log)
	must(t, err)
	p.cmd.Stdout, p.cmd.Stderr = log, log
	started := make(chan error)
	p.cmd.SysProcAttr = withUs()
	go func() { // from a thread that lives as long as the program; on any other the kernel may end it at any time
		lockThread()
		err := p.cmd.Start()
		started <- err
		if err == nil {
			p.err = p.cmd.Wait()
			close(p.ended)
		}
		_ = log.Close()
	}()
	must(t, <-started)
	t.Cleanup(func() { p.stop(t) })
	return p
}

// stop asks the program to end, and shows what it said when the test has failed.
func (p *process) stop(t *testing.T) {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(time.Minute):
		t.Errorf("%s does not end", p.name)
		_ = p.cmd.Process.Signal(syscall.SIGQUIT) // its log then says where it stands
		<-p.ended
	}
	if p.err != nil && !p.killed() {
		t.Errorf("%s ended with %v", p.name, p.err)
	}
	if t.Failed() {
		t.Logf("%s said:\n%s", p.name, p.said(t))
	}
}

func (p *process) said(t *testing.T) string {
	text, err := os.ReadFile(p.log)
	must(t, err)
	lines := strings.Split(string(text), "\n")
	return strings.Join(lines[max(0, len(lines)-400):], "\n")
}

// kill ends the program as a power cut would.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

func (p *process) killed() bool {
	var exit *exec.ExitError
	if !errors.As(p.err, &exit) {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}

// ready waits until the address answers that all is well, as the container's health check does.
func (p *process) ready(t *testing.T, url string) {
	t.Helper()
	wait.Until(t, p.name+" to be ready", func() bool {
		select {
		case <-p.ended:
			t.Fatalf("%s has ended: %v", p.name, p.err)
		default:
		}
		return setup.Ready(t.Context(), url) == nil
	})
}

// startBus starts the three NATS servers and waits until they agree.
func (i *installation) startBus(t *testing.T) (servers []*process) {
	t.Helper()
	for _, name := range servers3 {
		servers = append(servers, i.start(t, name))
	}
	for _, p := range servers {
		p.ready(t, i.url(p.name+":8222")+"/healthz")
	}
	return servers
}

// client takes no redirect: a check-in link's ticket stands in it.
var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
