package expr

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// What a FLOAT64 is told as is read back as it, and is the decimal that the same text
// is told as in a NUMERIC.
func TestFloatsAreToldByValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Float64().Draw(t, "f")
		if rapid.Bool().Draw(t, "few digits") {
			f = math.Round(f*1000) / 1000
		}
		text := string(appendToldFloat(nil, f))
		if f-f != 0 {
			return
		}
		back, err := strconv.ParseFloat(text, 64)
		assert.NoError(t, err)
		assert.Equal(t, f+0, back)
		if size := math.Abs(f); size == 0 || size >= LeastToldFloat && size < LargeToldFloat {
			r, ok := new(big.Rat).SetString(text)
			assert.True(t, ok)
			assert.Equal(t, decimalText(r), text)
			assert.False(t, strings.HasPrefix(text, "-0") && f == 0)
		}
	})
}

// The digits are those of the text that SQL makes, however few of them tell the number.
func TestFloatsAreToldAsFormatted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Float64().Draw(t, "f")
		if rapid.Bool().Draw(t, "near 1") {
			f = math.Ldexp(1+rapid.Float64Range(0, 1).Draw(t, "mantissa"), rapid.IntRange(-60, 120).Draw(t, "power"))
		}
		if size := math.Abs(f); size < LeastToldFloat || size >= LargeToldFloat {
			return
		}
		r, ok := new(big.Rat).SetString(string(shortest(f)))
		assert.True(t, ok)
		assert.Equal(t, decimalText(r), string(appendToldFloat(nil, f)))
	})
}
