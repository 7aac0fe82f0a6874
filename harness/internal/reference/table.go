package reference

import "fmt"

func encodeTable(t Table) (tableProto, contentProto, error) {
	definition := tableProto{Name: t.Name, Columns: make([]columnProto, len(t.Columns))}
	types := make([]typ, len(t.Columns))
	for i, c := range t.Columns {
		var err error
		if types[i], err = parseType(c.Type); err != nil {
			return tableProto{}, contentProto{}, fmt.Errorf("column %s: %w", c.Name, err)
		}
		definition.Columns[i] = columnProto{c.Name, encodeType(types[i])}
	}
	var content contentProto
	for n, row := range t.Rows {
		if len(row) != len(types) {
			return tableProto{}, contentProto{}, fmt.Errorf("row %d: %d values for %d columns", n, len(row), len(types))
		}
		cells := make([]valueProto, len(row))
		for i, v := range row {
			var err error
			if cells[i], err = encode(types[i], v); err != nil {
				return tableProto{}, contentProto{}, fmt.Errorf("row %d, column %s: %w", n, t.Columns[i].Name, err)
			}
		}
		content.Table.Rows = append(content.Table.Rows, rowProto{cells})
	}
	return definition, content, nil
}

func decodeResult(reply *evaluateResponse) (*Result, error) {
	res := &Result{Columns: make([]Column, len(reply.Prepared.Columns))}
	types := make([]typ, len(res.Columns))
	for i, c := range reply.Prepared.Columns {
		var err error
		if types[i], err = decodeType(c.Type); err != nil {
			return nil, fmt.Errorf("result column %d (%s): %w", i+1, c.Name, err)
		}
		res.Columns[i] = Column{c.Name, types[i].String()}
	}
	for _, r := range reply.Content.Table.Rows {
		row := make([]any, len(r.Cells))
		for i, cell := range r.Cells {
			var err error
			if row[i], err = decode(types[i], cell); err != nil {
				return nil, fmt.Errorf("result column %d (%s): %w", i+1, res.Columns[i].Name, err)
			}
		}
		res.Rows = append(res.Rows, row)
	}
	return res, nil
}

func encodeType(t typ) typeProto {
	switch t.kind {
	case kindArray:
		return typeProto{Kind: "TYPE_ARRAY", Array: &arrayProto{encodeType(*t.element)}}
	case kindStruct:
		fields := make([]structFieldProto, len(t.fields))
		for i, f := range t.fields {
			fields[i] = structFieldProto{f.name, encodeType(f.typ)}
		}
		return typeProto{Kind: "TYPE_STRUCT", Struct: &structProto{fields}}
	}
	return typeProto{Kind: scalarKinds[t.kind]}
}

func decodeType(p typeProto) (typ, error) {
	switch {
	case p.Array != nil:
		element, err := decodeType(p.Array.Element)
		return typ{kind: kindArray, element: &element}, err
	case p.Struct != nil:
		t := typ{kind: kindStruct, fields: make([]field, len(p.Struct.Fields))}
		for i, f := range p.Struct.Fields {
			ft, err := decodeType(f.Type)
			if err != nil {
				return typ{}, err
			}
			t.fields[i] = field{f.Name, ft}
		}
		return t, nil
	}
	name, known := scalarNames[p.Kind]
	if !known {
		return typ{}, fmt.Errorf("values of %s are not read here", p.Kind)
	}
	return typ{kind: name}, nil
}
