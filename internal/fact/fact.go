// Package fact holds what is known, and what is not. At a preview much is not
// known yet, and somebody else's network is known only as far as it is
// declared. Whoever decides something asks whether the fact is known, so that
// nobody takes an unknown value for an empty one.
package fact

// Of is a value that is known, or not known. The zero Of is not known.
type Of[T any] struct {
	value T
	known bool
}

// Known is a fact that is known.
func Known[T any](value T) Of[T] { return Of[T]{value: value, known: true} }

// Unknown is a fact that is not known.
func Unknown[T any]() Of[T] { return Of[T]{} }

// Given is what a pointer points to, which is known unless the pointer is nil.
func Given[T any](p *T) Of[T] {
	if p == nil {
		return Unknown[T]()
	}
	return Known(*p)
}

// Get returns the value, and whether it is known.
func (f Of[T]) Get() (value T, known bool) { return f.value, f.known }

// IsKnown says whether the value is known.
func (f Of[T]) IsKnown() bool { return f.known }

// Or is the value, or another one where it is not known.
func (f Of[T]) Or(other T) T {
	if f.known {
		return f.value
	}
	return other
}

// Is says whether a fact is known to be a value.
func Is[T comparable](f Of[T], value T) bool { return f.known && f.value == value }
