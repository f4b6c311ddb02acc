package standin

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// refusal is something that AWS refuses and the emulator lets through, or says
// otherwise.
type refusal struct {
	token string
	in    props
	code  string
	text  string
}

func (r refusal) run(t *testing.T, p *provider, name string) {
	t.Helper()
	err := p.ask(r.token, "refused-"+name, r.in)
	require.ErrorContains(t, err, r.code)
	require.ErrorContains(t, err, r.text)
}

func runRefusals(t *testing.T, p *provider, refusals map[string]refusal) {
	t.Helper()
	for name, r := range refusals {
		t.Run(name, func(t *testing.T) {
			q := *p
			q.t = t
			r.run(t, &q, strings.ReplaceAll(name, " ", "-"))
		})
	}
}

func TestEndpointsRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w, foreign := newVpc(p, "one"), newVpc(p, "foreign")
	again := w.subnet("a2", "10.0.2.0/24", "us-east-1a")
	dark := p.create(tVpc, "dark", props{"cidrBlock": "10.0.0.0/16"})
	darkSubnet := p.create(tSubnet, "dark", props{"vpcId": dark.id, "cidrBlock": "10.0.0.0/24"})
	p.create(tEndpoint, "logs", w.interfaceEndpoint("logs"))
	p.create(tEndpoint, "s3", w.s3())
	ssm := w.interfaceEndpoint("ssm")

	runRefusals(t, p, map[string]refusal{
		"an unknown service":         {tEndpoint, w.interfaceEndpoint("systemsmanager"), "InvalidServiceName", "does not exist"},
		"a service of another place": {tEndpoint, ssm.with("serviceName", "com.amazonaws.eu-west-1.ssm"), "InvalidServiceName", "does not exist"},
		"an unknown VPC":             {tEndpoint, ssm.with("vpcId", "vpc-0"), "InvalidVpcId.NotFound", "vpc-0"},
		"one service twice":          {tEndpoint, w.interfaceEndpoint("logs"), "InvalidParameter", "conflicting DNS domain for logs.us-east-1.amazonaws.com"},
		"no DNS in the VPC": {
			tEndpoint, ssm.with("vpcId", dark.id).with("subnetIds", []string{darkSubnet.id}).with("securityGroupIds", nil),
			"InvalidParameter", "requires both enableDnsSupport and enableDnsHostnames",
		},
		"two subnets of a zone":           {tEndpoint, ssm.with("subnetIds", []string{w.a.id, again.id}), "DuplicateSubnetsInSameZone", "us-east-1a"},
		"an unknown subnet":               {tEndpoint, ssm.with("subnetIds", []string{"subnet-0"}), "InvalidSubnetId.NotFound", "subnet-0"},
		"a subnet of another VPC":         {tEndpoint, ssm.with("subnetIds", []string{foreign.a.id}), "InvalidParameter", "belongs to the network"},
		"an unknown group":                {tEndpoint, ssm.with("securityGroupIds", []string{"sg-0"}), "InvalidGroup.NotFound", "sg-0"},
		"a group of another VPC":          {tEndpoint, ssm.with("securityGroupIds", []string{foreign.group.id}), "InvalidParameter", "belongs to the network"},
		"a gateway for an interface":      {tEndpoint, props{"vpcId": w.vpc.id, "serviceName": "com.amazonaws.us-east-1.ssm"}, "InvalidParameter", "does not match"},
		"route tables of an interface":    {tEndpoint, ssm.with("routeTableIds", []string{w.tableA.id}), "InvalidParameter", "only supported for Gateway"},
		"a second gateway of a table":     {tEndpoint, w.s3(), "RouteAlreadyExists", "already has a route"},
		"a route table of another VPC":    {tEndpoint, w.s3().with("routeTableIds", []string{foreign.tableA.id}), "InvalidParameter", "belongs to the network"},
		"an unknown route table":          {tEndpoint, w.s3().with("routeTableIds", []string{"rtb-0"}), "InvalidRouteTableId.NotFound", "rtb-0"},
		"subnets of a gateway":            {tEndpoint, w.s3().with("subnetIds", []string{w.a.id}), "InvalidParameter", "only supported for Interface"},
		"private DNS of a gateway":        {tEndpoint, w.s3().with("privateDnsEnabled", true), "InvalidParameter", "Private DNS"},
		"a policy that is no JSON":        {tEndpoint, ssm.with("policy", "{"), "InvalidPolicyDocument", "invalid Json"},
		"a policy that names no resource": {tEndpoint, ssm.with("policy", trust), "InvalidPolicyDocument", "needs a Resource"},
	})
	p.create(tEndpoint, "scheduler", w.interfaceEndpoint("scheduler")) // younger than the emulator's list
	quiet := p.create(tEndpoint, "logs-again", w.interfaceEndpoint("logs").with("privateDnsEnabled", nil))
	require.ErrorContains(t, quiet.tryUpdate(w.interfaceEndpoint("logs")), "conflicting DNS domain")
	require.ErrorContains(t, quiet.tryUpdate(w.interfaceEndpoint("logs").with("privateDnsEnabled", nil).with("subnetIds", []string{w.a.id, again.id})), "DuplicateSubnetsInSameZone")
}

func TestServiceNamesOfChina(t *testing.T) {
	t.Parallel()
	p := newProvider(t, props{"AWS_REGION": "cn-north-1"})
	vpc := p.create(tVpc, "v", props{"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": true})
	subnet := p.create(tSubnet, "s", props{"vpcId": vpc.id, "cidrBlock": "10.0.0.0/24"})
	endpoint := func(name string) props {
		return props{"vpcId": vpc.id, "serviceName": name, "vpcEndpointType": "Interface", "subnetIds": []string{subnet.id}, "privateDnsEnabled": true}
	}
	p.create(tEndpoint, "ecr", endpoint("cn.com.amazonaws.cn-north-1.ecr.api")).requireSettled()
	p.create(tEndpoint, "logs", endpoint("com.amazonaws.cn-north-1.logs")).requireSettled()
	_, err := p.try(tEndpoint, "none", endpoint("cn.com.amazonaws.cn-north-1.systemsmanager"))
	require.ErrorContains(t, err, "InvalidServiceName")
}

func TestPrivateDNSMovesToAnotherEndpoint(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newVpc(p, "dns")
	on := w.interfaceEndpoint("logs")
	off := on.with("privateDnsEnabled", false)
	first, second := p.create(tEndpoint, "first", on), p.create(tEndpoint, "second", off)
	require.ErrorContains(t, second.tryUpdate(on), "conflicting DNS domain")
	first.update(off)
	second.update(on)
	first.requireSettled()
	second.requireSettled()
}

func TestGroupsAndRulesRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w, foreign := newVpc(p, "groups"), newVpc(p, "groups-foreign")
	rule := props{"securityGroupId": w.group.id, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIpv4": "10.0.0.0/16"}
	about := func(name, value string) props { return rule.with("cidrIpv4", nil).with(name, value) }
	p.create(tIngress, "there", rule)
	p.create(tIngress, "there-too", about("referencedSecurityGroupId", w.other.id).with("description", "one"))
	runRefusals(t, p, map[string]refusal{
		"an unknown prefix list":     {tEgress, about("prefixListId", "pl-0"), "InvalidPrefixListID.NotFound", "pl-0"},
		"an unknown group":           {tEgress, about("referencedSecurityGroupId", "sg-0"), "InvalidGroup.NotFound", ""},
		"a group of another VPC":     {tIngress, about("referencedSecurityGroupId", foreign.group.id), "InvalidGroup.NotFound", "different networks"},
		"a rule twice":               {tIngress, rule.with("description", "other words"), "InvalidPermission.Duplicate", "already exists"},
		"a rule about a group twice": {tIngress, about("referencedSecurityGroupId", w.other.id).with("description", "two"), "InvalidPermission.Duplicate", "already exists"},
		"no ports":                   {tIngress, rule.with("fromPort", nil).with("toPort", nil), "InvalidParameterValue", "both from and to ports"},
		"ports backwards":            {tIngress, rule.with("fromPort", 444), "InvalidParameterValue", "444-443"},
		"a description with an ö":    {tIngress, rule.with("fromPort", 1).with("description", "für alle"), "InvalidParameterValue", "description"},
		"a group called sg-":         {tGroup, props{"vpcId": w.vpc.id, "name": "sg-mine"}, "InvalidParameterValue", "sg-*"},
		"a group described badly":    {tGroup, props{"vpcId": w.vpc.id, "description": "<all>"}, "InvalidParameterValue", "GroupDescription"},
		"a group of a name in use":   {tGroup, props{"vpcId": w.vpc.id, "name": w.group.out("name")}, "InvalidGroup.Duplicate", ""},
	})
}

func TestNetworkRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w, foreign := newVpc(p, "network"), newVpc(p, "network-foreign")
	p.create(tAssociation, "a", props{"subnetId": w.a.id, "routeTableId": w.tableA.id})
	runRefusals(t, p, map[string]refusal{
		"a subnet with another table": {tAssociation, props{"subnetId": w.a.id, "routeTableId": w.tableB.id}, "Resource.AlreadyAssociated", "conflicts"},
		"a table of another VPC":      {tAssociation, props{"subnetId": w.b.id, "routeTableId": foreign.tableA.id}, "InvalidParameterValue", "different networks"},
		"a VPC too large":             {tVpc, props{"cidrBlock": "10.0.0.0/15"}, "InvalidVpc.Range", ""},
		"a subnet too small":          {tSubnet, props{"vpcId": w.vpc.id, "cidrBlock": "10.0.9.0/30"}, "InvalidSubnet.Range", ""},
		"a subnet twice":              {tSubnet, props{"vpcId": w.vpc.id, "cidrBlock": "10.0.0.0/25"}, "InvalidSubnet.Conflict", ""},
		"a subnet outside":            {tSubnet, props{"vpcId": w.vpc.id, "cidrBlock": "10.1.0.0/24"}, "InvalidSubnet.Range", ""},
		"an unknown zone":             {tSubnet, props{"vpcId": w.vpc.id, "cidrBlock": "10.0.9.0/24", "availabilityZone": "us-east-1z"}, "InvalidParameterValue", "us-east-1z"},
		"a block that overlaps":       {tVpcCidr, props{"vpcId": w.vpc.id, "cidrBlock": "10.0.0.0/20"}, "InvalidVpc.Range", "conflicts"},
		"a block of another range":    {tVpcCidr, props{"vpcId": w.vpc.id, "cidrBlock": "192.168.0.0/20"}, "InvalidVpc.Range", "restricted"},
		"a block too large":           {tVpcCidr, props{"vpcId": w.vpc.id, "cidrBlock": "10.2.0.0/15"}, "InvalidVpc.Range", "/16"},
	})
}

func TestTasksRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newTasks(p, "tasks")
	task := w.task("tasks", "busybox:1")
	noRole := task.with("executionRoleArn", nil)
	with := func(more string) props { return task.with("containerDefinitions", container("busybox:1", more)) }
	logs := func(options string) string {
		return `,"logConfiguration":{"logDriver":"awslogs","options":{` + options + `}}`
	}
	const complete = `"awslogs-group":"g","awslogs-region":"us-east-1","awslogs-stream-prefix":"p"`
	runRefusals(t, p, map[string]refusal{
		"cpu outside the table":      {tTask, task.with("cpu", "300"), "ClientException", "No Fargate configuration exists for given values: 300 CPU, 512 memory"},
		"memory outside the table":   {tTask, task.with("memory", "4096"), "ClientException", "No Fargate configuration"},
		"memory between the steps":   {tTask, task.with("cpu", "8192").with("memory", "17408"), "ClientException", "No Fargate configuration"},
		"no size":                    {tTask, task.with("cpu", nil), "ClientException", "'cpu' and 'memory'"},
		"a host's without memory":    {tTask, task.with("requiresCompatibilities", []string{"EC2"}).with("memory", nil), "ClientException", "At least one of 'memory' or 'memoryReservation'"},
		"another network mode":       {tTask, task.with("networkMode", "bridge"), "ClientException", "network mode 'awsvpc'"},
		"awslogs without a role":     {tTask, noRole.with("containerDefinitions", container("busybox:1", logs(complete))), "ClientException", "execution role ARN to support log driver awslogs"},
		"ECR without a role":         {tTask, noRole.with("containerDefinitions", container("123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1", "")), "ClientException", "execution role ARN to support ECR images"},
		"secrets without a role":     {tTask, noRole.with("containerDefinitions", container("busybox:1", `,"secrets":[{"name":"S","valueFrom":"arn:s"}]`)), "ClientException", "executionRoleArn"},
		"awslogs without a prefix":   {tTask, with(logs(`"awslogs-group":"g","awslogs-region":"us-east-1"`)), "ClientException", "awslogs-stream-prefix"},
		"a log mode of no such name": {tTask, with(logs(complete + `,"mode":"fast"`)), "ClientException", "non-blocking"},
		"a log driver of EC2":        {tTask, with(`,"logConfiguration":{"logDriver":"syslog"}`), "ClientException", "does not support the log driver"},
		"a name twice":               {tTask, task.with("containerDefinitions", `[{"name":"a","image":"i"},{"name":"a","image":"i"}]`), "ClientException", "not unique"},
		"a bad name":                 {tTask, task.with("containerDefinitions", `[{"name":"a b","image":"i"}]`), "ClientException", "Container.name"},
		"no image":                   {tTask, task.with("containerDefinitions", `[{"name":"a"}]`), "ClientException", "Container.image"},
		"no containers":              {tTask, task.with("containerDefinitions", `[]`), "ClientException", "cannot be empty"},
		"none essential":             {tTask, task.with("containerDefinitions", `[{"name":"a","image":"i","essential":false}]`), "ClientException", "essential"},
		"too much memory":            {tTask, with(`,"memory":1024`), "ClientException", "'memory' setting for task"},
		"too much cpu":               {tTask, with(`,"cpu":512`), "ClientException", "'cpu' setting for task"},
		"a secret of a variable":     {tTask, with(`,"environment":[{"name":"S","value":"1"}],"secrets":[{"name":"S","valueFrom":"arn:s"}]`), "ClientException", "such as 'S'"},
		"another host port":          {tTask, with(`,"portMappings":[{"containerPort":80,"hostPort":81}]`), "ClientException", "must match"},
		"privileged":                 {tTask, with(`,"privileged":true`), "ClientException", "privileged"},
		"a field AWS does not have":  {tTask, with(`,"colour":"red"`), "containerDefinitions", "colour"},
		"a family with a space":      {tTask, task.with("family", "a b"), "ClientException", "Family"},
		"a role that is none":        {tTask, task.with("taskRoleArn", "role"), "ClientException", "Role is not valid"},
		"a small disk":               {tTask, task.with("ephemeralStorage", props{"sizeInGib": 20}), "ClientException", "ephemeral storage"},
	})
}

func TestServicesRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	v, foreign, w := newVpc(p, "services"), newVpc(p, "services-foreign"), newTasks(p, "services")
	service := w.service(v)
	first := p.create(tService, "first", service)
	gone := p.create(tCluster, "gone", props{})
	gone.delete()
	old := p.create(tTask, "old", w.task("old", "busybox:1"))
	old.delete()
	host := p.create(tTask, "host", w.task("host", "busybox:1").with("networkMode", "host").with("requiresCompatibilities", []string{"EC2"}))
	mute := p.create(tTask, "mute", w.task("mute", "busybox:1").with("taskRoleArn", nil))
	network := func(name string, value any) props {
		return service.with("networkConfiguration", v.network().with(name, value))
	}
	runRefusals(t, p, map[string]refusal{
		"a name twice":                 {tService, service.with("name", first.out("name")), "InvalidParameterException", "not idempotent"},
		"an unknown cluster":           {tService, service.with("cluster", "nowhere"), "ClusterNotFoundException", ""},
		"a deleted cluster":            {tService, service.with("cluster", gone.id), "ClusterNotFoundException", "inactive"},
		"an unknown task":              {tService, service.with("taskDefinition", "nothing:1"), "ClientException", "not found"},
		"a deregistered task":          {tService, service.with("taskDefinition", old.out("arn")), "ClientException", "inactive"},
		"no network":                   {tService, service.with("networkConfiguration", nil), "InvalidParameterException", "Network Configuration must be provided"},
		"a network for the host's":     {tService, service.with("taskDefinition", host.out("arn")).with("launchType", "EC2"), "InvalidParameterException", "not valid for the given networkMode"},
		"a task of EC2":                {tService, service.with("taskDefinition", host.out("arn")), "InvalidParameterException", "does not support launch_type FARGATE"},
		"subnets in two VPCs":          {tService, network("subnets", []string{v.a.id, foreign.b.id}), "InvalidParameterException", "same VPC"},
		"an unknown subnet":            {tService, network("subnets", []string{"subnet-0"}), "InvalidParameterException", "subnet-0"},
		"a group of another VPC":       {tService, network("securityGroups", []string{foreign.group.id}), "InvalidParameterException", "same VPC"},
		"an unknown group":             {tService, network("securityGroups", []string{"sg-0"}), "InvalidParameterException", "sg-0"},
		"a strategy and a type":        {tService, service.with("capacityProviderStrategies", []any{props{"capacityProvider": "FARGATE", "weight": 1}}), "InvalidParameterException", "both a launch type"},
		"a provider of no cluster":     {tService, service.with("launchType", nil).with("capacityProviderStrategies", []any{props{"capacityProvider": "FARGATE", "weight": 1}}), "InvalidParameterException", "not associated"},
		"percentages that block":       {tService, service.with("deploymentMaximumPercent", 100), "InvalidParameterException", "block deployments"},
		"a maximum below all":          {tService, service.with("deploymentMaximumPercent", 50), "InvalidParameterException", "maximumPercent"},
		"a count below none":           {tService, service.with("desiredCount", -1), "InvalidParameterException", "desiredCount"},
		"exec without a role":          {tService, service.with("taskDefinition", mute.out("arn")).with("enableExecuteCommand", true), "InvalidParameterException", "valid taskRoleArn"},
		"a daemon on Fargate":          {tService, service.with("schedulingStrategy", "DAEMON").with("desiredCount", nil), "InvalidParameterException", "daemon"},
		"a public address on EC2":      {tService, network("assignPublicIp", true).with("launchType", "EC2"), "InvalidParameterException", "Assign public IP is not supported"},
		"a platform of EC2":            {tService, service.with("launchType", "EC2").with("platformVersion", "1.4.0"), "InvalidParameterException", "platform version must be null"},
		"an unknown capacity provider": {tProviders, props{"clusterName": w.cluster.out("name"), "capacityProviders": []string{"NONE"}}, "InvalidParameterException", "does not exist"},
		"a default of another's":       {tProviders, props{"clusterName": w.cluster.out("name"), "defaultCapacityProviderStrategies": []any{props{"capacityProvider": "FARGATE", "weight": 1}}}, "InvalidParameterException", "not associated"},
		"a cluster twice":              {tCluster, props{"name": w.cluster.out("name")}, "InvalidParameterException", "idempotent"},
		"a cluster with a space":       {tCluster, props{"name": "a b"}, "InvalidParameterException", "Identifier"},
		"insights of no such value":    {tCluster, props{"settings": []any{props{"name": "containerInsights", "value": "on"}}}, "InvalidParameterException", "containerInsights"},
		"exec logs to nowhere":         {tCluster, props{"configuration": props{"executeCommandConfiguration": props{"logging": "OVERRIDE"}}}, "InvalidParameterException", "logConfiguration"},
	})
	require.ErrorContains(t, first.tryUpdate(network("securityGroups", []string{foreign.group.id})), "same VPC")
	require.ErrorContains(t, first.tryUpdate(service.with("taskDefinition", mute.out("arn")).with("enableExecuteCommand", true)), "valid taskRoleArn")
	require.ErrorContains(t, first.tryUpdate(service.with("deploymentMaximumPercent", 100)), "block deployments")
}

func TestRolesAndLogsRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	role := p.create(tRole, "there", props{"assumeRolePolicy": trust})
	logs := p.create(tLogGroup, "there", props{})
	trusting := func(document string) props { return props{"assumeRolePolicy": document} }
	policy := func(document string) props { return props{"role": role.id, "policy": document} }
	runRefusals(t, p, map[string]refusal{
		"31 days":                   {tLogGroup, props{"retentionInDays": 31}, "InvalidParameterException", "31"},
		"a log group with a space":  {tLogGroup, props{"name": "a b"}, "InvalidParameterException", "logGroupName"},
		"a log group twice":         {tLogGroup, props{"name": logs.id}, "ResourceAlreadyExistsException", ""},
		"a log group of AWS's":      {tLogGroup, props{"name": "aws/mine"}, "InvalidParameterException", "reserved"},
		"trust that is no JSON":     {tRole, trusting("{"), "MalformedPolicyDocument", "Json"},
		"trust of nobody":           {tRole, trusting(grant), "MalformedPolicyDocument", "Principal"},
		"trust in a resource":       {tRole, trusting(open), "MalformedPolicyDocument", "Resource"},
		"trust of no statement":     {tRole, trusting(`{"Version":"2012-10-17","Statement":[]}`), "MalformedPolicyDocument", "empty"},
		"trust of another version":  {tRole, trusting(strings.Replace(trust, "2012-10-17", "2020-01-01", 1)), "MalformedPolicyDocument", "version"},
		"a path without a slash":    {tRole, trusting(trust).with("path", "mine"), "ValidationError", "path"},
		"a session too short":       {tRole, trusting(trust).with("maxSessionDuration", 60), "ValidationError", "MaxSessionDuration"},
		"an unknown boundary":       {tRole, trusting(trust).with("permissionsBoundary", "arn:aws:iam::aws:policy/None"), "NoSuchEntity", "Scope ARN"},
		"a role twice":              {tRole, trusting(trust).with("name", role.id), "EntityAlreadyExists", ""},
		"a policy for everybody":    {tRolePolicy, policy(open), "MalformedPolicyDocument", "Principal"},
		"a policy about nothing":    {tRolePolicy, policy(trust), "MalformedPolicyDocument", ""},
		"a policy without effect":   {tRolePolicy, policy(strings.Replace(grant, "Allow", "allow", 1)), "MalformedPolicyDocument", "Effect"},
		"a policy with a typo":      {tRolePolicy, policy(strings.Replace(grant, "Resource", "Resources", 1)), "MalformedPolicyDocument", "Resources"},
		"a policy too long":         {tRolePolicy, policy(strings.Replace(grant, "*", strings.Repeat("x", 10300), 1)), "LimitExceeded", "10240"},
		"a policy of no role":       {tRolePolicy, props{"role": "nobody", "policy": grant}, "NoSuchEntity", ""},
		"an unknown managed policy": {tAttachment, props{"role": role.id, "policyArn": "arn:aws:iam::aws:policy/None"}, "NoSuchEntity", ""},
	})
}

// TestDeletionsRefused holds that what others depend on stays.
func TestDeletionsRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	v, w := newVpc(p, "deletions"), newTasks(p, "deletions")
	inTable := p.create(tAssociation, "a", props{"subnetId": v.a.id, "routeTableId": v.tableA.id})
	endpoint := p.create(tEndpoint, "ssm", v.interfaceEndpoint("ssm").with("securityGroupIds", []string{v.other.id}))
	service := p.create(tService, "s", w.service(v).with("networkConfiguration", props{"subnets": []string{v.b.id}, "securityGroups": []string{v.group.id}}))
	policy := p.create(tRolePolicy, "p", props{"role": w.role.id, "policy": grant})
	refused := func(r *res, code string) {
		t.Helper()
		require.ErrorContains(t, r.tryDelete(), code)
	}
	refused(v.vpc, "DependencyViolation")
	refused(v.tableA, "DependencyViolation")
	refused(v.a, "DependencyViolation")     // an endpoint's interface
	refused(v.b, "DependencyViolation")     // a task's interface
	refused(v.other, "DependencyViolation") // an endpoint's group
	refused(v.group, "DependencyViolation") // a service's group
	refused(w.cluster, "ClusterContainsServicesException")
	refused(w.role, "DeleteConflict")

	service.delete()
	rule := p.create(tIngress, "r", props{"securityGroupId": v.other.id, "referencedSecurityGroupId": v.group.id, "ipProtocol": "-1"})
	refused(v.group, "DependencyViolation") // named in a rule
	for _, r := range []*res{rule, endpoint, inTable, policy, w.cluster, w.role, v.group, v.a, v.b, v.tableA, v.tableB} {
		r.delete()
	}
	refused(v.vpc, "DependencyViolation") // a group is left
	v.other.delete()
	extra := p.create(tVpcCidr, "extra", props{"vpcId": v.vpc.id, "cidrBlock": "10.9.0.0/16"})
	last := v.subnet("last", "10.9.0.0/24", "us-east-1a")
	refused(extra, "DependencyViolation")
	last.delete()
	extra.delete()
	v.vpc.delete()
	for _, r := range []*res{service, rule, endpoint, inTable, policy, w.cluster, w.role, v.group, v.a, v.tableA, v.other, v.vpc} {
		r.delete() // what is gone is gone
	}
}
