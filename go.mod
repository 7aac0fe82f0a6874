module github.com/intactdata/intact

go 1.26

require (
	cloud.google.com/go v0.123.0
	github.com/google/go-cmp v0.7.0
	github.com/google/jsonschema-go v0.4.3
	go.yaml.in/yaml/v4 v4.0.0
)
