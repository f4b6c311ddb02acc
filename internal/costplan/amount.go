package costplan

import (
	"math"
	"math/big"
	"strconv"
)

// million is how many prices of the smallest kind make a dollar.
const million = 1_000_000

// Dollars is the exact value of a price.
func (m Micro) Dollars() *big.Rat { return big.NewRat(int64(m), million) }

// ParsePrice reads a price in dollars; false when it is not a number from 0 to
// a million dollars, or finer than a millionth of one.
func ParsePrice(dollars float64) (Micro, bool) {
	exact, ok := ParseQuantity(dollars)
	if !ok || exact.Cmp(big.NewRat(million, 1)) > 0 {
		return 0, false
	}
	micros := exact.Mul(exact, big.NewRat(million, 1))
	if !micros.IsInt() {
		return 0, false
	}
	return Micro(micros.Num().Int64()), true
}

// ParseQuantity reads a number as somebody wrote it: 0.1 is a tenth, and not
// the float64 nearest to it. It is false for what is negative or no number.
func ParseQuantity(number float64) (*big.Rat, bool) {
	if math.IsNaN(number) || math.IsInf(number, 0) || number < 0 {
		return nil, false
	}
	return new(big.Rat).SetString(strconv.FormatFloat(number, 'g', -1, 64))
}

// Round returns an amount to so many decimals, halves away from zero, as the
// number that prints so: 87.6, and not 87.60000000000001.
func Round(amount *big.Rat, decimals int) float64 {
	number, err := strconv.ParseFloat(amount.FloatString(decimals), 64)
	if err != nil {
		return math.Inf(1) // larger than any number here can be
	}
	return number
}
