package localpg

import (
	"os"
	"strconv"
	"syscall"
)

// attributes put a process into a group of its own, out of Ctrl-C's reach,
// under the account's user, and have the kernel stop it when we die.
func attributes(who account) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGINT}
	if who.switched {
		a.Credential = &syscall.Credential{Uid: who.uid, Gid: who.gid}
	}
	return a
}

// serves reports whether process pid is a PostgreSQL on the data folder: it
// belongs to the folder's owner and works in the folder. The number alone says
// little, because numbers of processes are used again.
func serves(pid int, data string) bool {
	process := "/proc/" + strconv.Itoa(pid)
	its, err := os.Stat(process)
	folder, folderErr := os.Stat(data)
	if err != nil || folderErr != nil || owner(its) != owner(folder) {
		return false
	}
	cwd, err := os.Stat(process + "/cwd")
	if os.IsPermission(err) {
		return true // cannot look: better to refuse than to start twice
	}
	return err == nil && os.SameFile(cwd, folder)
}
