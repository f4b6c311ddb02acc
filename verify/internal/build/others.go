package build

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// carriers are types that may carry traffic to tasks or from them in ways that
// the model does not have, and what is not known about them.
var carriers = map[string]string{
	"vpclattice/serviceNetworkVpcAssociation:ServiceNetworkVpcAssociation": "joins the VPC to a service network of VPC Lattice",
	"vpclattice/targetGroup:TargetGroup":                                   "takes connections of VPC Lattice into the VPC",
	"vpclattice/targetGroupAttachment:TargetGroupAttachment":               "is a target of VPC Lattice",
	"vpclattice/resourceGateway:ResourceGateway":                           "takes connections of VPC Lattice into the VPC",
	"ec2clientvpn/networkAssociation:NetworkAssociation":                   "lets clients of a VPN into the VPC",
	"networkmanager/vpcAttachment:VpcAttachment":                           "joins the VPC to a core network",
	"networkmanager/transitGatewayPeering:TransitGatewayPeering":           "joins a transit gateway to a core network",
	"networkfirewall/firewall:Firewall":                                    "has firewall endpoints in the VPC",
	"networkfirewall/vpcEndpointAssociation:VpcEndpointAssociation":        "has firewall endpoints in the VPC",
	"vpc/routeServerPropagation:RouteServerPropagation":                    "takes routes that a route server announces, which are not in the stack",
	"ec2transitgateway/policyTable:PolicyTable":                            "routes by policies that the proof does not read",
	"ec2/secondaryNetwork:SecondaryNetwork":                                "is a further network that the proof does not look at",
	"cloudformation/stack:Stack":                                           "makes resources of a template, which are not in the stack",
	"cloudformation/stackSet:StackSet":                                     "makes resources of a template, which are not in the stack",
	"cloudformation/stackInstances:StackInstances":                         "makes resources of a template, which are not in the stack",
	"cloudformation/stackSetInstance:StackSetInstance":                     "makes resources of a template, which are not in the stack",
	"cloudcontrol/resource:Resource":                                       "is made through Cloud Control, and the proof does not read it",
	"servicecatalog/provisionedProduct:ProvisionedProduct":                 "makes resources of a product, which are not in the stack",
	"serverlessrepository/cloudFormationStack:CloudFormationStack":         "makes resources of a template, which are not in the stack",
}

// starters are types that start tasks in ways that the proof does not read.
var starters = map[string]string{
	"ecs/expressGatewayService:ExpressGatewayService": "is an Express Mode service, whose load balancer and network AWS makes",
	"ecs/daemon:Daemon": "is a daemon on managed instances, which the proof does not read",
}

// quietModules carry nobody's traffic to anybody else: they configure, they
// store, or they are an end of connections themselves, as a database or a
// function is, whose own network interfaces are guarded by their own groups.
var quietModules = words(`
	accessanalyzer account acm acmpca amp amplify appautoscaling appconfig appfabric appflow appintegrations
	applicationinsights appmesh appstream appsync athena auditmanager autoscalingplans backup batch bcmdata bedrock
	bedrockfoundation bedrockmodel budgets cfg chatbot chime chimesdkmediapipelines cleanrooms cloud9 cloudfront
	cloudhsmv2 cloudsearch cloudtrail cloudwatch codeartifact codebuild codecatalyst codecommit codeconnections
	codedeploy codeguruprofiler codegurureviewer codepipeline codestarconnections codestarnotifications cognito
	comprehend computeoptimizer connect controltower costexplorer costoptimizationhub cur customerprofiles
	dataexchange datapipeline datasync datazone dax detective devicefarm devopsguru directconnect directoryservice
	dlm dms docdb drs dsql dynamodb ebs ecr ecrpublic efs eks elasticache elasticsearch elastictranscoder emr
	emrcontainers emrserverless evidently finspace fis fms fsx gamelift glacier globalaccelerator glue grafana
	guardduty iam identitystore imagebuilder inspector inspector2 iot ivs ivschat kendra keyspaces kinesis
	kinesisanalyticsv2 kms lakeformation lambda lex licensemanager lightsail location m2 macie macie2 mediaconvert
	medialive mediapackage mediapackagev2 mediastore memorydb mq msk mskconnect mwaa neptune neptunegraph
	networkfirewall networkflowmonitor networkmanager networkmonitor notifications oam opensearch opensearchingest
	organizations paymentcryptography pinpoint pipes polly pricing qbusiness qldb quicksight ram rbin rds redshift
	redshiftdata redshiftserverless rekognition resiliencehub resourceexplorer resourcegroups
	resourcegroupstaggingapi rolesanywhere route53 route53domains route53profiles route53recoverycontrol
	route53recoveryreadiness rum s3 s3control s3outposts s3tables sagemaker schemas scheduler secretsmanager
	securityhub securitylake serverlessrepository servicecatalog servicediscovery servicequotas ses sesv2 sfn shield
	signer simpledb sns sqs ssm ssmcontacts ssmincidents ssmquicksetup ssoadmin storagegateway swf synthetics
	timestreaminfluxdb timestreamquery timestreamwrite transcribe transfer verifiedaccess verifiedpermissions
	vpclattice waf wafregional wafv2 workspaces workspacesweb xray ecs apigateway apigatewayv2 lb elb autoscaling
	ec2clientvpn cloudformation bedrockagentcore s3vectors invoicing observabilityadmin`)

// quietTypes are the same in the modules of networks.
var quietTypes = words(`
	ami amiCopy amiFromInstance amiLaunchPermission availabilityZoneGroup capacityBlockReservation capacityReservation
	carrierGateway customerGateway dedicatedHost defaultCreditSpecification defaultVpcDhcpOptions eipDomainName
	flowLog imageBlockPublicAccess instanceMetadataDefaults keyPair localGatewayRoute
	localGatewayRouteTable localGatewayRouteTableVpcAssociation localGatewayRouteTableVirtualInterfaceGroupAssociation
	networkInsightsAnalysis networkInsightsPath networkInsightsAccessScope networkInterfacePermission
	peeringConnectionOptions placementGroup serialConsoleAccess snapshotCreateVolumePermission
	spotDatafeedSubscription spotFleetRequest spotInstanceRequest fleet subnetCidrReservation tag trafficMirrorFilter
	trafficMirrorFilterRule trafficMirrorSession trafficMirrorTarget volumeAttachment vpcDhcpOptions
	vpcDhcpOptionsAssociation vpcEndpointConnectionAccepter vpcEndpointConnectionNotification vpcEndpointService
	vpcEndpointServiceAllowedPrinciple vpcIpam vpcIpamOrganizationAdminAccount vpcIpamPool vpcIpamPoolCidr
	vpcIpamPoolCidrAllocation vpcIpamPreviewNextCidr vpcIpamResourceDiscovery vpcIpamResourceDiscoveryAssociation
	vpcIpamScope vpcNetworkPerformanceMetricSubscription vpnConnectionRoute vpnGatewayAttachment allowedImagesSettings
	encryptionControl vpcEncryptionControl vpcSecurityGroupRulesExclusive vpnConcentrator natGatewayEipAssociation
	networkInterfaceAttachment proxyProtocolPolicy
	endpointServicePrivateDnsVerification routeServer routeServerEndpoint routeServerPeer routeServerVpcAssociation
	connectPeer instanceConnectEndpoint instanceState multicastDomain multicastDomainAssociation multicastGroupMember
	multicastGroupSource policyTableAssociation meteringPolicy meteringPolicyEntry`)

func words(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}

// quiet says whether a type of AWS's is known to carry no traffic.
func quiet(typ string) bool {
	name := token(typ)
	if _, carries := carriers[name]; carries {
		return false
	}
	if _, starts := starters[name]; starts {
		return false
	}
	module, rest, _ := strings.Cut(name, "/")
	short, _, _ := strings.Cut(rest, ":")
	switch module {
	case "ec2", "vpc", "ec2transitgateway":
		return quietTypes[short]
	}
	return quietModules[module]
}

// anything are modules whose outputs may be the id of anything: what they hold
// is the user's.
var anything = words("ssm secretsmanager lambda cloudformation cloudcontrol appconfig s3 dynamodb servicecatalog")

// networked are properties that name something of a network.
var networked = regexp.MustCompile(`(?i)(vpc|subnet|securitygroup|networkinterface|routetable|gatewayid|transitgateway|loadbalancer|vpcendpoint)`)

// addOther looks at a resource that no builder understands.
func (b *builder) addOther(r *state.Resource) {
	name := token(r.Type)
	switch what, starts := starters[name]; {
	case starts:
		service := &model.Service{Name: nameOf(r), Tasks: &model.Interfaces{Name: nameOf(r)}}
		service.Doubts = append(service.Doubts, doubt(r, what))
		b.network.Services = append(b.network.Services, service)
		return
	case name == "":
		b.addForeign(r)
		return
	case families[name] || quiet(r.Type):
		return
	}
	what, carries := carriers[name]
	vpcs, others := b.concerns(r)
	if carries {
		b.doubtAll(r, vpcs, what)
		return
	}
	const unread = "is of a type that the proof does not read"
	switch {
	case len(vpcs) > 0:
		b.doubtAll(r, vpcs, unread+", and refers to the VPC")
	case others:
		b.doubt(r, unread+", and refers to a network")
	default:
		b.unread = append(b.unread, r.Type)
	}
}

// doubtAll doubts what a resource concerns: these VPCs, or when it is not known
// which, all of them.
func (b *builder) doubtAll(r *state.Resource, vpcs []*vpc, what string) {
	for _, v := range vpcs {
		v.Doubts = append(v.Doubts, doubt(r, what))
	}
	if len(vpcs) == 0 {
		b.doubt(r, what)
	}
}

// addForeign looks at a resource of another package than the provider of AWS.
func (b *builder) addForeign(r *state.Resource) {
	pkg, rest, _ := strings.Cut(r.Type, ":")
	switch {
	case pkg == "aws-native", pkg == "awscc":
		module, _, _ := strings.Cut(rest, ":")
		if module, _, _ = strings.Cut(module, "/"); quietModules[strings.ToLower(module)] && !nativeNetworks[strings.ToLower(module)] {
			return
		}
		b.doubt(r, "is made by the provider "+pkg+", which the proof does not read")
	case strings.HasSuffix(pkg, "-nodejs") || strings.HasSuffix(pkg, "-python"):
		if strings.HasPrefix(rest, "dynamic") {
			b.doubt(r, "is made by a dynamic provider, and could be anything")
		}
	}
}

// nativeNetworks are modules that hold networks in aws-native, whatever they
// hold in aws.
var nativeNetworks = words(`ec2 ecs elasticloadbalancing elasticloadbalancingv2 apigateway apigatewayv2 vpclattice networkmanager
	networkfirewall globalaccelerator cloudformation autoscaling events scheduler`)

// concerns are the VPCs that a resource refers to. others says that it refers
// to something of a network that is not known.
func (b *builder) concerns(r *state.Resource) (vpcs []*vpc, others bool) {
	put := func(v *vpc) {
		if v != nil && !slices.Contains(vpcs, v) {
			vpcs = append(vpcs, v)
		}
	}
	r.Properties(func(v state.Value) {
		id, ok := v.Text()
		switch {
		case ok:
			put(b.vpcByID(id))
		case v.Unknown() && networked.MatchString(v.Property()):
			found := len(vpcs)
			for _, urn := range v.Dependencies() {
				if d := b.stacks.Find(urn); d != nil && d.Custom {
					put(b.vpcByURN(urn))
				} else if d != nil {
					for _, part := range b.stacks.Within(urn) {
						put(b.vpcByURN(part.URN))
					}
				}
			}
			others = others || len(vpcs) == found && found == 0
		}
	})
	return vpcs, others && len(vpcs) == 0
}

func (b *builder) vpcByID(id string) *vpc {
	if v := b.vpcs.byID[id]; v != nil {
		return v
	}
	if s := b.subnets.byID[id]; s != nil {
		return s.vpc
	}
	if g := b.groups.byID[id]; g != nil && g.VPC != nil {
		return b.whole[g.VPC]
	}
	if t := b.tables.byID[id]; t != nil {
		return b.vpcOfTable[t]
	}
	if l := b.balancers.byID[id]; l != nil {
		return b.vpcOfInterfaces(l.Interfaces)
	}
	if h := b.hosts.byID[id]; h != nil {
		return b.vpcOfInterfaces(h)
	}
	return nil
}

func (b *builder) vpcByURN(urn string) *vpc {
	if v := b.vpcs.byURN[urn]; v != nil {
		return v
	}
	if v := b.vpcs.handed[urn]; v != nil {
		return v
	}
	if l := b.balancers.byURN[urn]; l != nil {
		return b.vpcOfInterfaces(l.Interfaces)
	}
	if h := b.hosts.byURN[urn]; h != nil {
		return b.vpcOfInterfaces(h)
	}
	return nil
}

func (b *builder) vpcOfInterfaces(i *model.Interfaces) *vpc {
	if i == nil || len(i.Subnets) == 0 {
		return nil
	}
	return b.whole[i.Subnets[0].VPC]
}

// leftovers are resources that may be in AWS beside what the stack has.
func (b *builder) leftovers() {
	for _, l := range b.stacks.Leftovers {
		if !l.Custom || token(l.Type) == "" || quiet(l.Type) || inert[token(l.Type)] || b.unused(l.Resource) {
			continue
		}
		why := l.Why
		if l.Gone {
			if why = staying[token(l.Type)]; why == "" {
				continue
			}
		}
		if add := rulesOfGroups[token(l.Type)]; add != nil && !l.Gone {
			b.unsure = why
			add(b, l.Resource)
			b.unsure = ""
			continue
		}
		vpcs, _ := b.concerns(l.Resource)
		b.doubtAll(l.Resource, vpcs, why)
	}
}

// rulesOfGroups are types that are rules of a group, and nothing else: one that
// may still exist may still let its traffic through, and no other.
var rulesOfGroups = map[string]func(*builder, *state.Resource){
	"ec2/securityGroupRule:SecurityGroupRule":               (*builder).addRule,
	"vpc/securityGroupIngressRule:SecurityGroupIngressRule": addSeparateRule(true),
	"vpc/securityGroupEgressRule:SecurityGroupEgressRule":   addSeparateRule(false),
}

// staying are types whose deletion leaves what they managed in AWS, and how: a
// provider only lets go of what AWS made with a VPC, and an endpoint gets the
// policy back that allows everything.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_route_table
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_security_group
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_network_acl
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
var staying = map[string]string{
	"ec2/defaultRouteTable:DefaultRouteTable":       asItWas,
	"ec2/defaultSecurityGroup:DefaultSecurityGroup": asItWas,
	"ec2/defaultNetworkAcl:DefaultNetworkAcl":       asItWas,
	"ec2/vpcEndpointPolicy:VpcEndpointPolicy":       "leaves the stack, and its endpoint gets the policy that allows everything",
}

const asItWas = "leaves the stack, and stays in AWS with the rules or routes that it has"

// unused says that a leftover is a group that nothing in the stack can be in, or
// a target group that nothing in it forwards to: one with its id is not there, and
// what names that id has its own doubt.
func (b *builder) unused(r *state.Resource) bool {
	switch token(r.Type) {
	case "ec2/securityGroup:SecurityGroup":
		return b.groups.byID[r.ID] == nil
	case "lb/targetGroup:TargetGroup":
		return b.targetGroups.byID[r.ID] == nil
	}
	return false
}

// inert are types that do nothing by themselves: what uses them counts.
var inert = map[string]bool{
	"ecs/taskDefinition:TaskDefinition": true, "ecs/cluster:Cluster": true, "ecs/capacityProvider:CapacityProvider": true,
	"ecs/clusterCapacityProviders:ClusterCapacityProviders": true, "ec2/launchTemplate:LaunchTemplate": true,
	"ec2/launchConfiguration:LaunchConfiguration": true,
}

// notes says what was not looked at because it refers to no network.
func (b *builder) notes() {
	slices.Sort(b.unread)
	for _, typ := range slices.Compact(slices.Clone(b.unread)) {
		b.network.Notes = append(b.network.Notes, fmt.Sprintf("%s is a type that the proof does not read; what is in the stack of it refers to no network.", typ))
	}
}
