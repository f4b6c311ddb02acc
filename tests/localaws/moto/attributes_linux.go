package moto

import "syscall"

// processAttributes gives the server a process group of its own, so that a
// Ctrl-C meant for a test does not race with the test's own clean-up. Unless
// detached it dies with its parent, even one that is killed.
func processAttributes(detach bool) *syscall.SysProcAttr {
	if detach {
		return &syscall.SysProcAttr{Setsid: true}
	}
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
