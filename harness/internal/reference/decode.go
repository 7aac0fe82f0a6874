package reference

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"cloud.google.com/go/civil"
)

// decode turns a value of the type into a Go value, NULL into nil.
func decode(t typ, p valueProto) (any, error) {
	switch {
	case p.Bool != nil:
		return *p.Bool, nil
	case p.Int64 != nil:
		return strconv.ParseInt(*p.Int64, 10, 64)
	case p.Double != nil:
		return strconv.ParseFloat(strings.Trim(string(p.Double), `"`), 64)
	case p.String != nil:
		return *p.String, nil
	case p.JSON != nil:
		return *p.JSON, nil
	case p.Bytes != nil:
		return p.Bytes, nil
	case p.Numeric != nil:
		return decodeDecimal(p.Numeric, numericScale), nil
	case p.BigNumeric != nil:
		return decodeDecimal(p.BigNumeric, bigNumericScale), nil
	case p.Date != nil:
		return epoch.AddDays(int(*p.Date)), nil
	case p.Timestamp != nil:
		seconds := p.Timestamp.Seconds
		if seconds == "" {
			seconds = "0"
		}
		n, err := strconv.ParseInt(seconds, 10, 64)
		return time.Unix(n, int64(p.Timestamp.Nanos)).UTC(), err
	case p.Datetime != nil:
		bits, err := strconv.ParseInt(p.Datetime.BitField, 10, 64)
		return civil.DateTime{
			Date: fromDateField(bits >> clockBits),
			Time: fromClockField(bits, int(p.Datetime.Nanos)),
		}, err
	case p.Time != nil:
		bits, err := strconv.ParseInt(*p.Time, 10, 64)
		return fromClockField(bits>>nanoBits, int(bits&(1<<nanoBits-1))), err
	case p.Array != nil:
		return decodeParts(p.Array.Elements, func(int) typ { return *t.element })
	case p.Struct != nil:
		if len(p.Struct.Fields) != len(t.fields) {
			return nil, fmt.Errorf("%d values for the %d fields of %s", len(p.Struct.Fields), len(t.fields), t)
		}
		return decodeParts(p.Struct.Fields, func(i int) typ { return t.fields[i].typ })
	}
	return nil, nil
}

func decodeParts(parts []valueProto, typeOf func(int) typ) (any, error) {
	values := make([]any, len(parts))
	for i, part := range parts {
		var err error
		if values[i], err = decode(typeOf(i), part); err != nil {
			return nil, err
		}
	}
	return values, nil
}
