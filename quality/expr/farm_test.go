package expr

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Values of FARM_FINGERPRINT as BigQuery's documentation and FarmHash's own tests
// have them; texts of all lengths are held against the reference implementation.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/hash_functions#farm_fingerprint
func TestFarmFingerprint(t *testing.T) {
	for text, want := range map[string]int64{
		"foo":         6150913649986995171,
		"1footrue":    -1541654101129638711,
		"2applefalse": 2794438866806483259,
		"3true":       -4880158226897771312,
	} {
		assert.Equal(t, want, int64(farmFingerprint([]byte(text))), text)
	}
}
