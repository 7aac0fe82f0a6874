// Package container runs the BigQuery emulator in a container, by testcontainers-go.
//
//	engine := harness.Options{Container: container.Require}.Load(t, fixtures...)
//
// What it hands out is the server of package emulator, and no other than that which a
// process gives: it is the same program. A container is for machines where Docker is
// and Go is not, or where the emulator is not to be built: nine minutes, once.
//
// It is a package of its own, and handed to the harness by name, so that tests which
// never start a container compile none of Docker's client: 80 modules, and 14 MB of
// each test binary.
//
// # Images
//
// The default is [PublicImage]. Of older versions the SQL of this module is not
// answered rightly, so they are refused: the version is read from the tag. The script
// image beside this file makes one of an emulator that has been built, and pulls none:
// INTACT_IMAGE=intact-emulator:0.8.1 names it.
//
// # What is left behind
//
// Nothing, by what this package starts of our own images: the container's standard
// input is attached to this process and to nobody else. Docker closes it when this
// process ends, however that happens, the emulator ends with it, and Docker removes
// the container. Only who is killed in the milliseconds between making a container and
// starting it leaves one, which has never run. This process is the test binary, which
// outlives a go test that is killed until its tests have ended or -timeout is over.
//
// The public image does not heed its standard input: it is removed after the tests,
// however they end, by the reaper of testcontainers-go, and stays where that is disabled.
package container
