package quality

import "slices"

// Identity says which rows a table's name stands for, so that a table is recognised
// under any other name.
type Identity struct {
	// Of is what the rows are: the resolved table, or the device and inode of each
	// file.
	Of []string
	// Behind is what they are made from: the tables that a view reads, or that a
	// snapshot is of.
	Behind []string
	// Err says why it is not known what is behind.
	Err error
}

// Same reports whether both are the same rows, in whole or in part, or made from
// them: one cannot bear witness for the other. Two views may read a table in common;
// they are the same where they read the same tables and no others.
func (i Identity) Same(other Identity) bool {
	return overlap(i.Of, other.Of) || overlap(i.Of, other.Behind) || overlap(i.Behind, other.Of) ||
		len(i.Behind) > 0 && subset(i.Behind, other.Behind) && subset(other.Behind, i.Behind)
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(x string) bool { return !slices.Contains(b, x) })
}
