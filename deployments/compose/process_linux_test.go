package compose_test

import (
	"runtime"
	"syscall"
)

// withUs has the kernel end a program when we die: a test that is killed leaves nothing behind.
func withUs() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// lockThread keeps the goroutine on its thread: the kernel takes the thread's end for ours.
func lockThread() { runtime.LockOSThread() }
