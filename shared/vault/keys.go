package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
)

// keyFile is the file as it is written: two Tink keysets as JSON.
type keyFile struct {
	Seal  json.RawMessage `json:"seal"`
	Index json.RawMessage `json:"index"`
}

// EnsureKeys makes a key file that only its owner can read, unless there is
// one. It is never called on the way to reading values: a service that finds
// its file gone must stop, not go on with new keys.
func EnsureKeys(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	content, err := newKeys()
	if err != nil {
		return err
	}
	// Of two that start together one wins: a link does not replace.
	return place(path, content, func(from, to string) error {
		if err := os.Link(from, to); !errors.Is(err, fs.ErrExist) {
			return err
		}
		return nil
	})
}

// place writes the file whole under another name and then gives it its own, so
// that a power cut leaves no half file.
func place(path string, content []byte, name func(from, to string) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // mode 0600
	if err != nil {
		return fmt.Errorf("make key file: %w", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(content)
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("write key file: %w", err)
	}
	if err := name(tmp.Name(), path); err != nil {
		return fmt.Errorf("place key file: %w", err)
	}
	return syncFolder(filepath.Dir(path))
}

// Load opens the vault with the keys in the file. It refuses a file that
// others can read.
func Load(path string) (*Vault, error) {
	held, err := load(path)
	if err != nil {
		return nil, err
	}
	v := &Vault{path: path}
	v.keys.Store(held)
	return v, nil
}

// LoadOrMake is Load, and with makeIt makes the file first if there is none: for a
// first start only (see EnsureKeys).
func LoadOrMake(path string, makeIt bool) (*Vault, error) {
	if makeIt {
		if err := EnsureKeys(path); err != nil {
			return nil, err
		}
	}
	return Load(path)
}

func load(path string) (*keys, error) {
	file, state, err := read(path)
	if err != nil {
		return nil, err
	}
	held, err := open(file)
	if err != nil {
		return nil, err
	}
	held.file = state
	return held, nil
}

// fileState tells whether a file is still the one that was read.
type fileState struct {
	changed time.Time
	size    int64
}

func read(path string) (file keyFile, state fileState, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return file, state, fmt.Errorf("read key file: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return file, state, fmt.Errorf("key file %s can be read by others (mode %#o); run chmod 600 on it", path, info.Mode().Perm())
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return file, state, fmt.Errorf("read key file: %w", err)
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return file, state, fmt.Errorf("decode key file %s: %w", path, err)
	}
	return file, fileState{info.ModTime(), info.Size()}, nil
}

func open(file keyFile) (*keys, error) {
	seal, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(file.Seal)))
	if err != nil {
		return nil, fmt.Errorf("read sealing keys: %w", err)
	}
	index, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(file.Index)))
	if err != nil {
		return nil, fmt.Errorf("read index key: %w", err)
	}
	held := &keys{primary: prefixOf(seal.KeysetInfo().GetPrimaryKeyId())}
	if held.aead, err = aead.New(seal); err != nil {
		return nil, fmt.Errorf("use sealing keys: %w", err)
	}
	if held.index, err = prf.NewPRFSet(index); err != nil {
		return nil, fmt.Errorf("use index key: %w", err)
	}
	return held, nil
}

func newKeys() ([]byte, error) {
	seal, err := newKeyset(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	index, err := newKeyset(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return nil, err
	}
	content, err := json.MarshalIndent(keyFile{Seal: seal, Index: index}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode keys: %w", err)
	}
	return content, nil
}

func newKeyset(template *tinkpb.KeyTemplate) ([]byte, error) {
	handle, err := keyset.NewHandle(template)
	if err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	return written(handle)
}

func written(handle *keyset.Handle) ([]byte, error) {
	var out bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&out)); err != nil {
		return nil, fmt.Errorf("write key: %w", err)
	}
	return out.Bytes(), nil
}

// syncFolder makes the file's name survive a power cut.
func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open key folder: %w", err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}
