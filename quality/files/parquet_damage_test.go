package files_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"

	arrow "github.com/apache/arrow-go/v18/parquet"
	pqfile "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	pqschema "github.com/apache/arrow-go/v18/parquet/schema"
	"github.com/parquet-go/parquet-go"

	"github.com/intactdata/intact/quality/files"
)

// refooted is a Parquet file with another footer.
func refooted(t *testing.T, path string, change func(*metadata.FileMetaData)) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := pqfile.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	change(r.MetaData())
	footer, err := r.MetaData().Serialize(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	pages := len(data) - 8 - int(binary.LittleEndian.Uint32(data[len(data)-8:]))
	data = append(data[:pages:pages], footer...)
	return put(t, "bad.parquet", string(binary.LittleEndian.AppendUint32(data, uint32(len(footer))))+"PAR1")
}

// Footer, groups and pages of a file count alike, or what they hold is not known.
func TestParquetCountsMustAgree(t *testing.T) {
	type row struct {
		A int64   `parquet:"a"`
		T []int64 `parquet:"t,list"`
	}
	rows := []row{{1, []int64{1, 2}}, {2, nil}, {3, []int64{3}}, {4, nil}}
	for _, version := range []int{1, 2} {
		var out bytes.Buffer
		w := parquet.NewGenericWriter[row](&out, parquet.DataPageVersion(version))
		if _, err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		path := put(t, "good.parquet", out.String())
		if got, err := read(open(t, files.Options{}, path), "a", "t"); err != nil || len(got) != 4 {
			t.Fatalf("%d rows: %v", len(got), err)
		}
		for name, change := range map[string]func(*metadata.FileMetaData){
			"the footer has fewer rows": func(m *metadata.FileMetaData) { m.NumRows = 2 },
			"the group has fewer rows":  func(m *metadata.FileMetaData) { m.RowGroups[0].NumRows, m.NumRows = 2, 2 },
			"the group has more rows":   func(m *metadata.FileMetaData) { m.RowGroups[0].NumRows, m.NumRows = 9, 9 },
			"all of the footer has fewer rows": func(m *metadata.FileMetaData) {
				m.RowGroups[0].NumRows, m.NumRows = 2, 2
				m.RowGroups[0].Columns[0].MetaData.NumValues = 2
			},
			"all of the footer has more rows": func(m *metadata.FileMetaData) {
				m.RowGroups[0].NumRows, m.NumRows = 5, 5
				m.RowGroups[0].Columns[0].MetaData.NumValues = 5
			},
			"a column is of another type": func(m *metadata.FileMetaData) { m.RowGroups[0].Columns[0].MetaData.Type = 5 },
			"a column is missing":         func(m *metadata.FileMetaData) { m.RowGroups[0].Columns = m.RowGroups[0].Columns[:1] },
			"pages lie behind the end":    func(m *metadata.FileMetaData) { m.RowGroups[0].Columns[0].MetaData.TotalCompressedSize = 1 << 40 },
		} {
			_, err := read(open(t, files.Options{}, refooted(t, path, change)), "a")
			if err == nil || !strings.Contains(err.Error(), "damaged") {
				t.Errorf("pages of version %d: %s: the error is %v", version, name, err)
			}
		}
		// Of a list the values do not tell the rows; its pages do.
		fewer := refooted(t, path, func(m *metadata.FileMetaData) {
			m.RowGroups[0].NumRows, m.NumRows = 3, 3
			m.RowGroups[0].Columns[0].MetaData.NumValues = 3
		})
		if _, err := read(open(t, files.Options{}, fewer), "t"); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("pages of version %d: a list with a row too many: the error is %v", version, err)
		}
	}
}

func TestParquetPagesAreHeldAgainstTheirChecksums(t *testing.T) {
	type row struct {
		Text string `parquet:"text,plain"`
		ID   int64  `parquet:"id"`
	}
	path := writeParquet(t, "a.parquet", []row{{"a text that stands in a page", 1}})
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	bad := put(t, "bad.parquet", string(bytes.Replace(data, []byte("stands in a page"), []byte("stands on a page"), -1)))
	_, err = read(open(t, files.Options{}, bad), "text")
	wantError(t, "another byte", short(err, bad),
		`bad.parquet: column "text": after row 0: a page of group 1: its bytes are not those that its checksum was made of: the file is damaged`)
	if got, err := read(open(t, files.Options{}, bad), "id"); err != nil || len(got) != 1 {
		t.Errorf("the other column: %v, %v", got, err)
	}
}

// A reading that is called off says nothing about the file.
func TestParquetThatIsCalledOffIsNotDamaged(t *testing.T) {
	path := writeParquet(t, "a.parquet", []parquetGame{{ID: "a"}, {ID: "b"}, {ID: "c"}})
	src := open(t, files.Options{}, path)
	schema(t, src)
	ctx, stop := context.WithCancel(t.Context())
	var last error
	for _, err := range src.Scan(ctx, []string{"id"}) {
		last = err
	}
	if last != nil {
		t.Fatal(last)
	}
	stop()
	for _, err := range src.Scan(ctx, []string{"id"}) {
		last = err
	}
	if !errors.Is(last, context.Canceled) || strings.Contains(last.Error(), "damaged") {
		t.Errorf("the error is %v", last)
	}
}

func TestEncryptedParquetIsCalledEncrypted(t *testing.T) {
	for name, how := range map[string][]arrow.EncryptOption{
		"with its footer": nil,
		"but its footer":  {arrow.WithPlaintextFooter()},
	} {
		keys := arrow.NewFileEncryptionProperties("0123456789012345", how...)
		path := oneColumn(t, pqschema.NewInt64Node("a", arrow.Repetitions.Required, -1), nil, []int64{1}, arrow.WithEncryptionProperties(keys))
		_, err := read(open(t, files.Options{}, path), "a")
		wantError(t, name, short(err, path), "a.parquet: the file is encrypted: write it without, for no key can be given")
	}
}
