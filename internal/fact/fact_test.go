package fact

import "testing"

func TestUnknownIsNoValue(t *testing.T) {
	t.Parallel()
	var zero Of[string]
	for _, f := range []Of[string]{zero, Unknown[string](), Given[string](nil)} {
		if v, known := f.Get(); known || v != "" || f.IsKnown() {
			t.Errorf("%v counts as known", f)
		}
		if Is(f, "") {
			t.Error("what is not known is not the empty text")
		}
		if f.Or("safe") != "safe" {
			t.Error("what is not known must leave room for the cautious value")
		}
	}
}

func TestKnown(t *testing.T) {
	t.Parallel()
	empty := ""
	for _, f := range []Of[string]{Known(""), Given(&empty)} {
		if v, known := f.Get(); !known || v != "" || !f.IsKnown() {
			t.Errorf("%v: the empty text is known", f)
		}
		if !Is(f, "") || Is(f, "x") || f.Or("other") != "" {
			t.Errorf("%v is not taken for what it is", f)
		}
	}
}

func TestSecret(t *testing.T) {
	t.Parallel()
	f := Secret("x")
	if v, known := f.Get(); v != "x" || !known || !f.IsSecret() || !Is(f, "x") {
		t.Error("a secret fact must decide like any other")
	}
	if f.Open().IsKnown() || Known("x").Open() != Known("x") {
		t.Error("open must be everything but the secret")
	}
	length := func(s string) int { return len(s) }
	if got := Map(f, length); !Is(got, 1) || !got.IsSecret() {
		t.Errorf("what follows from a secret is one: %v", got)
	}
	if Map(Unknown[string](), length).IsKnown() || !Is(Map(Known("ab"), length), 2) {
		t.Error("what follows is known where the fact is")
	}
}
