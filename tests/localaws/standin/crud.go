package standin

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

// errNotFound is what a type's read returns for a resource that is gone.
var errNotFound = errors.New("not found")

// defaultTimeout is the official provider's where a type names none.
const defaultTimeout = 20 * time.Minute

var unknown = resource.MakeComputed(resource.NewProperty(""))

func typeOf(u string) (*resourceType, error) {
	token := string(urn.URN(u).Type())
	if t, ok := table()[token]; ok {
		return t, nil
	}
	return nil, status.Errorf(codes.Unimplemented, "the aws stand-in does not serve %s; it serves %s", token, strings.Join(sortedKeys(table()), ", "))
}

// Check implements pulumirpc.ResourceProviderServer.
func (s *Server) Check(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	t, err := typeOf(req.GetUrn())
	if err != nil {
		return nil, err
	}
	olds, err := unmarshal("Check.olds", req.GetOlds())
	if err != nil {
		return nil, err
	}
	news, err := unmarshal("Check.news", req.GetNews())
	if err != nil {
		return nil, err
	}
	inputs, faults, err := t.checkInputs(req, olds, news)
	if err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return &pulumirpc.CheckResponse{Inputs: req.GetNews(), Failures: faults}, nil
	}
	checked, err := marshal("Check", inputs)
	return &pulumirpc.CheckResponse{Inputs: checked}, err
}

// Diff implements pulumirpc.ResourceProviderServer.
func (s *Server) Diff(_ context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	t, err := typeOf(req.GetUrn())
	if err != nil {
		return nil, err
	}
	state, err := unmarshal("Diff.olds", req.GetOlds())
	if err != nil {
		return nil, err
	}
	was, err := unmarshal("Diff.oldInputs", req.GetOldInputs())
	if err != nil {
		return nil, err
	}
	is, err := unmarshal("Diff.news", req.GetNews())
	if err != nil {
		return nil, err
	}
	d := t.diffInputs(was, is, state)
	// Default tags belong to the provider: other ones change resources whose
	// own inputs stay as they are.
	if t.hasTags() && len(d.kinds) == 0 && state.has("tagsAll") && s.defaultTagsChanged(is, state) {
		d.kinds["tagsAll"] = pulumirpc.PropertyDiff_UPDATE
	}
	for _, name := range req.GetIgnoreChanges() {
		delete(d.kinds, name)
		d.replaces = without(d.replaces, []string{name})
	}
	out := &pulumirpc.DiffResponse{
		Changes:             pulumirpc.DiffResponse_DIFF_NONE,
		HasDetailedDiff:     true,
		DetailedDiff:        map[string]*pulumirpc.PropertyDiff{},
		Diffs:               d.names(),
		Replaces:            d.replaces,
		DeleteBeforeReplace: d.deleteBeforeReplace,
	}
	for name, kind := range d.kinds {
		out.Changes = pulumirpc.DiffResponse_DIFF_SOME
		out.DetailedDiff[name] = &pulumirpc.PropertyDiff{Kind: kind, InputDiff: name != "tagsAll"}
	}
	return out, nil
}

// hasTags reports whether the type takes tags as a map, and the provider's
// default tags with them.
func (t *resourceType) hasTags() bool { return slices.Contains(t.outputs, "tagsAll") }

func (s *Server) defaultTagsChanged(in, state object) bool {
	return !in.value("tags").ContainsUnknowns() && !maps.Equal(allTags(s.tags(), in.strMap("tags")), state.strMap("tagsAll"))
}

// allTags are a resource's tags over the provider's default tags.
func allTags(defaults, own map[string]string) map[string]string {
	all := map[string]string{}
	maps.Copy(all, defaults)
	maps.Copy(all, own)
	return all
}

// Create implements pulumirpc.ResourceProviderServer.
func (s *Server) Create(ctx context.Context, req *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	t, err := typeOf(req.GetUrn())
	if err != nil {
		return nil, err
	}
	in, err := unmarshal("Create", req.GetProperties())
	if err != nil {
		return nil, err
	}
	if req.GetPreview() {
		planned, err := marshal("Create", s.plan(t, in))
		return &pulumirpc.CreateResponse{Properties: planned}, err
	}
	r, ctx, done, err := s.request(ctx, req.GetUrn(), req.GetTimeout(), t.createTimeout)
	if err != nil {
		return nil, err
	}
	defer done()
	r.in, r.tags = in, allTags(s.tags(), in.strMap("tags"))
	id, err := t.create(ctx, r)
	if id == "" {
		if err == nil {
			err = errors.New("the local AWS returned no id")
		}
		return nil, fmt.Errorf("creating %s: %w", t.token, timeout(ctx, err))
	}
	r.id = id
	state, readErr := s.readState(ctx, t, r)
	if err = timeout(ctx, errors.Join(err, readErr)); err != nil {
		return nil, s.partly(t, id, in, state, fmt.Errorf("creating %s %s: %w", t.token, id, err))
	}
	properties, err := marshal("Create", state)
	return &pulumirpc.CreateResponse{Id: id, Properties: properties}, err
}

// Read implements pulumirpc.ResourceProviderServer, for refresh and import.
func (s *Server) Read(ctx context.Context, req *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	t, err := typeOf(req.GetUrn())
	if err != nil {
		return nil, err
	}
	was, err := unmarshal("Read.inputs", req.GetInputs())
	if err != nil {
		return nil, err
	}
	known, err := unmarshal("Read.properties", req.GetProperties())
	if err != nil {
		return nil, err
	}
	r, ctx, done, err := s.request(ctx, req.GetUrn(), 0, 0)
	if err != nil {
		return nil, err
	}
	defer done()
	r.id, r.in, r.state = req.GetId(), was, known
	imported := len(known) == 0 && len(was) == 0
	if imported && t.importID != nil {
		if r.id, err = t.importID(ctx, r, r.id); errors.Is(err, errNotFound) {
			return &pulumirpc.ReadResponse{}, nil
		} else if err != nil {
			return nil, err
		}
	}
	r.tags = allTags(s.tags(), was.strMap("tags"))
	state, err := s.readState(ctx, t, r)
	if errors.Is(err, errNotFound) {
		return &pulumirpc.ReadResponse{}, nil // no id: it is gone
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s %s: %w", t.token, r.id, err)
	}
	inputs := t.inputsFrom(was, state, imported, s.tags())
	wireInputs, err := marshal("Read.inputs", inputs)
	if err != nil {
		return nil, err
	}
	properties, err := marshal("Read", state)
	return &pulumirpc.ReadResponse{Id: r.id, Inputs: wireInputs, Properties: properties}, err
}

// inputsFrom returns the inputs that describe what was read. A value that AWS
// only writes differently stays as the program wrote it.
func (t *resourceType) inputsFrom(was, state object, imported bool, defaultTags map[string]string) object {
	in := object{}
	for name, row := range t.inputs {
		if strings.ContainsAny(name, ".[") {
			continue
		}
		key := resource.PropertyKey(name)
		before, read := was.value(name), state.value(name)
		switch {
		case zero(before) && zero(read):
			if was.has(name) {
				in[key] = before
			} else if imported && row.byDefault != nil && state.has(name) {
				in[key] = read // none is not false where the default is true
			}
		case absent(before):
			// What the program leaves to AWS is no drift.
			if !row.computed || imported {
				in[key] = read
			}
		case !absent(read) && t.same(name, before, read):
			in[key] = before
		case !absent(read):
			in[key] = read
		}
	}
	if imported {
		defaulted := []string{}
		for name, row := range t.inputs {
			if row.byDefault != nil && !strings.ContainsAny(name, ".[") {
				key := resource.PropertyKey(name)
				if !in.has(name) {
					in[key] = resource.NewPropertyValue(row.byDefault)
				}
				if same(in[key], resource.NewPropertyValue(row.byDefault)) {
					defaulted = append(defaulted, name)
				}
			}
		}
		slices.Sort(defaulted)
		in[defaultsKey] = resource.NewPropertyValue(defaulted)
	} else if was.has(defaultsKey) {
		in[defaultsKey] = was.value(defaultsKey)
	}
	if tags := in.strMap("tags"); len(tags) > 0 {
		own := map[string]any{}
		for k, v := range tags {
			if d, ok := defaultTags[k]; !ok || d != v || was.strMap("tags")[k] == v {
				own[k] = v
			}
		}
		in["tags"] = resource.NewPropertyValue(own)
		if len(own) == 0 && !was.has("tags") {
			delete(in, "tags")
		}
	}
	return in
}

// Update implements pulumirpc.ResourceProviderServer.
func (s *Server) Update(ctx context.Context, req *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	t, err := typeOf(req.GetUrn())
	if err != nil {
		return nil, err
	}
	state, err := unmarshal("Update.olds", req.GetOlds())
	if err != nil {
		return nil, err
	}
	was, err := unmarshal("Update.oldInputs", req.GetOldInputs())
	if err != nil {
		return nil, err
	}
	in, err := unmarshal("Update.news", req.GetNews())
	if err != nil {
		return nil, err
	}
	d := t.diffInputs(was, in, state)
	if req.GetPreview() {
		planned := maps.Clone(state)
		for name := range d.kinds {
			delete(planned, resource.PropertyKey(name))
		}
		maps.Copy(planned, s.known(t, in))
		if t.newOutputs != nil {
			for _, name := range t.newOutputs(d.names(), in) {
				planned[resource.PropertyKey(name)] = unknown
			}
		}
		properties, err := marshal("Update", planned)
		return &pulumirpc.UpdateResponse{Properties: properties}, err
	}
	r, ctx, done, err := s.request(ctx, req.GetUrn(), req.GetTimeout(), t.updateTimeout)
	if err != nil {
		return nil, err
	}
	defer done()
	r.id, r.in, r.was, r.state, r.diff = req.GetId(), in, was, state, d.names()
	r.tags, r.oldTags = allTags(s.tags(), in.strMap("tags")), state.strMap("tagsAll")
	if t.hasTags() && !maps.Equal(r.tags, r.oldTags) && !slices.Contains(r.diff, "tags") {
		r.diff = append(r.diff, "tags")
	}
	if t.update == nil {
		return nil, fmt.Errorf("updating %s %s: it has nothing to update", t.token, r.id)
	}
	err = t.update(ctx, r)
	after, readErr := s.readState(ctx, t, r)
	if err = timeout(ctx, errors.Join(err, readErr)); err != nil {
		return nil, s.partly(t, r.id, in, after, fmt.Errorf("updating %s %s: %w", t.token, r.id, err))
	}
	properties, err := marshal("Update", after)
	return &pulumirpc.UpdateResponse{Properties: properties}, err
}

// Delete implements pulumirpc.ResourceProviderServer.
func (s *Server) Delete(ctx context.Context, req *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	t, err := typeOf(req.GetUrn())
	if err != nil {
		return nil, err
	}
	state, err := unmarshal("Delete", req.GetProperties())
	if err != nil {
		return nil, err
	}
	r, ctx, done, err := s.request(ctx, req.GetUrn(), req.GetTimeout(), t.deleteTimeout)
	if err != nil {
		return nil, err
	}
	defer done()
	r.id, r.state, r.in = req.GetId(), state, state
	if err := timeout(ctx, t.remove(ctx, r)); err != nil && !errors.Is(err, errNotFound) {
		return nil, fmt.Errorf("deleting %s %s: %w", t.token, r.id, err)
	}
	return &emptypb.Empty{}, nil
}

// request prepares a call of a type: its clients, and a context that ends with
// the resource's timeout or when the engine cancels.
func (s *Server) request(ctx context.Context, u string, seconds float64, usual time.Duration) (*request, context.Context, func(), error) {
	c, err := s.clients()
	if err != nil {
		return nil, nil, nil, err
	}
	limit := time.Duration(seconds * float64(time.Second))
	if limit <= 0 {
		limit = usual
	}
	if limit <= 0 {
		limit = defaultTimeout
	}
	ctx, cancel := context.WithTimeoutCause(cloud.WithURN(ctx, u), limit, fmt.Errorf("timeout after %s", limit))
	stop := context.AfterFunc(s.cancelled, cancel)
	return &request{cloud: c, poll: s.poll}, ctx, func() { stop(); cancel() }, nil
}

// timeout puts the reason of an ended context into words.
func timeout(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil {
		return err
	}
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return fmt.Errorf("%w: %w", cause, err)
	}
	return fmt.Errorf("cancelled: %w", err)
}

// partly reports a resource that exists but is not as asked for, so that the
// engine records it and the next deployment repairs it.
func (s *Server) partly(t *resourceType, id string, in, state object, cause error) error {
	if state == nil {
		state = s.known(t, in)
	}
	properties, err := marshal("partly", state)
	if err != nil {
		return errors.Join(cause, err)
	}
	inputs, err := marshal("partly.inputs", in)
	if err != nil {
		return errors.Join(cause, err)
	}
	return rpcerror.WithDetails(rpcerror.New(codes.Unknown, cause.Error()), &pulumirpc.ErrorResourceInitFailed{
		Id: id, Properties: properties, Inputs: inputs, Reasons: []string{cause.Error()},
	})
}

// known returns the outputs that follow from the inputs alone.
func (s *Server) known(t *resourceType, in object) object {
	out := maps.Clone(in)
	delete(out, defaultsKey)
	if t.hasTags() {
		if in.value("tags").ContainsUnknowns() {
			out["tagsAll"] = unknown
		} else {
			out["tagsAll"] = resource.NewPropertyValue(allTags(s.tags(), in.strMap("tags")))
		}
	}
	return out
}

// plan returns the outputs of a resource that is to be made: what only AWS
// knows is unknown.
func (s *Server) plan(t *resourceType, in object) object {
	out := s.known(t, in)
	for _, name := range t.outputs {
		if _, ok := out[resource.PropertyKey(name)]; !ok {
			out[resource.PropertyKey(name)] = unknown
		}
	}
	for name, row := range t.inputs {
		if row.computed && !out.has(name) && !strings.ContainsAny(name, ".[") {
			out[resource.PropertyKey(name)] = unknown
		}
	}
	out["id"] = unknown
	return out
}

// readState reads a resource and completes it with what the local AWS does not
// store: the wanted value if there is one, else the value known so far. As with
// the official provider, the id is among the outputs too: a policy sees nothing
// else of it.
func (s *Server) readState(ctx context.Context, t *resourceType, r *request) (object, error) {
	// The wait for something slow may have used the time up; what there is
	// shall be recorded all the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	read, err := t.read(ctx, r)
	if err != nil {
		return nil, err
	}
	state := object{"id": resource.NewProperty(r.id)}
	for name, v := range read {
		if value := resource.NewPropertyValue(v); !value.IsNull() {
			state[resource.PropertyKey(name)] = value
		}
	}
	for name, row := range t.inputs {
		if strings.ContainsAny(name, ".[") || !row.notReadBack && row.reason == "" || state.has(name) {
			continue
		}
		if v := r.in.value(name); !v.IsNull() {
			state[resource.PropertyKey(name)] = v
		} else if v := r.state.value(name); !v.IsNull() && len(r.in) == 0 {
			state[resource.PropertyKey(name)] = v
		}
	}
	if t.hasTags() {
		all := state.strMap("tags")
		state["tagsAll"] = resource.NewPropertyValue(all)
		own := map[string]string{}
		wanted, defaults := r.in.strMap("tags"), s.tags()
		for k, v := range all {
			// A default tag is not the resource's own unless it says so too.
			if _, asked := wanted[k]; asked || defaults[k] != v || defaults[k] == "" {
				own[k] = v
			}
		}
		delete(state, "tags")
		if len(own) > 0 {
			state["tags"] = resource.NewPropertyValue(own)
		}
	}
	return state, nil
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
