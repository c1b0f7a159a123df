//go:build linux && !amd64

package powercut

import "golang.org/x/sys/unix"

var renames = []uint32{unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2}
