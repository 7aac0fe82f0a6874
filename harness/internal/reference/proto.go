package reference

import "encoding/json"

// The messages of the server that this package uses, as the bridge passes
// them: https://github.com/google/zetasql/tree/2023.08.1/zetasql/local_service

type typeProto struct {
	Kind   string       `json:"typeKind"`
	Array  *arrayProto  `json:"arrayType,omitempty"`
	Struct *structProto `json:"structType,omitempty"`
}

type arrayProto struct {
	Element typeProto `json:"elementType"`
}

type structProto struct {
	Fields []structFieldProto `json:"field"`
}

type structFieldProto struct {
	Name string    `json:"fieldName"`
	Type typeProto `json:"fieldType"`
}

// valueProto is one value. NULL has no field set.
type valueProto struct {
	Int64      *string         `json:"int64Value,omitempty"`
	Bool       *bool           `json:"boolValue,omitempty"`
	Double     json.RawMessage `json:"doubleValue,omitempty"` // a number, or a string for NaN, Infinity and -0
	String     *string         `json:"stringValue,omitempty"`
	Bytes      []byte          `json:"bytesValue,omitzero"`
	Date       *int32          `json:"dateValue,omitempty"` // days since 1970-01-01
	Timestamp  *timestampProto `json:"timestampValue,omitempty"`
	Datetime   *datetimeProto  `json:"datetimeValue,omitempty"`
	Time       *string         `json:"timeValue,omitempty"`
	Numeric    []byte          `json:"numericValue,omitzero"`
	BigNumeric []byte          `json:"bignumericValue,omitzero"`
	JSON       *string         `json:"jsonValue,omitempty"`
	Array      *elementsProto  `json:"arrayValue,omitempty"`
	Struct     *fieldsProto    `json:"structValue,omitempty"`
}

type timestampProto struct {
	Seconds string `json:"seconds,omitempty"`
	Nanos   int32  `json:"nanos,omitempty"`
}

type datetimeProto struct {
	BitField string `json:"bitFieldDatetimeSeconds"`
	Nanos    int32  `json:"nanos,omitempty"`
}

type elementsProto struct {
	Elements []valueProto `json:"element,omitempty"`
}

type fieldsProto struct {
	Fields []valueProto `json:"field,omitempty"`
}

type columnProto struct {
	Name string    `json:"name"`
	Type typeProto `json:"type"`
}

type tableProto struct {
	Name            string        `json:"name"`
	SerializationID int           `json:"serializationId"`
	Columns         []columnProto `json:"column"`
}

type catalogProto struct {
	Name             string       `json:"name"`
	Tables           []tableProto `json:"table"`
	BuiltinFunctions struct {
		Language languageProto `json:"languageOptions"`
	} `json:"builtinFunctionOptions"`
}

type contentProto struct {
	Table struct {
		Rows []rowProto `json:"row,omitempty"`
	} `json:"tableData"`
}

type rowProto struct {
	Cells []valueProto `json:"cell"`
}

type registerRequest struct {
	Catalog  catalogProto            `json:"simpleCatalog"`
	Contents map[string]contentProto `json:"tableContent"`
}

type registered struct {
	ID string `json:"registeredId"`
}

type parameterTypeProto struct {
	Name string    `json:"name"`
	Type typeProto `json:"type"`
}

type parameterProto struct {
	Name  string     `json:"name"`
	Value valueProto `json:"value"`
}

type evaluateRequest struct {
	SQL     string `json:"sql"`
	Options struct {
		Language   languageProto        `json:"languageOptions"`
		TimeZone   string               `json:"defaultTimezone"`
		Parameters []parameterTypeProto `json:"queryParameters"`
	} `json:"options"`
	CatalogID  string           `json:"registeredCatalogId"`
	Parameters []parameterProto `json:"params"`
}

type evaluateResponse struct {
	Content  contentProto `json:"content"`
	Prepared struct {
		Columns []columnProto `json:"columns"`
	} `json:"prepared"`
}
