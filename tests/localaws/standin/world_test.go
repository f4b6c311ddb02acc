package standin

import "fmt"

// Tokens of the types, for tests.
const (
	tVpc         = "aws:ec2/vpc:Vpc"
	tVpcCidr     = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"
	tSubnet      = "aws:ec2/subnet:Subnet"
	tRouteTable  = "aws:ec2/routeTable:RouteTable"
	tAssociation = "aws:ec2/routeTableAssociation:RouteTableAssociation"
	tDefault     = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
	tGroup       = "aws:ec2/securityGroup:SecurityGroup"
	tIngress     = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	tEgress      = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
	tEndpoint    = "aws:ec2/vpcEndpoint:VpcEndpoint"
	tFlowLog     = "aws:ec2/flowLog:FlowLog"
	tCluster     = "aws:ecs/cluster:Cluster"
	tProviders   = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"
	tTask        = "aws:ecs/taskDefinition:TaskDefinition"
	tService     = "aws:ecs/service:Service"
	tLogGroup    = "aws:cloudwatch/logGroup:LogGroup"
	tRole        = "aws:iam/role:Role"
	tRolePolicy  = "aws:iam/rolePolicy:RolePolicy"
	tAttachment  = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
)

const (
	trust = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs-tasks.amazonaws.com"}}]}`
	grant = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"*"}]}`
	open  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`
)

// vpcWorld is a VPC with what most tests need.
type vpcWorld struct {
	p              *provider
	name           string
	vpc            *res
	a, b           *res
	tableA, tableB *res
	group, other   *res
}

// newVpc makes a VPC with DNS, two subnets in two zones, two route tables and
// two security groups.
func newVpc(p *provider, name string) *vpcWorld {
	p.t.Helper()
	w := &vpcWorld{p: p, name: name}
	w.vpc = p.create(tVpc, name, props{"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": true})
	w.a = w.subnet("a", "10.0.0.0/24", "us-east-1a")
	w.b = w.subnet("b", "10.0.1.0/24", "us-east-1b")
	w.tableA = p.create(tRouteTable, name+"-a", props{"vpcId": w.vpc.id})
	w.tableB = p.create(tRouteTable, name+"-b", props{"vpcId": w.vpc.id})
	w.group = p.create(tGroup, name+"-one", props{"vpcId": w.vpc.id})
	w.other = p.create(tGroup, name+"-two", props{"vpcId": w.vpc.id})
	return w
}

func (w *vpcWorld) subnet(suffix, block, zone string) *res {
	w.p.t.Helper()
	return w.p.create(tSubnet, w.name+"-"+suffix, props{"vpcId": w.vpc.id, "cidrBlock": block, "availabilityZone": zone})
}

func (w *vpcWorld) s3() props {
	return props{"vpcId": w.vpc.id, "serviceName": "com.amazonaws.us-east-1.s3", "routeTableIds": []string{w.tableA.id}}
}

func (w *vpcWorld) interfaceEndpoint(service string) props {
	return props{
		"vpcId": w.vpc.id, "serviceName": "com.amazonaws.us-east-1." + service, "vpcEndpointType": "Interface",
		"subnetIds": []string{w.a.id}, "securityGroupIds": []string{w.group.id}, "privateDnsEnabled": true,
	}
}

func (w *vpcWorld) network() props {
	return props{"subnets": []string{w.a.id, w.b.id}, "securityGroups": []string{w.group.id}}
}

// taskWorld is a cluster with a role and two task definitions.
type taskWorld struct {
	p             *provider
	cluster, role *res
	one, two      *res
}

func newTasks(p *provider, name string) *taskWorld {
	p.t.Helper()
	w := &taskWorld{p: p}
	w.cluster = p.create(tCluster, name, props{})
	w.role = p.create(tRole, name, props{"assumeRolePolicy": trust})
	w.one = p.create(tTask, name+"-1", w.task(name, "busybox:1"))
	w.two = p.create(tTask, name+"-2", w.task(name, "busybox:2"))
	return w
}

func (w *taskWorld) task(family, image string) props {
	return props{
		"family": family, "networkMode": "awsvpc", "requiresCompatibilities": []string{"FARGATE"}, "cpu": "256", "memory": "512",
		"executionRoleArn": w.role.out("arn"), "taskRoleArn": w.role.out("arn"),
		"containerDefinitions": container(image, ""),
	}
}

// container is one container definition as JSON, with more fields if wanted.
func container(image, more string) string {
	return fmt.Sprintf(`[{"name":"main","image":%q,"essential":true%s}]`, image, more)
}

func (w *taskWorld) service(v *vpcWorld) props {
	return props{
		"cluster": w.cluster.out("arn"), "taskDefinition": w.one.out("arn"), "launchType": "FARGATE", "desiredCount": 1,
		"networkConfiguration": v.network(),
	}
}
