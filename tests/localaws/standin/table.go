package standin

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	tf "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
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
	// change is what a new value does; nested rows inherit their parent's, and
	// say so only where they differ from it.
	change change
	// required rows are inputs that the SDK's Go type cannot mark (lists,
	// maps and unions); for the others the type says it.
	required bool
	// computed rows take AWS's value while the program gives none, so that
	// taking a value out of the program changes nothing.
	computed bool
	// set rows are lists whose order has no meaning.
	set bool
	// byDefault is the default that the official provider gives the property.
	byDefault any
	// autoName gives the property a name of the resource's own, which pulumi-aws
	// makes at most so many characters long.
	autoName int
	// json rows hold a policy document, as text or as an object.
	json bool
	// equal compares two values that differ only in writing, for example a
	// name and the ARN that AWS returns for it.
	equal func(was, is string) bool
	// equalIn compares two values by what the resource is besides. What AWS
	// tells is written down then, as the official provider does it.
	equalIn func(was, is string, d *tf.ResourceData) bool
	// check refuses values, or elements of a list, in a preview as the official
	// provider does.
	check checkFunc
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
	// unset are the properties that the official provider leaves null where the
	// program gives none; the others it writes as "", 0, false or [].
	unset []string
	// deleteFirst says that a replacement deletes the old resource before it
	// makes the new one.
	deleteFirst bool
	// properties are all properties of the type; table fills them in.
	properties []*property
	// source documents the outputs, checkSource is the part of the official
	// provider that the rows' check functions were written from.
	source, checkSource string
	// exactlyOne are groups of properties, of each of which the official provider
	// demands exactly one; a group of one is there where the others of it are
	// properties that no component of ours has.
	exactlyOne [][]string
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
	// in is what is planned: the program's inputs and, of computed properties
	// that it does not give, what is on record. state is what is on record; was
	// is the same in an update, and nil in a creation.
	in, was, state object
	// diff holds the names of the properties that an update changes.
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
		loadBalancerType, targetGroupType, listenerType, listenerRuleType,
		clusterType, clusterCapacityProvidersType, taskDefinitionType, serviceType,
		logGroupType,
		roleType, rolePolicyType, rolePolicyAttachmentType,
		instanceProfileType, launchTemplateType, autoScalingGroupType, capacityProviderType,
		repositoryType, lifecyclePolicyType,
		gatewayAPIType, vpcLinkType, integrationType, gatewayRouteType, stageType, namespaceType, cloudMapServiceType,
	} {
		t.properties = t.shape()
		byToken[t.token] = t
	}
	return byToken
})

// elementTyper is what the SDK's Args structs tell about their plain form.
type elementTyper interface{ ElementType() reflect.Type }

// plain returns the SDK's plain struct of the type's arguments.
func (t *resourceType) plain() reflect.Type { return t.args.(elementTyper).ElementType() }

// hasTags reports whether the type takes tags as a map, and the provider's
// default tags with them.
func (t *resourceType) hasTags() bool { return slices.Contains(t.outputs, "tagsAll") }
