package league

import "testing"

func TestEncodeCSV(t *testing.T) {
	type row struct {
		Name  string   `bigquery:"name"`
		Out   *bool    `bigquery:"out"`
		Hits  *int64   `bigquery:"hits"`
		Share *float64 `bigquery:"share"`
		Whole float64  `bigquery:"whole"`
	}
	got, err := encodeCSV([]row{
		{"a", new(false), new(int64(0)), new(12.5), 3},
		{"b,c", new(true), nil, nil, 0.1},
		{"", nil, nil, nil, 0},
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = "name,out,hits,share,whole\n" +
		"a,false,0,12.5,3.0\n" +
		"\"b,c\",true,,,0.1\n" +
		",,,,0.0\n"
	if string(got) != want {
		t.Errorf("encoded:\n%s\nwant:\n%s", got, want)
	}
}
