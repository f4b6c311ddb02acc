package main

import (
	"context"
	"fmt"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	sdk "github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

const (
	networks = 4
	services = 200
	// batch is how many services one line of the table stands for.
	batch = 50
	// slower is how much slower the last batch may be than the first. Work that
	// grows with what is there already would make it several times slower.
	slower = 1.5
	// garbageMB is what the collector may leave lying at any moment.
	garbageMB = 8
)

// construct builds 200 services in four networks through one plugin process,
// as the engine would for one stack, and looks at whether the last ones take
// longer and more memory than the first.
func construct(ctx context.Context, b *bench) (missed []string, err error) {
	e, err := startEngine()
	if err != nil {
		return nil, err
	}
	defer e.server.Stop()
	p, err := startPlugin(ctx, filepath.Join(b.root, "bin", "pulumi-resource-ecsnet"), e.address)
	if err != nil {
		return nil, err
	}
	defer p.stop()

	began := time.Now()
	refs := make([]resource.PropertyValue, networks)
	for i := range refs {
		name := fmt.Sprintf("net%d", i)
		made, err := e.construct(ctx, p, "IsolatedVpc", name, resource.PropertyMap{})
		if err != nil {
			return nil, err
		}
		refs[i] = resource.MakeComponentResourceReference(resource.URN(made.GetUrn()), "")
	}
	memory, err := p.resident()
	if err != nil {
		return nil, err
	}
	w := tabwriter.NewWriter(b.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\tmedian ms each\tmin\tmax\tMB\tresources")
	fmt.Fprintf(w, "%d networks\t%.1f\t\t\t%.1f\t%d\n", networks, ms(began)/networks, memory, e.count())
	var first, last *series
	memories := []float64{memory}
	for from := 0; from < services; from += batch {
		s := &series{}
		for i := from; i < from+batch; i++ {
			began := time.Now()
			_, err := e.construct(ctx, p, "FargatePrivateService", fmt.Sprintf("service%d", i), resource.PropertyMap{
				"network":    refs[i%networks],
				"clusterArn": resource.NewProperty("arn:aws:ecs:us-east-1:123456789012:cluster/apps"),
				"image":      resource.NewProperty("123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"),
			})
			if err != nil {
				return nil, err
			}
			s.values = append(s.values, ms(began))
		}
		if memory, err = p.resident(); err != nil {
			return nil, err
		}
		memories = append(memories, memory)
		fmt.Fprintf(w, "services %d to %d\t%.1f\t%.1f\t%.1f\t%.1f\t%d\n", from+1, from+batch, s.median(), s.min(), s.max(), memory, e.count())
		if first == nil {
			first = s
		}
		last = s
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	if last.median() > first.median()*slower {
		missed = append(missed, fmt.Sprintf("construct: a service takes %.1f ms at the end and %.1f ms at the beginning", last.median(), first.median()))
	}
	half := len(memories) / 2
	firstHalf, lastHalf := memories[half]-memories[0], memories[len(memories)-1]-memories[half]
	if lastHalf > firstHalf*slower+garbageMB {
		missed = append(missed, fmt.Sprintf("construct: the first half of the services takes %.1f MB and the last half %.1f MB", firstHalf, lastHalf))
	}
	return missed, nil
}

func ms(began time.Time) float64 { return float64(time.Since(began).Microseconds()) / 1000 }

// construct asks the plugin for a component, as the engine does at an update.
func (e *engine) construct(ctx context.Context, p *plugin, component, name string, in resource.PropertyMap) (*pulumirpc.ConstructResponse, error) {
	inputs, err := sdk.MarshalProperties(in, marshal)
	if err != nil {
		return nil, err
	}
	return p.client.Construct(ctx, &pulumirpc.ConstructRequest{
		Project: "proj", Stack: "stack", Type: "ecsnet:index:" + component, Name: name,
		MonitorEndpoint: e.address, Parallel: 16, Inputs: inputs,
	})
}
