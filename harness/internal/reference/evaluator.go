package reference

import (
	"context"
	"errors"
	"fmt"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

// Evaluator is a running reference implementation. It is safe for concurrent
// use.
type Evaluator struct {
	bridge   *bridge
	language languageProto
}

// Start finds the reference implementation and starts it. Close ends it; the
// end of this process does too. Tests call [Require].
func Start(ctx context.Context) (*Evaluator, error) {
	machine, err := sidecar.ThisMachine()
	if err != nil {
		return nil, err
	}
	folder, node, err := locate(machine)
	if err != nil {
		return nil, err
	}
	b, err := startBridge(ctx, node, folder)
	if err != nil {
		return nil, err
	}
	language, err := bigQueryLanguage(ctx, b)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("ask for the language's options: %w", err), b.proc.Stop())
	}
	return &Evaluator{bridge: b, language: language}, nil
}

// Close ends the reference implementation.
func (e *Evaluator) Close() error { return e.bridge.proc.Stop() }

// Query runs a query that reads no table.
func (e *Evaluator) Query(ctx context.Context, sql string, params ...Param) (*Result, error) {
	db, err := e.Load(ctx)
	if err != nil {
		return nil, err
	}
	res, err := db.Query(ctx, sql, params...)
	return res, errors.Join(err, db.Close(ctx))
}
