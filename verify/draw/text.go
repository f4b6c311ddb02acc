package draw

import (
	"math"
	"strings"
	"unicode"
)

// font is a size and a weight of the picture's one family.
type font struct {
	size int
	bold bool
}

var (
	titleFont   = font{size: 20, bold: true}
	headingFont = font{size: 14, bold: true}
	nameFont    = font{size: 13, bold: true}
	textFont    = font{size: 12}
	strongFont  = font{size: 12, bold: true}
)

// Advance widths of the printable ASCII characters, from space to "~", in
// thousandths of the size: those of Helvetica, which Arial and Liberation Sans
// share.
var (
	regularWidths = [95]int{
		278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
		556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
		1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
		667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
		333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
		556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
	}
	boldWidths = [95]int{
		278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
		556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
		975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
		667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
		333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
		611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
	}
)

// Widths of other characters, in thousandths of the size: letters as wide as
// the widest common ones, and whole squares for what is drawn in squares.
const (
	letterWidth = 720
	squareWidth = 1000
	// slack is kept because a reader's font may be wider.
	slack = 1.08
)

// width of a text, in pixels.
func (f font) width(s string) int {
	sum := 0
	for _, r := range s {
		switch {
		case r >= ' ' && r <= '~' && f.bold:
			sum += boldWidths[r-' ']
		case r >= ' ' && r <= '~':
			sum += regularWidths[r-' ']
		case r == '·':
			sum += 333
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
			// drawn over its neighbour, or not at all
		case r >= 0x2000 || unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana):
			sum += squareWidth
		default:
			sum += letterWidth
		}
	}
	return int(math.Ceil(float64(sum*f.size) / 1000 * slack))
}

// fit shortens a text in its middle until it is no wider than room: names
// differ at their ends.
func (f font) fit(s string, room int) string {
	if f.width(s) <= room {
		return s
	}
	letters := []rune(s)
	for keep := len(letters) - 1; keep > 0; keep-- {
		head := (keep + 1) / 2
		short := strings.TrimRight(string(letters[:head]), " ") + "…" + strings.TrimLeft(string(letters[len(letters)-keep+head:]), " ")
		if f.width(short) <= room {
			return short
		}
	}
	return "…"
}

// wrap breaks a text into lines no wider than room. A word that is wider itself,
// such as an ARN, is broken after one of its signs.
func (f font) wrap(s string, room int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && f.width(line+" "+word) <= room {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for f.width(word) > room {
			at := f.breakAt(word, room)
			if at == 0 {
				word = f.fit(word, room)
				break
			}
			lines = append(lines, word[:at])
			word = word[at:]
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// breakAt is where a long word is broken so that its beginning fits, or 0.
func (f font) breakAt(word string, room int) int {
	at := 0
	for i, r := range word {
		if strings.ContainsRune("-:/._", r) && f.width(word[:i+1]) <= room {
			at = i + 1
		}
	}
	return at
}

// printable is a text without what a picture or a line of text cannot hold:
// control characters, marks that turn the direction of writing, bytes that are
// no UTF-8.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r == unicode.ReplacementChar || r > 0xFFFD && r <= 0xFFFF:
			return '?'
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}

// fitEnd shortens a text at its end until it is no wider than room: a sentence
// is read from its beginning.
func (f font) fitEnd(s string, room int) string {
	if f.width(s) <= room {
		return s
	}
	letters := []rune(s)
	for keep := len(letters) - 1; keep > 0; keep-- {
		if short := strings.TrimRight(string(letters[:keep]), " ,;:") + "…"; f.width(short) <= room {
			return short
		}
	}
	return "…"
}

// paragraph breaks a text into at most that many lines, the last one cut when
// the text is longer.
func (f font) paragraph(s string, room, most int) []string {
	lines := f.wrap(s, room)
	if len(lines) <= most {
		return lines
	}
	return append(lines[:most-1:most-1], f.fitEnd(strings.Join(lines[most-1:], " "), room))
}
