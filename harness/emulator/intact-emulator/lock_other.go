//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package main

import (
	"errors"
	"os"
)

// tryLock does nothing: nobody asks for the locks here.
func tryLock(*os.File) error { return nil }

// openOwn refuses: without locks nobody can tell whose process has ended.
func openOwn(string) (*os.File, error) { return nil, errors.ErrUnsupported }
