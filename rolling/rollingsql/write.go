package rollingsql

import (
	"errors"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// Literal writes the query as a SELECT with its values as literals, to be read or to be
// run by hand.
func (q *Query) Literal(r googlesql.Renderer) (string, error) {
	tables, err := q.tables(r)
	if err != nil {
		return "", err
	}
	s, err := q.write(googlesql.NewLiteralText(), tables)
	if err != nil {
		return "", err
	}
	return s.Text, nil
}

// View writes the query as a view. A view has no parameters, so its values are literals;
// unless Now is given, keys are due against the time at which it is read.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#create_view_statement
func (q *Query) View(r googlesql.Renderer, name string) (quality.Query, error) {
	text := googlesql.NewLiteralText()
	s, into, _, err := q.writeInto(text, r, name)
	if err != nil {
		return quality.Query{}, err
	}
	return text.Query("CREATE OR REPLACE VIEW "+into+" AS", s.Text)
}

// Create writes the query as a script that makes a table of the answers, partitioned
// by month. That there is a table of this name is an error.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#create_table_statement
func (q *Query) Create(r googlesql.Renderer, into string) (quality.Query, error) {
	text := googlesql.NewLiteralText() // each statement of a script would have to use all parameters
	s, table, tally, err := q.writeInto(text, r, into)
	if err != nil {
		return quality.Query{}, err
	}
	month := map[expr.Type]string{expr.Date: "DATE_TRUNC", expr.DateTime: "DATETIME_TRUNC", expr.Timestamp: "TIMESTAMP_TRUNC"}[q.unit()]
	at := text.Name(q.Rows.At)
	return text.Query(
		"CREATE TABLE "+table,
		"PARTITION BY "+month+"("+at+", MONTH)",
		"AS", s.Text+";",
		tally(table))
}

// Merge writes the query as a script that brings a table up to date: points that are in
// it get their new answers, and others are added. The table has the columns of
// [Statement.Schema]; others that it has are left as they are, and NULL in new rows.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#merge_statement
func (q *Query) Merge(r googlesql.Renderer, into string) (quality.Query, error) {
	text := googlesql.NewLiteralText()
	s, table, tally, err := q.writeInto(text, r, into)
	if err != nil {
		return quality.Query{}, err
	}
	keys := len(q.keys())
	columns := quotedNames(text, s.Schema)
	var on, set, values []string
	for i, c := range columns {
		same := "stored." + c + " = made." + c
		switch {
		case i >= keys:
			set = append(set, c+" = made."+c)
		case q.Rows.Reset == s.Schema[i].Name: // a row can be without
			on = append(on, "("+same+" OR stored."+c+" IS NULL AND made."+c+" IS NULL)")
		default:
			on = append(on, same)
		}
		values = append(values, "made."+c)
	}
	// Partitions of the table that have no points are not read.
	on = append(on, q.between(text, "stored."+text.Name(q.Rows.At))...)
	return text.Query(
		"CREATE TEMP TABLE "+made+" AS", s.Text+";",
		"MERGE INTO "+table+" AS stored USING "+made+" AS made",
		"ON "+strings.Join(on, "\n  AND "),
		"WHEN MATCHED THEN UPDATE SET "+list(set...),
		"WHEN NOT MATCHED THEN INSERT ("+list(columns...)+") VALUES ("+list(values...)+");",
		tally(made))
}

// Replace writes the query as a script that puts the answers for From to To in the place
// of those that a table has of these days, all of them or none.
// https://cloud.google.com/bigquery/docs/transactions
func (q *Query) Replace(r googlesql.Renderer, into string) (quality.Query, error) {
	if isZero(q.From) || isZero(q.To) {
		return quality.Query{}, errors.New("to replace the answers of some days, say which: give From and To")
	}
	text := googlesql.NewLiteralText()
	s, table, tally, err := q.writeInto(text, r, into)
	if err != nil {
		return quality.Query{}, err
	}
	columns := list(quotedNames(text, s.Schema)...)
	return text.Query(
		"CREATE TEMP TABLE "+made+" AS", s.Text+";",
		"BEGIN TRANSACTION;",
		"DELETE FROM "+table+" WHERE "+strings.Join(q.between(text, text.Name(q.Rows.At)), " AND ")+";",
		"INSERT INTO "+table+" ("+columns+") SELECT "+columns+" FROM "+made+";",
		"COMMIT TRANSACTION;",
		tally(made))
}

// made is the temporary table of a script's answers, which are computed once and told
// from what is stored.
const made = "intact_windows"

// writeInto writes the SELECT, names the table that it is for, and writes the last
// statement of a script, over the answers as they stand behind FROM.
func (q *Query) writeInto(text *googlesql.Text, r googlesql.Renderer, into string) (s *Statement, table string, tally func(answers string) string, err error) {
	if q.Partial {
		return nil, "", nil, errors.New("partial windows are to compare with, and no averages: they are not stored")
	}
	name, err := r.Table(into)
	if err != nil {
		return nil, "", nil, err
	}
	tables, err := q.tables(r)
	if err != nil {
		return nil, "", nil, err
	}
	s, err = q.write(text, tables)
	return s, name.SQL(), q.tally(text), err
}

func quotedNames(text *googlesql.Text, s expr.Schema) []string {
	out := make([]string, len(s))
	for i, f := range s {
		out[i] = text.Name(f.Name)
	}
	return out
}
