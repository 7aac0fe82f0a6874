module github.com/intactdata/intact

go 1.26.0

require (
	cloud.google.com/go v0.123.0
	cloud.google.com/go/bigquery v1.86.2
	github.com/google/go-cmp v0.7.0
	github.com/google/jsonschema-go v0.4.3
	go.yaml.in/yaml/v4 v4.0.0
)
