package draw

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		room int
		want string
	}{
		"there is room":          {"net-private-a", 200, "net-private-a"},
		"the ends are kept":      {"payments-service-production-us-east-1a", 120, "payments…-east-1a"},
		"no letter is cut":       {"名前名前名前名前名前", 60, "名前…前"},
		"no room but for a sign": {"net-private-a", 13, "…"},
		"nothing":                {"", 10, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := textFont.fit(tt.text, tt.room)
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if w := textFont.width(got); w > tt.room {
				t.Errorf("%q is %d wide, in a room of %d", got, w, tt.room)
			}
		})
	}
}

func TestParagraph(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		most int
		want []string
	}{
		"one line":            {"limited", 3, []string{"limited"}},
		"between words":       {"principals of account 1234567890", 3, []string{"principals of", "account", "1234567890"}},
		"an ARN, after signs": {"arn:aws:s3:::prod-us-east-1-starport-layer-bucket", 9, []string{"arn:aws:s3:::", "prod-us-east-", "1-starport-", "layer-bucket"}},
		"too long":            {"one two three four five six seven eight nine ten", 2, []string{"one two three", "four five six…"}},
		"no place to break":   {strings.Repeat("W", 30), 3, []string{"WWW…WW"}},
		"nothing":             {" ", 2, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := textFont.paragraph(tt.text, 84, tt.most)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			for _, line := range got {
				if w := textFont.width(line); w > 84 {
					t.Errorf("%q is %d wide", line, w)
				}
			}
		})
	}
}

// TestWidth compares with what Chromium 156 measured of Liberation Sans, which
// is as wide as Helvetica and Arial; a little room is kept above that.
func TestWidth(t *testing.T) {
	t.Parallel()
	tests := []struct {
		font     font
		text     string
		measured float64
	}{
		{titleFont, "Network of shop / dev", 207.8125},
		{headingFont, "VPC net-vpc", 82.46875},
		{textFont, "0.0.0.0/0 → net-nat-a", 113.40625},
		{textFont, "isolated subnet", 80.734375},
	}
	for _, tt := range tests {
		if got := float64(tt.font.width(tt.text)); got < tt.measured*1.07 || got > tt.measured*1.1 {
			t.Errorf("%q: %v, measured %v", tt.text, got, tt.measured)
		}
	}
}
