// Package places is which observations a window is over. It brings rows and expected
// keys together by entity and key ([Part.Build]), and finds for each point the places
// that its windows are over and what is wrong with them ([Part.Chunks], [Table.View]).
// It knows no columns, no values and no statistics.
package places
