package spill_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/spill"
)

// text is a record of some bytes.
func text(i, size int) string { return fmt.Sprintf("%08d%s", i, strings.Repeat("x", size)) }

func TestRecordsComeInTheirOrder(t *testing.T) {
	folder := t.TempDir()
	s := spill.Disk{Folder: folder}.Sort(t.Context(), 1<<20) // so that a chunk is few records
	defer s.Close()
	const n = 1000
	var want []string
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(n) {
		require.NoError(t, s.Add([]byte(text(i, 10))))
		want = append(want, text(i, 10))
	}
	slices.Sort(want)
	var got []string
	for record, err := range s.Sorted() {
		require.NoError(t, err)
		got = append(got, string(record))
	}
	require.Equal(t, want, got)
	s.Close()
	requireEmpty(t, folder)
}

func TestASortThatIsGivenUpLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	for _, read := range []bool{false, true} {
		s := spill.Disk{Folder: folder}.Sort(t.Context(), 1<<20)
		for i := range 1000 {
			require.NoError(t, s.Add([]byte(text(i, 10))))
		}
		if read {
			for range s.Sorted() {
				break
			}
		}
		s.Close()
		s.Close()
		requireEmpty(t, folder)
	}
}

func TestNothingIsSortedToo(t *testing.T) {
	s := spill.Disk{}.Sort(t.Context(), 1)
	for range s.Sorted() {
		t.Fatal("a record that nobody added")
	}
	s.Close()
}

func TestTheContextEndsASort(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := spill.Disk{Folder: t.TempDir()}.Sort(ctx, 1<<20)
	defer s.Close()
	cancel()
	err := error(nil)
	for i := 0; err == nil; i++ {
		err = s.Add([]byte(text(i, 10)))
	}
	require.ErrorIs(t, err, context.Canceled)
}

func TestAFolderThatIsNoneIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	s := spill.Disk{Folder: file}.Sort(t.Context(), 1<<20)
	defer s.Close()
	err := error(nil)
	for i := 0; err == nil && i < 100_000; i++ {
		err = s.Add([]byte(text(i, 10)))
	}
	require.ErrorContains(t, err, "could not be sorted on disk")
	require.ErrorContains(t, err, file)
}

func requireEmpty(t *testing.T, folder string) {
	t.Helper()
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, left)
}
