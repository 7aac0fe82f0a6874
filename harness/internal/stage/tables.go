package stage

import (
	"cmp"
	"context"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// Tables tells of tables in the order of their names: of sources itself, and of
// the absent ones what others say.
func Tables(ctx context.Context, sources map[string]expr.Source, names []string, others func(absent []string) ([]quality.TableInfo, error)) ([]quality.TableInfo, error) {
	var here, absent []string
	for _, name := range names {
		if _, ok := sources[name]; ok {
			here = append(here, name)
		} else {
			absent = append(absent, name)
		}
	}
	found, err := rows.NewEngine(sources).Tables(ctx, here...)
	if err == nil && len(absent) > 0 {
		var more []quality.TableInfo
		more, err = others(absent)
		found = append(found, more...)
	}
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b quality.TableInfo) int {
		return cmp.Compare(slices.Index(names, a.Name), slices.Index(names, b.Name))
	})
	return found, nil
}
