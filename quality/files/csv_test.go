package files_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files"
)

func TestCSVIsReadByItsTypes(t *testing.T) {
	for _, name := range []string{"games.csv", "games.csv.gz", "GAMES.CSV"} {
		path := write(t, name, "\ufeffid,date,usage,won,name,note\r\n"+
			"0022300061,2023-10-24,21.5,true,\"Dončić, \"\"Luka\"\"\",\r\n"+
			"0022300062,2023-10-25,7,false,\"two\nlines\",\r\n")
		src := open(t, files.Options{}, path)
		want := expr.Schema{
			{Name: "id", Type: expr.String}, {Name: "date", Type: expr.Date}, {Name: "usage", Type: expr.Float64},
			{Name: "won", Type: expr.Bool}, {Name: "name", Type: expr.String}, {Name: "note", Type: expr.Null},
		}
		for i := range want {
			want[i].Text = true
		}
		if diff := cmp.Diff(want, schema(t, src)); diff != "" {
			t.Errorf("%s: schema (-want +got)\n%s", name, diff)
		}
		got, err := read(src, "usage", "id", "date", "won", "name", "note")
		if err != nil {
			t.Fatal(err)
		}
		rows := [][]string{
			{"21.5", "'0022300061'", "DATE '2023-10-24'", "TRUE", `'Dončić, "Luka"'`, "NULL"},
			{"7.0", "'0022300062'", "DATE '2023-10-25'", "FALSE", `'two\nlines'`, "NULL"},
		}
		if diff := cmp.Diff(rows, got); diff != "" {
			t.Errorf("%s: rows (-want +got)\n%s", name, diff)
		}
	}
}
