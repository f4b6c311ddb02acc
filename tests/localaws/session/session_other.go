//go:build !linux

package session

import "syscall"

func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

// Members is the process group of pid where the system does not list sessions:
// its plugins are left to the Pulumi engine.
func Members(pid int) []int {
	if syscall.Kill(-pid, 0) != nil {
		return nil
	}
	return []int{-pid}
}

// guardian does nothing where the system does not list sessions.
type guardian struct{}

func newGuardian() (*guardian, error) { return &guardian{}, nil }

func (*guardian) guard(int) error { return nil }

func (*guardian) callOff() {}
