package main

import (
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/draw"
)

const drawHelp = `Draws the network: zones, subnets, routes, gateways, endpoints and services,
with the open paths marked.`

// drawing is what the draw command was told.
type drawing struct {
	documents
	svg, mermaid string
}

func newDraw(s streams) *cobra.Command {
	d := &drawing{}
	cmd := &cobra.Command{
		Use:     "draw",
		Short:   "Draw the network as SVG or Mermaid",
		Long:    drawHelp,
		Example: examples("$ draw --svg network.svg", "$ draw --stack prod --mermaid - >> design.md"),
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return d.run(cmd, s) },
	}
	d.flags(cmd)
	cmd.Flags().StringVar(&d.svg, "svg", "", "write an SVG picture to this `file`; - for stdout")
	cmd.Flags().StringVar(&d.mermaid, "mermaid", "", "write a Mermaid flowchart to this `file`; - for stdout")
	return cmd
}

func (d *drawing) run(cmd *cobra.Command, s streams) error {
	if d.svg == "" && d.mermaid == "" {
		return errors.New("nothing to draw to: name a file with --svg or --mermaid, - for stdout")
	}
	stack, err := d.read(cmd.Context(), s.in)
	if err != nil {
		return err
	}
	report := stack.Verify()
	for _, picture := range []struct {
		file string
		draw func(io.Writer, *verify.Stack, *verify.Report) error
	}{{d.svg, draw.SVG}, {d.mermaid, draw.Mermaid}} {
		if picture.file == "" {
			continue
		}
		// What fails halfway must not leave half a picture behind.
		text := &bytes.Buffer{}
		if err := picture.draw(text, stack, report); err != nil {
			return err
		}
		if err := save(picture.file, text.Bytes(), s.out); err != nil {
			return err
		}
	}
	return nil
}

// save writes a file, or to stdout.
func save(name string, text []byte, out io.Writer) error {
	if name == "-" {
		_, err := out.Write(text)
		return err
	}
	return os.WriteFile(name, text, 0o644)
}
