package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/environment"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
)

// background is what is kept about a local AWS that runs in the background.
type background struct {
	PID      int    `json:"pid"`
	Endpoint string `json:"endpoint"`
}

var errNotRunning = errors.New("no local AWS runs in the background: start one with `make local`")

func start(ctx context.Context, t *tool, _ []string) error {
	if running, err := t.background(); err == nil {
		fmt.Fprintf(t.out, "the local AWS runs already: %s, process %d\n", running.Endpoint, running.PID)
		return nil
	} else if !errors.Is(err, errNotRunning) {
		return err
	}
	if err := os.MkdirAll(environment.Backend(t.state), 0o755); err != nil {
		return err
	}
	server, err := moto.Start(ctx, moto.Options{Root: t.root, Log: filepath.Join(t.state, "moto.log"), Detach: true})
	if err != nil {
		return err
	}
	text, err := json.Marshal(background{PID: server.PID, Endpoint: server.Endpoint})
	if err == nil {
		err = os.WriteFile(t.record(), text, 0o644)
	}
	if err != nil {
		return errors.Join(err, server.Stop())
	}
	fmt.Fprintf(t.out, `the local AWS is ready: %s, process %d
use it from any folder:   eval "$(make -s -C %s local-env)"
see what stands in it:    make -s local-inventory
stop it:                  make local-stop
`, server.Endpoint, server.PID, t.root)
	return nil
}

// stop also forgets the stacks: what they describe goes with the server.
func stop(_ context.Context, t *tool, _ []string) error {
	running, err := t.process() // whether it answers or not
	switch {
	case errors.Is(err, errNotRunning):
		fmt.Fprintln(t.out, "no local AWS runs in the background")
	case err != nil:
		return err
	default:
		if err := moto.Kill(running.PID); err != nil {
			return err
		}
		fmt.Fprintf(t.out, "stopped the local AWS, process %d\n", running.PID)
	}
	return os.RemoveAll(t.state)
}

func env(_ context.Context, t *tool, _ []string) error {
	running, err := t.background()
	if err != nil {
		return err
	}
	fmt.Fprintln(t.out, "unset", strings.Join(moto.Unset, " "))
	for _, entry := range append(environment.Pulumi(t.state), moto.Env(running.Endpoint)...) {
		name, value, _ := strings.Cut(entry, "=")
		fmt.Fprintf(t.out, "export %s=%s\n", name, quoted(value))
	}
	path := strings.Join(environment.Path(t.root), string(os.PathListSeparator))
	fmt.Fprintf(t.out, "export PATH=%s%c\"$PATH\"\n", quoted(path), os.PathListSeparator)
	return nil
}

func list(ctx context.Context, t *tool, args []string) error {
	running, err := t.background()
	if err != nil {
		return err
	}
	inv, err := inventory.Read(ctx, running.Endpoint, region)
	if err != nil {
		return err
	}
	if len(args) > 0 && args[0] == "--json" {
		encoder := json.NewEncoder(t.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(inv)
	}
	_, err = fmt.Fprint(t.out, inventory.Text(inv.All()))
	return err
}

func (t *tool) record() string { return filepath.Join(t.state, "aws.json") }

// background returns the local AWS that runs and answers, or errNotRunning.
func (t *tool) background() (background, error) {
	b, err := t.process()
	if err != nil {
		return b, err
	}
	client := &http.Client{Timeout: 10 * time.Second}
	// A page that says nothing: a dump of what the server holds takes longer
	// with every stack.
	response, err := client.Get(b.Endpoint + "/moto-api/")
	if err != nil {
		return b, fmt.Errorf("process %d runs but does not answer: %w; see %s, or stop it with `make local-stop`", b.PID, err, filepath.Join(t.state, "moto.log"))
	}
	return b, response.Body.Close()
}

// process returns the process of the local AWS, or errNotRunning.
func (t *tool) process() (background, error) {
	var b background
	text, err := os.ReadFile(t.record())
	if errors.Is(err, fs.ErrNotExist) {
		return b, errNotRunning
	} else if err != nil {
		return b, err
	}
	if err := json.Unmarshal(text, &b); err != nil {
		return b, fmt.Errorf("%s: %w; remove the file", t.record(), err)
	}
	// A process id is given out again after a reboot or a long time: it must
	// still be the server that was started.
	if !strings.Contains(commandLine(b.PID), "moto.server") {
		return b, errNotRunning
	}
	return b, nil
}

func commandLine(pid int) string {
	if text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline")); err == nil {
		return strings.ReplaceAll(string(text), "\x00", " ")
	}
	text, _ := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return string(text)
}

// quoted is a value as one word of a shell.
func quoted(value string) string { return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'" }
