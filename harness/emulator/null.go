package emulator

import "cloud.google.com/go/bigquery"

// plain takes a value out of package bigquery's Null types; what is not valid
// is nil.
func plain(value bigquery.Value) bigquery.Value {
	switch v := value.(type) {
	case bigquery.NullInt64:
		return valid(v.Int64, v.Valid)
	case bigquery.NullFloat64:
		return valid(v.Float64, v.Valid)
	case bigquery.NullBool:
		return valid(v.Bool, v.Valid)
	case bigquery.NullString:
		return valid(v.StringVal, v.Valid)
	case bigquery.NullDate:
		return valid(v.Date, v.Valid)
	case bigquery.NullTime:
		return valid(v.Time, v.Valid)
	case bigquery.NullDateTime:
		return valid(v.DateTime, v.Valid)
	case bigquery.NullTimestamp:
		return valid(v.Timestamp, v.Valid)
	case bigquery.NullJSON:
		return valid(v.JSONVal, v.Valid)
	}
	return value
}

func valid(v bigquery.Value, ok bool) bigquery.Value {
	if !ok {
		return nil
	}
	return v
}
