package build

import (
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// phases are what is understood of AWS, in an order in which everything that a
// resource refers to is there before it. A type is in more than one phase when
// it is something and also ties others together.
//
// The names are those of the official provider, pulumi-aws 6 and 7:
// https://www.pulumi.com/registry/packages/aws/api-docs/
var phases = []map[string]func(*builder, *state.Resource){
	{
		"ec2/vpc:Vpc":               (*builder).addVPC,
		"ec2/defaultVpc:DefaultVpc": (*builder).addDefaultVPC,
	},
	{
		"ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": addCIDR("cidrBlock"),
		"ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation": addCIDR("ipv6CidrBlock"),

		"ec2/subnet:Subnet":                                       (*builder).addSubnet,
		"ec2/defaultSubnet:DefaultSubnet":                         (*builder).addDefaultSubnet,
		"ec2/routeTable:RouteTable":                               (*builder).addTable,
		"ec2/defaultRouteTable:DefaultRouteTable":                 (*builder).addDefaultTable,
		"ec2/securityGroup:SecurityGroup":                         (*builder).addGroup,
		"ec2/defaultSecurityGroup:DefaultSecurityGroup":           (*builder).addDefaultGroup,
		"ec2/networkAcl:NetworkAcl":                               (*builder).addACL,
		"ec2/defaultNetworkAcl:DefaultNetworkAcl":                 (*builder).addDefaultACL,
		"ec2/managedPrefixList:ManagedPrefixList":                 (*builder).addPrefixList,
		"ec2/internetGateway:InternetGateway":                     (*builder).addInternetGateway,
		"ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": (*builder).addEgressOnly,
		"ec2/vpnGateway:VpnGateway":                               (*builder).addVPN,
		"ec2/vpcPeeringConnection:VpcPeeringConnection":           (*builder).addPeering,
		"ec2transitgateway/transitGateway:TransitGateway":         (*builder).addTransit,
	},
	{
		"ec2/internetGatewayAttachment:InternetGatewayAttachment":       (*builder).addAttachment,
		"ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": (*builder).addAccepter,
		"ec2transitgateway/routeTable:RouteTable":                       (*builder).addTransitTable,
		"ec2transitgateway/vpcAttachment:VpcAttachment":                 (*builder).addTransitAttachment,
		"ec2transitgateway/connect:Connect":                             (*builder).addForeignAttachment,
		"ec2transitgateway/peeringAttachment:PeeringAttachment":         (*builder).addForeignAttachment,
		"ec2/vpnConnection:VpnConnection":                               (*builder).addVPNConnection,
		"ec2/natGateway:NatGateway":                                     (*builder).addNAT,
		"ec2/managedPrefixListEntry:ManagedPrefixListEntry":             (*builder).addSeparateListEntry,
		"ec2/vpcEndpoint:VpcEndpoint":                                   (*builder).addEndpoint,
		"ec2/networkInterface:NetworkInterface":                         (*builder).addNetworkInterface,
		"ec2/launchTemplate:LaunchTemplate":                             (*builder).addTemplate,
		"ec2/launchConfiguration:LaunchConfiguration":                   (*builder).addConfiguration,
	},
	{
		"ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter":         (*builder).addTransitAccepter,
		"ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter": (*builder).addForeignAttachment,
		"ec2/instance:Instance":                                                 (*builder).addInstance,
		"ec2/spotInstanceRequest:SpotInstanceRequest":                           (*builder).addInstance,
		"ec2/spotFleetRequest:SpotFleetRequest":                                 (*builder).addFleet,
		"ec2/fleet:Fleet":                                                       (*builder).addFleet,
		"autoscaling/group:Group":                                               (*builder).addScalingGroup,
		"ecs/cluster:Cluster":                                                   (*builder).addCluster,
		"ecs/taskDefinition:TaskDefinition":                                     (*builder).addTask,
		"ec2/vpcEndpointPolicy:VpcEndpointPolicy":                               ofEndpoint(addEndpointPolicy),
		"ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": ofEndpoint(addEndpointTable),
		"ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation":         ofEndpoint(addEndpointSubnet),
		"ec2/securityGroupAssociation:SecurityGroupAssociation":                 ofEndpoint(addEndpointGroup),
		"vpc/endpointPrivateDns:EndpointPrivateDns":                             ofEndpoint(addEndpointDNS),
	},
	{
		"ec2/routeTable:RouteTable":                                 (*builder).addTableRoutes,
		"ec2/defaultRouteTable:DefaultRouteTable":                   (*builder).addTableRoutes,
		"ec2/route:Route":                                           (*builder).addRoutes,
		"ec2/routeTableAssociation:RouteTableAssociation":           (*builder).addTableAssociation,
		"ec2/mainRouteTableAssociation:MainRouteTableAssociation":   (*builder).addMain,
		"ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": (*builder).addPropagation,
		"ec2/securityGroup:SecurityGroup":                           (*builder).addGroupRules,
		"ec2/defaultSecurityGroup:DefaultSecurityGroup":             (*builder).addGroupRules,
		"ec2/securityGroupRule:SecurityGroupRule":                   (*builder).addRule,
		"vpc/securityGroupIngressRule:SecurityGroupIngressRule":     addSeparateRule(true),
		"vpc/securityGroupEgressRule:SecurityGroupEgressRule":       addSeparateRule(false),
		"ec2/networkAcl:NetworkAcl":                                 (*builder).addACLParts,
		"ec2/defaultNetworkAcl:DefaultNetworkAcl":                   (*builder).addACLParts,
		"ec2/networkAclRule:NetworkAclRule":                         (*builder).addACLRule,
		"ec2/networkAclAssociation:NetworkAclAssociation":           (*builder).addACLAssociation,
		"ec2/eip:Eip":                       addAddress("instance", "networkInterface"),
		"ec2/eipAssociation:EipAssociation": addAddress("instanceId", "networkInterfaceId"),
		"ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment": (*builder).addInterfaceGroup,
		"ec2/networkInterfaceAttachment:NetworkInterfaceAttachment":                           (*builder).addInterfaceAttachment,
		"ec2transitgateway/route:Route":                                                       (*builder).addTransitRoute,
		"ec2transitgateway/prefixListReference:PrefixListReference":                           (*builder).addTransitList,
		"ec2transitgateway/routeTableAssociation:RouteTableAssociation":                       (*builder).addTransitAssociation,
		"ec2transitgateway/routeTablePropagation:RouteTablePropagation":                       (*builder).addTransitPropagation,
		"ec2transitgateway/defaultRouteTableAssociation:DefaultRouteTableAssociation":         addTransitDefault(func(g *transit, t *model.TransitTable) { g.association = t }),
		"ec2transitgateway/defaultRouteTablePropagation:DefaultRouteTablePropagation":         addTransitDefault(func(g *transit, t *model.TransitTable) { g.propagation = t }),
		"ecs/capacityProvider:CapacityProvider":                                               (*builder).addCapacity,
	},
	{
		"ecs/cluster:Cluster": (*builder).addClusterProviders,
		"ecs/clusterCapacityProviders:ClusterCapacityProviders":           (*builder).addClusterCapacity,
		"ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions":     (*builder).addBlocking,
		"ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": (*builder).addExclusion,
		"lb/loadBalancer:LoadBalancer":                                    (*builder).addBalancer,
		"elb/loadBalancer:LoadBalancer":                                   (*builder).addClassic,
		"lb/targetGroup:TargetGroup":                                      (*builder).addTargetGroup,
		"apigatewayv2/api:Api":                                            (*builder).addHTTPAPI,
		"apigateway/restApi:RestApi":                                      (*builder).addRESTAPI,
		"apigatewayv2/vpcLink:VpcLink":                                    (*builder).addLink,
		"servicediscovery/service:Service":                                (*builder).addRegistry,
	},
	{
		"lb/listener:Listener":                                                    (*builder).addListener,
		"lb/targetGroupAttachment:TargetGroupAttachment":                          (*builder).addTargetAttachment,
		"elb/attachment:Attachment":                                               (*builder).addClassicAttachment,
		"autoscaling/group:Group":                                                 (*builder).addScalingTargets,
		"autoscaling/attachment:Attachment":                                       (*builder).addScalingAttachment,
		"autoscaling/trafficSourceAttachment:TrafficSourceAttachment":             (*builder).addScalingAttachment,
		"globalaccelerator/endpointGroup:EndpointGroup":                           (*builder).addAccelerated,
		"globalaccelerator/customRoutingEndpointGroup:CustomRoutingEndpointGroup": (*builder).addAccelerated,
		"cloudfront/vpcOrigin:VpcOrigin":                                          (*builder).addOrigin,
		"verifiedaccess/endpoint:Endpoint":                                        (*builder).addVerified,
		"apigateway/vpcLink:VpcLink":                                              (*builder).addOldLink,
		"apigatewayv2/route:Route":                                                (*builder).addAPIRoute,
		"apigatewayv2/apiMapping:ApiMapping":                                      (*builder).addAPIMapping,
		"apigateway/basePathMapping:BasePathMapping":                              (*builder).addAPIMapping,
		"servicediscovery/instance:Instance":                                      (*builder).addRegistration,
	},
	{
		"lb/listenerRule:ListenerRule":         (*builder).addListenerRule,
		"apigatewayv2/integration:Integration": (*builder).addHTTPIntegration,
		"apigateway/integration:Integration":   (*builder).addRESTIntegration,
	},
	{
		"ecs/service:Service":                         (*builder).addService,
		"ecs/taskSet:TaskSet":                         (*builder).addTaskSet,
		"cloudwatch/eventTarget:EventTarget":          (*builder).addEventTarget,
		"scheduler/schedule:Schedule":                 (*builder).addSchedule,
		"pipes/pipe:Pipe":                             (*builder).addPipe,
		"sfn/stateMachine:StateMachine":               (*builder).addStateMachine,
		"batch/jobDefinition:JobDefinition":           (*builder).addBatch,
		"batch/computeEnvironment:ComputeEnvironment": (*builder).addBatch,
		"ec2/vpcEndpointService:VpcEndpointService":   (*builder).addEndpointService,
		"ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple": (*builder).addAllowedPrincipal,
	},
}

// families are the types in the table.
var families = map[string]bool{}

func init() {
	for _, phase := range phases {
		for name := range phase {
			families[name] = true
		}
	}
}

// renamed are modules that older releases of the provider had for others.
var renamed = map[string]string{
	"alb": "lb", "elasticloadbalancingv2": "lb", "applicationloadbalancing": "lb", "elasticloadbalancing": "elb",
}

// token is a type's name in the table: its token without the package, and under
// its module's current name.
func token(typ string) string {
	name, ok := strings.CutPrefix(typ, "aws:")
	if !ok {
		return ""
	}
	module, rest, _ := strings.Cut(name, "/")
	if now := renamed[module]; now != "" {
		return now + "/" + rest
	}
	return name
}
