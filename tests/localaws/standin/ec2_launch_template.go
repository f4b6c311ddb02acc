package standin

import (
	"context"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const launchTemplatePage = registry + "ec2/launchtemplate/"

// templateData are the properties that a version of the template holds. A
// change of any is a new version of the same template.
var templateData = []string{
	"imageId", "instanceType", "metadataOptions", "blockDeviceMappings", "iamInstanceProfile", "networkInterfaces",
	"vpcSecurityGroupIds", "userData", "tagSpecifications", "monitoring", "ebsOptimized", "description",
}

var launchTemplateType = &resourceType{
	token: "aws:ec2/launchTemplate:LaunchTemplate", args: sdk.LaunchTemplateArgs{}, state: sdk.LaunchTemplate{},
	inputs: map[string]prop{
		"name":         {change: replaces, autoName: 255, check: templateName, request: "CreateLaunchTemplate.LaunchTemplateName", source: launchTemplatePage},
		"description":  {change: updates, check: validation.StringLenBetween(0, 255), request: "CreateLaunchTemplate.VersionDescription CreateLaunchTemplateVersion.VersionDescription", source: launchTemplatePage},
		"imageId":      {change: updates, request: "CreateLaunchTemplate.LaunchTemplateData CreateLaunchTemplateVersion.LaunchTemplateData", source: launchTemplatePage},
		"instanceType": {change: updates, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"userData":     {change: updates, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"ebsOptimized": {change: updates, check: optionalBool, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},

		"metadataOptions":                         {change: updates, computed: true, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"metadataOptions.httpEndpoint":            {computed: true, check: oneOf(types.LaunchTemplateInstanceMetadataEndpointState("").Values()...), request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"metadataOptions.httpTokens":              {computed: true, check: oneOf(types.LaunchTemplateHttpTokensState("").Values()...), request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"metadataOptions.httpPutResponseHopLimit": {computed: true, check: validation.IntBetween(1, 64), request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"metadataOptions.httpProtocolIpv6":        {computed: true, check: oneOf(types.LaunchTemplateInstanceMetadataProtocolIpv6("").Values()...), request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"metadataOptions.instanceMetadataTags":    {computed: true, check: oneOf(types.LaunchTemplateInstanceMetadataTagsState("").Values()...), request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},

		"blockDeviceMappings":                           {change: updates, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"blockDeviceMappings[].deviceName":              {request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"blockDeviceMappings[].ebs":                     {request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"blockDeviceMappings[].ebs.deleteOnTermination": {check: optionalBool, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"blockDeviceMappings[].ebs.encrypted":           {check: optionalBool, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"blockDeviceMappings[].ebs.iops":                {computed: true, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"blockDeviceMappings[].ebs.kmsKeyId":            {check: validARN, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"blockDeviceMappings[].ebs.throughput":          {computed: true, check: validation.IntBetween(125, 1000), request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"blockDeviceMappings[].ebs.volumeSize":          {computed: true, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"blockDeviceMappings[].ebs.volumeType":          {computed: true, check: oneOf(types.VolumeType("").Values()...), request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},

		"iamInstanceProfile":      {change: updates, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"iamInstanceProfile.arn":  {check: validARN, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"iamInstanceProfile.name": {request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"monitoring":              {change: updates, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"monitoring.enabled":      {request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},

		"vpcSecurityGroupIds":                          {change: updates, set: true, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"networkInterfaces":                            {change: updates, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"networkInterfaces[].associatePublicIpAddress": {check: optionalBool, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"networkInterfaces[].deleteOnTermination":      {check: optionalBool, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"networkInterfaces[].description":              {request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"networkInterfaces[].deviceIndex":              {request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"networkInterfaces[].securityGroups":           {set: true, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"networkInterfaces[].subnetId":                 {request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},

		"tagSpecifications":                {change: updates, request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"tagSpecifications[].resourceType": {check: oneOf(types.ResourceType("").Values()...), request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},
		"tagSpecifications[].tags":         {request: "CreateLaunchTemplate.LaunchTemplateData", source: launchTemplatePage},

		"updateDefaultVersion": {change: updates, reason: "decides whether a new version becomes the default one (ModifyLaunchTemplate)", source: launchTemplatePage},
		"defaultVersion":       {change: updates, computed: true, check: validation.IntAtLeast(1), request: "ModifyLaunchTemplate.DefaultVersion", source: launchTemplatePage},
		"tags":                 {change: updates, request: "CreateLaunchTemplate.TagSpecifications CreateTags.Tags", source: launchTemplatePage},
	},
	checkSource: providerSource + "ec2/ec2_launch_template.go",
	outputs:     []string{"arn", "latestVersion", "namePrefix", "tagsAll"},
	source:      launchTemplatePage + "#outputs",
	// The official provider plans the number of a version that is to come: after
	// any change but these, though a new description makes a version too and new
	// tags do not.
	newOutputs: func(changed []string, in object) []string {
		if len(without(changed, []string{"name", "namePrefix", "description", "defaultVersion", "updateDefaultVersion", "latestVersion"})) == 0 {
			return nil
		}
		if in.boolean("updateDefaultVersion") {
			return []string{"latestVersion", "defaultVersion"}
		}
		return []string{"latestVersion"}
	},
	create: createLaunchTemplate, read: readLaunchTemplate, update: updateLaunchTemplate,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.EC2.DeleteLaunchTemplate(ctx, &ec2.DeleteLaunchTemplateInput{LaunchTemplateId: &r.id})
		return gone(err, "InvalidLaunchTemplateId.NotFound", "InvalidLaunchTemplateId.NotFoundException")
	},
}

// textBool is a property that is "true", "false" or absent.
func (o object) textBool(name string) *bool {
	if b, err := strconv.ParseBool(o.str(name)); err == nil {
		return &b
	}
	return nil
}

// launchData is what the inputs say of the instances.
func launchData(in object) *types.RequestLaunchTemplateData {
	data := &types.RequestLaunchTemplateData{
		ImageId: in.strp("imageId"), InstanceType: types.InstanceType(in.str("instanceType")), UserData: in.strp("userData"),
		SecurityGroupIds: in.strs("vpcSecurityGroupIds"), EbsOptimized: in.textBool("ebsOptimized"),
	}
	if o := in.object("metadataOptions"); o != nil {
		data.MetadataOptions = &types.LaunchTemplateInstanceMetadataOptionsRequest{
			HttpEndpoint:            types.LaunchTemplateInstanceMetadataEndpointState(o.str("httpEndpoint")),
			HttpTokens:              types.LaunchTemplateHttpTokensState(o.str("httpTokens")),
			HttpPutResponseHopLimit: o.int32p("httpPutResponseHopLimit"),
			HttpProtocolIpv6:        types.LaunchTemplateInstanceMetadataProtocolIpv6(o.str("httpProtocolIpv6")),
			InstanceMetadataTags:    types.LaunchTemplateInstanceMetadataTagsState(o.str("instanceMetadataTags")),
		}
	}
	for _, d := range in.objects("blockDeviceMappings") {
		mapping := types.LaunchTemplateBlockDeviceMappingRequest{DeviceName: d.strp("deviceName")}
		if e := d.object("ebs"); e != nil {
			mapping.Ebs = &types.LaunchTemplateEbsBlockDeviceRequest{
				DeleteOnTermination: e.textBool("deleteOnTermination"), Encrypted: e.textBool("encrypted"), Iops: e.int32p("iops"),
				KmsKeyId: e.strp("kmsKeyId"), Throughput: e.int32p("throughput"), VolumeSize: e.int32p("volumeSize"),
				VolumeType: types.VolumeType(e.str("volumeType")),
			}
		}
		data.BlockDeviceMappings = append(data.BlockDeviceMappings, mapping)
	}
	if p := in.object("iamInstanceProfile"); p != nil {
		data.IamInstanceProfile = &types.LaunchTemplateIamInstanceProfileSpecificationRequest{Arn: p.strp("arn"), Name: p.strp("name")}
	}
	if m := in.object("monitoring"); m != nil {
		data.Monitoring = &types.LaunchTemplatesMonitoringRequest{Enabled: m.boolp("enabled")}
	}
	for _, n := range in.objects("networkInterfaces") {
		data.NetworkInterfaces = append(data.NetworkInterfaces, types.LaunchTemplateInstanceNetworkInterfaceSpecificationRequest{
			AssociatePublicIpAddress: n.textBool("associatePublicIpAddress"), DeleteOnTermination: n.textBool("deleteOnTermination"),
			Description: n.strp("description"), DeviceIndex: aws.Int32(n.int32("deviceIndex")), Groups: n.strs("securityGroups"), SubnetId: n.strp("subnetId"),
		})
	}
	for _, s := range in.objects("tagSpecifications") {
		data.TagSpecifications = append(data.TagSpecifications, types.LaunchTemplateTagSpecificationRequest{
			ResourceType: types.ResourceType(s.str("resourceType")), Tags: ec2Tags(s.strMap("tags")),
		})
	}
	return data
}

func createLaunchTemplate(ctx context.Context, r *request) (string, error) {
	out, err := r.cloud.EC2.CreateLaunchTemplate(ctx, &ec2.CreateLaunchTemplateInput{
		LaunchTemplateName: r.in.strp("name"), VersionDescription: r.in.strp("description"), LaunchTemplateData: launchData(r.in),
		TagSpecifications: ec2TagSpec(types.ResourceTypeLaunchTemplate, r.tags),
	})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.LaunchTemplate.LaunchTemplateId), nil
}

func readLaunchTemplate(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.EC2.DescribeLaunchTemplates(ctx, &ec2.DescribeLaunchTemplatesInput{LaunchTemplateIds: []string{r.id}})
	if cloud.HasCode(err, "InvalidLaunchTemplateId.NotFound", "InvalidLaunchTemplateId.NotFoundException") || err == nil && len(out.LaunchTemplates) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	template := out.LaunchTemplates[0]
	latest := aws.ToInt64(template.LatestVersionNumber)
	versions, err := r.cloud.EC2.DescribeLaunchTemplateVersions(ctx, &ec2.DescribeLaunchTemplateVersionsInput{
		LaunchTemplateId: &r.id, Versions: []string{strconv.FormatInt(latest, 10)},
	})
	if err != nil {
		return nil, err
	}
	if len(versions.LaunchTemplateVersions) == 0 {
		return nil, errNotFound
	}
	owner, err := r.account(ctx)
	if err != nil {
		return nil, err
	}
	version := versions.LaunchTemplateVersions[0]
	read := fromLaunchData(version.LaunchTemplateData)
	for name, v := range map[string]any{
		"arn": r.ec2ARN("launch-template", owner, r.id), "name": template.LaunchTemplateName, "namePrefix": "",
		"description": version.VersionDescription, "latestVersion": latest, "defaultVersion": aws.ToInt64(template.DefaultVersionNumber),
		"tags": fromEC2Tags(template.Tags),
	} {
		read[name] = v
	}
	return read, nil
}

// values drops what is not set, so that what is left is what was asked for.
func values(m map[string]any) map[string]any {
	for k, v := range m {
		switch v := v.(type) {
		case *string:
			if v == nil || *v == "" {
				delete(m, k)
			} else {
				m[k] = *v
			}
		case *int32:
			if v == nil {
				delete(m, k)
			} else {
				m[k] = *v
			}
		case *bool:
			if v == nil {
				delete(m, k)
			} else {
				m[k] = strconv.FormatBool(*v)
			}
		case string:
			if v == "" {
				delete(m, k)
			}
		case []string:
			if len(v) == 0 {
				delete(m, k)
			}
		}
	}
	return m
}

func fromLaunchData(data *types.ResponseLaunchTemplateData) map[string]any {
	read := values(map[string]any{
		"imageId": data.ImageId, "instanceType": string(data.InstanceType), "userData": data.UserData,
		"vpcSecurityGroupIds": data.SecurityGroupIds, "ebsOptimized": data.EbsOptimized,
	})
	if o := data.MetadataOptions; o != nil {
		read["metadataOptions"] = values(map[string]any{
			"httpEndpoint": string(o.HttpEndpoint), "httpTokens": string(o.HttpTokens), "httpPutResponseHopLimit": o.HttpPutResponseHopLimit,
			"httpProtocolIpv6": string(o.HttpProtocolIpv6), "instanceMetadataTags": string(o.InstanceMetadataTags),
		})
	}
	var devices []any
	for _, d := range data.BlockDeviceMappings {
		device := values(map[string]any{"deviceName": d.DeviceName})
		if e := d.Ebs; e != nil {
			device["ebs"] = values(map[string]any{
				"deleteOnTermination": e.DeleteOnTermination, "encrypted": e.Encrypted, "iops": e.Iops, "kmsKeyId": e.KmsKeyId,
				"throughput": e.Throughput, "volumeSize": e.VolumeSize, "volumeType": string(e.VolumeType),
			})
		}
		devices = append(devices, device)
	}
	read["blockDeviceMappings"] = devices
	if p := data.IamInstanceProfile; p != nil {
		read["iamInstanceProfile"] = values(map[string]any{"arn": p.Arn, "name": p.Name})
	}
	if m := data.Monitoring; m != nil {
		read["monitoring"] = map[string]any{"enabled": aws.ToBool(m.Enabled)}
	}
	var interfaces []any
	for _, n := range data.NetworkInterfaces {
		card := values(map[string]any{
			"associatePublicIpAddress": n.AssociatePublicIpAddress, "deleteOnTermination": n.DeleteOnTermination,
			"description": n.Description, "securityGroups": n.Groups, "subnetId": n.SubnetId,
		})
		if index := aws.ToInt32(n.DeviceIndex); index != 0 {
			card["deviceIndex"] = index
		}
		interfaces = append(interfaces, card)
	}
	read["networkInterfaces"] = interfaces
	var specifications []any
	for _, s := range data.TagSpecifications {
		specifications = append(specifications, map[string]any{"resourceType": string(s.ResourceType), "tags": fromEC2Tags(s.Tags)})
	}
	read["tagSpecifications"] = specifications
	return read
}

func updateLaunchTemplate(ctx context.Context, r *request) error {
	latest := ""
	if r.changed(templateData...) {
		out, err := r.cloud.EC2.CreateLaunchTemplateVersion(ctx, &ec2.CreateLaunchTemplateVersionInput{
			LaunchTemplateId: &r.id, VersionDescription: r.in.strp("description"), LaunchTemplateData: launchData(r.in),
		})
		if err != nil {
			return err
		}
		latest = strconv.FormatInt(aws.ToInt64(out.LaunchTemplateVersion.VersionNumber), 10)
	}
	standard := ""
	switch {
	case latest != "" && r.in.boolean("updateDefaultVersion"):
		standard = latest
	case r.changed("defaultVersion") && r.in.has("defaultVersion"):
		standard = strconv.FormatInt(int64(r.in.int32("defaultVersion")), 10)
	}
	if standard != "" {
		in := &ec2.ModifyLaunchTemplateInput{LaunchTemplateId: &r.id, DefaultVersion: &standard}
		if _, err := r.cloud.EC2.ModifyLaunchTemplate(ctx, in); err != nil {
			return err
		}
	}
	return updateEC2Tags(ctx, r)
}
