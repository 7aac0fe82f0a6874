package fakebq

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	bq "google.golang.org/api/bigquery/v2"
)

// AddDataset creates a dataset.
func (s *Server) AddDataset(id, location string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.datasets[id] = &bq.Dataset{
		Kind:             "bigquery#dataset",
		DatasetReference: &bq.DatasetReference{ProjectId: Project, DatasetId: id},
		Location:         location,
	}
}

// ExpireTables has the tables of a dataset expire that are created from now on.
// https://cloud.google.com/bigquery/docs/updating-datasets#table-expiration
func (s *Server) ExpireTables(dataset string, after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.datasets[dataset].DefaultTableExpirationMs = after.Milliseconds()
}

// AddTable creates a table of a dataset from its resource, which may say more
// than its columns: partitions, expiration, labels.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#Table
//
// A query that reads a table with RequirePartitionFilter is refused if it has
// no WHERE after which the partitions' column occurs. That is judged by text,
// which is cruder than BigQuery in both directions.
func (s *Server) AddTable(dataset, id string, resource bq.Table) {
	s.mu.Lock()
	defer s.mu.Unlock()
	resource.Kind = "bigquery#table"
	if resource.Type == "" {
		resource.Type = "TABLE"
	}
	resource.TableReference = &bq.TableReference{ProjectId: Project, DatasetId: dataset, TableId: id}
	s.tables[dataset+"."+id] = &resource
}

// getDataset is https://cloud.google.com/bigquery/docs/reference/rest/v2/datasets/get.
func (s *Server) getDataset(r *http.Request, _ []byte) (any, *Error) {
	id := r.PathValue("dataset")
	if d := s.datasets[id]; d != nil {
		return d, nil
	}
	return nil, NotFound(fmt.Sprintf("Dataset %s:%s", Project, id))
}

// insertTable is https://cloud.google.com/bigquery/docs/reference/rest/v2/tables/insert.
func (s *Server) insertTable(r *http.Request, body []byte) (any, *Error) {
	var resource bq.Table
	if err := json.Unmarshal(body, &resource); err != nil || resource.TableReference == nil {
		return nil, &Error{http.StatusBadRequest, "invalid", "no table with a reference", ""}
	}
	d := s.datasets[r.PathValue("dataset")]
	if d == nil {
		return nil, NotFound(fmt.Sprintf("Dataset %s:%s", Project, r.PathValue("dataset")))
	}
	id := d.DatasetReference.DatasetId + "." + resource.TableReference.TableId
	if s.tables[id] != nil {
		return nil, &Error{http.StatusConflict, "duplicate", fmt.Sprintf("Already Exists: Table %s:%s", Project, id), ""}
	}
	resource.Kind, resource.Type, resource.Location = "bigquery#table", "TABLE", d.Location
	if d.DefaultTableExpirationMs > 0 && resource.ExpirationTime == 0 {
		resource.ExpirationTime = s.Now().UnixMilli() + d.DefaultTableExpirationMs
	}
	s.tables[id] = &resource
	return &resource, nil
}

// deleteTable is https://cloud.google.com/bigquery/docs/reference/rest/v2/tables/delete.
func (s *Server) deleteTable(r *http.Request, _ []byte) (any, *Error) {
	id := r.PathValue("dataset") + "." + r.PathValue("table")
	if s.tables[id] == nil {
		return nil, NotFound(fmt.Sprintf("Table %s:%s", Project, id))
	}
	delete(s.tables, id)
	return struct{}{}, nil
}

// HasTable reports whether there is a table, dataset.table.
func (s *Server) HasTable(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tables[id] != nil
}

// patchTable is https://cloud.google.com/bigquery/docs/reference/rest/v2/tables/patch:
// what the request does not name stays.
func (s *Server) patchTable(r *http.Request, body []byte) (any, *Error) {
	id := r.PathValue("dataset") + "." + r.PathValue("table")
	t := s.tables[id]
	if t == nil {
		return nil, NotFound(fmt.Sprintf("Table %s:%s", Project, id))
	}
	changed := *t
	if err := json.Unmarshal(body, &changed); err != nil {
		return nil, &Error{http.StatusBadRequest, "invalid", err.Error(), ""}
	}
	s.tables[id] = &changed
	return &changed, nil
}

// forget drops the tables whose time is over.
// https://cloud.google.com/bigquery/docs/managing-tables#updating_a_tables_expiration_time
func (s *Server) forget() {
	now := s.Now().UnixMilli()
	maps.DeleteFunc(s.tables, func(_ string, t *bq.Table) bool { return t.ExpirationTime > 0 && t.ExpirationTime <= now })
}

// getTable is https://cloud.google.com/bigquery/docs/reference/rest/v2/tables/get.
func (s *Server) getTable(r *http.Request, _ []byte) (any, *Error) {
	id := r.PathValue("dataset") + "." + r.PathValue("table")
	if t := s.tables[id]; t != nil {
		return t, nil
	}
	return nil, NotFound(fmt.Sprintf("Table %s:%s", Project, id))
}

// listTables is https://cloud.google.com/bigquery/docs/reference/rest/v2/tables/list,
// in pages of one table.
func (s *Server) listTables(r *http.Request, _ []byte) (any, *Error) {
	var ids []string
	for id := range s.tables {
		if _, ok := strings.CutPrefix(id, r.PathValue("dataset")+"."); ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	after := r.URL.Query().Get("pageToken")
	out := &bq.TableList{Kind: "bigquery#tableList", TotalItems: int64(len(ids))}
	for i, id := range ids {
		if id <= after {
			continue
		}
		out.Tables = []*bq.TableListTables{{TableReference: s.tables[id].TableReference}}
		if i+1 < len(ids) {
			out.NextPageToken = id
		}
		break
	}
	return out, nil
}

// locationOf is where a statement runs that names no location: where a table is
// that it reads.
// https://cloud.google.com/bigquery/docs/locations#specify_locations
func (s *Server) locationOf(sql string) string {
	plain := strings.ReplaceAll(sql, "`", "")
	for id, t := range s.tables {
		if t.Location != "" && containsWord(plain, id) {
			return t.Location
		}
	}
	return defaultLocation
}

// needsFilter refuses a statement that would read all partitions of a table
// that forbids it.
// https://cloud.google.com/bigquery/docs/querying-partitioned-tables#require_a_partition_filter
func (s *Server) needsFilter(sql string) *Error {
	plain := strings.ReplaceAll(sql, "`", "")
	for id, t := range s.tables {
		required := t.RequirePartitionFilter || t.TimePartitioning != nil && t.TimePartitioning.RequirePartitionFilter
		if !required || !containsWord(plain, id) {
			continue
		}
		columns := partitionColumns(t)
		_, after, _ := strings.Cut(strings.ToUpper(plain), "WHERE")
		filtered := false
		for _, c := range columns {
			filtered = filtered || containsWord(after, strings.ToUpper(c))
		}
		if !filtered {
			return InvalidQuery(fmt.Sprintf("Cannot query over table '%s.%s' without a filter over column(s) '%s' that can be used for partition elimination",
				Project, id, strings.Join(columns, "', '")))
		}
	}
	return nil
}

func partitionColumns(t *bq.Table) []string {
	switch {
	case t.TimePartitioning != nil && t.TimePartitioning.Field != "":
		return []string{t.TimePartitioning.Field}
	case t.RangePartitioning != nil:
		return []string{t.RangePartitioning.Field}
	}
	return []string{"_PARTITION_LOAD_TIME", "_PARTITIONDATE", "_PARTITIONTIME"} // by ingestion
}

func containsWord(text, word string) bool {
	return regexp.MustCompile(`(?:^|\W)` + regexp.QuoteMeta(word) + `(?:\W|$)`).MatchString(text)
}
