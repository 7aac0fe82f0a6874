package emulator

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDatasetIDsAreAllowedAndDiffer(t *testing.T) {
	const test = "TestX/a b: c=é`/very long, very long, very long, very long, very long, very long, very long"
	first, second := UniqueID(test), UniqueID(test)
	assert.Regexp(t, regexp.MustCompile(`^TestX_a_b__c_[A-Za-z0-9_]{1,1000}$`), first)
	assert.NotEqual(t, first, second)
}
