package verify

import "github.com/ecsnet/pulumi-ecsnet/verify/internal/model"

// decide gives the verdicts about a network.
func decide(n *model.Network) *Report { return &Report{} }
