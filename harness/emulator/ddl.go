package emulator

import (
	"fmt"
	"strings"

	"cloud.google.com/go/bigquery"
)

// createStatement renders CREATE TABLE for a table. One created through
// the API would have 32-bit columns for FLOAT and would not enforce REQUIRED;
// DDL says FLOAT64 and NOT NULL.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#create_table_statement
func createStatement(t *Table) (string, error) {
	if len(t.Schema) == 0 {
		return "", fmt.Errorf("table %q has no columns: give it a schema", t.Name)
	}
	columns := make([]string, len(t.Schema))
	for i, field := range t.Schema {
		typ, err := sqlType(field)
		if err != nil {
			return "", fmt.Errorf("table %q: %w", t.Name, err)
		}
		columns[i] = quote(field.Name) + " " + typ
		if field.Required {
			columns[i] += " NOT NULL"
		}
	}
	return fmt.Sprintf("CREATE TABLE %s (\n\t%s\n)", t.SQL(), strings.Join(columns, ",\n\t")), nil
}

// sqlType names a field's type in GoogleSQL.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types
func sqlType(field *bigquery.FieldSchema) (string, error) {
	element, err := elementType(field)
	if err != nil || !field.Repeated {
		return element, err
	}
	return "ARRAY<" + element + ">", nil
}

// elementType names the type of a field's value, or of its elements where the
// field is repeated.
func elementType(field *bigquery.FieldSchema) (string, error) {
	switch field.Type {
	case bigquery.IntegerFieldType, "INT64":
		return "INT64", nil
	case bigquery.FloatFieldType, "FLOAT64":
		return "FLOAT64", nil
	case bigquery.BooleanFieldType, "BOOL":
		return "BOOL", nil
	case bigquery.StringFieldType, bigquery.BytesFieldType, bigquery.DateFieldType,
		bigquery.DateTimeFieldType, bigquery.TimeFieldType, bigquery.TimestampFieldType,
		bigquery.NumericFieldType, bigquery.BigNumericFieldType, bigquery.JSONFieldType:
		return string(field.Type), nil
	case bigquery.RecordFieldType, "STRUCT":
		fields := make([]string, len(field.Schema))
		for i, f := range field.Schema {
			typ, err := sqlType(f)
			if err != nil {
				return "", fmt.Errorf("%s: %w", field.Name, err)
			}
			fields[i] = quote(f.Name) + " " + typ
		}
		return "STRUCT<" + strings.Join(fields, ", ") + ">", nil
	}
	return "", fmt.Errorf("column %q: the emulator has no tables with type %q", field.Name, field.Type)
}

// quote renders a name as a quoted identifier, whatever it holds. In one, a
// back-quote is escaped by a backslash.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#quoted_identifiers
func quote(name string) string {
	return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`", "\n", `\n`).Replace(name) + "`"
}
