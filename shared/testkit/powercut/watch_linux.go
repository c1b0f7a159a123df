package powercut

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// variable makes this test binary the first moment of a program that is
// watched: it asks the kernel to tell of every sync, sends the handle of these
// notes to its parent and becomes the program.
const variable = "QIHE_POWERCUT"

func init() {
	program := os.Getenv(variable)
	if program == "" {
		return
	}
	err := become(program)
	fmt.Fprintln(os.Stderr, "powercut:", err)
	os.Exit(1)
}

func become(program string) error {
	runtime.LockOSThread() // the filter is the thread's, and after exec there is only this one
	notes, err := install()
	if err != nil {
		return err
	}
	const toParent = 3
	if err := unix.Sendmsg(toParent, []byte{1}, unix.UnixRights(notes), nil, 0); err != nil {
		return fmt.Errorf("send the handle: %w", err)
	}
	for _, fd := range []int{notes, toParent} {
		unix.CloseOnExec(fd)
	}
	if err := os.Unsetenv(variable); err != nil {
		return err
	}
	return unix.Exec(program, os.Args, os.Environ())
}

// install puts the filter on this thread and returns the handle of its notes.
func install() (int, error) {
	const (
		number     = 0        // where the call's number stands in seccomp_data
		openFlags  = 16 + 2*8 // and openat's third argument, lower half: our processors are little-endian
		load, jump = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		bits, stop = unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K, unix.BPF_RET | unix.BPF_K
	)
	filter := []unix.SockFilter{{Code: load, K: number}}
	told := append([]uint32{unix.SYS_FSYNC, unix.SYS_FDATASYNC}, renames...)
	for i, call := range told {
		filter = append(filter, unix.SockFilter{Code: jump, K: call, Jt: uint8(len(told) - i + 3)})
	}
	filter = append(filter,
		unix.SockFilter{Code: jump, K: unix.SYS_OPENAT, Jf: 2},
		unix.SockFilter{Code: load, K: openFlags},
		unix.SockFilter{Code: bits, K: unix.O_DSYNC, Jt: 1}, // O_SYNC holds O_DSYNC's bit
		unix.SockFilter{Code: stop, K: unix.SECCOMP_RET_ALLOW},
		unix.SockFilter{Code: stop, K: unix.SECCOMP_RET_USER_NOTIF},
	)
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return 0, fmt.Errorf("give up new rights: %w", err)
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	fd, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_NEW_LISTENER, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return 0, fmt.Errorf("ask the kernel to tell of syncs (seccomp): %w", errno)
	}
	return int(fd), nil
}

// launch starts cmd under watch and returns the handle of the kernel's notes.
func launch(cmd *exec.Cmd) (notes int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, err
	}
	ours, theirs := os.NewFile(uintptr(pair[0]), "ours"), os.NewFile(uintptr(pair[1]), "theirs")
	defer func() { _ = ours.Close() }()
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(cmd.Env, variable+"="+cmd.Path)
	cmd.Path = self
	cmd.ExtraFiles = []*os.File{theirs}
	err = cmd.Start()
	_ = theirs.Close()
	if err != nil {
		return 0, err
	}
	conn, err := net.FileConn(ours)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close() }()
	space := make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := conn.(*net.UnixConn).ReadMsgUnix(make([]byte, 1), space)
	if err != nil {
		return 0, err
	}
	messages, err := unix.ParseSocketControlMessage(space[:n])
	if err != nil || len(messages) != 1 {
		return 0, errors.Join(errors.New("the program sent no handle: see what it says"), err)
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil {
		return 0, err
	}
	return fds[0], nil
}

// note is struct seccomp_notif: one call, of a thread that waits for our answer.
type note struct {
	id     uint64
	thread uint32
	_      uint32
	call   int32
	_      uint32
	_      uint64
	args   [6]uint64
}

// reply is struct seccomp_notif_resp.
type reply struct {
	id    uint64
	value int64
	err   int32
	flags uint32
}

// listen hands every note to see and lets the call go on, or fail with what see
// returns, until all that is watched has ended.
func listen(notes int, see func(n *note) syscall.Errno) error {
	for {
		ready := []unix.PollFd{{Fd: int32(notes), Events: unix.POLLIN}}
		if _, err := unix.Poll(ready, -1); err != nil && !errors.Is(err, unix.EINTR) {
			return err
		}
		if ready[0].Revents&unix.POLLIN == 0 {
			if ready[0].Revents != 0 { // nobody is left
				return nil
			}
			continue
		}
		var n note
		if err := ioctl(notes, unix.SECCOMP_IOCTL_NOTIF_RECV, unsafe.Pointer(&n)); errors.Is(err, unix.ENOENT) || errors.Is(err, unix.EINTR) {
			continue // the caller has died
		} else if err != nil {
			return err
		}
		answer := reply{id: n.id, flags: unix.SECCOMP_USER_NOTIF_FLAG_CONTINUE}
		if errno := see(&n); errno != 0 {
			answer.err, answer.flags = -int32(errno), 0
		}
		if err := ioctl(notes, unix.SECCOMP_IOCTL_NOTIF_SEND, unsafe.Pointer(&answer)); err != nil && !errors.Is(err, unix.ENOENT) {
			return err
		}
	}
}

func ioctl(fd int, request uintptr, of unsafe.Pointer) error {
	if _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), request, uintptr(of)); errno != 0 {
		return errno
	}
	return nil
}
