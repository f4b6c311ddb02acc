// Command bench measures what ecsnet costs, each thing beside what it is to be
// compared with: in turns within one run (A, B, A, B, ...), so that whatever
// else the machine does meets both alike. It prints the median and the spread
// of each, and fails when a limit is not held.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// part is one thing that is measured. It prints its table and returns the
// limits that were not held.
type part struct {
	name, what string
	run        func(context.Context, *bench) (missed []string, err error)
}

var parts = []part{
	{"start", "plugin: start and memory", start},
	{"preview", "pulumi preview: the components, and the same resources by hand", preview},
	{"planner", "layout of a network", planner},
	{"construct", "200 services in four networks, through the plugin", construct},
	{"proof", "proof of isolation of a large stack", proof},
}

// bench is what every part needs.
type bench struct {
	root   string
	rounds int
	out    io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	missed, err := run(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
	if len(missed) > 0 {
		fmt.Printf("\nnot held:\n  %s\n", strings.Join(missed, "\n  "))
		os.Exit(1)
	}
	fmt.Println("\nevery limit is held")
}

func run(ctx context.Context) (missed []string, err error) {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.name
	}
	rounds := flag.Int("rounds", 9, "how often each thing is measured")
	only := flag.String("only", strings.Join(names, ","), "the parts to run")
	flag.Parse()
	root, err := toolchain.Root()
	if err != nil {
		return nil, err
	}
	b := &bench{root: root, rounds: *rounds, out: os.Stdout}
	for _, name := range strings.Split(*only, ",") {
		i := slices.Index(names, name)
		if i < 0 {
			return nil, fmt.Errorf("there is no part %q; the parts are %s", name, strings.Join(names, ", "))
		}
		fmt.Fprintf(b.out, "\n=== %s (%d rounds; %d CPUs, load %s)\n", parts[i].what, b.rounds, runtime.NumCPU(), load())
		more, err := parts[i].run(ctx, b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		missed = append(missed, more...)
	}
	return missed, nil
}

// load is how busy the machine is, where the system tells it.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "not known"
	}
	return strings.Join(strings.Fields(string(text))[:3], " ")
}
