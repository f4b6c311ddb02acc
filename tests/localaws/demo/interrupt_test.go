//go:build linux

// Package demo_test holds `make demo` to leaving nothing behind, however it
// ends.
package demo_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

var (
	// endpointLine is how the demo says where the local AWS is.
	endpointLine = regexp.MustCompile(`http://(127\.0\.0\.1:\d+), process (\d+)`)
	// upLine says that `pulumi up` is in the middle of its work.
	upLine = regexp.MustCompile(`aws:ec2:Subnet \S+ creating`)
)

func TestMakeDemoLeavesNothingWhenItIsEnded(t *testing.T) {
	// Not in parallel: each case runs a whole engine.
	const yaml = "EXAMPLE=examples/isolated-service/yaml"
	tests := map[string]struct {
		args []string
		end  func(t *testing.T, d *demo)
		// killed: nobody is left to clean up files.
		killed bool
	}{
		"Ctrl-C on the root project": {nil, func(t *testing.T, d *demo) {
			// A terminal sends it to every process of the foreground group.
			require.NoError(t, syscall.Kill(-d.make.Process.Pid, syscall.SIGINT))
		}, false},
		"Ctrl-C on an example": {[]string{yaml}, func(t *testing.T, d *demo) {
			require.NoError(t, syscall.Kill(-d.make.Process.Pid, syscall.SIGINT))
		}, false},
		"an impatient Ctrl-C": {[]string{yaml}, func(t *testing.T, d *demo) {
			for range 5 {
				_ = syscall.Kill(-d.make.Process.Pid, syscall.SIGINT)
				time.Sleep(50 * time.Millisecond)
			}
		}, false},
		"make is terminated": {[]string{yaml}, func(t *testing.T, d *demo) {
			require.NoError(t, syscall.Kill(d.make.Process.Pid, syscall.SIGTERM))
		}, false},
		"nobody reads the output any more": {[]string{yaml}, func(t *testing.T, d *demo) {
			d.closeOutput()
		}, false},
		"the demo is killed": {[]string{yaml}, func(t *testing.T, d *demo) {
			for _, pid := range d.processes("localaws\x00demo") {
				require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
			}
		}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := startDemo(t, tt.args...)
			d.await(t, upLine)
			require.NotEmpty(t, d.processes("pulumi"), "the engine must run when the demo is ended")
			require.NotEmpty(t, d.processes("moto"), "the local AWS must run when the demo is ended")
			tt.end(t, d)
			require.Error(t, d.wait(t), "a demo that was ended does not succeed\n%s", d)

			if tt.killed {
				// The kernel tells its children; they need a moment.
				require.Eventually(t, func() bool { return len(d.processes("")) == 0 }, 20*time.Second, 50*time.Millisecond, "processes are left")
			}
			require.Empty(t, d.processes(""), "processes are left\n%s", d)
			if tt.killed {
				// A dying process is off the list a moment before its sockets are closed.
				require.Eventually(t, func() bool { return d.closed() }, 20*time.Second, 50*time.Millisecond, "a port is left open\n%s", d)
			}
			require.True(t, d.closed(), "a port is left open\n%s", d)
			if !tt.killed {
				left, err := filepath.Glob(filepath.Join(d.temp, "ecsnet-*"))
				require.NoError(t, err)
				require.Empty(t, left, "files are left")
			}
		})
	}
}

// closed says that nobody listens where the local AWS did.
func (d *demo) closed() bool {
	conn, err := net.Dial("tcp", d.address)
	if err == nil {
		_ = conn.Close()
	}
	return errors.Is(err, syscall.ECONNREFUSED)
}

// demo is a running `make demo`.
type demo struct {
	make *exec.Cmd
	// mark is in the environment of every process of the demo and of no other.
	mark    string
	temp    string
	address string

	lines  chan string
	closer io.Closer
	done   chan error

	mu   sync.Mutex
	text bytes.Buffer
}

func startDemo(t *testing.T, args ...string) *demo {
	t.Helper()
	root, err := toolchain.Root()
	require.NoError(t, err)
	d := &demo{mark: "ECSNET_TEST_MARK=" + rand.Text(), temp: t.TempDir(), lines: make(chan string, 10_000), done: make(chan error, 1)}
	d.make = exec.Command("make", append([]string{"demo"}, args...)...)
	d.make.Dir = root
	// This test may itself run under make, whose flags must not reach another.
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "MAKE") && !strings.HasPrefix(entry, "MFLAGS") {
			d.make.Env = append(d.make.Env, entry)
		}
	}
	d.make.Env = append(d.make.Env, d.mark, "TMPDIR="+d.temp)
	// As in a terminal: make leads a group, and its recipes belong to it.
	d.make.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	read, write, err := os.Pipe()
	require.NoError(t, err)
	d.closer = read
	d.make.Stdout, d.make.Stderr = write, write
	require.NoError(t, d.make.Start())
	require.NoError(t, write.Close())
	t.Cleanup(func() {
		for _, pid := range d.processes("") {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	go d.read(read)
	go func() { d.done <- d.make.Wait() }()
	return d
}

func (d *demo) read(from io.Reader) {
	for lines := bufio.NewScanner(from); lines.Scan(); {
		d.mu.Lock()
		d.text.WriteString(lines.Text() + "\n")
		d.mu.Unlock()
		d.lines <- lines.Text()
	}
	close(d.lines)
}

func (d *demo) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.String()
}

// await waits for a line like pattern, and notes the local AWS's address.
func (d *demo) await(t *testing.T, pattern *regexp.Regexp) {
	t.Helper()
	limit := time.After(10 * time.Minute)
	for {
		select {
		case line, more := <-d.lines:
			if match := endpointLine.FindStringSubmatch(line); match != nil {
				d.address = match[1]
			}
			if pattern.MatchString(line) {
				return
			}
			require.True(t, more, "the demo ended before a line like %s\n%s", pattern, d)
		case <-limit:
			t.Fatalf("no line like %s\n%s", pattern, d)
		}
	}
}

func (d *demo) closeOutput() { _ = d.closer.Close() }

func (d *demo) wait(t *testing.T) error {
	t.Helper()
	select {
	case err := <-d.done:
		return err
	case <-time.After(time.Minute):
		t.Fatalf("the demo does not end\n%s", d)
		return nil
	}
}

// processes lists the living processes of the demo whose command line holds
// part: also those that left its process group or session.
func (d *demo) processes(part string) []int {
	var found []int
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		environ, err := os.ReadFile(filepath.Join(dir, "environ"))
		if err != nil || !bytes.Contains(environ, []byte(d.mark)) {
			continue
		}
		command, err := os.ReadFile(filepath.Join(dir, "cmdline"))
		if err != nil || len(command) == 0 || !bytes.Contains(command, []byte(part)) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(dir)); err == nil {
			found = append(found, pid)
		}
	}
	return found
}
