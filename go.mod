module github.com/intactdata/intact

go 1.26

require (
	cloud.google.com/go v0.123.0
	github.com/google/go-cmp v0.7.0
	github.com/stretchr/testify v1.12.1
	pgregory.net/rapid v1.3.0
)

require go.yaml.in/yaml/v3 v3.0.5 // indirect
