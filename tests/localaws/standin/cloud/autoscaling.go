package cloud

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

const autoScalingAPI = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_"

var _ = addRules(map[string]rule{
	"Auto Scaling.CreateAutoScalingGroup": {before: before(checkCreateGroup), after: after(func(ctx context.Context, c *Cloud, in *autoscaling.CreateAutoScalingGroupInput, _ *autoscaling.CreateAutoScalingGroupOutput) error {
		return guardInstances(ctx, c, aws.ToString(in.AutoScalingGroupName))
	}), source: autoScalingAPI + "CreateAutoScalingGroup.html"},
	"Auto Scaling.UpdateAutoScalingGroup": {before: before(checkUpdateGroup), instead: instead(updateScalingGroup), source: autoScalingAPI + "UpdateAutoScalingGroup.html"},
	"Auto Scaling.DeleteAutoScalingGroup": {before: before(checkDeleteGroup), instead: instead(deleteScalingGroup), source: autoScalingAPI + "DeleteAutoScalingGroup.html"},
	"Auto Scaling.SetInstanceProtection":  {instead: instead(protectInstances), source: autoScalingAPI + "SetInstanceProtection.html"},
	"Auto Scaling.StartInstanceRefresh":   {instead: instead(startRefresh), source: autoScalingAPI + "StartInstanceRefresh.html"},
})

func validation(format string, args ...any) error { return refuse("ValidationError", format, args...) }

// groupByName returns the Auto Scaling group, or nil.
func groupByName(ctx context.Context, c *Cloud, name string) (*types.AutoScalingGroup, error) {
	out, err := c.AutoScaling.DescribeAutoScalingGroups(ctx, &autoscaling.DescribeAutoScalingGroupsInput{AutoScalingGroupNames: []string{name}})
	if err != nil || len(out.AutoScalingGroups) == 0 {
		return nil, err
	}
	return &out.AutoScalingGroups[0], nil
}

func noSuchGroup(name string) error {
	return validation("AutoScalingGroup name not found - AutoScalingGroup '%s' not found", name)
}

func checkCreateGroup(ctx context.Context, c *Cloud, in *autoscaling.CreateAutoScalingGroupInput) error {
	name := aws.ToString(in.AutoScalingGroupName)
	if name == "" || len(name) > 255 || strings.ContainsAny(name, ":") {
		return validation("1 validation error detected: Value '%s' at 'autoScalingGroupName' failed to satisfy constraint: 1 to 255 characters without a colon", name)
	}
	existing, err := groupByName(ctx, c, name)
	if err != nil {
		return err
	}
	if existing != nil {
		return refuse("AlreadyExists", "AutoScalingGroup by this name already exists - A group with the name %s already exists", name)
	}
	if err := checkSizes(aws.ToInt32(in.MinSize), aws.ToInt32(in.MaxSize), in.DesiredCapacity); err != nil {
		return err
	}
	if err := checkGroupSettings(in.HealthCheckType, in.MaxInstanceLifetime); err != nil {
		return err
	}
	vpc, err := groupNetwork(ctx, c, aws.ToString(in.VPCZoneIdentifier))
	if err != nil {
		return err
	}
	return checkGroupTemplate(ctx, c, in.LaunchTemplate, vpc)
}

func checkUpdateGroup(ctx context.Context, c *Cloud, in *autoscaling.UpdateAutoScalingGroupInput) error {
	name := aws.ToString(in.AutoScalingGroupName)
	group, err := groupByName(ctx, c, name)
	if err != nil {
		return err
	}
	if group == nil {
		return noSuchGroup(name)
	}
	least, most := group.MinSize, group.MaxSize
	if in.MinSize != nil {
		least = in.MinSize
	}
	if in.MaxSize != nil {
		most = in.MaxSize
	}
	if err := checkSizes(aws.ToInt32(least), aws.ToInt32(most), in.DesiredCapacity); err != nil {
		return err
	}
	if err := checkGroupSettings(in.HealthCheckType, in.MaxInstanceLifetime); err != nil {
		return err
	}
	subnets := group.VPCZoneIdentifier
	if in.VPCZoneIdentifier != nil {
		subnets = in.VPCZoneIdentifier
	}
	template := group.LaunchTemplate
	if template != nil && template.LaunchTemplateId != nil {
		template.LaunchTemplateName = nil // AWS tells both, but takes one
	}
	if in.LaunchTemplate != nil {
		template = in.LaunchTemplate
	}
	if in.VPCZoneIdentifier == nil && in.LaunchTemplate == nil {
		return nil
	}
	vpc, err := groupNetwork(ctx, c, aws.ToString(subnets))
	if err != nil {
		return err
	}
	return checkGroupTemplate(ctx, c, template, vpc)
}

func checkSizes(least, most int32, desired *int32) error {
	switch {
	case least < 0 || most < 0:
		return validation("1 validation error detected: the sizes %d and %d failed to satisfy constraint: Member must have value greater than or equal to 0", least, most)
	case least > most:
		return validation("Min bound, %d, must be less than or equal to max bound, %d", least, most)
	case desired != nil && (*desired < least || *desired > most):
		return validation("Desired capacity:%d must be between the specified min size:%d and max size:%d", *desired, least, most)
	}
	return nil
}

func checkGroupSettings(health *string, lifetime *int32) error {
	for _, check := range strings.Split(aws.ToString(health), ",") {
		if check != "" && !contains([]string{"EC2", "ELB", "EBS", "VPC_LATTICE"}, check) {
			return validation("Invalid health check type %q: EC2, ELB, EBS and VPC_LATTICE are valid.", check)
		}
	}
	if lifetime != nil && *lifetime != 0 && *lifetime < 86400 {
		return validation("Max instance lifetime must be 0 or at least 86400 seconds (1 day); %d given.", *lifetime)
	}
	return nil
}

// groupNetwork returns the VPC of a group's subnets.
func groupNetwork(ctx context.Context, c *Cloud, subnets string) (vpc string, err error) {
	if subnets == "" {
		return "", validation("At least one Availability Zone or VPC Subnet is required.")
	}
	for _, id := range strings.Split(subnets, ",") {
		out, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{id}})
		if err != nil || len(out.Subnets) == 0 {
			return "", validation("The subnet ID '%s' does not exist", id)
		}
		own := aws.ToString(out.Subnets[0].VpcId)
		if vpc != "" && own != vpc {
			return "", validation("The subnets of an Auto Scaling group must be in one VPC: %s is in %s, others are in %s.", id, own, vpc)
		}
		vpc = own
	}
	return vpc, nil
}

// checkGroupTemplate refuses templates from which no instance could start.
// Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-launch-template.html
func checkGroupTemplate(ctx context.Context, c *Cloud, t *types.LaunchTemplateSpecification, vpc string) error {
	if t == nil {
		return validation("Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.")
	}
	if (t.LaunchTemplateId == nil) == (t.LaunchTemplateName == nil) {
		return validation("Valid requests must contain either launchTemplateId or LaunchTemplateName")
	}
	version := aws.ToString(t.Version)
	if version == "" {
		version = "$Default"
	}
	in := &ec2.DescribeLaunchTemplateVersionsInput{LaunchTemplateId: t.LaunchTemplateId, LaunchTemplateName: t.LaunchTemplateName, Versions: []string{version}}
	out, err := c.EC2.DescribeLaunchTemplateVersions(ctx, in)
	if err != nil || len(out.LaunchTemplateVersions) == 0 {
		return validation("You must use a valid fully-formed launch template. The specified launch template, %s%s, with version %s, does not exist.",
			aws.ToString(t.LaunchTemplateId), aws.ToString(t.LaunchTemplateName), version)
	}
	data := out.LaunchTemplateVersions[0].LaunchTemplateData
	malformed := func(format string, args ...any) error {
		return validation("You must use a valid fully-formed launch template. "+format, args...)
	}
	switch {
	case aws.ToString(data.ImageId) == "":
		return malformed("The request must contain the parameter ImageId")
	case data.InstanceType == "" && data.InstanceRequirements == nil:
		return malformed("The request must contain the parameter InstanceType")
	}
	groups := data.SecurityGroupIds
	if len(data.NetworkInterfaces) > 0 {
		if len(groups) > 0 {
			return refuse("InvalidQueryParameter", "Invalid launch template: When a network interface is provided, the security groups must be a part of it.")
		}
		groups = data.NetworkInterfaces[0].Groups
	}
	if err := checkInstanceGroups(ctx, c, groups, vpc); err != nil {
		return err
	}
	if p := data.IamInstanceProfile; p != nil {
		return checkInstanceProfile(ctx, c, p, malformed)
	}
	return nil
}

func checkInstanceGroups(ctx context.Context, c *Cloud, groups []string, vpc string) error {
	for _, id := range groups {
		out, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{id}})
		if err != nil || len(out.SecurityGroups) == 0 || aws.ToString(out.SecurityGroups[0].VpcId) != vpc {
			return validation("One or more security groups in the launch template are not linked to the VPCs configured in the Auto Scaling group: %s", id)
		}
	}
	return nil
}

func checkInstanceProfile(ctx context.Context, c *Cloud, p *ec2types.LaunchTemplateIamInstanceProfileSpecification, malformed func(string, ...any) error) error {
	given := aws.ToString(p.Name)
	name := given
	if name == "" {
		given = aws.ToString(p.Arn)
		name = given[strings.LastIndex(given, "/")+1:]
	}
	out, err := c.IAM.GetInstanceProfile(ctx, &iam.GetInstanceProfileInput{InstanceProfileName: &name})
	if err != nil || p.Arn != nil && aws.ToString(out.InstanceProfile.Arn) != *p.Arn {
		return malformed("Value (%s) for parameter iamInstanceProfile is invalid. Invalid IAM Instance Profile", given)
	}
	return nil
}

// checkDeleteGroup refuses a group that has instances, but by force. The
// emulator leaves protected instances behind then, so they lose protection.
func checkDeleteGroup(ctx context.Context, c *Cloud, in *autoscaling.DeleteAutoScalingGroupInput) error {
	name := aws.ToString(in.AutoScalingGroupName)
	group, err := groupByName(ctx, c, name)
	if err != nil {
		return err
	}
	if group == nil {
		return noSuchGroup(name)
	}
	if len(group.Instances) == 0 {
		return nil
	}
	if !aws.ToBool(in.ForceDelete) {
		return refuse("ResourceInUse", "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.")
	}
	var ids []string
	for _, i := range group.Instances {
		ids = append(ids, aws.ToString(i.InstanceId))
	}
	_, err = c.AutoScaling.SetInstanceProtection(ctx, &autoscaling.SetInstanceProtectionInput{
		AutoScalingGroupName: &name, InstanceIds: ids, ProtectedFromScaleIn: aws.Bool(false),
	})
	return err
}

func updateScalingGroup(ctx context.Context, c *Cloud, in *autoscaling.UpdateAutoScalingGroupInput) (out *autoscaling.UpdateAutoScalingGroupOutput, err error) {
	err = releasing(ctx, c, aws.ToString(in.AutoScalingGroupName), func() error {
		out, err = c.AutoScaling.UpdateAutoScalingGroup(ctx, in)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, guardInstances(ctx, c, aws.ToString(in.AutoScalingGroupName))
}

// guardInstances gives the instances the security groups of their template's
// network interface: the emulator gives them the default group.
func guardInstances(ctx context.Context, c *Cloud, name string) error {
	group, err := groupByName(ctx, c, name)
	if err != nil || group == nil || group.LaunchTemplate == nil {
		return err
	}
	version := aws.ToString(group.LaunchTemplate.Version)
	if version == "" {
		version = "$Default"
	}
	out, err := c.EC2.DescribeLaunchTemplateVersions(ctx, &ec2.DescribeLaunchTemplateVersionsInput{
		LaunchTemplateId: group.LaunchTemplate.LaunchTemplateId, Versions: []string{version},
	})
	if err != nil || len(out.LaunchTemplateVersions) == 0 {
		return err
	}
	cards := out.LaunchTemplateVersions[0].LaunchTemplateData.NetworkInterfaces
	if len(cards) == 0 || len(cards[0].Groups) == 0 {
		return nil
	}
	for _, i := range group.Instances {
		held, err := c.EC2.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("attachment.instance-id", aws.ToString(i.InstanceId))})
		if err != nil {
			return err
		}
		for _, e := range held.NetworkInterfaces {
			_, err := c.EC2.ModifyNetworkInterfaceAttribute(ctx, &ec2.ModifyNetworkInterfaceAttributeInput{NetworkInterfaceId: e.NetworkInterfaceId, Groups: cards[0].Groups})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func deleteScalingGroup(ctx context.Context, c *Cloud, in *autoscaling.DeleteAutoScalingGroupInput) (out *autoscaling.DeleteAutoScalingGroupOutput, err error) {
	err = releasing(ctx, c, aws.ToString(in.AutoScalingGroupName), func() error {
		out, err = c.AutoScaling.DeleteAutoScalingGroup(ctx, in)
		return err
	})
	return out, err
}

// protectInstances lets the group scale in once it may: AWS keeps trying, the
// emulator tries only when it is told the capacity.
func protectInstances(ctx context.Context, c *Cloud, in *autoscaling.SetInstanceProtectionInput) (out *autoscaling.SetInstanceProtectionOutput, err error) {
	name := aws.ToString(in.AutoScalingGroupName)
	group, err := groupByName(ctx, c, name)
	if err != nil {
		return nil, err
	}
	if group == nil {
		return nil, noSuchGroup(name)
	}
	err = releasing(ctx, c, name, func() error {
		if out, err = c.AutoScaling.SetInstanceProtection(ctx, in); err != nil || aws.ToBool(in.ProtectedFromScaleIn) {
			return err
		}
		_, err := c.AutoScaling.SetDesiredCapacity(ctx, &autoscaling.SetDesiredCapacityInput{AutoScalingGroupName: &name, DesiredCapacity: group.DesiredCapacity})
		return err
	})
	return out, err
}

// releasing deletes the network interfaces of instances that leave the group:
// in AWS they go with the instance, in the emulator they hold their subnet.
func releasing(ctx context.Context, c *Cloud, name string, change func() error) error {
	interfaces := map[string][]string{}
	group, err := groupByName(ctx, c, name)
	if err != nil {
		return err
	}
	for _, i := range group.Instances {
		id := aws.ToString(i.InstanceId)
		out, err := c.EC2.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("attachment.instance-id", id)})
		if err != nil {
			return err
		}
		for _, e := range out.NetworkInterfaces {
			interfaces[id] = append(interfaces[id], aws.ToString(e.NetworkInterfaceId))
		}
	}
	if err := change(); err != nil {
		return err
	}
	if group, err = groupByName(ctx, c, name); err != nil {
		return err
	}
	if group != nil {
		for _, i := range group.Instances {
			delete(interfaces, aws.ToString(i.InstanceId))
		}
	}
	for _, ids := range interfaces {
		for _, id := range ids {
			_, err := c.EC2.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: &id})
			if err != nil && !HasCode(err, "InvalidNetworkInterfaceID.NotFound") {
				return err
			}
		}
	}
	return nil
}

// startRefresh takes note of a refresh only: what runs on an instance, and so
// whether it was replaced, cannot be seen in the emulator.
func startRefresh(ctx context.Context, c *Cloud, in *autoscaling.StartInstanceRefreshInput) (*autoscaling.StartInstanceRefreshOutput, error) {
	name := aws.ToString(in.AutoScalingGroupName)
	group, err := groupByName(ctx, c, name)
	if err != nil {
		return nil, err
	}
	if group == nil {
		return nil, noSuchGroup(name)
	}
	if in.Strategy != "" && !slices.Contains(in.Strategy.Values(), in.Strategy) {
		return nil, validation("1 validation error detected: Value '%s' at 'strategy' failed to satisfy constraint: Member must satisfy enum value set: %v", in.Strategy, in.Strategy.Values())
	}
	return &autoscaling.StartInstanceRefreshOutput{InstanceRefreshId: aws.String("08b91cf7-8fa6-48af-b6a6-d227f40f1b9b")}, nil
}
