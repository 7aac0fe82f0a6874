package suitefile_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/intactdata/intact/quality/suitefile"
)

func folder() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"suites/b.yaml":         file(minimal + " [unique: id]\n"),
		"suites/a.yml":          file(minimal + " [unique: id]\n"),
		"suites/deep/c.yaml":    file(minimal + " [unique: id]\n"),
		"suites/broken.txt":     file(minimal + " [uniqe: id]\n"),
		"suites/.hidden.yaml":   file(""),
		"suites/.git/d.yaml":    file(""),
		"suites/rows.csv":       file("id\n1\n"),
		"without/any/suite.csv": file("id\n1\n"),
	}
}

func TestLoad(t *testing.T) {
	files, err := suitefile.Load(folder(), "suites/b.yaml", with()...)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 1 || files[0].Path != "suites/b.yaml" || files[0].Suite.Name != "s" {
		t.Errorf("Load returns %+v", files)
	}
}

func TestLoadNamesTheFileOfAMistake(t *testing.T) {
	_, err := suitefile.Load(folder(), "suites/broken.txt", with()...)
	if err == nil || !strings.HasPrefix(err.Error(), `suite suites/broken.txt:3:10: unknown kind of check "uniqe" (did you mean "unique"?)`) {
		t.Errorf("Load says %v", err)
	}
}

func TestLoadOfAMissingFile(t *testing.T) {
	_, err := suitefile.Load(folder(), "suites/z.yaml", with()...)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("Load says %v, which is not that the file does not exist", err)
	}
	if want := "suite suites/z.yaml cannot be read: open suites/z.yaml: file does not exist"; err.Error() != want {
		t.Errorf("Load says %v", err)
	}
}

func TestFind(t *testing.T) {
	for root, want := range map[string][]string{
		"suites":          {"suites/a.yml", "suites/b.yaml", "suites/deep/c.yaml"},
		".":               {"suites/a.yml", "suites/b.yaml", "suites/deep/c.yaml"},
		"suites/rows.csv": {"suites/rows.csv"},
		"suites/.git":     {"suites/.git/d.yaml"},
	} {
		t.Run(root, func(t *testing.T) {
			got, err := suitefile.Find(folder(), root)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindNothing(t *testing.T) {
	_, err := suitefile.Find(folder(), "without")
	if err == nil || err.Error() != "there is no suite in without: no file *.yaml or *.yml" {
		t.Errorf("Find says %v", err)
	}
	if _, err := suitefile.Find(folder(), "nowhere"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Find says %v, which is not that the folder does not exist", err)
	}
}
