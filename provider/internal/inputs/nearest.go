package inputs

import (
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// nearest returns the name that a misspelt one most likely stands for, or "".
func nearest(misspelt string, names []string) string {
	plain := fold(misspelt)
	best, fewest := "", (len(plain)+1)/3+1
	for _, name := range names {
		if d := words.Edits(plain, fold(name)); d < fewest {
			best, fewest = name, d
		}
	}
	if best == "" {
		best = onlyOneWith(plain, names)
	}
	return best
}

// onlyOneWith finds a name that was cut short: cidr for cidrBlock, memory for
// memoryMib. Where several would do, none is better than a wrong guess.
func onlyOneWith(part string, names []string) (found string) {
	if len(part) < 3 {
		return ""
	}
	for _, name := range names {
		if !strings.Contains(fold(name), part) {
			continue
		}
		if found != "" {
			return ""
		}
		found = name
	}
	return found
}

// fold takes away what people get wrong without misspelling: cidr_block,
// CidrBlock and cidr-block are all cidrBlock.
func fold(name string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(name))
}
