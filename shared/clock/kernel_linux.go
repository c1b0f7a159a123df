package clock

import "syscall"

// unsynchronised is STA_UNSYNC of adjtimex(2): nothing has set the clock right for a while.
const unsynchronised = 0x40

// Synchronised reports whether the kernel's clock follows a time server (chrony,
// systemd-timesyncd, ntpd say so to it); known is false where it does not tell.
func Synchronised() (synchronised, known bool) {
	var t syscall.Timex // Modes 0: only read, for which no right is needed
	if _, err := syscall.Adjtimex(&t); err != nil {
		return false, false
	}
	return t.Status&unsynchronised == 0, true
}
