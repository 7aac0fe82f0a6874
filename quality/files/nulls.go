package files

// texts are some texts that are looked for among cells.
type texts struct {
	all    map[string]bool
	starts [256]bool
	empty  bool
	some   bool
}

func newTexts(all []string) (t texts) {
	t.some = len(all) > 0
	for _, s := range all {
		if s == "" {
			t.empty = true
			continue
		}
		if t.all == nil {
			t.all = map[string]bool{}
		}
		t.all[s] = true
		t.starts[s[0]] = true
	}
	return t
}

func (t *texts) have(b []byte) bool {
	if len(b) == 0 {
		return t.empty
	}
	return t.all != nil && t.starts[b[0]] && t.all[string(b)]
}
