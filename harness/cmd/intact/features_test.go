package main_test

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const featureSet = `features: points_v1
table: nba.store
source: store.csv
key: [player, game_date]
at: game_date
label: points
by: season
set:
  usage_rate: {populated: 90%, range: [0, 60]}
  fatigue: {required: false, default: {values: 50, at_most: 10%}}
`

// featureRows are ten of two months.
func featureRows() string {
	out := "player,game_date,season,points,usage_rate,fatigue\n"
	for i := range 10 {
		out += fmt.Sprintf("p%d,2025-%d-05,2025-26,%d,%d.5,%d\n", i, 11+i%2, 20+i, 10+i, 30+i)
	}
	return out
}

func keys(t *testing.T, dir, name string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	require.NoError(t, err)
	open, err := x509.MarshalPKIXPublicKey(public)
	require.NoError(t, err)
	for file, block := range map[string]*pem.Block{
		name + ".pem": {Type: "PRIVATE KEY", Bytes: secret}, name + ".public.pem": {Type: "PUBLIC KEY", Bytes: open},
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), pem.EncodeToMemory(block), 0o600))
	}
}

func TestFeaturesCheck(t *testing.T) {
	for name, c := range map[string]struct {
		set, rows [2]string // what is replaced by what
		args      []string
		code      int
		says      string
	}{
		"whole":                {code: 0, says: "OPEN: 10 rows may be trained on."},
		"a feature is missing": {rows: [2]string{",10.5,", ",,"}, code: 0, says: "usage_rate loses 1 row: populated 1"},
		"two are missing":      {rows: [2]string{"20,10.5,30\np1,2025-12-05,2025-26,21,11.5", "20,,30\np1,2025-12-05,2025-26,21,"}, code: 1, says: "8 of 10 rows where POPULATED(points) (80.0%), not at_least 90%: 1 row short"},
		"a warning":            {rows: [2]string{"30\np1,2025-12-05,2025-26,21,11.5,31", "50\np1,2025-12-05,2025-26,21,11.5,50"}, code: 0, says: "10 eligible rows with a label, 10 trained on, 2 with any default"},
		"a warning is strict":  {rows: [2]string{"30\np1,2025-12-05,2025-26,21,11.5,31", "50\np1,2025-12-05,2025-26,21,11.5,50"}, args: []string{"--strict"}, code: 1, says: "CLOSED"},
		"no such column":       {set: [2]string{"  fatigue: {required: false,", "  tired: {"}, code: 3, says: `there is no column "tired"`},
		"no such label":        {set: [2]string{"label: points", "label: score"}, code: 3, says: "were not counted"},
		"no rows":              {set: [2]string{"source: store.csv", "source: none.csv"}, code: 3, says: "none.csv"},
		"an empty table":       {rows: [2]string{featureRows(), "player,game_date,season,points,usage_rate,fatigue\n"}, code: 3, says: "no row in scope"},
		"a segment is missing": {set: [2]string{"by: season\n", "by: season\nexpect: [\"2024-25\"]\n"}, code: 1, says: "season=2024-25: 0 rows"},
		"a wrong type":         {set: [2]string{"[0, 60]", "[a, b]"}, code: 3, says: "usage_rate"},
		"nothing is required":  {set: [2]string{"{populated: 90%,", "{required: false,"}, code: 2, says: "it has no required feature"},
		"a misspelt key":       {set: [2]string{"label:", "lable:"}, code: 2, says: `unknown key "lable" (did you mean "label"?)`},
		"a part of the gate":   {args: []string{"--only", "rows"}, code: 2, says: "a gate opens by all of them"},
	} {
		t.Run(name, func(t *testing.T) {
			set, rows := featureSet, featureRows()
			require.Contains(t, set, c.set[0])
			require.Contains(t, rows, c.rows[0])
			dir := write(t, map[string]string{"set.yaml": strings.Replace(set, c.set[0], c.set[1], 1), "store.csv": strings.Replace(rows, c.rows[0], c.rows[1], 1)})
			got := run(t, dir, append([]string{"features", "check", "set.yaml", "--certificate", "c.json"}, c.args...)...)
			assert.Equal(t, c.code, got.code, got.stdout+got.stderr)
			assert.Contains(t, got.stdout+got.stderr, c.says)
			_, err := os.Stat(filepath.Join(dir, "c.json"))
			assert.Equal(t, c.code == 0, err == nil, "there is a certificate of an open gate, and of no other")
		})
	}
}

// A certificate of an earlier run is no more there once the gate is closed, also by a
// mistake; what is no certificate is let be.
func TestACertificateIsWithdrawn(t *testing.T) {
	dir := write(t, map[string]string{"set.yaml": featureSet, "store.csv": featureRows(), "notes.txt": "notes"})
	check := func() int { return run(t, dir, "features", "check", "set.yaml", "--certificate", "c.json").code }
	require.Zero(t, check())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "set.yaml"), []byte("features:"), 0o600))
	assert.Equal(t, 2, check())
	assert.NoFileExists(t, filepath.Join(dir, "c.json"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "set.yaml"), []byte(featureSet), 0o600))
	for _, mistake := range []string{"--only=rows", "--output=none"} {
		require.Zero(t, check())
		assert.Equal(t, 2, run(t, dir, "features", "check", "set.yaml", "--certificate", "c.json", mistake).code)
		assert.NoFileExists(t, filepath.Join(dir, "c.json"), mistake)
	}
	got := run(t, dir, "features", "check", "set.yaml", "--certificate", "notes.txt")
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, "notes.txt is there already and is no certificate")
	assert.FileExists(t, filepath.Join(dir, "notes.txt"))
}

func TestFeaturesVerify(t *testing.T) {
	dir := write(t, map[string]string{"set.yaml": featureSet, "store.csv": featureRows()})
	keys(t, dir, "ours")
	keys(t, dir, "theirs")
	file := func(name string) string { return filepath.Join(dir, name) }
	require.Zero(t, run(t, dir, "features", "check", "set.yaml", "--certificate", "signed.json", "--sign", "ours.pem").code)
	require.Zero(t, run(t, dir, "features", "check", "set.yaml", "--certificate", "plain.json").code)
	signed, err := os.ReadFile(file("signed.json"))
	require.NoError(t, err)
	altered := strings.Replace(string(signed), `"training": 10`, `"training": 11`, 1)
	require.NotEqual(t, string(signed), altered)
	require.NoError(t, os.WriteFile(file("altered.json"), []byte(altered), 0o600))
	for name, text := range map[string]string{
		"cell.csv":  strings.Replace(featureRows(), ",10.5,", ",10.25,", 1),
		"swap.csv":  strings.Replace(strings.Replace(strings.Replace(featureRows(), ",10.5,", ",x,", 1), ",12.5,", ",10.5,", 1), ",x,", ",12.5,", 1),
		"twice.csv": featureRows() + "p0,2025-11-05,2025-26,20,10.5,30\np0,2025-11-05,2025-26,20,10.5,30\n",
		"lost.csv":  strings.Replace(featureRows(), "p1,2025-12-05,2025-26,21,11.5,31\n", "", 1),
		"empty.csv": "player,game_date,season,points,usage_rate,fatigue\n",
		"less.csv":  "player,game_date,season,points,fatigue\np0,2025-11-05,2025-26,20,30\n",
	} {
		require.NoError(t, os.WriteFile(file(name), []byte(text), 0o600))
	}
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"as it was":               {[]string{"plain.json"}, 0, "HOLDS: 10 rows of nba.store are as they were certified."},
		"by its key":              {[]string{"signed.json", "--key", "ours.public.pem"}, 0, "HOLDS"},
		"without its key":         {[]string{"signed.json"}, 0, "its signature was not looked at"},
		"another key":             {[]string{"signed.json", "--key", "theirs.public.pem"}, 1, "it was not signed with this key"},
		"not signed":              {[]string{"plain.json", "--key", "ours.public.pem"}, 1, "it is not signed"},
		"a private key":           {[]string{"signed.json", "--key", "ours.pem"}, 2, "no PEM file of a PUBLIC KEY"},
		"altered":                 {[]string{"altered.json"}, 1, "it was altered"},
		"no certificate":          {[]string{"set.yaml"}, 2, "it is no certificate"},
		"none there":              {[]string{"none.json"}, 2, "cannot be read"},
		"one cell":                {[]string{"plain.json", "--data", "nba.store=cell.csv"}, 1, "usage_rate season=2025-26 month=2025-11-01: 5 of 5 rows populated, was 5 of 5 rows populated, with another checksum\nCHANGED"},
		"a swapped pair":          {[]string{"plain.json", "--data", "nba.store=swap.csv"}, 1, "usage_rate season=2025-26 month=2025-11-01: 5 of 5 rows populated, was 5 of 5 rows populated, with another checksum\nCHANGED"},
		"a doubled pair":          {[]string{"plain.json", "--data", "nba.store=twice.csv"}, 1, "points season=2025-26 month=2025-11-01: 7 of 7 rows populated, was 5 of 5 rows populated"},
		"a lost row":              {[]string{"plain.json", "--data", "nba.store=lost.csv"}, 1, "fatigue season=2025-26 month=2025-12-01: 4 of 4 rows populated, was 5 of 5 rows populated"},
		"an empty table":          {[]string{"plain.json", "--data", "nba.store=empty.csv"}, 1, "fatigue season=2025-26 month=2025-11-01: no row, was 5 of 5 rows populated"},
		"a column that is gone":   {[]string{"plain.json", "--data", "nba.store=less.csv"}, 3, `there is no column "usage_rate"`},
		"rows that are not there": {[]string{"plain.json", "--data", "nba.store=none.csv"}, 3, "none.csv"},
	} {
		t.Run(name, func(t *testing.T) {
			got := run(t, dir, append([]string{"features", "verify"}, c.args...)...)
			assert.Equal(t, c.code, got.code, got.stdout+got.stderr)
			assert.Contains(t, got.stdout+got.stderr, c.says)
		})
	}
	got := run(t, dir, "features", "verify", "plain.json", "-o", "json", "--data", "nba.store=lost.csv")
	var told struct {
		Holds       bool `json:"holds"`
		Differences []struct {
			Feature string               `json:"feature"`
			Before  struct{ Rows int64 } `json:"before"`
			After   struct{ Rows int64 } `json:"after"`
		}
	}
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &told))
	assert.False(t, told.Holds)
	require.Len(t, told.Differences, 3, "the label and both features")
	assert.Equal(t, int64(5), told.Differences[0].Before.Rows)
	assert.Equal(t, int64(4), told.Differences[0].After.Rows)
}

func TestFeaturesSchema(t *testing.T) {
	dir := write(t, map[string]string{"set.yaml": featureSet, "store.csv": featureRows()})
	require.Zero(t, run(t, dir, "features", "check", "set.yaml", "--certificate", "c.json").code)
	var contract jsonschema.Schema
	require.NoError(t, json.Unmarshal([]byte(run(t, dir, "schema", "certificate").stdout), &contract))
	resolved, err := contract.Resolve(nil)
	require.NoError(t, err)
	data, err := os.ReadFile(filepath.Join(dir, "c.json"))
	require.NoError(t, err)
	var certificate any
	require.NoError(t, json.Unmarshal(data, &certificate))
	assert.NoError(t, resolved.Validate(certificate), "a certificate is as its schema has it")

	got := run(t, t.TempDir(), "schema", "features")
	require.Zero(t, got.code, got.stderr)
	var schema struct{ Properties map[string]any }
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &schema))
	for _, key := range []string{"features", "set", "groups", "leaks", "served", "key", "at", "label", "source"} {
		assert.Contains(t, schema.Properties, key)
	}
}

// Features may be fields of a STRUCT, or elements that are found by the name which the row
// itself gives them, wherever they stand: never by a number.
func TestFeaturesWithinRows(t *testing.T) {
	const nested = `features: points_v1
table: nba.store
source: store.ndjson
key: [player, game_date]
at: game_date
label: points
set:
  usage_rate: {column: features.usage_rate, populated: 90%}
  pace: {column: "element(feature_values, feature_names, 'pace')", populated: 90%, range: [80, 120]}
`
	row := func(i int, names, values string) string {
		return fmt.Sprintf(`{"player":"p%d","game_date":"2025-11-05","points":%d,"features":{"usage_rate":%d.5},"feature_names":%s,"feature_values":%s}`+"\n", i, i, i, names, values)
	}
	var whole, moved, lost string
	for i := range 10 {
		whole += row(i, `["pace","form"]`, `[101.5,7]`)
		moved += row(i, `["form","pace"]`, `[7,101.5]`)
		lost += row(i, `["form","place"]`, `[7,101.5]`)
	}
	dir := write(t, map[string]string{"set.yaml": nested, "store.ndjson": whole, "moved.ndjson": moved, "lost.ndjson": lost,
		"other.ndjson": strings.Replace(whole, "[101.5,7]", "[101.25,7]", 1)})
	got := run(t, dir, "features", "check", "set.yaml", "--certificate", "c.json")
	require.Zero(t, got.code, got.stdout+got.stderr)
	verify := func(rows string) outcome {
		return run(t, dir, "features", "verify", "c.json", "--data", "nba.store="+rows)
	}
	assert.Zero(t, verify("moved.ndjson").code, "what is called by its name may stand anywhere")
	other := verify("other.ndjson")
	assert.Equal(t, 1, other.code)
	assert.Contains(t, other.stdout, "pace month=2025-11-01: 10 of 10 rows populated, was 10 of 10 rows populated, with another checksum")
	got = run(t, dir, "features", "check", "set.yaml", "--data", "nba.store=lost.ndjson")
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.stdout, "pace loses 10 rows: populated 10")
}
