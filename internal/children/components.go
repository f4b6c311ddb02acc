package children

import "slices"

// Package begins the type token of every component of ours.
const Package = "ecsnet:index:"

// The components, by the names of their types.
const (
	IsolatedVpc           = "IsolatedVpc"
	NatNetwork            = "NatNetwork"
	PublicNetwork         = "PublicNetwork"
	Network               = "Network"
	EcsCluster            = "EcsCluster"
	FargatePrivateService = "FargatePrivateService"
	FargatePublicService  = "FargatePublicService"
	Ec2Service            = "Ec2Service"
	Ec2Capacity           = "Ec2Capacity"
	ApplicationIngress    = "ApplicationIngress"
	NetworkIngress        = "NetworkIngress"
	ApiIngress            = "ApiIngress"
	ContainerImage        = "ContainerImage"
)

// Components that have children or a use in common.
var (
	// Vpcs make a VPC, and can take over from each other.
	Vpcs = []string{IsolatedVpc, NatNetwork, PublicNetwork}
	// Networks are what a service accepts as its network.
	Networks = append([]string{Network}, Vpcs...)
	// Services make an ECS service, and can take over from each other.
	Services = []string{FargatePrivateService, FargatePublicService, Ec2Service}
	// Balancers make a load balancer.
	Balancers = []string{ApplicationIngress, NetworkIngress}
	// Ingresses are what a service accepts as its way in.
	Ingresses = append(slices.Clone(Balancers), ApiIngress)

	natted    = []string{IsolatedVpc, NatNetwork}
	published = []string{NatNetwork, PublicNetwork}
	fargate   = []string{FargatePrivateService, FargatePublicService}
	guarded   = append(slices.Clone(Services), Ec2Capacity)
)

// Tokens are the type tokens of components.
func Tokens(components []string) []string {
	tokens := make([]string, len(components))
	for i, c := range components {
		tokens[i] = Package + c
	}
	return tokens
}
