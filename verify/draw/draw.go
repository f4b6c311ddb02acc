// Package draw shows the network of a stack as a picture, with the verdicts
// about its services.
//
// A picture says everything in words and shapes, and nothing in colour alone.
// The same stack and the same report always give the same bytes.
//
// # Words
//
// It is made in three moves, and each knows nothing of the next:
//
//   - look: goes through the network and the report, and makes a picture.
//   - picture: what is shown, before anything has a place. The flowchart is
//     written from it.
//   - arrange: gives everything its place, and makes a sheet.
//   - sheet: the picture with every place; render writes it down as SVG.
//
// What is in a picture:
//
//   - panel: a VPC. Its zones are the columns.
//   - row: subnets that stand side by side in the zones, and what is in them.
//   - cell: a subnet, in a row and a column.
//   - bar: something with network interfaces in the subnets of a row: a service, a
//     load balancer, a NAT gateway.
//   - gate: what leads through a panel's upper border, between VPC and internet.
//   - side: what stands beside the panels and joins them, such as a transit
//     gateway.
//   - card: endpoints that are alike but for their services.
//   - edge: a line from one of these to another.
//   - level: how bad a line is: plain, undecided or open. The worse one wins.
//   - word: a piece of text with its level.
//
// How lines find their way:
//
//   - gap: the space above a row, where lines go from side to side.
//   - channel: the space at the right of a zone, where lines go up and down.
//   - bus: all lines to one thing or from one thing; they share a lane.
//   - lane: one of the parallel places in a gap or a channel.
//   - span: the part of a channel that a bus takes, from height to height.
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
