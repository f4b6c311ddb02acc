// Package cloud talks to a local AWS emulator as if it were AWS.
//
// The emulator (moto) stores almost everything, but accepts many requests that
// AWS refuses and forgets a few effects that AWS has. Both are put right here,
// around single API operations and from AWS's documentation alone: a rule
// knows an operation and its input, never which program or provider sent it.
//
//   - A refusal runs before the request and fails with AWS's error code.
//   - An amendment runs after it and makes good what the emulator left out.
//
// Every request is recorded (see [Recorder]), so that a test can assert on what
// was sent where the emulator cannot be asked what it stored.
package cloud

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/middleware"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/transport"
)

// Config says where the local AWS is and who calls it.
type Config struct {
	// Region to work in, for example "us-east-1".
	Region string
	// Endpoint of the emulator; a loopback address.
	Endpoint string
	// AccessKey and SecretKey sign the requests; the emulator believes any pair.
	AccessKey, SecretKey string
	// Recorder takes every request; nil records nothing.
	Recorder *Recorder
	// TasksStayPending leaves ECS tasks in PENDING for ever, as tasks do that
	// cannot pull their image: for tests of what a user sees then.
	TasksStayPending bool
	// RollBack makes ECS's circuit breaker find every new deployment failed: an
	// update to another task definition is rolled back where the service allows
	// it, and the first tasks of a service stay pending.
	RollBack bool
	// GracePeriodByResult lets a service take a grace period together with its
	// first load balancer (see checkGracePeriod).
	GracePeriodByResult bool
}

// Cloud holds one client per AWS service in use.
type Cloud struct {
	EC2  *ec2.Client
	ECS  *ecs.Client
	IAM  *iam.Client
	Logs *cloudwatchlogs.Client
	STS  *sts.Client

	AutoScaling *autoscaling.Client
	ECR         *ecr.Client
	ELB         *elasticloadbalancingv2.Client
	SSM         *ssm.Client
	Gateway     *apigatewayv2.Client
	CloudMap    *servicediscovery.Client

	region string
	config Config
	// raw sends requests past the rules and the record: what the rules
	// themselves ask must neither be refused nor look like the caller's.
	raw *Cloud
	// mutations serialises requests that have a rule, so that nothing comes
	// between a check and the request it admits.
	mutations *sync.RWMutex
	// services is AWS's list of endpoint services, once it was asked for.
	services []types.ServiceDetail
}

// Region returns the region that the clients work in.
func (c *Cloud) Region() string { return c.region }

// Raw returns clients that send requests past the rules and the record.
func (c *Cloud) Raw() *Cloud { return c.raw }

// New returns clients for the emulator at config.Endpoint. It opens no
// connection, and reads no profile, credentials file or instance metadata.
func New(config Config) (*Cloud, error) {
	if err := CheckLoopback("endpoint", config.Endpoint); err != nil {
		return nil, err
	}
	if config.Region == "" {
		return nil, errors.New("region: not set; set the provider's region or AWS_REGION")
	}
	// The clients carry the rules, and the rules need the clients.
	c := &Cloud{}
	*c = *clients(config, awsConfig(config, func(stack *middleware.Stack) error { return c.addRules(stack) }))
	c.raw = clients(config, awsConfig(config))
	return c, nil
}

func clients(config Config, cfg aws.Config) *Cloud {
	return &Cloud{
		EC2:  ec2.NewFromConfig(cfg),
		ECS:  ecs.NewFromConfig(cfg),
		IAM:  iam.NewFromConfig(cfg),
		Logs: cloudwatchlogs.NewFromConfig(cfg),
		STS:  sts.NewFromConfig(cfg),

		AutoScaling: autoscaling.NewFromConfig(cfg),
		ECR:         ecr.NewFromConfig(cfg),
		ELB:         elasticloadbalancingv2.NewFromConfig(cfg),
		SSM:         ssm.NewFromConfig(cfg),
		Gateway:     apigatewayv2.NewFromConfig(cfg),
		CloudMap:    servicediscovery.NewFromConfig(cfg),

		region:    config.Region,
		config:    config,
		mutations: &sync.RWMutex{},
	}
}

// awsConfig is built by hand: the SDK's own loader reads files and metadata.
func awsConfig(config Config, options ...func(*middleware.Stack) error) aws.Config {
	return aws.Config{
		Region:       config.Region,
		BaseEndpoint: aws.String(config.Endpoint),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: config.AccessKey, SecretAccessKey: config.SecretKey, Source: "environment"}, nil
		}),
		// The emulator answers its own bugs with status 500; a second try
		// would only hide where they come from.
		Retryer:    func() aws.Retryer { return aws.NopRetryer{} },
		HTTPClient: loopbackClient(),
		APIOptions: options,
	}
}

// loopbackClient never leaves this machine: it takes no proxy from the
// environment and refuses to dial any other address, whatever a name resolves to.
func loopbackClient() *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	return &http.Client{
		Timeout: 2 * time.Minute,
		Transport: transport.Buffered(&http.Transport{
			MaxIdleConnsPerHost: 16,
			IdleConnTimeout:     30 * time.Second,
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				conn, err := dialer.DialContext(ctx, network, address)
				if err != nil {
					return nil, err
				}
				if remote, ok := conn.RemoteAddr().(*net.TCPAddr); !ok || !remote.IP.IsLoopback() {
					_ = conn.Close()
					return nil, fmt.Errorf("%s is not a loopback address: the local AWS never leaves this machine", address)
				}
				return conn, nil
			},
		}),
	}
}

// CheckLoopback returns an error that names field unless endpoint is a URL of
// this machine.
func CheckLoopback(field, endpoint string) error {
	const fix = "set AWS_ENDPOINT_URL to the local AWS, for example http://127.0.0.1:5000"
	if endpoint == "" {
		return fmt.Errorf("%s: not set; this is a stand-in for tests that works against a loopback address only: %s", field, fix)
	}
	u, err := url.Parse(endpoint)
	if err != nil {
		return fmt.Errorf("%s: %q is not a URL: %w; %s", field, endpoint, err, fix)
	}
	if !slices.Contains([]string{"http", "https"}, u.Scheme) || u.Host == "" {
		return fmt.Errorf("%s: %q is not an http URL; %s", field, endpoint, fix)
	}
	host := u.Hostname()
	if ip := net.ParseIP(host); (ip != nil && ip.IsLoopback()) || strings.EqualFold(host, "localhost") {
		return nil
	}
	return fmt.Errorf("%s: %q is not a loopback address; this is a stand-in for tests and never calls AWS: %s", field, endpoint, fix)
}
