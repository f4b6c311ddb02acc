package preflight

// Fact is a value that is known, or not known. The zero Fact is not known.
type Fact[T any] struct {
	value T
	known bool
}

// Known is a fact that is known.
func Known[T any](value T) Fact[T] { return Fact[T]{value: value, known: true} }

// Unknown is a fact that is not known.
func Unknown[T any]() Fact[T] { return Fact[T]{} }

// Get returns the value, and whether it is known.
func (f Fact[T]) Get() (value T, known bool) { return f.value, f.known }

// is says whether a fact is known to be a value.
func is[T comparable](f Fact[T], value T) bool { return f.known && f.value == value }
