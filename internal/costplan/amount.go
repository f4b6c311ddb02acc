package costplan

import (
	"math"
	"strconv"
	"strings"
)

// The units in which amounts are whole numbers. With the limits of their
// parsers, no sum of products here comes near what an int64 holds.
type (
	// Micro is a price in millionths of a dollar.
	Micro int64
	// Milli is a quantity in thousandths of an hour or of a gigabyte.
	Milli int64
	// Nano is a cost in billionths of a dollar: a quantity times a price.
	Nano int64
	// Cents is a cost in cents, rounded.
	Cents int64
)

// The largest price of a unit in dollars, and how many Milli make one.
const (
	maxPrice = 1000
	milli    = 1000
)

// ParsePrice reads a price in dollars; false when it is not a number from 0 to
// 1000, or finer than a millionth of a dollar.
func ParsePrice(dollars float64) (Micro, bool) {
	micros, ok := digits(dollars, 6, maxPrice)
	return Micro(micros), ok && Micro(micros).Dollars() == dollars
}

// ParseGb reads gigabytes, to a megabyte; false when it is not a number from 0
// to [MaxGb].
func ParseGb(gb float64) (Milli, bool) {
	megabytes, ok := digits(gb, 3, MaxGb)
	return Milli(megabytes), ok
}

// digits reads a number as somebody wrote it, in units of so many decimals:
// 0.1 is a tenth, and not the float64 nearest to it.
func digits(number float64, decimals, most int) (int64, bool) {
	if math.IsNaN(number) || number < 0 || number > float64(most) {
		return 0, false
	}
	text := strings.Replace(strconv.FormatFloat(math.Abs(number), 'f', decimals, 64), ".", "", 1)
	units, err := strconv.ParseInt(text, 10, 64)
	return units, err == nil
}

// Dollars is a price as a number.
func (m Micro) Dollars() float64 { return float64(m) / 1e6 }

// Number is a quantity as a number.
func (m Milli) Number() float64 { return float64(m) / milli }

// Cents is a cost as a bill has it, halves rounded up.
func (n Nano) Cents() Cents { return Cents((n + 5e6) / 1e7) }

// Dollars is a cost as the number that prints so: 87.6, not 87.60000000000001.
func (c Cents) Dollars() float64 { return float64(c) / 100 }
