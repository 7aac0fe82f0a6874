package cli

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"

	"github.com/intactdata/intact/harness/internal/ending"
)

// privateKey reads a private key of Ed25519, as openssl genpkey writes it; nil where no
// file is named.
func privateKey(path string) (ed25519.PrivateKey, error) {
	return keyOf[ed25519.PrivateKey](path, "PRIVATE KEY", x509.ParsePKCS8PrivateKey)
}

// publicKey reads a public one.
func publicKey(path string) (ed25519.PublicKey, error) {
	return keyOf[ed25519.PublicKey](path, "PUBLIC KEY", x509.ParsePKIXPublicKey)
}

func keyOf[K any](path, kind string, parse func([]byte) (any, error)) (key K, err error) {
	if path == "" {
		return key, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return key, fmt.Errorf("key %s cannot be read: %w", path, ending.WithoutPath(err))
	}
	block, _ := pem.Decode(data)
	if block == nil || block.Type != kind {
		return key, fmt.Errorf("key %s: it is no PEM file of a %s", path, kind)
	}
	parsed, err := parse(block.Bytes)
	if err != nil {
		return key, fmt.Errorf("key %s: %w", path, err)
	}
	key, ok := parsed.(K)
	if !ok {
		return key, fmt.Errorf("key %s is no key of Ed25519: make one with openssl genpkey -algorithm ed25519", path)
	}
	return key, nil
}
