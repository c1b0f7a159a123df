//go:build !linux

package compose_test

import "syscall"

func withUs() *syscall.SysProcAttr { return nil }

func lockThread() {}
