package opposition

import (
	"reflect"
	"slices"
	"strings"
)

// Refresh writes into a stack's resources what a refresh finds: a security
// group, a route table, a network ACL and their like then show what other
// resources of the stack made in them.
func Refresh(resources []map[string]any) {
	for _, r := range resources {
		if waits, _ := r["delete"].(bool); waits {
			continue // nobody looks whether it is still there
		}
		made, _ := r["outputs"].(map[string]any)
		kind, _ := r["type"].(string)
		if show, known := shown[kind]; known && made != nil {
			show(stackOf(resources), made)
		}
	}
}

// stackOf finds the outputs of a resource by one of its types and its id.
type stackOf []map[string]any

func (s stackOf) find(id any, kinds ...string) map[string]any {
	for _, r := range s {
		if kind, _ := r["type"].(string); r["id"] == id && id != nil && slices.Contains(kinds, kind) {
			outputs, _ := r["outputs"].(map[string]any)
			return outputs
		}
	}
	return nil
}

// list adds an element to a list of a resource that is there, and is not null.
func list(outputs map[string]any, property string, element any) {
	elements, _ := outputs[property].([]any)
	same := func(e any) bool { return reflect.DeepEqual(e, element) }
	if outputs != nil && element != nil && !slices.ContainsFunc(elements, same) {
		outputs[property] = append(elements, element)
	}
}

// shown is, by the type of what made it, what shows where.
var shown = map[string]func(s stackOf, made map[string]any){
	"aws:ec2/securityGroupRule:SecurityGroupRule": func(s stackOf, made map[string]any) {
		rule := map[string]any{"protocol": made["protocol"], "fromPort": made["fromPort"], "toPort": made["toPort"], "self": made["self"] == true}
		for _, property := range []string{"cidrBlocks", "ipv6CidrBlocks", "prefixListIds"} {
			rule[property] = made[property]
		}
		direction, _ := made["type"].(string)
		showRule(s, made, direction, rule, made["sourceSecurityGroupId"])
	},
	"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": func(s stackOf, made map[string]any) { showSeparate(s, made, "ingress") },
	"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule":   func(s stackOf, made map[string]any) { showSeparate(s, made, "egress") },
	"aws:ec2/route:Route": func(s stackOf, made map[string]any) {
		route := map[string]any{"cidrBlock": made["destinationCidrBlock"], "ipv6CidrBlock": made["destinationIpv6CidrBlock"]}
		for _, property := range []string{
			"destinationPrefixListId", "gatewayId", "natGatewayId", "egressOnlyGatewayId", "vpcPeeringConnectionId", "transitGatewayId", "networkInterfaceId",
			"vpcEndpointId", "carrierGatewayId", "localGatewayId", "coreNetworkArn",
		} {
			route[property] = orNothing(made[property])
		}
		list(s.find(made["routeTableId"], tableType, adoptedTableType), "routes", route)
	},
	"aws:ec2/networkAclRule:NetworkAclRule": func(s stackOf, made map[string]any) {
		direction := "ingress"
		if made["egress"] == true {
			direction = "egress"
		}
		// AWS knows protocols by their numbers.
		protocol, _ := made["protocol"].(string)
		if number, named := map[string]string{"tcp": "6", "udp": "17", "icmp": "1"}[protocol]; named {
			protocol = number
		}
		list(s.find(made["networkAclId"], aclType, adoptedAclType), direction, map[string]any{
			"ruleNo": made["ruleNumber"], "action": made["ruleAction"], "protocol": protocol, "fromPort": orZero(made["fromPort"]), "toPort": orZero(made["toPort"]),
			"icmpType": orZero(made["icmpType"]), "icmpCode": orZero(made["icmpCode"]), "cidrBlock": orNothing(made["cidrBlock"]), "ipv6CidrBlock": orNothing(made["ipv6CidrBlock"]),
		})
	},
	"aws:ec2/networkAclAssociation:NetworkAclAssociation": func(s stackOf, made map[string]any) {
		list(s.find(made["networkAclId"], aclType, adoptedAclType), "subnetIds", made["subnetId"])
	},
	"aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": func(s stackOf, made map[string]any) {
		if gateway := s.find(made["internetGatewayId"], gatewayType); gateway != nil {
			gateway["vpcId"] = made["vpcId"]
		}
	},
	"aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": func(s stackOf, made map[string]any) {
		list(s.find(made["prefixListId"], listType), "entries", map[string]any{"cidr": made["cidr"], "description": ""})
	},
	"aws:autoscaling/attachment:Attachment": func(s stackOf, made map[string]any) {
		list(s.find(made["autoscalingGroupName"], scalingType), "targetGroupArns", made["lbTargetGroupArn"])
	},
}

// showSeparate shows a rule of the newer kind, which has one other end.
func showSeparate(s stackOf, made map[string]any, direction string) {
	rule := map[string]any{"protocol": made["ipProtocol"], "fromPort": orZero(made["fromPort"]), "toPort": orZero(made["toPort"]), "self": false}
	for property, of := range map[string]string{"cidrBlocks": "cidrIpv4", "ipv6CidrBlocks": "cidrIpv6", "prefixListIds": "prefixListId"} {
		if end := made[of]; end != nil && end != "" {
			rule[property] = []any{end}
		}
	}
	showRule(s, made, direction, rule, made["referencedSecurityGroupId"])
}

// showRule shows a rule in its group, where the other ends of rules for the same
// traffic are together, and the group itself is "self".
func showRule(s stackOf, made map[string]any, direction string, rule map[string]any, source any) {
	group := s.find(made["securityGroupId"], groupType, adoptedGroupType)
	if group == nil {
		return
	}
	switch {
	case source == made["securityGroupId"]:
		rule["self"] = true
	case source != nil && source != "":
		rule["securityGroups"] = []any{source}
	}
	ends := []string{"cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"}
	rules, _ := group[direction].([]any)
	for _, other := range rules {
		shown := other.(map[string]any)
		if shown["protocol"] == rule["protocol"] && shown["fromPort"] == rule["fromPort"] && shown["toPort"] == rule["toPort"] {
			for _, property := range ends {
				more, _ := rule[property].([]any)
				for _, end := range more {
					list(shown, property, end)
				}
			}
			shown["self"] = shown["self"] == true || rule["self"] == true
			return
		}
	}
	for _, property := range ends {
		if rule[property] == nil {
			rule[property] = []any{}
		}
	}
	rule["description"] = ""
	group[direction] = append(rules, rule)
}

// orNothing and orZero are what is written where there is nothing.
func orNothing(v any) any {
	if v == nil {
		return ""
	}
	return v
}

func orZero(v any) any {
	if v == nil {
		return 0.0
	}
	return v
}

// oldNumbers are properties that older releases wrote as texts, and oldBlocks
// such objects as they wrote as lists of one.
var (
	oldNumbers = []string{"fromPort", "toPort", "port", "containerPort", "hostPort", "lbPort", "instancePort", "ruleNo", "ruleNumber", "icmpType", "icmpCode"}
	oldBlocks  = []string{"networkConfiguration", "launchTemplate", "autoScalingGroupProvider", "deploymentController", "serviceRegistries", "forward", "redirect", "healthCheck"}
)

// older is a value as an older release of the provider writes it.
func older(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			v[name] = older(inner)
			if _, isObject := inner.(map[string]any); isObject && slices.Contains(oldBlocks, name) {
				v[name] = []any{v[name]}
			}
			if _, isNumber := inner.(float64); isNumber && slices.Contains(oldNumbers, name) {
				v[name] = strings.TrimSpace(string(write(inner)))
			}
		}
	case []any:
		for i := range v {
			v[i] = older(v[i])
		}
	}
	return v
}
