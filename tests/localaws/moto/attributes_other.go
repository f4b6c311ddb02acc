//go:build !linux

package moto

import "syscall"

// processAttributes gives the server a process group of its own. Only Linux
// can tie its life to its parent's; elsewhere a killed parent leaves it behind.
func processAttributes(detach bool) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: detach, Setpgid: !detach}
}
