package standin

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// change says what a new value of a property does to a resource that exists.
type change int

const (
	// updates changes the resource in place.
	updates change = iota + 1
	// replaces makes the resource anew.
	replaces
)

// prop is a row of a resource type's table: what the official provider does
// with one input property. Nested properties have rows of their own, under
// paths such as "settings[].name".
type prop struct {
	// change is what a new value does; nested rows inherit their parent's.
	change change
	// required rows are inputs that the SDK's Go type cannot mark (lists,
	// maps and unions); for the others the type says it.
	required bool
	// computed rows take AWS's value while the program gives none, so that
	// taking a value out of the program changes nothing.
	computed bool
	// drifts rows are compared with what AWS has, as all are by the official
	// provider, and not with what the last deployment asked for.
	drifts bool
	// set rows are lists whose order has no meaning.
	set bool
	// byDefault is the default that the official provider gives the property.
	byDefault any
	// autoName gives the property a name of the resource's own, at most so
	// many characters long.
	autoName int
	// json rows hold a policy document, as text or as an object.
	json bool
	// equal compares two values that differ only in writing, for example a
	// name and the ARN that AWS returns for it.
	equal func(was, is resource.PropertyValue) bool
	// notReadBack rows are not stored by the local AWS: reading the resource
	// keeps the value that the state has, and tests assert on the request.
	notReadBack bool
	// request names the API operations and field that carry the property, for
	// example "CreateVpc.CidrBlock ModifyVpcAttribute.EnableDnsSupport".
	request string
	// reason says why no request carries the property.
	reason string
	// source is the documentation that the row was written from.
	source string
}

// resourceType is one type of the official provider.
type resourceType struct {
	token string
	// args and state are the SDK's own structs, for the names of properties.
	args, state any
	// inputs are the rows of the table, outputs the properties that only AWS
	// sets.
	inputs  map[string]prop
	outputs []string
	// source documents the outputs.
	source string
	// replaceWhen adds a property to those that replace the resource, for
	// changes that no single row can describe.
	replaceWhen func(was, is object) string
	// newOutputs names the outputs to which an update of the changed inputs
	// gives another value, so that a preview does not promise the old one.
	newOutputs func(changed []string, in object) []string
	// createTimeout, updateTimeout and deleteTimeout are the official
	// provider's; a resource's customTimeouts override them.
	createTimeout, updateTimeout, deleteTimeout time.Duration

	// create makes the resource. An id together with an error says that the
	// resource exists but is not as asked for.
	create func(ctx context.Context, r *request) (id string, err error)
	// read returns the resource's properties, or errNotFound.
	read func(ctx context.Context, r *request) (map[string]any, error)
	// update changes what r.changed reports. It cannot change the id.
	update func(ctx context.Context, r *request) error
	// remove deletes the resource; one that is gone already is no error.
	remove func(ctx context.Context, r *request) error
	// importID turns the id given to `pulumi import` into the resource's own,
	// where the two differ.
	importID func(ctx context.Context, r *request, id string) (string, error)
}

// request is what one call of the engine asks of a resource type.
type request struct {
	cloud *cloud.Cloud
	id    string
	// in are the wanted inputs, was the inputs before, state what was read last.
	in, was, state object
	// diff holds the names of the inputs that an update changes.
	diff []string
	// tags are the resource's tags, with the provider's default tags.
	tags map[string]string
	// oldTags are the tags before an update.
	oldTags map[string]string
	poll    time.Duration
}

// changed reports whether an update changes one of the named inputs.
func (r *request) changed(names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(r.diff, n) })
}

// All types, in the files that are named after them. To add one, write its
// file and list it here.
var table = sync.OnceValue(func() map[string]*resourceType {
	byToken := map[string]*resourceType{}
	for _, t := range []*resourceType{
		vpcType, vpcCidrType, subnetType, routeTableType, routeTableAssociationType,
		defaultSecurityGroupType, securityGroupType, ingressRuleType, egressRuleType,
		vpcEndpointType, flowLogType,
		internetGatewayType, eipType, natGatewayType, routeType,
		loadBalancerType, targetGroupType, listenerType,
		clusterType, clusterCapacityProvidersType, taskDefinitionType, serviceType,
		logGroupType,
		roleType, rolePolicyType, rolePolicyAttachmentType,
		instanceProfileType, launchTemplateType, autoScalingGroupType, capacityProviderType,
		repositoryType, lifecyclePolicyType,
		gatewayAPIType, vpcLinkType, integrationType, gatewayRouteType, stageType, namespaceType, cloudMapServiceType,
	} {
		byToken[t.token] = t
	}
	return byToken
})

// elementTyper is what the SDK's Args structs tell about their plain form.
type elementTyper interface{ ElementType() reflect.Type }

// plain returns the SDK's plain struct of the type's arguments.
func (t *resourceType) plain() reflect.Type { return t.args.(elementTyper).ElementType() }

// stateNames returns the names of all properties in the SDK's resource struct.
func (t *resourceType) stateNames() []string {
	var names []string
	s := reflect.TypeOf(t.state)
	for i := range s.NumField() {
		if name, ok := s.Field(i).Tag.Lookup("pulumi"); ok {
			names = append(names, name)
		}
	}
	return names
}
