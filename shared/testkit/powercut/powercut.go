// Package powercut lets a test take the power away from a program.
//
// kill -9 shows nothing about what is safe: what a program has written and not
// synced is in the kernel's memory and survives it. Only when the machine goes
// dark is that gone. This package runs a program, notes what the disk would
// hold at each moment, and at the cut kills the program and leaves its folder
// as a machine would find it when the power is back:
//
//   - what was synced (fsync, fdatasync) is as it was at the last sync;
//   - what was written through a handle that syncs each write (O_SYNC, O_DSYNC)
//     is there;
//   - a file that was never synced is as it was when the program started, or
//     empty when it is newer;
//   - that a file exists, its name and its removal are taken to be safe at once.
//     A real disk may be worse.
//
// The kernel tells us of each sync before it is done (seccomp's user
// notification), and waits until we have noted what it makes safe. So no
// rights are needed, no special file system and no change to the program;
// whatever it starts is watched too, such as PostgreSQL and its many processes.
// Only Linux can do this, and tests that use it are built on Linux only. Who runs
// them as root in a container needs CAP_SYS_PTRACE there, to see which file
// another user's process syncs.
package powercut
