package features

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/google/jsonschema-go/jsonschema"
)

// ErrAltered is a certificate that is not as it was written: it was altered, or signed
// with another key, or with none where one is asked for.
var ErrAltered = errors.New("the certificate does not hold")

// envelope is a certificate as a file.
type envelope struct {
	Certificate json.RawMessage `json:"certificate"`
	// Digest is the SHA-256 of the certificate without white space.
	Digest    string     `json:"digest"`
	Signature *signature `json:"signature,omitempty"`
}

// signature is that of the same bytes.
type signature struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"value"`
}

const ed25519Name = "Ed25519"

// Encode writes the certificate as JSON, signed with a key unless that is nil.
func (c *Certificate) Encode(key ed25519.PrivateKey) ([]byte, error) {
	if c == nil || c.content.Version == 0 {
		return nil, errors.New("there is no certificate: only an open gate hands one out")
	}
	text, err := encode(c.content, "")
	if err != nil {
		return nil, err
	}
	e := envelope{Certificate: text, Digest: digest(text)}
	switch {
	case key == nil:
	case len(key) != ed25519.PrivateKeySize:
		return nil, errors.New("the key is no private key of Ed25519")
	default:
		e.Signature = &signature{ed25519Name, base64.StdEncoding.EncodeToString(ed25519.Sign(key, text))}
	}
	out, err := encode(e, "  ")
	return append(out, '\n'), err
}

// encode writes JSON with < and > as they are.
func encode(v any, indent string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	err := e.Encode(v)
	return bytes.TrimSpace(out.Bytes()), err
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// ParseCertificate reads a certificate. With a key it has to be signed with it; without
// one a signature is not looked at. The error of one that was altered or signed otherwise
// is ErrAltered, that of what is no certificate another one.
func ParseCertificate(data []byte, key ed25519.PublicKey) (*Certificate, error) {
	var e envelope
	if err := decode(data, &e); err != nil {
		return nil, fmt.Errorf("it is no certificate: %w", err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, e.Certificate); err != nil {
		return nil, fmt.Errorf("it is no certificate: %w", err)
	}
	text := compact.Bytes()
	if err := e.readAlike(data); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAltered, err)
	}
	if found := digest(text); e.Digest != found {
		return nil, fmt.Errorf("%w: its digest is %s, and what it says has %s: it was altered", ErrAltered, e.Digest, found)
	}
	if key != nil {
		if err := e.Signature.check(text, key); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrAltered, err)
		}
	}
	c := &Certificate{signed: e.Signature}
	if err := decode(text, &c.content); err != nil {
		return nil, fmt.Errorf("it is no certificate: %w", err)
	}
	if c.content.Version != CertificateVersion {
		return nil, fmt.Errorf("it is a certificate of version %d, and only version %d is known here", c.content.Version, CertificateVersion)
	}
	return c, nil
}

// readAlike refuses a file whose keys others could read otherwise: twice, or in another
// case, so that one certificate is checked here and another one is trained on.
func (e envelope) readAlike(data []byte) error {
	written, err := encode(e, "")
	var given bytes.Buffer
	if err == nil {
		err = json.Compact(&given, data)
	}
	if err == nil && !bytes.Equal(written, given.Bytes()) {
		err = errors.New("its keys are not certificate, digest and signature as they are written, each once and in that order")
	}
	return err
}

func (s *signature) check(text []byte, key ed25519.PublicKey) error {
	if s == nil {
		return errors.New("it is not signed")
	}
	value, err := base64.StdEncoding.DecodeString(s.Value)
	if err != nil || s.Algorithm != ed25519Name || len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, text, value) {
		return errors.New("it was not signed with this key")
	}
	return nil
}

// Signed reports whether the certificate came with a signature.
func (c *Certificate) Signed() bool { return c.signed != nil }

// CertificateSchema is the JSON Schema (2020-12) of a certificate.
func CertificateSchema() (*jsonschema.Schema, error) {
	s, err := jsonschema.For[struct {
		Certificate content    `json:"certificate"`
		Digest      string     `json:"digest" jsonschema:"sha256: and the SHA-256 of the certificate without white space"`
		Signature   *signature `json:"signature,omitempty" jsonschema:"that of the same bytes"`
	}](nil)
	if err != nil {
		return nil, err
	}
	s.Schema = draft
	s.Title = "Certificate of an open gate before training"
	return s, nil
}

// decode reads one JSON value without unknown keys, and nothing behind it.
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind its end")
	}
	return nil
}
