package inventory

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	astypes "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

// LaunchTemplate is an EC2 launch template in its latest version.
type LaunchTemplate struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	LatestVersion  int64  `json:"latestVersion"`
	DefaultVersion int64  `json:"defaultVersion"`
	ImageID        string `json:"imageId,omitempty"`
	InstanceType   string `json:"instanceType,omitempty"`
	// Profile is the ARN or the name of the instance profile.
	Profile string `json:"profile,omitempty"`
	KeyName string `json:"keyName,omitempty"`
	// Metadata options: tokens "required" or "optional", and the hop limit.
	MetadataTokens string `json:"metadataTokens,omitempty"`
	MetadataHops   int32  `json:"metadataHops,omitempty"`
	// Volumes are written DEVICE TYPE SIZE, and "encrypted" behind it.
	Volumes []string `json:"volumes,omitempty"`
	// SecurityGroups are those of the template or of its network interface.
	SecurityGroups []string `json:"securityGroups,omitempty"`
	// PublicAddress is what the network interface says: "true", "false" or "".
	PublicAddress string `json:"publicAddress,omitempty"`
	// UserData is decoded.
	UserData string `json:"userData,omitempty"`
}

// ScalingGroup is an Auto Scaling group.
type ScalingGroup struct {
	ARN     string   `json:"arn"`
	Name    string   `json:"name"`
	Min     int32    `json:"min"`
	Max     int32    `json:"max"`
	Desired int32    `json:"desired"`
	Subnets []string `json:"subnets"`
	// Template is written ID VERSION.
	Template string `json:"template"`
	// Protected says that new instances are protected from scale-in.
	Protected bool              `json:"protected"`
	Instances []string          `json:"instances,omitempty"`
	Tags      map[string]string `json:"tags,omitempty"`
}

// CapacityProvider is one of a user's own: over an Auto Scaling group.
type CapacityProvider struct {
	ARN          string `json:"arn"`
	Name         string `json:"name"`
	ScalingGroup string `json:"scalingGroup"`
	// Scaling is the status of managed scaling, Target its target in percent.
	Scaling    string `json:"scaling"`
	Target     int32  `json:"target,omitempty"`
	Draining   string `json:"draining,omitempty"`
	Protection string `json:"protection,omitempty"`
}

// InstanceProfile hands a role to EC2 instances.
type InstanceProfile struct {
	ARN  string `json:"arn"`
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}

func (LaunchTemplate) Kind() string   { return "launch template" }
func (ScalingGroup) Kind() string     { return "scaling group" }
func (CapacityProvider) Kind() string { return "capacity provider" }
func (InstanceProfile) Kind() string  { return "instance profile" }

func (t LaunchTemplate) Key() string   { return t.ID }
func (g ScalingGroup) Key() string     { return g.ARN }
func (p CapacityProvider) Key() string { return p.ARN }
func (p InstanceProfile) Key() string  { return p.ARN }

func (t LaunchTemplate) String() string {
	return fmt.Sprintf("%s version %d: %s, metadata tokens %s, hop limit %d", t.Name, t.LatestVersion, t.InstanceType, t.MetadataTokens, t.MetadataHops)
}

func (g ScalingGroup) String() string {
	return fmt.Sprintf("%s: %d to %d instances, %d wanted, in %d subnet(s)", g.Name, g.Min, g.Max, g.Desired, len(g.Subnets))
}

func (p CapacityProvider) String() string {
	return fmt.Sprintf("%s, managed scaling %s, draining %s", p.Name, strings.ToLower(p.Scaling), strings.ToLower(p.Draining))
}

func (p InstanceProfile) String() string { return fmt.Sprintf("%s with role %s", p.Name, p.Role) }

func (inv *Inventory) readLaunchTemplates(ctx context.Context, cfg aws.Config) error {
	client := ec2.NewFromConfig(cfg)
	err := each(ctx, ec2.NewDescribeLaunchTemplatesPaginator(client, &ec2.DescribeLaunchTemplatesInput{}), func(page *ec2.DescribeLaunchTemplatesOutput) error {
		for _, t := range page.LaunchTemplates {
			versions, err := client.DescribeLaunchTemplateVersions(ctx, &ec2.DescribeLaunchTemplateVersionsInput{
				LaunchTemplateId: t.LaunchTemplateId, Versions: []string{strconv.FormatInt(aws.ToInt64(t.LatestVersionNumber), 10)},
			})
			if err != nil {
				return err
			}
			template := LaunchTemplate{
				ID: aws.ToString(t.LaunchTemplateId), Name: aws.ToString(t.LaunchTemplateName),
				LatestVersion: aws.ToInt64(t.LatestVersionNumber), DefaultVersion: aws.ToInt64(t.DefaultVersionNumber),
			}
			for _, v := range versions.LaunchTemplateVersions {
				template.fill(v.LaunchTemplateData)
			}
			inv.LaunchTemplates = append(inv.LaunchTemplates, template)
		}
		return nil
	})
	order(inv.LaunchTemplates)
	return err
}

func (t *LaunchTemplate) fill(data *ec2types.ResponseLaunchTemplateData) {
	t.ImageID, t.InstanceType, t.KeyName = aws.ToString(data.ImageId), string(data.InstanceType), aws.ToString(data.KeyName)
	t.SecurityGroups = sorted(data.SecurityGroupIds)
	if p := data.IamInstanceProfile; p != nil {
		t.Profile = aws.ToString(p.Arn) + aws.ToString(p.Name)
	}
	if m := data.MetadataOptions; m != nil {
		t.MetadataTokens, t.MetadataHops = string(m.HttpTokens), aws.ToInt32(m.HttpPutResponseHopLimit)
	}
	for _, d := range data.BlockDeviceMappings {
		if d.Ebs == nil {
			continue
		}
		volume := fmt.Sprintf("%s %s %d", aws.ToString(d.DeviceName), d.Ebs.VolumeType, aws.ToInt32(d.Ebs.VolumeSize))
		if aws.ToBool(d.Ebs.Encrypted) {
			volume += " encrypted"
		}
		t.Volumes = append(t.Volumes, volume)
	}
	for _, n := range data.NetworkInterfaces {
		t.SecurityGroups = append(t.SecurityGroups, n.Groups...)
		if n.AssociatePublicIpAddress != nil {
			t.PublicAddress = strconv.FormatBool(*n.AssociatePublicIpAddress)
		}
	}
	slices.Sort(t.SecurityGroups)
	text := aws.ToString(data.UserData)
	// The stand-in provider keeps that of later versions here, because the
	// local AWS fails on it.
	if kept, ok := strings.CutPrefix(aws.ToString(data.KernelId), "user-data:"); ok {
		text = kept
	}
	if plain, err := base64.StdEncoding.DecodeString(text); err == nil {
		text = string(plain)
	}
	t.UserData = text
}

// readScalingGroups reads capacity providers too: the local AWS lists none, so
// those are asked for that clusters or the groups' tags name.
func (inv *Inventory) readScalingGroups(ctx context.Context, cfg aws.Config) error {
	providers := map[string]bool{}
	pages := autoscaling.NewDescribeAutoScalingGroupsPaginator(autoscaling.NewFromConfig(cfg), &autoscaling.DescribeAutoScalingGroupsInput{})
	err := each(ctx, pages, func(page *autoscaling.DescribeAutoScalingGroupsOutput) error {
		for _, g := range page.AutoScalingGroups {
			inv.ScalingGroups = append(inv.ScalingGroups, scalingGroup(g))
			for _, t := range g.Tags {
				if aws.ToString(t.Key) == "aws:local:capacity-provider" {
					providers[aws.ToString(t.Value)] = true
				}
			}
		}
		return nil
	})
	order(inv.ScalingGroups)
	if err != nil {
		return err
	}
	client := ecs.NewFromConfig(cfg)
	err = each(ctx, ecs.NewListClustersPaginator(client, &ecs.ListClustersInput{}), func(page *ecs.ListClustersOutput) error {
		if len(page.ClusterArns) == 0 {
			return nil
		}
		out, err := client.DescribeClusters(ctx, &ecs.DescribeClustersInput{Clusters: page.ClusterArns})
		if err != nil {
			return err
		}
		for _, c := range out.Clusters {
			for _, name := range c.CapacityProviders {
				providers[name] = true
			}
		}
		return nil
	})
	if err != nil || len(providers) == 0 {
		return err
	}
	return inv.readCapacityProviders(ctx, client, providers)
}

func scalingGroup(g astypes.AutoScalingGroup) ScalingGroup {
	group := ScalingGroup{
		ARN: aws.ToString(g.AutoScalingGroupARN), Name: aws.ToString(g.AutoScalingGroupName), Min: aws.ToInt32(g.MinSize), Max: aws.ToInt32(g.MaxSize),
		Desired: aws.ToInt32(g.DesiredCapacity), Subnets: sorted(strings.Split(aws.ToString(g.VPCZoneIdentifier), ",")),
		Protected: aws.ToBool(g.NewInstancesProtectedFromScaleIn), Tags: map[string]string{},
	}
	if t := g.LaunchTemplate; t != nil {
		group.Template = aws.ToString(t.LaunchTemplateId) + " " + aws.ToString(t.Version)
	}
	for _, i := range g.Instances {
		group.Instances = append(group.Instances, aws.ToString(i.InstanceId))
	}
	slices.Sort(group.Instances)
	for _, t := range g.Tags {
		if key := aws.ToString(t.Key); !strings.HasPrefix(key, "aws:") {
			group.Tags[key] = aws.ToString(t.Value)
		}
	}
	return group
}

func (inv *Inventory) readCapacityProviders(ctx context.Context, client *ecs.Client, names map[string]bool) error {
	for name := range names {
		out, err := client.DescribeCapacityProviders(ctx, &ecs.DescribeCapacityProvidersInput{CapacityProviders: []string{name}})
		if err != nil {
			return err
		}
		for _, p := range out.CapacityProviders {
			group := p.AutoScalingGroupProvider
			if group == nil {
				continue // Fargate's
			}
			provider := CapacityProvider{
				ARN: aws.ToString(p.CapacityProviderArn), Name: aws.ToString(p.Name), ScalingGroup: aws.ToString(group.AutoScalingGroupArn),
				Draining: string(group.ManagedDraining), Protection: string(group.ManagedTerminationProtection),
			}
			if s := group.ManagedScaling; s != nil {
				provider.Scaling, provider.Target = string(s.Status), aws.ToInt32(s.TargetCapacity)
			}
			inv.CapacityProviders = append(inv.CapacityProviders, provider)
		}
	}
	order(inv.CapacityProviders)
	return nil
}

func (inv *Inventory) readInstanceProfiles(ctx context.Context, cfg aws.Config) error {
	pages := iam.NewListInstanceProfilesPaginator(iam.NewFromConfig(cfg), &iam.ListInstanceProfilesInput{})
	err := each(ctx, pages, func(page *iam.ListInstanceProfilesOutput) error {
		for _, p := range page.InstanceProfiles {
			profile := InstanceProfile{ARN: aws.ToString(p.Arn), Name: aws.ToString(p.InstanceProfileName)}
			if len(p.Roles) > 0 {
				profile.Role = aws.ToString(p.Roles[0].RoleName)
			}
			inv.InstanceProfiles = append(inv.InstanceProfiles, profile)
		}
		return nil
	})
	order(inv.InstanceProfiles)
	return err
}
