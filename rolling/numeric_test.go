package rolling

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNumericRoundsHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		values []string
		mean   string
	}{
		{[]string{"0.000000001", "0"}, "0.000000001"},
		{[]string{"-0.000000001", "0"}, "-0.000000001"},
		{[]string{"0.000000001", "0", "0"}, "0"},
		{[]string{"1", "0", "0"}, "0.333333333"},
		{[]string{"2", "0", "0"}, "0.666666667"},
		{[]string{"99999999999999999999999999999.999999999", "99999999999999999999999999999.999999999"}, "99999999999999999999999999999.999999999"},
		{[]string{"-99999999999999999999999999999.999999999", "99999999999999999999999999999.999999999"}, "0"},
	} {
		var n []Numeric
		for _, s := range c.values {
			v, err := ParseNumeric(s)
			require.NoError(t, err)
			require.Equal(t, s, v.String())
			n = append(n, v)
		}
		z, reason := ofNumerics(mean, n)
		require.Equal(t, Whole, reason)
		require.Equal(t, c.mean, z.n.String(), "%v", c.values)
	}
	most, err := ParseNumeric("99999999999999999999999999999.999999999")
	require.NoError(t, err)
	_, reason := ofNumerics(sum, []Numeric{most, most})
	require.Equal(t, NonFinite, reason)
	for _, s := range []string{"", "-", ".", "1e3", "1.0000000001", "100000000000000000000000000000", "--1", "+1", "1.2.3"} {
		_, err := ParseNumeric(s)
		require.Error(t, err, s)
	}
}
