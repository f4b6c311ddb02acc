package standin

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	tf "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// errNotFound is what a type's read returns for a resource that is gone.
var errNotFound = errors.New("not found")

// resource is the type as Terraform's SDK takes it: its functions hand the
// type's own ones a request in Pulumi's shapes, and write what was read back.
func (t *resourceType) resource() *tf.Resource {
	r := &tf.Resource{
		Schema:               schemas(t.properties),
		CustomizeDiff:        t.customizeDiff,
		CreateWithoutTimeout: t.createResource,
		ReadWithoutTimeout:   t.readResource,
		DeleteWithoutTimeout: t.deleteResource,
		Importer:             &tf.ResourceImporter{StateContext: t.importResource},
		Timeouts:             t.timeouts(),
	}
	if t.update != nil {
		r.UpdateWithoutTimeout = t.updateResource
	}
	return r
}

// timeouts are those that a resource's customTimeouts can override.
func (t *resourceType) timeouts() *tf.ResourceTimeout {
	limit := func(d time.Duration) *time.Duration {
		if d == 0 {
			return nil
		}
		return &d
	}
	return &tf.ResourceTimeout{Create: limit(t.createTimeout), Update: limit(t.updateTimeout), Delete: limit(t.deleteTimeout)}
}

// begin prepares a call of the type: a context that ends with the timeout of
// the operation or when the engine cancels, and the request.
func (t *resourceType) begin(ctx context.Context, d *tf.ResourceData, meta any, operation string) (context.Context, *request, func(), error) {
	s := meta.(*Server)
	c, err := s.clients()
	if err != nil {
		return nil, nil, nil, err
	}
	limit := d.Timeout(operation)
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("timeout after %s", limit))
	stop := context.AfterFunc(s.cancelled, cancel)
	return ctx, &request{cloud: c, poll: s.poll, id: d.Id()}, func() { stop(); cancel() }, nil
}

func (t *resourceType) createResource(ctx context.Context, d *tf.ResourceData, meta any) diag.Diagnostics {
	ctx, r, done, err := t.begin(ctx, d, meta, tf.TimeoutCreate)
	if err != nil {
		return diag.FromErr(err)
	}
	defer done()
	r.in, r.state = fromTerraform(t.properties, d.GetRawPlan(), false), object{}
	r.tags = r.in.strMap("tagsAll")
	id, err := t.create(ctx, r)
	if id == "" && err == nil {
		err = errors.New("the local AWS returned no id")
	}
	d.SetId(id)
	if err != nil {
		return diag.FromErr(ended(ctx, err))
	}
	r.id = id
	return t.refresh(ctx, d, r)
}

func (t *resourceType) updateResource(ctx context.Context, d *tf.ResourceData, meta any) diag.Diagnostics {
	ctx, r, done, err := t.begin(ctx, d, meta, tf.TimeoutUpdate)
	if err != nil {
		return diag.FromErr(err)
	}
	defer done()
	r.in, r.state = fromTerraform(t.properties, d.GetRawPlan(), false), fromTerraform(t.properties, d.GetRawState(), false)
	r.was = r.state
	r.tags, r.oldTags = r.in.strMap("tagsAll"), r.state.strMap("tagsAll")
	r.diff = t.changes(d)
	if err := t.update(ctx, r); err != nil {
		return diag.FromErr(ended(ctx, err))
	}
	return t.refresh(ctx, d, r)
}

// changes names the properties that an update changes.
func (t *resourceType) changes(d *tf.ResourceData) []string {
	var out []string
	for _, p := range t.properties {
		if d.HasChange(p.attribute) {
			out = append(out, p.name)
			if p.name == "tagsAll" {
				out = append(out, "tags")
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (t *resourceType) readResource(ctx context.Context, d *tf.ResourceData, meta any) diag.Diagnostics {
	ctx, r, done, err := t.begin(ctx, d, meta, tf.TimeoutRead)
	if err != nil {
		return diag.FromErr(err)
	}
	defer done()
	if r.state, err = t.recorded(d); err != nil {
		return diag.FromErr(err)
	}
	r.in = r.state
	return t.refresh(ctx, d, r)
}

func (t *resourceType) deleteResource(ctx context.Context, d *tf.ResourceData, meta any) diag.Diagnostics {
	ctx, r, done, err := t.begin(ctx, d, meta, tf.TimeoutDelete)
	if err != nil {
		return diag.FromErr(err)
	}
	defer done()
	if r.state, err = t.recorded(d); err != nil {
		return diag.FromErr(err)
	}
	r.in = r.state
	if err := t.remove(ctx, r); err != nil && !errors.Is(err, errNotFound) {
		return diag.FromErr(ended(ctx, err))
	}
	return nil
}

func (t *resourceType) importResource(ctx context.Context, d *tf.ResourceData, meta any) ([]*tf.ResourceData, error) {
	if t.importID == nil {
		return []*tf.ResourceData{d}, nil
	}
	ctx, r, done, err := t.begin(ctx, d, meta, tf.TimeoutRead)
	if err != nil {
		return nil, err
	}
	defer done()
	r.in, r.state = object{}, object{}
	id, err := t.importID(ctx, r, r.id)
	if err != nil {
		return nil, err
	}
	d.SetId(id)
	for _, p := range t.properties {
		if r.state.has(p.name) {
			if err := d.Set(p.attribute, p.toTerraform(r.state.value(p.name))); err != nil {
				return nil, err
			}
		}
	}
	return []*tf.ResourceData{d}, nil
}

// recorded is the state that the resource has on record.
func (t *resourceType) recorded(d *tf.ResourceData) (object, error) {
	state := d.State()
	if state == nil {
		return object{}, nil
	}
	v, err := tf.StateValueFromInstanceState(state, (&tf.Resource{Schema: schemas(t.properties), Timeouts: t.timeouts()}).CoreConfigSchema().ImpliedType())
	if err != nil {
		return nil, err
	}
	return fromTerraform(t.properties, v, false), nil
}

// refresh reads the resource and writes what there is into d.
func (t *resourceType) refresh(ctx context.Context, d *tf.ResourceData, r *request) diag.Diagnostics {
	read, err := t.read(ctx, r)
	if errors.Is(err, errNotFound) && !d.IsNewResource() {
		d.SetId("")
		return nil
	}
	if err != nil {
		return diag.FromErr(ended(ctx, fmt.Errorf("reading %s: %w", r.id, err)))
	}
	values := resource.PropertyMap{}
	for name, v := range read {
		values[resource.PropertyKey(name)] = resource.NewPropertyValue(v)
	}
	if t.hasTags() {
		values["tagsAll"] = values["tags"]
	}
	for _, p := range t.properties {
		v := values[resource.PropertyKey(p.name)]
		if !t.writes(p, r, v) {
			continue
		}
		if err := d.Set(p.attribute, p.toTerraform(v)); err != nil {
			return diag.FromErr(fmt.Errorf("%s: %w", p.name, err))
		}
	}
	return nil
}

// writes reports whether reading the resource writes the property. What the
// local AWS does not store stays as it is on record, and so does what AWS only
// writes differently. What AWS does not tell is written as none, unless the
// official provider leaves it null.
func (t *resourceType) writes(p *property, r *request, read resource.PropertyValue) bool {
	known := r.in.value(p.name)
	switch {
	case p.row.reason != "":
		// A computed property that stayed null would be planned again and again.
		return !read.IsNull() || p.schema.Computed && known.IsNull()
	case p.row.notReadBack && !known.IsNull():
		return false
	case read.IsNull():
		return !slices.Contains(t.unset, p.name)
	case known.IsString() && read.IsString() && p.row.same() != nil:
		return !p.row.same()(known.StringValue(), read.StringValue())
	default:
		return true
	}
}

// customizeDiff plans what no single property can: tags over the provider's
// default tags, replacements that depend on several properties, and outputs
// that an update changes.
func (t *resourceType) customizeDiff(_ context.Context, d *tf.ResourceDiff, _ any) error {
	is := fromTerraform(t.properties, d.GetRawPlan(), true)
	if t.hasTags() {
		if err := planTags(d, is); err != nil {
			return err
		}
	}
	if d.Id() == "" {
		return nil
	}
	if t.replaceWhen != nil {
		if name := t.replaceWhen(fromTerraform(t.properties, d.GetRawState(), false), is); name != "" && d.HasChange(attributeName(name)) {
			if err := forceNew(d, attributeName(name)); err != nil {
				return err
			}
		}
	}
	if t.newOutputs != nil {
		for _, name := range t.newOutputs(t.planned(d), is) {
			if err := d.SetNewComputed(attributeName(name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// forceNew makes the change of an attribute, or of what is nested in it, a
// replacement.
func forceNew(d *tf.ResourceDiff, attribute string) error {
	for _, key := range append(d.GetChangedKeysPrefix(attribute), attribute) {
		if !d.HasChange(key) {
			continue
		}
		if err := d.ForceNew(key); err != nil {
			return err
		}
	}
	return nil
}

// planned names the properties that a plan changes.
func (t *resourceType) planned(d *tf.ResourceDiff) []string {
	var out []string
	for _, p := range t.properties {
		if slices.ContainsFunc(d.GetChangedKeysPrefix(p.attribute), func(key string) bool {
			return key == p.attribute || strings.HasPrefix(key, p.attribute+".")
		}) {
			out = append(out, p.name)
		}
	}
	return out
}

func planTags(d *tf.ResourceDiff, is object) error {
	if is.value("tags").ContainsUnknowns() {
		return d.SetNewComputed("tags_all")
	}
	wanted := is.strMap("tags")
	old, _ := d.GetChange("tags_all")
	had := object(resource.NewPropertyMapFromMap(map[string]any{"tags": old})).strMap("tags")
	if d.Id() != "" && maps.Equal(wanted, had) {
		return nil
	}
	if wanted == nil {
		wanted = map[string]string{}
	}
	return d.SetNew("tags_all", wanted)
}

// ended puts the reason of an ended context into words.
func ended(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil {
		return err
	}
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return fmt.Errorf("%w: %w", cause, err)
	}
	return fmt.Errorf("cancelled: %w", err)
}

// wait looks until done reports true, the context ends or a look fails.
func (r *request) wait(ctx context.Context, what string, done func() (bool, string, error)) error {
	last := "nothing"
	for {
		ok, now, err := done()
		if err != nil && ctx.Err() == nil {
			return err
		}
		if ok {
			return nil
		}
		if now != "" {
			last = now
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for %s (last seen: %s)", what, last)
		case <-time.After(r.poll):
		}
	}
}
