package claim

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"slices"
	"sync"
)

// Memory is a log for tests. The zero Memory is empty.
type Memory struct {
	// Keep is how many of the newest versions are kept, 0 for all.
	Keep int64

	mu       sync.Mutex
	newest   map[string]int64
	versions map[memoryKey][]byte
}

type memoryKey struct {
	name    string
	version int64
}

func (m *Memory) Put(_ context.Context, name string, version int64, state []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.versions == nil {
		m.newest, m.versions = map[string]int64{}, map[memoryKey][]byte{}
	}
	key := memoryKey{name, version}
	if _, ok := m.versions[key]; ok {
		return fs.ErrExist
	}
	m.versions[key] = bytes.Clone(state)
	m.newest[name] = max(m.newest[name], version)
	if m.Keep > 0 {
		maps.DeleteFunc(m.versions, func(k memoryKey, _ []byte) bool { return k.name == name && k.version <= m.newest[name]-m.Keep })
	}
	return nil
}

func (m *Memory) Newest(_ context.Context, name string) (int64, []byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	version := m.newest[name]
	return version, bytes.Clone(m.versions[memoryKey{name, version}]), nil
}

func (m *Memory) Names(context.Context) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.newest)), nil
}
