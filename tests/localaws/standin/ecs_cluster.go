package standin

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
)

const clusterPage = registry + "ecs/cluster/"

var clusterType = &resourceType{
	token: "aws:ecs/cluster:Cluster", args: sdk.ClusterArgs{}, state: sdk.Cluster{},
	inputs: map[string]prop{
		"name":             {change: replaces, autoName: 255, check: ecsName, request: "CreateCluster.ClusterName", source: clusterPage},
		"settings":         {change: updates, computed: true, set: true, request: "CreateCluster.Settings UpdateCluster.Settings", source: clusterPage},
		"settings[].name":  {check: oneOf(types.ClusterSettingName("").Values()...), request: "CreateCluster.Settings", source: clusterPage},
		"settings[].value": {request: "CreateCluster.Settings", source: clusterPage},
		"configuration":    {change: updates, request: "CreateCluster.Configuration UpdateCluster.Configuration", source: clusterPage},
		"configuration.executeCommandConfiguration":                                              {request: "CreateCluster.Configuration", source: clusterPage},
		"configuration.executeCommandConfiguration.kmsKeyId":                                     {request: "CreateCluster.Configuration", source: clusterPage},
		"configuration.executeCommandConfiguration.logging":                                      {byDefault: "DEFAULT", check: oneOf(types.ExecuteCommandLogging("").Values()...), request: "CreateCluster.Configuration", source: clusterPage},
		"configuration.executeCommandConfiguration.logConfiguration":                             {request: "CreateCluster.Configuration", source: clusterPage},
		"configuration.executeCommandConfiguration.logConfiguration.cloudWatchEncryptionEnabled": {request: "CreateCluster.Configuration", source: clusterPage},
		"configuration.executeCommandConfiguration.logConfiguration.cloudWatchLogGroupName":      {request: "CreateCluster.Configuration", source: clusterPage},
		"configuration.executeCommandConfiguration.logConfiguration.s3BucketName":                {request: "CreateCluster.Configuration", source: clusterPage},
		"configuration.executeCommandConfiguration.logConfiguration.s3BucketEncryptionEnabled":   {request: "CreateCluster.Configuration", source: clusterPage},
		"configuration.executeCommandConfiguration.logConfiguration.s3KeyPrefix":                 {request: "CreateCluster.Configuration", source: clusterPage},
		"tags": {change: updates, request: "CreateCluster.Tags TagResource.Tags", source: clusterPage},
	},
	checkSource:   providerSource + "ecs/cluster.go",
	outputs:       []string{"arn", "tagsAll"},
	source:        clusterPage + "#outputs",
	createTimeout: 10 * time.Minute, updateTimeout: 10 * time.Minute, deleteTimeout: 10 * time.Minute,
	create: createCluster, read: readCluster, update: updateCluster,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.ECS.DeleteCluster(ctx, &ecs.DeleteClusterInput{Cluster: &r.id})
		return gone(err, "ClusterNotFoundException")
	},
	// An import names the cluster; the official provider's id is its ARN.
	importID: byName("cluster"),
}

func clusterSettings(r *request) []types.ClusterSetting {
	var out []types.ClusterSetting
	for _, s := range r.in.objects("settings") {
		out = append(out, types.ClusterSetting{Name: types.ClusterSettingName(s.str("name")), Value: s.strp("value")})
	}
	return out
}

func clusterConfiguration(r *request) *types.ClusterConfiguration {
	exec := r.in.object("configuration").object("executeCommandConfiguration")
	if exec == nil {
		return nil
	}
	c := &types.ExecuteCommandConfiguration{KmsKeyId: exec.strp("kmsKeyId"), Logging: types.ExecuteCommandLogging(exec.str("logging"))}
	if log := exec.object("logConfiguration"); log != nil {
		c.LogConfiguration = &types.ExecuteCommandLogConfiguration{
			CloudWatchEncryptionEnabled: log.boolean("cloudWatchEncryptionEnabled"), CloudWatchLogGroupName: log.strp("cloudWatchLogGroupName"),
			S3BucketName: log.strp("s3BucketName"), S3EncryptionEnabled: log.boolean("s3BucketEncryptionEnabled"), S3KeyPrefix: log.strp("s3KeyPrefix"),
		}
	}
	return &types.ClusterConfiguration{ExecuteCommandConfiguration: c}
}

func createCluster(ctx context.Context, r *request) (string, error) {
	out, err := r.cloud.ECS.CreateCluster(ctx, &ecs.CreateClusterInput{
		ClusterName: r.in.strp("name"), Settings: clusterSettings(r), Configuration: clusterConfiguration(r), Tags: ecsTags(r.tags),
	})
	if err != nil {
		return "", err
	}
	r.id = aws.ToString(out.Cluster.ClusterArn)
	return r.id, r.wait(ctx, "cluster to be ACTIVE", func() (bool, string, error) {
		cluster, err := findCluster(ctx, r, r.id)
		if err != nil {
			return false, "", err
		}
		return aws.ToString(cluster.Status) == "ACTIVE", aws.ToString(cluster.Status), nil
	})
}

func findCluster(ctx context.Context, r *request, id string) (*types.Cluster, error) {
	out, err := r.cloud.ECS.DescribeClusters(ctx, &ecs.DescribeClustersInput{
		Clusters: []string{id}, Include: []types.ClusterField{types.ClusterFieldTags, types.ClusterFieldSettings, types.ClusterFieldConfigurations},
	})
	if err != nil {
		return nil, notFound(err, "ClusterNotFoundException")
	}
	if len(out.Clusters) == 0 || aws.ToString(out.Clusters[0].Status) == "INACTIVE" {
		return nil, errNotFound
	}
	return &out.Clusters[0], nil
}

func readCluster(ctx context.Context, r *request) (map[string]any, error) {
	cluster, err := findCluster(ctx, r, r.id)
	if err != nil {
		return nil, err
	}
	var settings []any
	for _, s := range cluster.Settings {
		settings = append(settings, map[string]any{"name": string(s.Name), "value": s.Value})
	}
	read := map[string]any{"arn": cluster.ClusterArn, "name": cluster.ClusterName, "settings": settings, "tags": fromECSTags(cluster.Tags)}
	if cluster.Configuration != nil && cluster.Configuration.ExecuteCommandConfiguration != nil {
		c := cluster.Configuration.ExecuteCommandConfiguration
		exec := map[string]any{"logging": string(c.Logging)}
		put(exec, "kmsKeyId", c.KmsKeyId)
		if l := c.LogConfiguration; l != nil {
			log := map[string]any{"cloudWatchEncryptionEnabled": l.CloudWatchEncryptionEnabled, "s3BucketEncryptionEnabled": l.S3EncryptionEnabled}
			put(log, "cloudWatchLogGroupName", l.CloudWatchLogGroupName)
			put(log, "s3BucketName", l.S3BucketName)
			put(log, "s3KeyPrefix", l.S3KeyPrefix)
			exec["logConfiguration"] = log
		}
		read["configuration"] = map[string]any{"executeCommandConfiguration": exec}
	}
	return read, nil
}

// put sets a key that has a value.
func put(m map[string]any, key string, value *string) {
	if value != nil {
		m[key] = *value
	}
}

func updateCluster(ctx context.Context, r *request) error {
	if r.changed("settings", "configuration") {
		in := &ecs.UpdateClusterInput{Cluster: &r.id, Settings: clusterSettings(r), Configuration: clusterConfiguration(r)}
		if _, err := r.cloud.ECS.UpdateCluster(ctx, in); err != nil {
			return err
		}
	}
	return updateECSTags(ctx, r, r.id)
}
