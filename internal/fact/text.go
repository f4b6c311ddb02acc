package fact

// Text is a text as an argument gives it: what is known of it now, and the path
// of the argument, under which its value arrives.
type Text struct {
	// At is the argument's path: secrets["DB"].
	At string
	Of[string]
}

// In is the text with the value that has arrived, if one has.
func (t Text) In(values map[string]Of[string]) Text {
	if value, ok := values[t.At]; ok {
		t.Of = value
	}
	return t
}

// Open is what everybody may know of the text.
func (t Text) Open() Text {
	t.Of = t.Of.Open()
	return t
}
