package moto

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

//go:embed preload.py
var preload string

// parent is the process of this one that servers are forked from: it has loaded
// what a server needs, which takes a server of its own some seconds. It dies with
// this process, and the servers with it.
var parent struct {
	mu     sync.Mutex
	stdin  io.WriteCloser // nil while there is none
	stdout *bufio.Reader
	stderr bytes.Buffer // to be read when it has ended
	ended  chan struct{}
}

// fork starts a server that has everything loaded.
func (s *Server) fork(python string) error {
	parent.mu.Lock()
	defer parent.mu.Unlock()
	if parent.stdin == nil {
		if err := startParent(python); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintln(parent.stdin, s.Log); err != nil {
		return parentFailed(err)
	}
	line, err := parent.stdout.ReadString('\n')
	if err != nil {
		return parentFailed(err)
	}
	if s.PID, err = strconv.Atoi(strings.TrimSpace(line)); err != nil {
		return parentFailed(err)
	}
	return nil
}

// parentFailed gives the parent up, so that the next server gets another.
func parentFailed(err error) error {
	_ = parent.stdin.Close() // ends it, if it has not ended
	<-parent.ended
	parent.stdin = nil
	return fmt.Errorf("the local AWS did not start: %w\n%s", err, parent.stderr.Bytes())
}

// startParent starts the process that servers are forked from. A goroutine of
// its own keeps the thread that starts it: the kernel sends the parent-death
// signal when that thread ends, and the Go runtime ends threads.
func startParent(python string) error {
	cmd := exec.Command(python, "-c", preload)
	cmd.Env = append(cleanEnv(), environment...)
	cmd.SysProcAttr = processAttributes(false)
	parent.stderr.Reset()
	cmd.Stderr = &parent.stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	started, ended := make(chan error), make(chan struct{})
	go func() {
		defer close(ended)
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	parent.stdin, parent.stdout, parent.ended = stdin, bufio.NewReader(stdout), ended
	return nil
}
