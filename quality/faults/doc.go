// Package faults breaks tables as pipelines do: rows are lost or come twice, a column
// is NULL, zero or frozen in a segment, ids change their format, a window has seen the
// row that it is for. A suite that is worth its name fails on the broken twin of a
// table that it passes on.
//
//	table, err := faults.Hold(ctx, source)
//	...
//	broken, effects, err := table.Break(1,
//		faults.Null{Column: "usage_rate", Where: expr.Col("season").Eq("2025-26"), OneIn: 2},
//		faults.Lose{Where: expr.Col("game_date").Eq(civil.Date{Year: 2026, Month: 1, Day: 5})},
//	)
//	engine := rows.NewEngine(map[string]expr.Source{suite.Table: broken})
//
// A fault is deterministic: which rows it meets hangs on the table and on the seed
// alone. What it changes is copied, all else is shared with the table, which stays as
// it is. A fault that would change nothing is a [NoEffectError].
package faults
