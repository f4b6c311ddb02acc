package cloud

import (
	"context"
	"errors"
	"slices"
	"strings"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
)

// rule puts one API operation right.
type rule struct {
	// before refuses what AWS refuses and may complete the input.
	before func(ctx context.Context, c *Cloud, in any) error
	// instead answers an operation that the emulator does not serve.
	instead func(ctx context.Context, c *Cloud, in any) (out any, err error)
	// after makes good what the emulator forgets.
	after func(ctx context.Context, c *Cloud, in, out any) error
	// source is AWS's documentation of what the rule does.
	source string
}

// before types a refusal.
func before[In any](f func(ctx context.Context, c *Cloud, in *In) error) func(context.Context, *Cloud, any) error {
	return func(ctx context.Context, c *Cloud, in any) error { return f(ctx, c, in.(*In)) }
}

// after types an amendment.
func after[In, Out any](f func(ctx context.Context, c *Cloud, in *In, out *Out) error) func(context.Context, *Cloud, any, any) error {
	return func(ctx context.Context, c *Cloud, in, out any) error { return f(ctx, c, in.(*In), out.(*Out)) }
}

// instead types an answer.
func instead[In, Out any](f func(ctx context.Context, c *Cloud, in *In) (*Out, error)) func(context.Context, *Cloud, any) (any, error) {
	return func(ctx context.Context, c *Cloud, in any) (any, error) { return f(ctx, c, in.(*In)) }
}

// rules are keyed by service id and operation, for example "EC2.CreateVpc".
// Each file of this package adds the rules of one kind of resource.
var rules = map[string]rule{}

func addRules(more map[string]rule) bool {
	for operation, r := range more {
		if _, twice := rules[operation]; twice {
			panic("two rules for " + operation)
		}
		rules[operation] = r
	}
	return true
}

// addRules wraps every request of a client in its rule and the record.
func (c *Cloud) addRules(stack *middleware.Stack) error {
	return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("LocalAWS", func(
		ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
	) (out middleware.InitializeOutput, metadata middleware.Metadata, err error) {
		service, operation := awsmiddleware.GetServiceID(ctx), awsmiddleware.GetOperationName(ctx)
		r, ruled := rules[service+"."+operation]
		switch {
		case ruled && strings.HasPrefix(operation, "Describe"):
			// Readers need not wait for each other.
			c.mutations.RLock()
			defer c.mutations.RUnlock()
		case ruled:
			c.mutations.Lock()
			defer c.mutations.Unlock()
		}
		// What the caller sent, before a rule completes it.
		request := Request{Service: service, Operation: operation, Input: fields(in.Parameters), URN: urnOf(ctx)}
		defer func() {
			if err != nil {
				request.Error = err.Error()
				if code := Code(err); code != "" {
					request.Error = code + ": " + err.Error()
				}
			}
			if failed := c.config.Recorder.record(request); failed != nil {
				err = errors.Join(err, failed)
			}
		}()
		if r.before != nil {
			if err := r.before(ctx, c.raw, in.Parameters); err != nil {
				return out, metadata, err
			}
		}
		if r.instead != nil {
			out.Result, err = r.instead(ctx, c.raw, in.Parameters)
			return out, metadata, err
		}
		out, metadata, err = next.HandleInitialize(ctx, in)
		if err == nil && r.after != nil {
			err = r.after(ctx, c.raw, in.Parameters, out.Result)
		}
		return out, metadata, err
	}), middleware.After)
}

func contains[S ~[]E, E comparable](list S, e E) bool { return slices.Contains(list, e) }
