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
