// Package progress runs long commands so that one can see they are alive: it
// says what runs and how long that may take, then a line every [Every] while
// it lasts, and shows the output only when the command fails.
package progress

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// Every is how often a quiet step says that it is alive.
const Every = 15 * time.Second

// tailLines is how much of a failed command's output is shown: enough for a
// compiler's errors, little enough to leave the cause on the screen.
const tailLines = 60

// Step runs cmd. Its label and expect ("about 4 minutes") are printed first.
func Step(out io.Writer, label, expect string, cmd *exec.Cmd) error {
	start := time.Now()
	fmt.Fprintf(out, "%s (%s)\n", label, expect)
	log := &tail{}
	cmd.Stdout, cmd.Stderr = log, log
	stop := ticks(out, label, start, log.last)
	err := cmd.Run()
	stop()
	took := time.Since(start).Round(100 * time.Millisecond)
	if err != nil {
		return fmt.Errorf("%s failed after %s: %w\n%s", label, took, err, log.text())
	}
	fmt.Fprintf(out, "  done in %s\n", took)
	return nil
}

// Watch returns a writer to out that notes when something was written, and a
// stop function. Between them a line is printed whenever out was silent for
// [Every], so that a long quiet stretch is not taken for a hang.
func Watch(out io.Writer, label string) (io.Writer, func()) {
	w := &watched{out: out, last: time.Now()}
	start := time.Now()
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				w.heartbeat(label, start)
			}
		}
	})
	return w, func() { close(done); wg.Wait() }
}

// Final marks an answer of [Wait]'s probe that no further try will change.
func Final(err error) error { return final{err} }

type final struct{ error }

func (f final) Unwrap() error { return f.error }

// Wait calls probe every few milliseconds until it returns nil or a [Final]
// error, ctx ends or timeout has passed; the last answer is part of the error.
func Wait(ctx context.Context, timeout time.Duration, probe func() error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for {
		err := probe()
		if err == nil {
			return nil
		}
		if last := (final{}); errors.As(err, &last) {
			return last.error
		}
		select {
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("not ready within %s", timeout), err)
		case <-time.After(25 * time.Millisecond):
		}
	}
}

func ticks(out io.Writer, label string, start time.Time, last func() string) (stop func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(Every)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				fmt.Fprintf(out, "  %s: %s%s\n", label, time.Since(start).Round(time.Second), last())
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

// watched passes writes on and remembers when the last one was.
type watched struct {
	mu   sync.Mutex
	out  io.Writer
	last time.Time
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = time.Now()
	return w.out.Write(p)
}

func (w *watched) heartbeat(label string, start time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if time.Since(w.last) < Every {
		return
	}
	w.last = time.Now()
	fmt.Fprintf(w.out, "... %s: still running after %s\n", label, time.Since(start).Round(time.Second))
}

// tail keeps the output of a command and counts its lines.
type tail struct {
	mu    sync.Mutex
	buf   bytes.Buffer
	lines int
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines += bytes.Count(p, []byte("\n"))
	return t.buf.Write(p)
}

// last describes where the command is: how many lines it wrote and the newest.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.TrimRight(t.buf.String(), "\n")
	if text == "" {
		return ""
	}
	line := text[strings.LastIndexByte(text, '\n')+1:]
	if len(line) > 90 {
		line = line[:90] + "..."
	}
	return fmt.Sprintf(", %d lines so far, now: %s", t.lines, line)
}

func (t *tail) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(strings.TrimRight(t.buf.String(), "\n"), "\n")
	if len(lines) > tailLines {
		lines = append([]string{fmt.Sprintf("... %d lines before", len(lines)-tailLines)}, lines[len(lines)-tailLines:]...)
	}
	return strings.Join(lines, "\n")
}
