// Package fact holds what is known, and what is not. At a preview much is not
// known yet, and somebody else's network is known only as far as it is
// declared. Whoever decides something asks whether the fact is known, so that
// nobody takes an unknown value for an empty one.
package fact

// Of is a value that is known, or not known. The zero Of is not known.
type Of[T any] struct {
	value         T
	known, secret bool
}

// Known is a fact that is known.
func Known[T any](value T) Of[T] { return Of[T]{value: value, known: true} }

// Secret is a fact that is known and marked secret: it decides like any other,
// and nothing of it may be shown.
func Secret[T any](value T) Of[T] { return Of[T]{value: value, known: true, secret: true} }

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

// IsSecret says whether the value is known and marked secret.
func (f Of[T]) IsSecret() bool { return f.secret }

// Open is what everybody may know of the fact: nothing where it is secret.
func (f Of[T]) Open() Of[T] {
	if f.secret {
		return Unknown[T]()
	}
	return f
}

// Or is the value, or another one where it is not known.
func (f Of[T]) Or(other T) T {
	if f.known {
		return f.value
	}
	return other
}

// Is says whether a fact is known to be a value.
func Is[T comparable](f Of[T], value T) bool { return f.known && f.value == value }

// Map is what follows from a fact: known where that is, and as secret.
func Map[T, U any](f Of[T], follow func(T) U) Of[U] {
	if !f.known {
		return Unknown[U]()
	}
	return Of[U]{follow(f.value), true, f.secret}
}
