package rolling

import (
	"errors"
	"maps"
	"slices"
	"time"

	"cloud.google.com/go/civil"
)

// Fields says where the columns of a slice of structs are. Entity and one of
// Date and Time are needed, the rest is left nil where it is not used.
type Fields[T any] struct {
	Entity func(T) string
	Date   func(T) civil.Date
	Time   func(T) time.Time
	Order  func(T) int64
	Reset  func(T) string // "" is NULL
	// Counted is the predicate of rows.
	Counted func(T) Truth
	// Excused and Due are those of expected keys; a zero time is due.
	Excused func(T) bool
	Due     func(T) time.Time
	// Values are the FLOAT64 columns by name; false is NULL.
	Values map[string]func(T) (float64, bool)
}

// Columns are what [Read] makes of a slice of structs, in the order of the slice.
type Columns struct {
	Keys    Keys
	Counted []Truth
	Excused []bool
	Due     []int64
	Values  []Column
}

// Rows returns the columns as rows.
func (c Columns) Rows() Rows { return Rows{Keys: c.Keys, Counted: c.Counted} }

// Expected returns the columns as expected keys.
func (c Columns) Expected() *Expected {
	return &Expected{Keys: c.Keys, Excused: c.Excused, Due: c.Due}
}

// Points returns the columns as points.
func (c Columns) Points() *Keys { return &c.Keys }

// Read reads columns out of structs in any order. Entities and resets get their
// codes from the dictionary, which rows, expected keys and points must share.
func Read[T any](d *Dictionary, rows []T, f Fields[T]) (Columns, error) {
	if f.Entity == nil || (f.Date == nil) == (f.Time == nil) {
		return Columns{}, errors.New("fields: give Entity and one of Date and Time")
	}
	var c Columns
	entities := make([]int32, len(rows))
	dates, micros := make([]int32, len(rows)), make([]int64, len(rows))
	for i, row := range rows {
		entities[i] = d.Code(f.Entity(row))
		if f.Date != nil {
			dates[i] = Day(f.Date(row))
		} else {
			micros[i] = f.Time(row).UnixMicro()
		}
		if f.Order != nil {
			c.Keys.Order = append(c.Keys.Order, f.Order(row))
		}
		if f.Reset != nil {
			code := int32(-1)
			if text := f.Reset(row); text != "" {
				code = d.Code(text)
			}
			c.Keys.Reset = append(c.Keys.Reset, code)
		}
		if f.Counted != nil {
			c.Counted = append(c.Counted, f.Counted(row))
		}
		if f.Excused != nil {
			c.Excused = append(c.Excused, f.Excused(row))
		}
		if f.Due != nil {
			c.Due = append(c.Due, due(f.Due(row)))
		}
	}
	c.Keys.Entity, c.Keys.At = Coded(entities), Dates(dates)
	if f.Time != nil {
		c.Keys.At = Timestamps(micros)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Values)) {
		values, valid := make([]float64, len(rows)), NewBitmap(len(rows))
		for i, row := range rows {
			v, ok := f.Values[name](row)
			if values[i] = v; ok {
				valid.Set(i)
			}
		}
		c.Values = append(c.Values, Float64s(name, values, valid))
	}
	return c, nil
}

func due(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
