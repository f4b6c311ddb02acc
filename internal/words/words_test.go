package words

import "testing"

func TestLists(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{And([]string{}), ""},
		{And([]string{"a"}), "a"},
		{And([]string{"a", "b", "c"}), "a, b and c"},
		{Or([]int{256, 512}), "256 or 512"},
		{Or([]string{"a", "b", "c"}), "a, b or c"},
		{Commas([]int{1, 2, 3}), "1, 2, 3"},
		{Commas(Quote([]string{"a", `b"`})), `"a", "b\""`},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}

func TestEdits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"logs", "logs", 0}, {"log", "logs", 1}, {"lgos", "logs", 2}, {"kitten", "sitting", 3}, {"flaw", "lawn", 2},
	} {
		if got, back := Edits(c.a, c.b), Edits(c.b, c.a); got != c.want || back != c.want {
			t.Errorf("%s, %s: got %d and %d, want %d", c.a, c.b, got, back, c.want)
		}
	}
}
