module github.com/intactdata/intact

go 1.26

require (
	cloud.google.com/go v0.123.0
	github.com/google/go-cmp v0.7.0
)

require (
	github.com/stretchr/testify v1.12.1 // indirect
	pgregory.net/rapid v1.3.0 // indirect
)
