package draw

import (
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// box is the place of something in a picture.
type box struct {
	left, top, right, bottom int
	what                     string
}

func (b box) overlaps(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

// parsed is what a picture is made of.
type parsed struct {
	width, height int
	texts         []box
	rects         []box // with their class
	lines         []box // the straight parts of lines, with their class
	elements      map[string]int
	attributes    map[string]int
}

var sizes = regexp.MustCompile(`\bt(\d+)\b`)

// parse reads a picture; it fails on what is not well-formed.
func parse(t *testing.T, picture string) parsed {
	t.Helper()
	p := parsed{elements: map[string]int{}, attributes: map[string]int{}}
	d := xml.NewDecoder(strings.NewReader(picture))
	var text map[string]string
	var said strings.Builder
	width, bold := 0, false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return p
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			at := map[string]string{}
			for _, a := range e.Attr {
				at[a.Name.Local] = a.Value
				p.attributes[a.Name.Local]++
			}
			p.elements[e.Name.Local]++
			number := func(name string) int {
				n, err := strconv.ParseFloat(at[name], 64)
				if at[name] != "" && err != nil {
					t.Fatalf("%s of %s: %v", name, e.Name.Local, err)
				}
				return int(n)
			}
			switch e.Name.Local {
			case "svg":
				p.width, p.height = number("width"), number("height")
			case "rect":
				x, y := number("x"), number("y")
				p.rects = append(p.rects, box{x, y, x + number("width"), y + number("height"), at["class"]})
			case "text":
				text, width = at, 0
				said.Reset()
				bold = strings.Contains(at["class"]+" ", " b ")
			case "tspan":
				bold = strings.Contains(at["class"]+" ", " b ")
			case "path":
				if strings.HasPrefix(at["class"], "wire") {
					p.lines = append(p.lines, segments(t, at["d"], at["class"])...)
				}
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "tspan":
				bold = false
			case "text":
				x, _ := strconv.Atoi(text["x"])
				y, _ := strconv.Atoi(text["y"])
				size := sizeOf(text["class"])
				switch text["text-anchor"] {
				case "middle":
					x -= width / 2
				case "end":
					x -= width
				}
				p.texts = append(p.texts, box{x, y - size*3/4, x + width, y + size/5, said.String()})
				text = nil
			}
		case xml.CharData:
			if text != nil {
				width += font{size: sizeOf(text["class"]), bold: bold}.width(string(e))
				said.Write(e)
			}
		}
	}
}

func sizeOf(class string) int {
	n, _ := strconv.Atoi(sizes.FindStringSubmatch(class)[1])
	return n
}

var pair = regexp.MustCompile(`[ML](-?\d+) (-?\d+)`)

func segments(t *testing.T, d, class string) []box {
	t.Helper()
	var out []box
	var last point
	for i, m := range pair.FindAllStringSubmatch(d, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		if i > 0 {
			if x != last.x && y != last.y {
				t.Errorf("a line goes askew: %s", d)
			}
			out = append(out, box{min(x, last.x), min(y, last.y), max(x, last.x) + 1, max(y, last.y) + 1, class + " " + d})
		}
		last = point{x, y}
	}
	return out
}

// checkLayout asserts what makes a picture legible, whatever is in it.
func checkLayout(t *testing.T, picture string) {
	t.Helper()
	p := parse(t, picture)
	if len(p.texts) == 0 {
		t.Fatal("nothing is written")
	}
	whole := box{0, 0, p.width, p.height, ""}
	for i, a := range p.texts {
		if a.left < whole.left || a.right > whole.right || a.top < whole.top || a.bottom > whole.bottom {
			t.Errorf("%q leaves the picture of %d×%d: %+v", a.what, p.width, p.height, a)
		}
		for _, b := range p.texts[:i] {
			if a.overlaps(b) {
				t.Errorf("%q is written over %q", a.what, b.what)
			}
		}
		for _, l := range p.lines {
			if a.overlaps(l) {
				t.Errorf("a line crosses %q: %s", a.what, l.what)
			}
		}
		for _, r := range p.rects {
			// A text is in a box, or outside of it, but on no border.
			inside := a.left >= r.left && a.right <= r.right && a.top >= r.top && a.bottom <= r.bottom
			if !inside && a.overlaps(r) && r.what != "inner" { // a gate covers that border
				t.Errorf("%q crosses the border of a box %q", a.what, r.what)
			}
		}
	}
	for _, r := range append(p.rects, p.lines...) {
		if r.left < 0 || r.top < 0 || r.right > p.width || r.bottom > p.height {
			t.Errorf("%s leaves the picture: %+v", r.what, r)
		}
	}
	for i, a := range p.lines {
		for _, b := range p.lines[:i] {
			if a.runsOn(b) {
				t.Errorf("lines of different kinds run on each other: %s and %s", a.what, b.what)
			}
		}
	}
	checkAlone(t, p, picture)
}

// runsOn says whether two parts of lines that lead to different places lie on
// each other.
func (b box) runsOn(o box) bool {
	lies := b.right-b.left == 1 && o.right-o.left == 1 && b.left == o.left && min(b.bottom, o.bottom)-max(b.top, o.top) > 12 ||
		b.bottom-b.top == 1 && o.bottom-o.top == 1 && b.top == o.top && min(b.right, o.right)-max(b.left, o.left) > 12
	if !lies {
		return false
	}
	return !oneBus(cornersOf(b.what), cornersOf(o.what))
}

func cornersOf(line string) []point {
	var out []point
	for _, m := range pair.FindAllStringSubmatch(line, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		out = append(out, point{x, y})
	}
	return out
}

// oneBus says whether two lines begin or end in one place: then they share their
// way. Where there is an arrow, a line ends a little before it.
func oneBus(p, q []point) bool {
	close := func(a, b point) bool { return abs(a.x-b.x)+abs(a.y-b.y) < 14 }
	for _, a := range []point{p[0], p[len(p)-1]} {
		for _, b := range []point{q[0], q[len(q)-1]} {
			if close(a, b) {
				return true
			}
		}
	}
	return false
}

// checkAlone asserts that a picture needs nothing but itself, and says what it
// is to those who do not see it.
func checkAlone(t *testing.T, p parsed, picture string) {
	t.Helper()
	for element := range p.elements {
		switch element {
		case "svg", "title", "desc", "style", "g", "rect", "path", "circle", "text", "tspan":
		default:
			t.Errorf("it has an element <%s>", element)
		}
	}
	for attribute := range p.attributes {
		if strings.HasPrefix(attribute, "on") || strings.Contains(attribute, "href") || attribute == "style" {
			t.Errorf("it has an attribute %s", attribute)
		}
	}
	style := picture[strings.Index(picture, "<style>"):strings.Index(picture, "</style>")]
	for _, bad := range []string{"url(", "@import", "@font-face", "expression"} {
		if strings.Contains(style, bad) {
			t.Errorf("its style has %s", bad)
		}
	}
	for _, want := range []string{` role="img"`, ` aria-labelledby="title desc"`, `<title id="title">`, `<desc id="desc">`} {
		if !strings.Contains(picture, want) {
			t.Errorf("it has no %s", want)
		}
	}
}

func TestLayout(t *testing.T) {
	t.Parallel()
	for name, made := range systems {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkLayout(t, written(t, "svg", made()))
		})
	}
}

// TestAnyNetwork draws random networks with odd names and with parts missing.
func TestAnyNetwork(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			one := func() *system { return anySystem(rand.New(rand.NewPCG(seed, 1))) }
			picture := written(t, "svg", one())
			checkLayout(t, picture)
			if written(t, "svg", one()) != picture {
				t.Error("the same network gives other bytes the second time")
			}
			chart := written(t, "mmd", one())
			checkChart(t, chart)
			if written(t, "mmd", one()) != chart {
				t.Error("the same network gives another chart the second time")
			}
		})
	}
}

func FuzzNames(f *testing.F) {
	f.Add("net", "<script>", "--> `#quot;` %%{init}%%")
	f.Fuzz(func(t *testing.T, vpc, zone, service string) {
		s := newSystem()
		v := s.vpc("net", "10.0.0.0/16")
		v.URN, v.ID = vpc, service
		a := subnet(v, service, zone, "10.0.0.0/24")
		s.service(service, "open", "closed", "undecided", a)
		s.endpoint(v, zone, service, "limited", vpc, a)
		checkLayout(t, written(t, "svg", s))
		checkChart(t, written(t, "mmd", s))
	})
}
