package host

import "context"

type programKey struct{}

// WithProgram says which program a constructor runs for. The plugin makes a
// context for every construction, so the context itself does not tell.
func WithProgram(ctx context.Context, program any) context.Context {
	return context.WithValue(ctx, programKey{}, program)
}

// Program returns what tells a program from others in the same process: what
// the plugin said, or own, the context of a Go program.
func Program(ctx context.Context, own any) any {
	if program := ctx.Value(programKey{}); program != nil {
		return program
	}
	return own
}
