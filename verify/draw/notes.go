package draw

// notes writes what has no place in a network, below it.
func (c *canvas) notes(s *sheet) {
	s.height = s.foot + 26
	width := s.width - 2*margin
	if len(s.picture.loose) > 0 {
		c.text(ground, headingFont, "", margin, s.height, left, "Not placed: their subnets are not known")
		s.height += 12
		x := margin
		for _, b := range s.picture.loose {
			w := 280
			if x+w > s.width-margin {
				x, s.height = margin, s.height+barHeight+barGap
			}
			c.begin(boxes, b.name+": "+b.told)
			c.bar(&bar{kind: b.kind, name: b.name, words: b.words, level: b.level, shut: b.shut}, x, s.height, w, w-20)
			c.end(boxes)
			x += w + barGap
		}
		s.height += barHeight + 32
	}
	c.paragraphs(s, "Not known", "undecided", s.picture.doubts, width)
	c.paragraphs(s, "Worth knowing", "", s.picture.remarks, width)
}

func (c *canvas) paragraphs(s *sheet, heading, class string, sentences []string, width int) {
	if len(sentences) == 0 {
		return
	}
	c.text(ground, nameFont, class, margin, s.height, left, heading)
	for _, sentence := range sentences {
		for i, line := range textFont.wrap(sentence, width-14) {
			s.height += lineHeight
			if i == 0 {
				c.text(ground, textFont, "soft", margin, s.height, left, "–")
			}
			c.text(ground, textFont, "", margin+14, s.height, left, line)
		}
	}
	s.height += 30
}

// legend says what the shapes mean.
func (c *canvas) legend(s *sheet) {
	entries := []struct {
		draw func(x, y int)
		icon int
		text string
	}{
		{func(x, y int) { c.line(open, true, point{x, y}, point{x + 32, y}) }, 40, "open path"},
		{func(x, y int) { c.line(undecided, true, point{x, y}, point{x + 32, y}) }, 40, "may be open: undecided"},
		{func(x, y int) { c.line(plain, true, point{x, y}, point{x + 32, y}) }, 40, "route or target"},
		{func(x, y int) { c.warning(boxes, x, y-7) }, 20, "open"},
		{func(x, y int) { c.question(boxes, x, y-6) }, 20, "undecided"},
		{func(x, y int) { c.lock(boxes, x, y-8) }, 18, "isolated"},
		{func(x, y int) { c.rect(boxes, "box shut", x+1, y-7, 26, 14, 4, 24) }, 35, "no internet path crosses"},
	}
	c.add(ground, `<path class="wire" d="M%d %dH%d" stroke-width="1"/>`, margin, s.height-8, s.width-margin)
	s.height += 14
	x := margin
	for _, e := range entries {
		w := e.icon + textFont.width(e.text) + 22
		if x+w-22 > s.width-margin {
			x, s.height = margin, s.height+22
		}
		e.draw(x, s.height-4)
		c.text(boxes, textFont, "", x+e.icon, s.height, left, e.text)
		x += w
	}
	for _, line := range textFont.wrap("in: from the internet to tasks · out: from tasks to the internet · data: by an open endpoint policy", s.width-2*margin) {
		s.height += 22
		c.text(boxes, textFont, "soft", margin, s.height, left, line)
	}
	s.height += margin - 6
}
