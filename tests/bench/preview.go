package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/stack"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
)

// noise is how much more than the resources by hand the components may take.
const noise = 1.10

// Folders of the three programs, all in TypeScript.
const (
	emptyProgram = "tests/bench/testdata/empty"
	ourProgram   = "examples/isolated-service/typescript"
	flatProgram  = "tests/bench/testdata/flat"
)

// modes are the two ways in which Pulumi runs TypeScript. Types are checked
// unless the user turns that off; the checker reads the types of every package
// that the program imports, and those of @pulumi/aws are many.
var modes = []struct {
	name string
	env  []string
}{
	{"types checked (Pulumi's default)", nil},
	{"transpiled only", []string{"PULUMI_NODEJS_TRANSPILE_ONLY=true"}},
}

// preview measures `pulumi preview` on an empty stack: of nothing, of the
// components, and of the same resources without them.
func preview(ctx context.Context, b *bench) (missed []string, err error) {
	packages, err := nodePackages(ctx, b)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "ecsnet-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	server, err := moto.Start(ctx, moto.Options{Root: b.root, Progress: b.out})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()

	var programs []*program
	for _, source := range []string{emptyProgram, ourProgram, flatProgram} {
		p, err := newProgram(ctx, b, source, packages, filepath.Join(dir, fmt.Sprint(len(programs))), filepath.Join(dir, "state"), server.Endpoint)
		if err != nil {
			return nil, err
		}
		programs = append(programs, p)
	}
	empty, ours, flat := programs[0], programs[1], programs[2]
	n, err := sameResources(ctx, ours, flat)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(b.out, "components and resources by hand make the same %d aws resources with the same inputs\n", n)

	for _, mode := range modes {
		for _, p := range programs {
			p.stack.Extra = mode.env
		}
		nothing, component, byHand := &series{name: "empty program", unit: "ms"}, &series{name: "ecsnet components", unit: "ms"}, &series{name: "resources by hand", unit: "ms"}
		if err := alternate(ctx, b.rounds, empty.thing(nothing), ours.thing(component), flat.thing(byHand)); err != nil {
			return nil, err
		}
		// Of each round by itself: what slows the machine for a while slows all
		// three of a round.
		extra, extraByHand := component.over(nothing), byHand.over(nothing)
		fmt.Fprintf(b.out, "\n%s\n", mode.name)
		table(b.out, nothing, component, byHand, extra, extraByHand)
		if extra.median() > extraByHand.median()*noise {
			missed = append(missed, fmt.Sprintf("preview, %s: the components take %.0f ms over the empty program, and by hand it is %.0f ms; 10 %% more are allowed",
				mode.name, extra.median(), extraByHand.median()))
		}
	}
	return missed, nil
}

// program is a runnable copy of a TypeScript program.
type program struct {
	stack *stack.Stack
	out   *bytes.Buffer
}

// newProgram copies the program in source to dir. All programs get the same
// packages and compiler settings, so that they differ in their code alone.
func newProgram(ctx context.Context, b *bench, source, packages, dir, state, endpoint string) (*program, error) {
	if err := workspace.Copy(dir, filepath.Join(b.root, source)); err != nil {
		return nil, err
	}
	for _, file := range []string{filepath.Join(ourProgram, "tsconfig.json"), filepath.Join(flatProgram, "package.json")} {
		text, err := os.ReadFile(filepath.Join(b.root, file))
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), text, 0o644); err != nil {
			return nil, err
		}
	}
	if err := os.Symlink(filepath.Join(packages, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
		return nil, err
	}
	w, err := workspace.Open(b.root, dir)
	if err != nil {
		return nil, err
	}
	p := &program{out: &bytes.Buffer{}}
	p.stack, err = stack.New(ctx, b.root, w, "bench", state, endpoint, p.out)
	return p, err
}

// run runs a command and returns what it said.
func (p *program) run(ctx context.Context, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 4*time.Minute)
	defer cancel()
	p.out.Reset()
	if err := p.stack.Run(ctx, args...); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, p.out)
	}
	return p.out.Bytes(), nil
}

// thing is a preview of the program, in milliseconds.
func (p *program) thing(s *series) thing {
	return thing{[]*series{s}, func(ctx context.Context) ([]float64, error) {
		began := time.Now()
		_, err := p.run(ctx, "preview")
		return []float64{float64(time.Since(began).Milliseconds())}, err
	}}
}
