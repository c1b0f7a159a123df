package authority

import (
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"

	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// pair is a certificate with its key.
type pair struct {
	tls.Certificate
	leaf *x509.Certificate
}

func certFile(dir, name string) string { return filepath.Join(dir, name+".pem") }
func keyFile(dir, name string) string  { return filepath.Join(dir, name+"-key.pem") }

// readPair reads a certificate and its key. The key must be its owner's alone.
func readPair(dir, name string) (pair, error) {
	return loadPair(certFile(dir, name), keyFile(dir, name))
}

func loadPair(certificate, key string) (pair, error) {
	info, err := os.Stat(key)
	if err != nil {
		return pair{}, fmt.Errorf("certificate's key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return pair{}, fmt.Errorf("别人也能读取私钥 %[1]s，请执行 chmod 600 %[1]s\nOthers may read the key %[1]s; type: chmod 600 %[1]s", key)
	}
	c, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return pair{}, fmt.Errorf("certificate %s: %w", certificate, err)
	}
	return pair{c, c.Leaf}, nil
}

// writePair keeps both, the key first: a certificate is never there without it.
func writePair(dir, name string, der []byte, key *ecdsa.PrivateKey) error {
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return fmt.Errorf("encode key of %s: %w", name, err)
	}
	if err := wholefile.Write(keyFile(dir, name), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})); err != nil {
		return err
	}
	return wholefile.Write(certFile(dir, name), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}
