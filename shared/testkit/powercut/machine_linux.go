package powercut

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Machine is a program that runs on a folder until the power goes.
type Machine struct {
	t    testing.TB
	cmd  *exec.Cmd
	disk *disk
	over chan error // listen's end: nothing that is watched is left

	mu   sync.Mutex
	dark bool
}

// Start runs cmd, which keeps its data in dir. What is in dir now is safe. The
// program and all it has started are killed when the test ends.
func Start(t testing.TB, dir string, cmd *exec.Cmd) *Machine {
	t.Helper()
	d, err := newDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	notes, err := launch(cmd)
	if err != nil {
		t.Fatal(fmt.Errorf("start %s under watch: %w", cmd.Path, err))
	}
	m := &Machine{t: t, cmd: cmd, disk: d, over: make(chan error, 1)}
	go func() {
		m.over <- listen(notes, m.see)
		_ = syscall.Close(notes)
	}()
	t.Cleanup(func() { m.end(); d.forget() })
	return m
}

// see notes what the call makes safe. After the cut nothing is safe any more:
// whoever still lives gets an error, as from a disk that is gone.
func (m *Machine) see(n *note) syscall.Errno {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dark {
		return syscall.EIO
	}
	if err := m.disk.see(n); err != nil {
		m.t.Errorf("powercut: %v", err) // we would judge by a disk that never was
	}
	return 0
}

// Cut takes the power away: it returns when nothing of the program is left, and
// its folder is as the next start would find it.
func (m *Machine) Cut() {
	m.t.Helper()
	m.end()
	if err := m.disk.revert(); err != nil {
		m.t.Fatal(err)
	}
	m.disk.forget()
}

// Syncs is how often something was made safe.
func (m *Machine) Syncs() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.disk.syncs
}

// end kills the program and its offspring. Only then may the files be touched.
func (m *Machine) end() {
	m.mu.Lock()
	was := m.dark
	m.dark = true
	m.mu.Unlock()
	if was {
		return
	}
	for _, pid := range offspring(m.cmd.Process.Pid) {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	_ = m.cmd.Wait()
	select {
	case err := <-m.over:
		if err != nil {
			m.t.Errorf("powercut: %v", err)
		}
	case <-time.After(30 * time.Second):
		m.t.Error("powercut: something of the program is still there after 30 s")
	}
}

// offspring returns the process and all that it has started, it first.
func offspring(pid int) []int {
	children := map[int][]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		var child, parent int
		var state string
		after := len(text) - 1
		for after >= 0 && text[after] != ')' { // its name may hold anything
			after--
		}
		if _, err := fmt.Sscan(string(text[after+1:]), &state, &parent); err != nil {
			continue
		}
		if _, err := fmt.Sscan(string(text), &child); err == nil {
			children[parent] = append(children[parent], child)
		}
	}
	all := []int{pid}
	for i := 0; i < len(all); i++ {
		all = append(all, children[all[i]]...)
	}
	return all
}
