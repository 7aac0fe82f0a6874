package quality_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
)

// The operators are the types with the method that seals RelationNode.
func TestOperatorsAreAllThereAre(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "operator.go", nil, 0)
	require.NoError(t, err)
	var sealed, listed []string
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil && f.Name.Name == "relation" {
			sealed = append(sealed, f.Recv.List[0].Type.(*ast.Ident).Name)
		}
	}
	for _, n := range quality.Operators() {
		listed = append(listed, reflect.TypeOf(n).Name())
	}
	assert.ElementsMatch(t, sealed, listed)
}
