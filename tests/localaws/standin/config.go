package standin

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// configKeys are the provider's settings and why one is refused, if it is.
// Source: https://www.pulumi.com/registry/packages/aws/installation-configuration/
var configKeys = map[string]string{
	"region":                    "",
	"accessKey":                 "",
	"secretKey":                 "",
	"endpoints":                 "",
	"defaultTags":               "",
	"maxRetries":                "",
	"skipCredentialsValidation": "",
	"skipMetadataApiCheck":      "",
	"skipRegionValidation":      "",
	"skipRequestingAccountId":   "",
	"s3UsePathStyle":            "",
	"version":                   "",
	"pluginDownloadURL":         "",

	"profile":                   "it reads a shared configuration file",
	"profiles":                  "it reads a shared configuration file",
	"sharedConfigFiles":         "it reads a shared configuration file",
	"sharedCredentialsFiles":    "it reads a shared credentials file",
	"assumeRole":                "the local AWS has no roles to assume",
	"assumeRoles":               "the local AWS has no roles to assume",
	"assumeRoleWithWebIdentity": "the local AWS has no roles to assume",
	"token":                     "the local AWS has no sessions",
	"httpProxy":                 "requests never leave this machine",
	"httpsProxy":                "requests never leave this machine",
	"allowedAccountIds":         "the local AWS has one account, 123456789012",
	"forbiddenAccountIds":       "the local AWS has one account, 123456789012",
}

// settings is the provider's configuration, read.
type settings struct {
	region, accessKey, secretKey string
	endpoint                     string
	defaultTags                  map[string]string
	// unknown says that a setting is not known yet, as in a preview of a
	// program that makes the value.
	unknown bool
}

// settings reads a provider's configuration, whose nested values are JSON text
// on the wire, and the environment.
func (s *Server) settings(config object) (settings, []*pulumirpc.CheckFailure) {
	c := checker{}
	out := settings{}
	for _, key := range sortedKeys(config) {
		name := string(key)
		reason, known := configKeys[name]
		v := config[key]
		switch {
		case v.IsNull() || v.IsString() && v.StringValue() == "":
		case v.ContainsUnknowns():
			out.unknown = true
		case !known:
			c.fault(name, "is not a setting that the aws stand-in knows; it knows %s", strings.Join(usable(), ", "))
		case reason != "":
			c.fault(name, "refused by the aws stand-in: %s", reason)
		}
	}
	out.region = cmp.Or(config.str("region"), s.getenv("AWS_REGION"), s.getenv("AWS_DEFAULT_REGION"))
	out.accessKey = cmp.Or(config.str("accessKey"), s.getenv("AWS_ACCESS_KEY_ID"))
	out.secretKey = cmp.Or(config.str("secretKey"), s.getenv("AWS_SECRET_ACCESS_KEY"))
	out.endpoint = s.getenv("AWS_ENDPOINT_URL")
	for _, endpoints := range nested(config.value("endpoints")) {
		for _, service := range sortedKeys(endpoints) {
			url := endpoints[service]
			if !url.IsString() || url.StringValue() == "" {
				continue
			}
			at := "endpoints." + string(service)
			if err := cloud.CheckLoopback(at, url.StringValue()); err != nil {
				c.fault(at, "%v", err)
			}
			if out.endpoint == "" {
				out.endpoint = url.StringValue()
			}
			if url.StringValue() != out.endpoint {
				c.fault(at, "%q differs from %q: the local AWS serves everything at one address", url.StringValue(), out.endpoint)
			}
		}
	}
	if err := cloud.CheckLoopback("AWS_ENDPOINT_URL", out.endpoint); err != nil {
		c.fault("endpoints", "%v", err)
	}
	for _, tags := range nested(config.value("defaultTags")) {
		out.defaultTags = tags.strMap("tags")
	}
	if out.region == "" && !config.value("region").ContainsUnknowns() {
		c.fault("region", "not set; set the provider's region, aws:region or AWS_REGION")
	}
	return out, c.faults
}

func usable() []string {
	var names []string
	for _, name := range sortedKeys(configKeys) {
		if configKeys[name] == "" {
			names = append(names, name)
		}
	}
	return names
}

// nested returns the objects of a setting that is an object or a list of
// objects, as a value or as JSON text.
func nested(v resource.PropertyValue) []object {
	if v.IsString() {
		var decoded any
		if json.Unmarshal([]byte(v.StringValue()), &decoded) != nil {
			return nil
		}
		v = resource.NewPropertyValue(decoded)
	}
	if v.IsObject() {
		v = resource.NewProperty([]resource.PropertyValue{v})
	}
	return object{"list": v}.objects("list")
}

// CheckConfig implements pulumirpc.ResourceProviderServer.
func (s *Server) CheckConfig(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	config, err := unmarshal("CheckConfig", req.GetNews())
	if err != nil {
		return nil, err
	}
	_, faults := s.settings(config)
	return &pulumirpc.CheckResponse{Inputs: req.GetNews(), Failures: faults}, nil
}

// DiffConfig implements pulumirpc.ResourceProviderServer: another region means
// other resources, so it replaces the provider, as the official one does.
func (s *Server) DiffConfig(_ context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	was, err := unmarshal("DiffConfig.olds", req.GetOldInputs())
	if err != nil {
		return nil, err
	}
	is, err := unmarshal("DiffConfig.news", req.GetNews())
	if err != nil {
		return nil, err
	}
	out := &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}
	for name := range configKeys {
		if v := is.value(name); !v.ContainsUnknowns() && v.DeepEquals(was.value(name)) {
			continue
		}
		out.Changes = pulumirpc.DiffResponse_DIFF_SOME
		out.Diffs = append(out.Diffs, name)
		if name == "region" && !is.value(name).ContainsUnknowns() {
			out.Replaces = append(out.Replaces, name)
		}
	}
	return out, nil
}

// Configure implements pulumirpc.ResourceProviderServer.
func (s *Server) Configure(ctx context.Context, req *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	config, err := unmarshal("Configure", req.GetArgs())
	if err != nil {
		return nil, err
	}
	// The bridge has no settings of its own: it learns what the engine can do.
	response, err := s.bridge.Configure(ctx, &pulumirpc.ConfigureRequest{
		AcceptSecrets: req.GetAcceptSecrets(), AcceptResources: req.GetAcceptResources(), SendsOldInputs: req.GetSendsOldInputs(),
	})
	if err != nil {
		return nil, err
	}
	set, faults := s.settings(config)
	if len(faults) > 0 {
		return nil, fmt.Errorf("aws stand-in: %s: %s", faults[0].GetProperty(), faults[0].GetReason())
	}
	if set.unknown && set.region == "" {
		return response, nil // a preview; nothing can be asked yet
	}
	on := func(name string) bool { v, _ := strconv.ParseBool(s.getenv(name)); return v }
	c, err := cloud.New(cloud.Config{
		Region:           set.region,
		Endpoint:         set.endpoint,
		AccessKey:        cmp.Or(set.accessKey, "local"),
		SecretKey:        cmp.Or(set.secretKey, "local"),
		Recorder:         cloud.NewRecorder(s.getenv("ECSNET_STANDIN_LOG")),
		TasksStayPending: on("ECSNET_STANDIN_TASKS_PENDING"),
		RollBack:         on("ECSNET_STANDIN_ROLLBACK"),

		GracePeriodByResult: on("ECSNET_STANDIN_GRACE_BY_RESULT"),
	})
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cloud, s.defaultTags = c, set.defaultTags
	return response, nil
}
