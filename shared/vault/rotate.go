package vault

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
)

// How a key is changed for another
//
// AddKey puts a new key beside the old one; the file then goes to every host.
// PromoteKey makes it the one that seals; whoever finds something that was sealed
// with a key it does not know reads its file again, so nothing has to be started
// anew. When nothing is left that an old key sealed, DropKeys removes those.

// AddKey puts a new sealing key into the file. It opens from now on, and seals
// nothing until PromoteKey.
func AddKey(path string) error {
	return change(path, func(m *keyset.Manager, _ []*tinkpb.KeysetInfo_KeyInfo) error {
		_, err := m.Add(aead.AES256GCMKeyTemplate())
		return err
	})
}

// PromoteKey makes the key that was added last the one that seals. When it is
// that already nothing changes.
func PromoteKey(path string) error {
	return change(path, func(m *keyset.Manager, all []*tinkpb.KeysetInfo_KeyInfo) error {
		return m.SetPrimary(all[len(all)-1].GetKeyId())
	})
}

// DropKeys removes all sealing keys but the one that seals: what they sealed is
// unreadable afterwards.
func DropKeys(path string) error {
	file, _, err := read(path)
	if err != nil {
		return err
	}
	seal, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(file.Seal)))
	if err != nil {
		return fmt.Errorf("read sealing keys: %w", err)
	}
	primary := seal.KeysetInfo().GetPrimaryKeyId()
	return change(path, func(m *keyset.Manager, all []*tinkpb.KeysetInfo_KeyInfo) error {
		for _, k := range all {
			if k.GetKeyId() == primary {
				continue
			}
			if err := m.Delete(k.GetKeyId()); err != nil {
				return err
			}
		}
		return nil
	})
}

// Former returns how a value begins that a key of the file sealed which seals no more:
// for whoever looks whether such a key can be dropped.
func Former(path string) (prefixes [][]byte, err error) {
	file, _, err := read(path)
	if err != nil {
		return nil, err
	}
	seal, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(file.Seal)))
	if err != nil {
		return nil, fmt.Errorf("read sealing keys: %w", err)
	}
	for _, k := range seal.KeysetInfo().GetKeyInfo() {
		if k.GetKeyId() != seal.KeysetInfo().GetPrimaryKeyId() {
			prefixes = append(prefixes, prefixOf(k.GetKeyId()))
		}
	}
	return prefixes, nil
}

// change rewrites the sealing keys of a file.
func change(path string, f func(m *keyset.Manager, all []*tinkpb.KeysetInfo_KeyInfo) error) error {
	file, _, err := read(path)
	if err != nil {
		return err
	}
	seal, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(file.Seal)))
	if err != nil {
		return fmt.Errorf("read sealing keys: %w", err)
	}
	m := keyset.NewManagerFromHandle(seal)
	if err := f(m, seal.KeysetInfo().GetKeyInfo()); err != nil {
		return fmt.Errorf("change sealing keys: %w", err)
	}
	changed, err := m.Handle()
	if err != nil {
		return fmt.Errorf("change sealing keys: %w", err)
	}
	if file.Seal, err = written(changed); err != nil {
		return err
	}
	content, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return fmt.Errorf("encode keys: %w", err)
	}
	return place(path, content, os.Rename)
}

// Current reports whether the present key sealed the value.
func (v *Vault) Current(sealed []byte) bool { return bytes.HasPrefix(sealed, v.keys.Load().primary) }

// Mark returns how a value begins that the present key seals.
func (v *Vault) Mark() []byte { return bytes.Clone(v.keys.Load().primary) }

// Refresh reads the key file again if it has changed.
func (v *Vault) Refresh() { v.readAgain(v.keys.Load()) }

// readAgain reads the file again if it is not the one of which held was read, and
// reports whether there are other keys now.
func (v *Vault) readAgain(held *keys) bool {
	if v.keys.Load() != held {
		return true // somebody else did
	}
	info, err := os.Stat(v.path)
	if err != nil || (fileState{info.ModTime(), info.Size()}) == held.file {
		return false
	}
	fresh, err := load(v.path)
	if err != nil {
		return false
	}
	v.keys.Store(fresh)
	return true
}

// prefixOf is how a ciphertext of the key begins: Tink's version byte and the key's id.
func prefixOf(keyID uint32) []byte {
	return slices.Concat([]byte{1}, binary.BigEndian.AppendUint32(nil, keyID))
}
