package windows

import (
	"encoding/base64"
	"fmt"
	"math"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// keys are the key columns of a table: where in its batches they are, and what
// has been loaded of them.
type keys struct {
	selection
	owners [][]int // of a key each: a game is due for two teams
	at     int
	order  []int
	reset  int // −1 is none
	team   int // −1 is none

	codes, teamCodes, resetCodes *rolling.Dictionary // shared by the tables

	nullReset bool // it may be NULL, as in a row

	apart   exactKeys // shared by the tables
	ofTeams bool      // the owners are teams, and those of the rows are not

	owner  []int32
	unit   expr.Type // DATE, TIMESTAMP, or NULL without rows
	days   []int32
	micros []int64
	orders []orderColumn
	resets []int32
	teams  []int32
	places places // of each key's row
}

// newKeys finds the key columns in a table; named are the names that it has for a
// column of the rows.
func newKeys(in selection, s *Spec, owner []string, named func(column string) []string) (*keys, error) {
	k := &keys{selection: in, reset: -1, team: -1}
	several := 1
	for _, column := range append([]string{s.At, s.Reset}, owner...) {
		if column != "" {
			several = max(several, len(named(column)))
		}
	}
	if err := k.findOwners(owner, several, named); err != nil {
		return nil, err
	}
	var err error
	if k.at, k.unit, err = k.addKey("at", s.At, named(s.At)[0]); err != nil {
		return nil, err
	}
	if k.unit != expr.Date && !timestamps(k.unit) && k.unit != expr.Null {
		return nil, k.fail("at", noTime, k.columns[k.at], k.unit)
	}
	if s.Reset != "" {
		k.reset, _, err = k.addKey("reset", s.Reset, named(s.Reset)[0])
	}
	return k, err
}

func (k *keys) findOwners(owner []string, several int, named func(string) []string) error {
	k.owners = make([][]int, several)
	for _, column := range owner {
		names := named(column)
		for i := range k.owners {
			at, typ, err := k.addKey("entity", column, names[min(i, len(names)-1)])
			if err != nil {
				return err
			}
			if !typ.Computable() {
				return k.fail("entity", "column %q is %s and cannot be a key", k.columns[at], typ)
			}
			k.owners[i] = append(k.owners[i], at)
		}
	}
	return nil
}

// findOrder finds the columns that break ties.
func (k *keys) findOrder(s *Spec, named func(string) []string) error {
	for _, column := range s.Order {
		at, typ, err := k.addKey("order", column, named(column)[0])
		if err != nil {
			return err
		}
		o := orderColumn{name: column, typ: typ}
		if !o.rankable() {
			return k.fail("order", "column %q is %s, which has no order: name another, or declare its --type", k.columns[at], typ)
		}
		k.order, k.orders = append(k.order, at), append(k.orders, o)
	}
	return nil
}

// load appends the keys of a batch.
func (k *keys) load(b *expr.Batch) error {
	if err := k.begin(b); err != nil {
		return err
	}
	for i := range b.Rows {
		for _, owner := range k.owners {
			if err := k.loadKey(b, i, owner); err != nil {
				return err
			}
		}
	}
	return nil
}

// begin refuses a batch with more lines than are counted, or keys that are not told
// apart.
func (k *keys) begin(b *expr.Batch) error {
	if b.Rows > 0 && b.Lines[b.Rows-1] > math.MaxUint32 {
		return fmt.Errorf("%s has more than %d lines: split it by entity", k.table.name, math.MaxUint32)
	}
	return k.tellApart(b)
}

func (k *keys) loadKey(b *expr.Batch, i int, owner []int) error {
	if c := k.lacks(b, i, owner); c >= 0 {
		return fmt.Errorf("%s: %s is %s, and a key needs it: fill it in, or leave the row out", k.table.at(place{b.File, b.Lines[i]}), k.columns[c], nothing(&b.Columns[c], i))
	}
	k.owner = append(k.owner, k.codes.Code(keyText(b, owner, i)))
	k.places.add(b, i)
	if at := b.Columns[k.at].Ints[i]; k.unit == expr.Date {
		k.days = append(k.days, int32(at))
	} else {
		k.micros = append(k.micros, at)
	}
	for n, c := range k.order {
		k.orders[n].add(&b.Columns[c], i)
	}
	if k.reset >= 0 {
		code := int32(-1)
		if v := &b.Columns[k.reset]; nothing(v, i) == "" {
			code = k.resetCodes.Code(valueText(v, i))
		}
		k.resets = append(k.resets, code)
	}
	if k.team >= 0 {
		k.teams = append(k.teams, k.teamCodes.Code(valueText(&b.Columns[k.team], i)))
	}
	return nil
}

// lacks returns the first column that a key needs and a row has nothing in, or −1.
func (k *keys) lacks(b *expr.Batch, i int, owner []int) int {
	reset := k.reset
	if k.nullReset {
		reset = -1
	}
	for _, columns := range [...][]int{owner, {k.at}, k.order, {reset, k.team}} {
		for _, c := range columns {
			if c >= 0 && nothing(&b.Columns[c], i) != "" {
				return c
			}
		}
	}
	return -1
}

// keys returns what was loaded, but for the order.
func (k *keys) keys() rolling.Keys {
	out := rolling.Keys{Entity: rolling.Coded(k.owner), At: rolling.Dates(k.days), Reset: k.resets}
	if k.owner == nil {
		out.Entity = rolling.Coded([]int32{})
	}
	switch k.unit {
	case expr.Timestamp:
		out.At = rolling.Timestamps(k.micros)
	case expr.DateTime:
		out.At = rolling.Datetimes(k.micros)
	}
	return out
}

// noTime is the error of a column that says when and is no time.
const noTime = "column %q is %s and not a DATE or a TIMESTAMP in every row: mend it, or declare --type %[1]s=DATE or, where there is a time of day, " +
	"--type %[1]s=TIMESTAMP (read as UTC where it names no zone), which shows the cells that are none"

// timestamps reports whether times are counted in microseconds.
func timestamps(t expr.Type) bool { return t == expr.Timestamp || t == expr.DateTime }

func isNull(v *expr.Vector, i int) bool { return v.Type == expr.Null || !v.Valid.Get(i) }

// nothing says what stands for no value: NULL, or NaN, which is none either. It is
// empty for a value.
func nothing(v *expr.Vector, i int) string {
	switch {
	case isNull(v, i):
		return "NULL"
	case v.Type == expr.Float64 && math.IsNaN(v.Floats[i]):
		return "NaN"
	}
	return ""
}

// valueText is the one text of a value.
func valueText(v *expr.Vector, i int) string {
	if v.Type == expr.String {
		return v.Texts[i]
	}
	return v.Value(i).String()
}

// writtenText is the text of a value in CSV and NDJSON; BYTES are base64, as BigQuery
// exports and loads them.
func writtenText(v *expr.Vector, i int) string {
	if v.Type == expr.Bytes {
		return base64.StdEncoding.EncodeToString([]byte(v.Texts[i]))
	}
	return valueText(v, i)
}

// keyText writes the parts of a key as one text, different ones differently.
func keyText(b *expr.Batch, columns []int, i int) string {
	if len(columns) == 1 {
		return valueText(&b.Columns[columns[0]], i)
	}
	var out strings.Builder
	for n, c := range columns {
		if n > 0 {
			out.WriteString(separator)
		}
		escape.WriteString(&out, valueText(&b.Columns[c], i))
	}
	return out.String()
}

const separator = "\x1f"

var (
	escape   = strings.NewReplacer(`\`, `\\`, separator, `\u`)
	unescape = strings.NewReplacer(`\\`, `\`, `\u`, separator, separator, ", ")
)

// where says where a key's row is.
func (k *keys) where(i int) string { return k.table.at(k.places.of(i)) }

// ownerText shows whose a key is.
func (k *keys) ownerText(code int32) string {
	text := k.codes.Text(code)
	if len(k.owners[0]) > 1 {
		text = unescape.Replace(text)
	}
	return quality.Shortened(text)
}
