package cloud

import (
	"context"
	"encoding/base64"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var _ = addRules(map[string]rule{
	"EC2.CreateLaunchTemplate":           {before: before(checkCreateTemplate), source: ec2API + "CreateLaunchTemplate.html"},
	"EC2.CreateLaunchTemplateVersion":    {before: before(checkTemplateVersion), source: ec2API + "CreateLaunchTemplateVersion.html"},
	"EC2.DescribeLaunchTemplateVersions": {after: after(describeTemplateVersions), source: ec2API + "DescribeLaunchTemplateVersions.html"},
	"EC2.DescribeLaunchTemplates":        {before: before(findTemplates), after: after(describeTemplates), source: ec2API + "DescribeLaunchTemplates.html"},
	"EC2.DeleteLaunchTemplate":           {before: before(checkDeleteTemplate), source: ec2API + "DeleteLaunchTemplate.html"},
})

var (
	templateName = regexp.MustCompile(`^[a-zA-Z0-9().\-/_]{3,128}$`)
	imageID      = regexp.MustCompile(`^(ami-[0-9a-f]{8}([0-9a-f]{9})?|resolve:ssm:.+)$`)
)

func checkCreateTemplate(_ context.Context, _ *Cloud, in *ec2.CreateLaunchTemplateInput) error {
	if name := aws.ToString(in.LaunchTemplateName); !templateName.MatchString(name) {
		return refuse("InvalidLaunchTemplateName.MalformedException", "The launch template name %q is not valid: 3 to 128 letters, numbers and ( ) . - / _ are allowed.", name)
	}
	return checkTemplateData(in.LaunchTemplateData)
}

func checkTemplateVersion(ctx context.Context, c *Cloud, in *ec2.CreateLaunchTemplateVersionInput) error {
	if err := findTemplates(ctx, c, &ec2.DescribeLaunchTemplatesInput{LaunchTemplateIds: []string{aws.ToString(in.LaunchTemplateId)}}); err != nil {
		return err
	}
	if err := checkTemplateData(in.LaunchTemplateData); err != nil {
		return err
	}
	hideUserData(in.LaunchTemplateData)
	return nil
}

func invalidValue(format string, args ...any) error {
	return refuse("InvalidParameterValue", format, args...)
}

// checkTemplateData refuses what EC2 refuses when a template is made. Whether
// the instances could start is not looked at before an Auto Scaling group does.
func checkTemplateData(data *types.RequestLaunchTemplateData) error {
	if id := aws.ToString(data.ImageId); id != "" && !imageID.MatchString(id) {
		return refuse("InvalidAMIID.Malformed", `Invalid id: "%s" (expecting "ami-...")`, id)
	}
	if data.InstanceType != "" && !contains(data.InstanceType.Values(), data.InstanceType) {
		return invalidValue("Invalid value '%s' for InstanceType.", data.InstanceType)
	}
	if text := aws.ToString(data.UserData); text != "" {
		plain, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return refuse("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.")
		}
		if len(plain) > 16384 {
			return invalidValue("User data is limited to 16384 bytes")
		}
	}
	if err := checkMetadataOptions(data.MetadataOptions); err != nil {
		return err
	}
	for _, d := range data.BlockDeviceMappings {
		if err := checkVolume(d.Ebs); err != nil {
			return err
		}
	}
	if p := data.IamInstanceProfile; p != nil && p.Arn != nil && p.Name != nil {
		return refuse("InvalidParameterCombination", "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'")
	}
	for _, s := range data.TagSpecifications {
		if !contains([]types.ResourceType{
			types.ResourceTypeInstance, types.ResourceTypeVolume, types.ResourceTypeNetworkInterface, types.ResourceTypeSpotInstancesRequest,
		}, s.ResourceType) {
			return invalidValue("'%s' is not a valid taggable resource type for this operation.", s.ResourceType)
		}
	}
	return nil
}

// Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMetadataOptionsRequest.html
func checkMetadataOptions(o *types.LaunchTemplateInstanceMetadataOptionsRequest) error {
	switch {
	case o == nil:
		return nil
	case o.HttpTokens != "" && !contains(o.HttpTokens.Values(), o.HttpTokens):
		return invalidValue("Invalid value '%s' for HttpTokens.", o.HttpTokens)
	case o.HttpEndpoint != "" && !contains(o.HttpEndpoint.Values(), o.HttpEndpoint):
		return invalidValue("Invalid value '%s' for HttpEndpoint.", o.HttpEndpoint)
	case o.HttpPutResponseHopLimit != nil && (*o.HttpPutResponseHopLimit < 1 || *o.HttpPutResponseHopLimit > 64):
		return invalidValue("Invalid value '%d' for HttpPutResponseHopLimit. It must be between 1 and 64.", *o.HttpPutResponseHopLimit)
	case o.InstanceMetadataTags != "" && !contains(o.InstanceMetadataTags.Values(), o.InstanceMetadataTags):
		return invalidValue("Invalid value '%s' for InstanceMetadataTags.", o.InstanceMetadataTags)
	}
	return nil
}

// Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateEbsBlockDeviceRequest.html
func checkVolume(e *types.LaunchTemplateEbsBlockDeviceRequest) error {
	switch {
	case e == nil:
		return nil
	case e.VolumeType != "" && !contains(e.VolumeType.Values(), e.VolumeType):
		return refuse("UnknownVolumeType", "Unknown volume type '%s'", e.VolumeType)
	case e.VolumeSize != nil && (*e.VolumeSize < 1 || *e.VolumeSize > 65536):
		return invalidValue("Volume of %dGiB is not between 1 and 65536 GiB", *e.VolumeSize)
	case e.KmsKeyId != nil && !aws.ToBool(e.Encrypted):
		return refuse("InvalidParameterDependency", "The parameter KmsKeyId requires the parameter Encrypted to be set.")
	case e.Throughput != nil && e.VolumeType != types.VolumeTypeGp3:
		return refuse("InvalidParameterCombination", "The parameter throughput is only supported for gp3 volumes.")
	case e.Iops != nil && !contains([]types.VolumeType{types.VolumeTypeGp3, types.VolumeTypeIo1, types.VolumeTypeIo2}, e.VolumeType):
		return refuse("InvalidParameterCombination", "The parameter iops is not supported for %s volumes.", e.VolumeType)
	}
	return nil
}

// hiddenUserData marks user data that is kept as the template's kernel: an
// instance of a later version that has user data makes the emulator fail, and
// it runs neither kernels nor user data.
const hiddenUserData = "user-data:"

func hideUserData(data *types.RequestLaunchTemplateData) {
	if data.UserData != nil {
		data.KernelId, data.UserData = aws.String(hiddenUserData+*data.UserData), nil
	}
}

// describeTemplateVersions brings the user data back, and drops the template's
// own tags, which the emulator counts among those of its instances.
func describeTemplateVersions(_ context.Context, _ *Cloud, _ *ec2.DescribeLaunchTemplateVersionsInput, out *ec2.DescribeLaunchTemplateVersionsOutput) error {
	for _, version := range out.LaunchTemplateVersions {
		data := version.LaunchTemplateData
		if text, hidden := strings.CutPrefix(aws.ToString(data.KernelId), hiddenUserData); hidden {
			data.UserData, data.KernelId = &text, nil
		}
		data.TagSpecifications = slices.DeleteFunc(data.TagSpecifications, func(s types.LaunchTemplateTagSpecification) bool {
			return s.ResourceType == types.ResourceTypeLaunchTemplate
		})
	}
	return nil
}

// findTemplates refuses ids that are not there; the emulator leaves them out.
func findTemplates(ctx context.Context, c *Cloud, in *ec2.DescribeLaunchTemplatesInput) error {
	for _, id := range in.LaunchTemplateIds {
		out, err := c.EC2.DescribeLaunchTemplates(ctx, &ec2.DescribeLaunchTemplatesInput{LaunchTemplateIds: []string{id}})
		if err != nil {
			return err
		}
		if len(out.LaunchTemplates) == 0 {
			return refuse("InvalidLaunchTemplateId.NotFound", "The specified launch template, with template ID %s, does not exist.", id)
		}
	}
	return nil
}

// describeTemplates tells the tags of now; the emulator tells those of the birth.
func describeTemplates(ctx context.Context, c *Cloud, _ *ec2.DescribeLaunchTemplatesInput, out *ec2.DescribeLaunchTemplatesOutput) error {
	for i := range out.LaunchTemplates {
		template := &out.LaunchTemplates[i]
		tags, err := c.EC2.DescribeTags(ctx, &ec2.DescribeTagsInput{Filters: filter("resource-id", aws.ToString(template.LaunchTemplateId))})
		if err != nil {
			return err
		}
		template.Tags = nil
		for _, t := range tags.Tags {
			template.Tags = append(template.Tags, types.Tag{Key: t.Key, Value: t.Value})
		}
	}
	return nil
}

func checkDeleteTemplate(ctx context.Context, c *Cloud, in *ec2.DeleteLaunchTemplateInput) error {
	return findTemplates(ctx, c, &ec2.DescribeLaunchTemplatesInput{LaunchTemplateIds: []string{aws.ToString(in.LaunchTemplateId)}})
}
