// Package words puts names into sentences, and finds the name that a misspelt
// one most likely stands for.
package words

import (
	"fmt"
	"strconv"
	"strings"
)

// And lists words: a, b and c.
func And[T any](values []T) string { return list(values, " and ") }

// Or lists alternatives: a, b or c.
func Or[T any](values []T) string { return list(values, " or ") }

// Commas lists values: a, b, c.
func Commas[T any](values []T) string { return strings.Join(texts(values), ", ") }

// Quote returns values in quotes.
func Quote[T ~string](values []T) []string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(string(v))
	}
	return quoted
}

func list[T any](values []T, last string) string {
	all := texts(values)
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + last + all[len(all)-1]
}

func texts[T any](values []T) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = fmt.Sprint(v)
	}
	return all
}

// Edits counts the letters that have to be inserted, removed or changed to make
// one text of another (Levenshtein), one row of the table at a time.
func Edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = min(diagonal, row[j], row[j+1]) + 1
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
