// Package draw shows the network of a stack as a picture, with the verdicts
// about its services.
//
// A picture says everything in words and shapes, and nothing in colour alone.
// The same stack and the same report always give the same bytes.
package draw

import (
	"io"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// SVG writes the network as a picture that stands alone: no script, no font and
// no file from elsewhere. It has a look for light pages and one for dark ones.
func SVG(w io.Writer, stack *verify.Stack, report *verify.Report) error {
	return svg(w, stack.Network(), report)
}

// Mermaid writes the network as the text of a Mermaid flowchart, which GitHub
// and others render where they find it in Markdown.
func Mermaid(w io.Writer, stack *verify.Stack, report *verify.Report) error {
	return mermaid(w, stack.Network(), report)
}

func svg(w io.Writer, n *model.Network, r *verify.Report) error {
	_, err := io.WriteString(w, render(arrange(look(n, r))))
	return err
}

func mermaid(w io.Writer, n *model.Network, r *verify.Report) error {
	_, err := io.WriteString(w, flowchart(look(n, r)))
	return err
}
