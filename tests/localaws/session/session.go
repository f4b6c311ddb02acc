// Package session runs a command in a session of its own, so that nothing of
// it outlives the caller: not after a failure, an interrupt or a time limit,
// and on Linux not even when the caller is killed.
package session

import (
	"context"
	"errors"
	"os/exec"
	"syscall"
	"time"
)

// Grace is how long an interrupted command may take to end by itself: enough
// for the Pulumi engine to let go of its state and its plugins.
const Grace = 8 * time.Second

// ErrInterrupted is the error of a command that was ended because the caller's
// context was done.
var ErrInterrupted = errors.New("interrupted")

// Run runs cmd, which must not be bound to a context itself. When ctx is done
// it interrupts the command, waits for [Grace] at most and then ends whatever
// is left of its session. What a command leaves behind ends in any case.
func Run(ctx context.Context, cmd *exec.Cmd) error {
	if err := ctx.Err(); err != nil {
		return ErrInterrupted
	}
	cmd.SysProcAttr = attributes()
	// A grandchild may hold the output open: do not wait for it forever.
	cmd.WaitDelay = time.Second
	done := make(chan error, 1)
	g, err := newGuardian()
	if err != nil {
		return err
	}
	defer g.callOff()
	if err := cmd.Start(); err != nil {
		return err
	}
	defer end(cmd.Process.Pid)
	if err := g.guard(cmd.Process.Pid); err != nil {
		end(cmd.Process.Pid)
		_ = cmd.Wait()
		return err
	}
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if errors.Is(err, exec.ErrWaitDelay) {
			return nil
		}
		return err
	case <-ctx.Done():
	}
	_ = cmd.Process.Signal(syscall.SIGINT)
	select {
	case <-done:
	case <-time.After(Grace):
		end(cmd.Process.Pid)
		<-done
	}
	return ErrInterrupted
}

// end kills every process of the session that pid leads.
func end(pid int) {
	for range 50 {
		members := Members(pid)
		if len(members) == 0 {
			return
		}
		for _, member := range members {
			_ = syscall.Kill(member, syscall.SIGKILL)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
