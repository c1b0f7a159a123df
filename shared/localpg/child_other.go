//go:build unix && !linux

package localpg

import "syscall"

// attributes put a process into a group of its own, out of Ctrl-C's reach,
// under the account's user. Only Linux can tie its life to ours.
func attributes(who account) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true}
	if who.switched {
		a.Credential = &syscall.Credential{Uid: who.uid, Gid: who.gid}
	}
	return a
}

// serves trusts the number: there is no portable way to ask.
func serves(pid int, _ string) bool { return syscall.Kill(pid, 0) == nil }
