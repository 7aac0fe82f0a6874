package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/spf13/pflag"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/claim"
	"github.com/intactdata/intact/quality/files"
	"github.com/intactdata/intact/quality/googlesql"
)

// storeFlags say where claims are kept.
type storeFlags struct {
	store   string
	project string
	maxSkew time.Duration
}

// What stores begin with that are not folders.
const (
	bigqueryStore = "bigquery:"
	emulatorStore = "emulator:"
)

func (f *storeFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.store, "store", "", "where claims are kept: a folder, bigquery:[PROJECT.]DATASET, or emulator:DATASET of the emulator at INTACT_EMULATOR")
	flags.StringVar(&f.project, "project", "", "the project of tables named without one, and of the store's dataset")
	flags.DurationVar(&f.maxSkew, "max-skew", claim.DefaultMaxSkew, "how far clocks may differ: a claim is given up so long before it expires, and taken over so long after")
}

func (f *storeFlags) check() error {
	if f.store == "" {
		return errors.New("say where claims are kept, the same for all writers: --store FOLDER, or --store bigquery:DATASET (or INTACT_STORE in the environment)")
	}
	if f.maxSkew <= 0 {
		return fmt.Errorf("--max-skew %s: a time is more than 0", f.maxSkew)
	}
	return nil
}

// dataset is that of the store, false for a folder.
func (f *storeFlags) dataset() (project, dataset string, ok bool) {
	if dataset, ok = strings.CutPrefix(f.store, emulatorStore); ok {
		return emulator.Project, dataset, true
	}
	if dataset, ok = strings.CutPrefix(f.store, bigqueryStore); !ok {
		return "", "", false
	}
	if at := strings.LastIndexByte(dataset, '.'); at >= 0 {
		return dataset[:at], dataset[at+1:], true
	}
	return f.project, dataset, true
}

// claims are those of the store, until they are closed.
type claims struct {
	*claim.Manager
	// store is its name for other processes, wherever they run on this machine.
	store   string
	project string // of tables named without one
	close   func()
}

func (p Process) openClaims(ctx context.Context, f storeFlags) (*claims, error) {
	c := &claims{store: f.store, project: f.project, close: func() {}}
	log, err := c.open(ctx, p, f)
	if err != nil {
		c.close()
		return nil, err
	}
	c.Manager, err = claim.NewManager(log, claim.Options{Now: p.Now, Rand: rand.Reader, MaxSkew: f.maxSkew})
	return c, err
}

// open opens the log.
func (c *claims) open(ctx context.Context, p Process, f storeFlags) (claim.Log, error) {
	project, dataset, ok := f.dataset()
	if !ok {
		var err error
		c.store, err = filepath.Abs(f.store)
		return claim.NewFiles(c.store), err
	}
	options := bq.Options{Waiting: p.waiting}
	var client *bigquery.Client
	var err error
	if strings.HasPrefix(f.store, emulatorStore) {
		options.Dialect = bq.Emulator()
		client, err = p.sharedEmulator(ctx)
	} else {
		b := bigqueryFlags{project: project}
		client, err = b.open(ctx, p)
	}
	if err != nil {
		return nil, err
	}
	c.close = func() { client.Close() }
	engine, err := bq.New(client, options)
	if err != nil {
		return nil, err
	}
	if c.project == "" {
		c.project = client.Project()
	}
	if !strings.HasPrefix(f.store, emulatorStore) {
		c.store = bigqueryStore + client.Project() + "." + dataset
	}
	return engine.Versions(dataset, p.Now), nil
}

// sharedEmulator is a client of one that runs: nobody else sees what is kept in another.
func (p Process) sharedEmulator(ctx context.Context) (*bigquery.Client, error) {
	if url, _ := p.LookupEnv("INTACT_EMULATOR"); !strings.HasPrefix(url, "http") {
		return nil, fmt.Errorf("--store %s is for an emulator that all writers share: set INTACT_EMULATOR to its URL", emulatorStore)
	}
	server, err := emulator.Start(ctx)
	if err != nil {
		return nil, evaluationError{err}
	}
	client, err := server.Client(ctx)
	if err != nil {
		return nil, evaluationError{err}
	}
	return client, nil
}

// table is the one name of a table, by which all writers must call it, or of a file, which
// is written with a slash.
func (c *claims) table(name string) (string, error) {
	if strings.ContainsAny(name, `/\`) {
		return claim.FileTable(name)
	}
	if _, err := os.Stat(name); strings.Count(name, ".") == 1 && (err == nil || files.FormatOf(name, "") != "") {
		return "", fmt.Errorf("%s may be a file or a table: write ./%s for the file, or the table with its project", name, name)
	}
	t, err := googlesql.Renderer{Project: c.project, AnyProject: true}.Table(name)
	if err != nil {
		return "", fmt.Errorf("%w; a file is written with a slash: ./%s", err, name)
	}
	if _, shards := t.Shards(); shards {
		return "", fmt.Errorf("table %s is many tables: claim each by its own name", name)
	}
	if t.Project == "" {
		return t.Dataset + "." + t.Table, nil
	}
	return t.Project + "." + t.Dataset + "." + t.Table, nil
}
