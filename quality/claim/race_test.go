package claim_test

import (
	"bufio"
	"context"
	crand "crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/claim"
)

// racer is what a process is told that races others for days of a table.
type racer struct {
	Dir     string // of what they leave behind
	Dataset string // of the emulator, or a folder without one
	Offset  time.Duration
	Seed    uint64
	Tries   int
}

// raceVariable makes this test binary one of the racers.
const raceVariable = "INTACT_TEST_RACER"

func TestMain(m *testing.M) {
	text, ok := os.LookupEnv(raceVariable)
	if !ok {
		os.Exit(m.Run())
	}
	var r racer
	err := json.Unmarshal([]byte(text), &r)
	if err == nil {
		err = r.run(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// ownClock hides the clock of a log.
type ownClock struct{ claim.Log }

func (r racer) log(ctx context.Context) (claim.Log, error) {
	if r.Dataset == "" {
		return claim.NewFiles(filepath.Join(r.Dir, "claims")), nil
	}
	server, err := emulator.Start(ctx)
	if err != nil {
		return nil, err
	}
	var client *bigquery.Client
	if client, err = server.Client(ctx); err != nil {
		return nil, err
	}
	engine, err := bq.New(client, bq.Options{Project: emulator.Project, Dialect: bq.Emulator()})
	if err != nil {
		return nil, err
	}
	return engine.Versions(r.Dataset, time.Now), nil
}

// run claims days again and again. Of a claim that it has it leaves a mark for each day,
// which nobody else may have left, and takes the marks away before it releases the claim.
// It tells of each moment at which it can be killed.
func (r racer) run(ctx context.Context) error {
	log, err := r.log(ctx)
	if err != nil {
		return err
	}
	m, err := claim.NewManager(ownClock{log}, claim.Options{Now: func() time.Time { return time.Now().Add(r.Offset) }, Rand: crand.Reader})
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(r.Seed, 1))
	for range r.Tries {
		from := simDay.AddDays(random.IntN(4))
		fmt.Println("asks")
		h, err := m.Acquire(ctx, claim.Request{Table: simTable, Dates: claim.Dates{From: from, To: from.AddDays(random.IntN(2))}, Owner: fmt.Sprint(r.Seed), Break: true})
		if errors.As(err, new(*claim.ConflictError)) {
			continue
		}
		if err != nil {
			return err
		}
		fmt.Println("has")
		for _, broken := range h.Broken() {
			for _, mark := range r.marks(broken) {
				_ = os.Remove(mark)
			}
		}
		if err := leave(filepath.Join(r.Dir, fmt.Sprintf("token-%d", h.Token()))); err != nil {
			return fmt.Errorf("a token has returned: %w", err)
		}
		for _, mark := range r.marks(h.Claim()) {
			if err := leave(mark); err != nil {
				return fmt.Errorf("two claims have a day: %w", err)
			}
		}
		if err := h.Renew(ctx); err != nil {
			return err
		}
		fmt.Println("renewed")
		for _, mark := range r.marks(h.Claim()) {
			if err := os.Remove(mark); err != nil {
				return err
			}
		}
		if err := h.Release(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r racer) marks(c claim.Claim) []string {
	var out []string
	for d := c.From; !d.After(c.To); d = d.AddDays(1) {
		out = append(out, filepath.Join(r.Dir, "day-"+d.String()))
	}
	return out
}

func leave(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// race runs rounds of racers, of whom some are killed. In a round no claim expires; those
// that a round leaves have expired in the next.
func race(t *testing.T, r racer, rounds, racers int, env ...string) {
	self, err := os.Executable()
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(*first, 2))
	killed := 0
	for round := range rounds {
		ended := make(chan error, racers)
		for i := range racers {
			r.Seed, r.Offset = *first+uint64(round*racers+i), time.Duration(round)*time.Hour
			text, err := json.Marshal(r)
			require.NoError(t, err)
			cmd := exec.CommandContext(t.Context(), self)
			cmd.Env = append(append(os.Environ(), raceVariable+"="+string(text)), env...)
			cmd.Stderr = os.Stderr
			moments, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			kill := random.IntN(6 * r.Tries) // later than its end for about half
			go func() {
				lines := bufio.NewScanner(moments)
				for n := 0; lines.Scan(); n++ {
					if n == kill {
						_ = cmd.Process.Kill()
						_, _ = cmd.Process.Wait()
						ended <- fs.ErrClosed
						return
					}
				}
				ended <- cmd.Wait()
			}()
		}
		for range racers {
			if err := <-ended; errors.Is(err, fs.ErrClosed) {
				killed++
			} else {
				assert.NoError(t, err)
			}
		}
	}
	tokens, err := filepath.Glob(filepath.Join(r.Dir, "token-*"))
	require.NoError(t, err)
	t.Logf("%d claims were had, %d racers were killed", len(tokens), killed)
	assert.NotEmpty(t, tokens)
	assert.NotZero(t, killed)
}

func TestProcessesRaceOnFiles(t *testing.T) {
	race(t, racer{Dir: t.TempDir(), Tries: 20}, 4, 8)
}

func TestProcessesRaceOnTheEmulator(t *testing.T) {
	ds := emulator.NewDataset(t)
	race(t, racer{Dir: t.TempDir(), Dataset: ds.ID, Tries: 3}, 2, 3, "INTACT_EMULATOR="+ds.Server().Endpoint())
}
