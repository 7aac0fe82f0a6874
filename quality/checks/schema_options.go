package checks

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
)

// TableOptions is how a table is claimed to be stored; zero values claim nothing.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#table_option_list
type TableOptions struct {
	// Kept: neither the table nor its partitions are deleted with time.
	Kept bool
	// PartitionExpiration is how long a partition is kept.
	PartitionExpiration time.Duration
	// PartitionBy is the column that the rows are parted by, _PARTITIONTIME for the
	// time of ingestion, and PartitionType HOUR, DAY, MONTH, YEAR or RANGE.
	PartitionBy, PartitionType string
	// ClusterBy are the columns that the rows are sorted by, in that order.
	ClusterBy []string
	// RequirePartitionFilter: every query has to filter by the partitions, or none.
	RequirePartitionFilter *bool
}

// option is one claim, and how it is held against a table.
type option struct {
	claim string
	// differs says what is so instead, "" where the claim holds.
	differs func(quality.TableInfo) string
}

// list is the options that are claimed.
func (o TableOptions) list() []option {
	var out []option
	add := func(claim string, differs func(quality.TableInfo) string) { out = append(out, option{claim, differs}) }
	if o.Kept {
		add("nothing expires", expires)
	}
	if o.PartitionExpiration > 0 {
		add("partitions expire after "+days(o.PartitionExpiration), func(t quality.TableInfo) string {
			switch p := partitioning(t); {
			case p.Expires == o.PartitionExpiration:
				return ""
			case p.Expires == 0:
				return "its partitions do not expire"
			default:
				return "its partitions expire after " + days(p.Expires)
			}
		})
	}
	if o.PartitionBy != "" {
		add("partitioned by "+o.PartitionBy, func(t quality.TableInfo) string {
			switch p := partitioning(t); {
			case strings.EqualFold(p.Column, o.PartitionBy):
				return ""
			case p.Column == "":
				return "it is not partitioned"
			default:
				return "it is partitioned by " + p.Column
			}
		})
	}
	if o.PartitionType != "" {
		add("partitions of type "+o.PartitionType, func(t quality.TableInfo) string {
			switch p := partitioning(t); {
			case strings.EqualFold(p.Type, o.PartitionType):
				return ""
			case p.Type == "":
				return "it is not partitioned"
			default:
				return "its partitions are of type " + p.Type
			}
		})
	}
	if len(o.ClusterBy) > 0 {
		add("clustered by "+strings.Join(o.ClusterBy, ", "), func(t quality.TableInfo) string {
			switch {
			case slices.EqualFunc(t.Clustering, o.ClusterBy, strings.EqualFold):
				return ""
			case len(t.Clustering) == 0:
				return "it is not clustered"
			default:
				return "it is clustered by " + strings.Join(t.Clustering, ", ")
			}
		})
	}
	if want := o.RequirePartitionFilter; want != nil {
		says := map[bool]string{true: "a filter on partitions is required", false: "no filter on partitions is required"}
		add(says[*want], func(t quality.TableInfo) string {
			if got := partitioning(t).Required; got != *want {
				return says[got]
			}
			return ""
		})
	}
	return out
}

func (o TableOptions) claims() int { return len(o.list()) }

func (o TableOptions) texts() []string {
	var out []string
	for _, opt := range o.list() {
		out = append(out, opt.claim)
	}
	return out
}

// compare holds each option against the table.
func (o TableOptions) compare(info quality.TableInfo, found *comparison) {
	for _, opt := range o.list() {
		found.claims++
		if !info.Stored {
			found.doubt("whether %s is not known of these rows", opt.claim)
		} else if differs := opt.differs(info); differs != "" {
			found.differ("%s, where %s is claimed", differs, opt.claim)
		}
	}
}

// partitioning is that of a table, zero where it has none.
func partitioning(t quality.TableInfo) quality.Partitioning {
	if t.Partitioning == nil {
		return quality.Partitioning{}
	}
	return *t.Partitioning
}

func expires(t quality.TableInfo) string {
	var out []string
	if !t.Expires.IsZero() {
		out = append(out, "the table expires on "+t.Expires.UTC().Format(time.DateTime)+" UTC")
	}
	if p := partitioning(t); p.Expires > 0 {
		out = append(out, "its partitions expire after "+days(p.Expires))
	}
	return strings.Join(out, ", and ")
}

// days writes a duration in days where it is whole ones.
func days(d time.Duration) string {
	if n := d / (24 * time.Hour); d == n*24*time.Hour {
		return quality.Plural(int64(n), "day", "days")
	}
	return d.String()
}

// comparison is what came of holding claims against a table.
type comparison struct {
	claims      int64
	differences []string
	doubts      []string
}

func (c *comparison) differ(format string, args ...any) {
	c.differences = append(c.differences, fmt.Sprintf(format, args...))
}

func (c *comparison) doubt(format string, args ...any) {
	c.doubts = append(c.doubts, fmt.Sprintf(format, args...))
}

// finding names every difference.
func (c *comparison) finding() quality.Finding {
	held := c.claims - int64(len(c.differences)+len(c.doubts))
	f := quality.Finding{
		Verdict:  quality.Pass,
		Observed: quality.ObservedShare(held, c.claims),
		Bounds:   quality.OrAll(nil),
		Reason:   fmt.Sprintf("%s of %s %s", quality.Grouped(held), quality.Plural(c.claims, "claim", "claims"), "hold"),
	}
	switch {
	case len(c.differences) > 0:
		f.Verdict = quality.Fail
	case len(c.doubts) > 0:
		f.Verdict = quality.Unknown
	}
	if named := slices.Concat(c.differences, c.doubts); len(named) > 0 {
		f.Reason = strings.Join(named, "; ")
	}
	return f
}
