// Package moto starts and stops the local AWS: moto's server, from the pinned
// virtual environment of this tree, on a free port of 127.0.0.1.
package moto

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/progress"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// Account is the account that moto answers for.
const Account = "123456789012"

// startTimeout is generous: a start takes a second, but on a machine that
// compiles at the same time it was seen to take ten.
const startTimeout = 90 * time.Second

// environment is what moto needs to answer like AWS for the resources in use.
var environment = []string{
	// Without it, attaching a policy that AWS manages fails.
	"MOTO_IAM_LOAD_MANAGED_POLICIES=true",
	// Images of EC2 instances are of no use here and slow the start.
	"MOTO_EC2_LOAD_DEFAULT_AMIS=false",
}

// Options say how the server runs.
type Options struct {
	// Root of the tree, for the virtual environment. Default: found from the
	// working directory.
	Root string
	// Log receives the server's output. Default: a temporary file that Stop
	// removes.
	Log string
	// Detach lets the server outlive this process: it is a session of its own
	// and the caller keeps its PID. Default: it dies with this process, however
	// this process dies.
	Detach bool
	// Progress receives what is done when the virtual environment has to be
	// made first. Default: stderr.
	Progress io.Writer
}

// Server is a running local AWS.
type Server struct {
	// Endpoint is its address, like http://127.0.0.1:41234.
	Endpoint string
	// PID is its process id.
	PID int
	// Log is the file that holds its output.
	Log string

	ownLog bool
	once   sync.Once
}

// Start returns a server that answers. The caller has to stop it.
func Start(ctx context.Context, options Options) (*Server, error) {
	if options.Progress == nil {
		options.Progress = os.Stderr
	}
	if options.Root == "" {
		root, err := toolchain.Root()
		if err != nil {
			return nil, err
		}
		options.Root = root
	}
	if err := toolchain.Ensure(ctx, options.Root, options.Progress, "moto"); err != nil {
		return nil, err
	}
	s := &Server{Log: options.Log}
	log, err := s.openLog()
	if err != nil {
		return nil, err
	}
	defer log.Close()
	python := filepath.Join(toolchain.Python(options.Root, "moto"), "python")
	if options.Detach {
		err = s.launch(python, log)
	} else {
		err = s.fork(python)
	}
	if err != nil {
		s.removeLog()
		return nil, err
	}
	if err := s.awaitReady(ctx); err != nil {
		text, _ := os.ReadFile(s.Log)
		return nil, errors.Join(fmt.Errorf("the local AWS did not start: %w\n%s", err, text), s.Stop())
	}
	return s, nil
}

// Stop ends the server by its process id and waits until it is gone. More
// calls do nothing.
func (s *Server) Stop() error {
	var err error
	s.once.Do(func() {
		err = Kill(s.PID)
		s.removeLog()
	})
	return err
}

// Reset forgets everything that was created.
func (s *Server) Reset(ctx context.Context) error {
	return s.post(ctx, "/moto-api/reset")
}

// Unset are variables that would win over [Env].
var Unset = []string{"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_CA_BUNDLE"}

// Env is the environment in which AWS SDKs talk to the server at endpoint and to
// nothing else: no profile, no file and no metadata service can supply other
// credentials or another region.
func Env(endpoint string) []string {
	return []string{
		"AWS_ENDPOINT_URL=" + endpoint,
		"AWS_REGION=us-east-1",
		"AWS_ACCESS_KEY_ID=test",
		"AWS_SECRET_ACCESS_KEY=test",
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE=",
		"AWS_SHARED_CREDENTIALS_FILE=",
	}
}

// Kill ends the process group of pid: first asked, then forced. It returns when
// the process is gone.
func Kill(pid int) error {
	if pid <= 1 {
		return fmt.Errorf("pid %d is no process of ours", pid)
	}
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		if err := syscall.Kill(-pid, signal); errors.Is(err, syscall.ESRCH) {
			return nil
		} else if err != nil {
			return fmt.Errorf("ending process %d: %w", pid, err)
		}
		deadline := time.After(5 * time.Second)
		for waiting := true; waiting; {
			select {
			case <-deadline:
				waiting = false
			case <-time.After(20 * time.Millisecond):
				if gone(pid) {
					return nil
				}
			}
		}
	}
	return fmt.Errorf("process %d does not end", pid)
}

func (s *Server) openLog() (*os.File, error) {
	if s.Log != "" {
		return os.Create(s.Log)
	}
	s.ownLog = true
	file, err := os.CreateTemp("", "ecsnet-moto-*.log")
	if err != nil {
		return nil, err
	}
	s.Log = file.Name()
	return file, nil
}

func (s *Server) removeLog() {
	if s.ownLog {
		_ = os.Remove(s.Log)
	}
}

// gone says whether there is no such process.
func gone(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

// launch starts a server that is a process of its own.
func (s *Server) launch(python string, log *os.File) error {
	// Port 0: the kernel picks one and moto writes it down, so that two servers
	// started at once never race for a port that was free a moment ago.
	cmd := exec.Command(python, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0")
	cmd.Env = append(cleanEnv(), environment...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = processAttributes(true)
	if err := cmd.Start(); err != nil {
		return err
	}
	s.PID = cmd.Process.Pid
	go func() { _ = cmd.Wait() }() // else it stays in the list of processes
	return nil
}

// address is how moto's web server says where it listens.
var address = regexp.MustCompile(`Running on (http://127\.0\.0\.1:\d+)`)

func (s *Server) awaitReady(ctx context.Context) error {
	return progress.Wait(ctx, startTimeout, func() error {
		if gone(s.PID) {
			return progress.Final(errors.New("the process ended"))
		}
		if s.Endpoint == "" {
			s.Endpoint = readAddress(s.Log)
		}
		if s.Endpoint == "" {
			return errors.New("it has not said where it listens")
		}
		return s.get(ctx, "/moto-api/data.json")
	})
}

func readAddress(log string) string {
	file, err := os.Open(log)
	if err != nil {
		return ""
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if match := address.FindStringSubmatch(lines.Text()); match != nil {
			return match[1]
		}
	}
	return ""
}

func (s *Server) get(ctx context.Context, path string) error {
	return s.call(ctx, http.MethodGet, path)
}

func (s *Server) post(ctx context.Context, path string) error {
	return s.call(ctx, http.MethodPost, path)
}

func (s *Server) call(ctx context.Context, method, path string) error {
	request, err := http.NewRequestWithContext(ctx, method, s.Endpoint+path, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, response.Status)
	}
	return nil
}

// cleanEnv is this process's environment without what would change moto.
func cleanEnv() []string {
	var env []string
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "MOTO_") && !strings.HasPrefix(entry, "AWS_") && !strings.HasPrefix(entry, "WERKZEUG_") {
			env = append(env, entry)
		}
	}
	return env
}
