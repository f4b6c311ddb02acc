package build_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/build"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// large is a stack of so many services in so many networks, each service with a
// group and rules of its own, as the components make them.
func large(t testing.TB, networks, services int) string {
	t.Helper()
	var all []res
	for n := range networks {
		id := func(kind string) string { return fmt.Sprintf("%s-%d", kind, n) }
		name := fmt.Sprintf("net%d", n)
		all = append(all,
			res{typ: "ec2/vpc", name: name, id: id("vpc"), props: m{"cidrBlock": "10.0.0.0/16", "enableDnsSupport": true, "enableDnsHostnames": true}},
			res{typ: "ec2/securityGroup", name: name, id: id("sg"), props: m{"vpcId": id("vpc")}},
			res{typ: "ec2/routeTable", name: name, id: id("rtb"), props: m{"vpcId": id("vpc")}})
		for z := range 3 {
			subnet := id(fmt.Sprintf("subnet-%d", z))
			all = append(all,
				res{typ: "ec2/subnet", name: fmt.Sprint(name, z), id: subnet, props: m{"vpcId": id("vpc"), "cidrBlock": fmt.Sprintf("10.0.%d.0/24", z)}},
				res{typ: "ec2/routeTableAssociation", name: fmt.Sprint(name, z), id: subnet + "-a", props: m{"subnetId": subnet, "routeTableId": id("rtb")}})
		}
		for s := range services / networks {
			group, service := fmt.Sprintf("sg-%d-%d", n, s), fmt.Sprint(name, "s", s)
			all = append(all,
				res{typ: "ec2/securityGroup", name: service, id: group, props: m{"vpcId": id("vpc")}},
				res{typ: "vpc/securityGroupIngressRule", name: service, id: group + "-in", props: m{"securityGroupId": id("sg"), "referencedSecurityGroupId": group, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443}},
				res{typ: "vpc/securityGroupEgressRule", name: service, id: group + "-out", props: m{"securityGroupId": group, "referencedSecurityGroupId": id("sg"), "ipProtocol": "tcp", "fromPort": 443, "toPort": 443}},
				res{typ: "ecs/taskDefinition", name: service, id: service, props: m{"family": service, "networkMode": "awsvpc", "containerDefinitions": `[{"name":"a","portMappings":[{"containerPort":80}]}]`}},
				res{typ: "ecs/service", name: service, id: "arn:" + service, props: m{"taskDefinition": service, "networkConfiguration": m{
					"subnets": []any{id("subnet-0"), id("subnet-1"), id("subnet-2")}, "securityGroups": []any{group}, "assignPublicIp": false}}})
		}
	}
	return export(t, all...)
}

func BenchmarkBuild(b *testing.B) {
	document := large(b, 20, 1000)
	b.SetBytes(int64(len(document)))
	for b.Loop() {
		stacks, err := state.Read(strings.NewReader(document))
		if err != nil {
			b.Fatal(err)
		}
		build.Network(stacks)
	}
}
