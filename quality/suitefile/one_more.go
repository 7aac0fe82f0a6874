package suitefile

import (
	"errors"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// OneMore reads one more check, written as an entry of the suite's checks, as it would
// be read there: with the keys that the checks have in common, and held against what
// else the suite says. The suite stays as it is.
func (f File) OneMore(text string) (quality.Rule, error) {
	if f.oneMore == nil {
		return quality.Rule{}, errors.New("the suite was not read from a file")
	}
	return f.oneMore(text)
}

// adder is File.OneMore of a suite that has been read.
func adder(kinds catalogue, shared common, s quality.Suite) func(string) (quality.Rule, error) {
	return func(text string) (quality.Rule, error) {
		var read []rule
		some := common{shared.entries, map[string]bool{}}
		err := form.Read("check", "to add", []byte(text), func() form.Form {
			return form.List(func() form.Form { return ruleForm(kinds, &some, &read) })
		})
		if err == nil && len(read) != 1 {
			err = fmt.Errorf("it is %d checks, and no one check", len(read))
		}
		if err != nil {
			return quality.Rule{}, err
		}
		with := s
		with.Rules = append(slices.Clone(s.Rules), read[0].Rule)
		for _, m := range with.Mistakes() {
			if m.Rule == len(s.Rules) {
				return quality.Rule{}, m.Err
			}
		}
		return read[0].Rule, nil
	}
}
